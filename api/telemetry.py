"""Request ids and logs. A log line holds only the keys named here, so no text of a file can."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

ALLOWED = frozenset(
    {"event", "level", "timestamp", "request_id", "job_id", "method", "route", "status", "ms"}
)
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def only_allowed(_: Any, __: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """The event without every key that is not on the list."""
    return {k: v for k, v in event.items() if k in ALLOWED}


structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        only_allowed,
        structlog.processors.JSONRenderer(sort_keys=True),
    ]
)
log = structlog.get_logger()


def install(app: Flask) -> None:
    """Give every request an id and a line in the log."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        log.info(
            "request",
            request_id=g.get("request_id", ""),
            method=request.method,
            route=str(request.url_rule or "none"),
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000),
        )
        return response
