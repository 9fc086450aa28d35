"""Whether the service lives, is ready, what it is, and what it counted."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app
from prometheus_client import CONTENT_TYPE_LATEST

from api.describe import answers
from api.door import anybody, needs
from api.house import house
from redactor import __version__
from redactor.jobs.metrics import exposition
from redactor.policy import list_jurisdictions, load

health = APIBlueprint("health", __name__, tag="Service")
READY = {
    "description": "It does",
    "content": {"application/json": {"schema": {"type": "object"}}},
}
COUNTED = {
    "description": "Prometheus text",
    "content": {"text/plain": {"schema": {"type": "string"}}},
}


@health.get("/livez")
@anybody
@health.doc(summary="The process answers", responses=answers({200: READY}))
def livez() -> Any:
    """Always, while it can."""
    return {"status": "ok"}


@health.get("/readyz")
@anybody
@health.doc(summary="The service can take work", responses=answers({200: READY}, 503))
def readyz() -> Any:
    """Policies load and the table of jobs answers."""
    settings = current_app.config["REDACTOR_SETTINGS"]
    names = list_jurisdictions(settings.policies_dir)
    for name in names:
        load(name, settings.policies_dir)
    waiting = current_app.config["REDACTOR_JOBS"].waiting()
    return {"status": "ok", "policies": list(names), "waiting": waiting}


@health.get("/version")
@anybody
@health.doc(summary="Version and source", responses=answers({200: READY}))
def version() -> Any:
    """What runs here; the licence gives every user a right to its source (AGPL-3.0, section 13)."""
    return {"name": "redactor", "version": __version__, "licence": "AGPL-3.0-or-later"}


@health.get("/metrics")
@needs("metrics.read")
@health.doc(summary="What is counted, for Prometheus", responses=answers({200: COUNTED}))
def metrics() -> Response:
    """Queue, stages, pages by kind, releases, failed checks, requests; numbers, never text."""
    return Response(exposition(house().jobs.table), content_type=CONTENT_TYPE_LATEST)
