"""Whether the service lives, is ready, and what it is; and its documentation page."""

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
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>redactor API</title>
<link rel="stylesheet" href="/docs/style.css"></head><body><main><h1>redactor API</h1>
<p>OpenAPI: <a href="/openapi.json">/openapi.json</a></p>{rows}</main></body></html>"""
STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;color:#1b1b1b}
code{background:#f0f0f0;padding:.1rem .3rem} p{margin:.2rem 0}
h2{font-size:1.1rem;margin:1.6rem 0 .2rem}"""


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


@health.get("/docs")
@anybody
@health.doc(hide=True)
def docs() -> Response:
    """Every route on one page, made from the OpenAPI document, with no script at all."""
    rows = []
    for path, operations in current_app.spec["paths"].items():  # type: ignore[attr-defined]
        for method, facts in operations.items():
            if method in ("get", "post", "delete", "patch", "put"):
                answers = ", ".join(facts.get("responses", {}))
                rows.append(
                    f"<h2><code>{method.upper()} {path}</code></h2>"
                    f"<p>{facts.get('summary', '')}</p>"
                    f"<p>{facts.get('description', '')}</p><p>Answers: {answers}</p>"
                )
    response = Response(PAGE.format(rows="".join(rows)), content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    return response


@health.get("/docs/style.css")
@anybody
@health.doc(hide=True)
def style() -> Response:
    """The page's own style."""
    return Response(STYLE, content_type="text/css; charset=utf-8")
