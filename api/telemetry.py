"""Request ids, a line in the log and a count for every request."""

from __future__ import annotations

import re
import secrets
import time

from flask import Flask, Response, g, request

from redactor.jobs.metrics import REQUESTS
from redactor.logs import log
from redactor.traces import provider, tell

JOB_ID = re.compile(r"[0-9a-f]{32}")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def install(app: Flask, *, traced: bool = False) -> None:
    """Give every request an id, a line in the log, a count and, where it is wanted, a span."""
    if traced:
        provider()  # fails at the start, not with the first request

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        route, status = str(request.url_rule or "none"), response.status_code
        REQUESTS.labels(request.method, route, str(status)).observe(seconds)
        if traced:
            facts = {"request_id": g.get("request_id", ""), "job_id": _job(), "route": route,
                     "method": request.method, "status": status}  # fmt: skip
            parent = {"traceparent": request.headers.get("traceparent", "")}
            tell(f"{request.method} {route}", seconds, facts, parent)
        who = g.get("actor")
        log.info(
            "request",
            request_id=g.get("request_id", ""),
            job_id=_job(),
            actor=who.id if who else "",
            method=request.method,
            route=route,
            status=status,
            ms=round(seconds * 1000),
        )
        return response


def _job() -> str:
    """The id in the address, where it is one; what else stands there is not logged."""
    given = (request.view_args or {}).get("identifier", "")
    return given if JOB_ID.fullmatch(given) else ""
