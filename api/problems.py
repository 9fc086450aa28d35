"""Every error as a problem document (RFC 9457); the text of an exception never leaves."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, json
from werkzeug.exceptions import HTTPException

from redactor.errors import RedactorError

ADVICE = {
    400: ("bad_request", "Check the form of the request against /docs."),
    404: ("not_found", "Check the address; /docs lists every route."),
    405: ("method_not_allowed", "Use a method that /docs lists for this route."),
    413: ("too_large", "Send a smaller file, or ask the operator to raise the limit."),
    415: (
        "unsupported_media_type",
        "Send multipart/form-data with the case file in the field `file`.",
    ),
    429: ("too_many_requests", "Wait the time in Retry-After and send the request again."),
    422: ("bad_request", "Correct the named field and send the request again."),
}


def problem(
    status: int, code: str, title: str, detail: str, advice: str, **facts: Any
) -> tuple[Response, int]:
    """A problem document and its status."""
    body = {
        "type": f"urn:redactor:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "advice": advice,
        "request_id": g.get("request_id", ""),
        **facts,
    }
    response = Response(json.dumps(body), status, content_type="application/problem+json")
    if status in (429, 503):
        response.headers["Retry-After"] = str(facts.get("retry_after", 10))
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="redactor"'
    return response, status


def install(app: Flask) -> None:
    """Make every error of the app a problem document."""

    @app.errorhandler(RedactorError)
    def known(error: RedactorError) -> tuple[Response, int]:
        facts = {k: v for k, v in error.facts.items() if v}
        return problem(
            error.http_status, error.code, error.title, error.detail, error.advice, **facts
        )

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[Response, int]:
        status = error.code or 500
        code, advice = ADVICE.get(status, ("http_error", RedactorError.advice))
        return problem(status, code, error.name, error.name, advice)

    @app.errorhandler(Exception)
    def unknown(_: Exception) -> tuple[Response, int]:
        error = RedactorError
        return problem(error.http_status, error.code, error.title, error.title, error.advice)


def from_schema(error: Any) -> tuple[Response, int]:
    """A request that does not fit its schema; names the fields, not what was in them."""
    fields = sorted(str(f) for part in (error.detail or {}).values() for f in _names(part))
    code, advice = ADVICE[422]
    title = "The request does not fit its schema."
    return problem(error.status_code, code, title, "See `fields`.", advice, fields=fields)


def _names(part: Any) -> list[str]:
    if isinstance(part, dict):
        return [str(k) for k in part]
    if isinstance(part, list):
        return [".".join(map(str, p.get("loc", ()))) for p in part if isinstance(p, dict)]
    return []
