"""The blueprint of the desk, its errors as pages, and what every page of it is given."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, g, render_template, request
from werkzeug.exceptions import HTTPException

from api.house import house
from api.problems import problem
from redactor.errors import RedactorError

desk_pages = APIBlueprint(
    "review",
    __name__,
    url_prefix="/review",
    enable_openapi=False,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static",
)
STATES = {
    "queued": ("Waiting", "clock"),
    "detecting": ("Being read", "clock"),
    "needs_review": ("Needs review", "eye"),
    "approved": ("Approved", "clock"),
    "applying": ("Being written", "clock"),
    "verifying": ("Being checked", "clock"),
    "done": ("Done", "check"),
    "failed": ("Failed", "cross"),
    "quarantined": ("Set aside", "cross"),
    "cancelled": ("Cancelled", "cross"),
    "expired": ("Expired", "cross"),
}
OUTCOMES = {
    "released": ("Released", "check"),
    "withheld": ("Withheld", "cross"),
    "letter": ("Answered by letter", "letter"),
    "held": ("Held", "pause"),
}


@desk_pages.app_context_processor
def given() -> dict[str, Any]:
    """Names that every template may use."""
    who = g.get("actor")
    idle = house().settings.login_idle if who and who.id.startswith("account:") else 0
    words = {"state_words": STATES, "outcome_words": OUTCOMES}
    return {"officer": who, "idle": int(idle), **words}


def wants_page() -> bool:
    """Whether a browser asks for a page, not the script of one for values."""
    best = request.accept_mimetypes.best_match(["application/json", "text/html"])
    return best == "text/html"


@desk_pages.errorhandler(RedactorError)
def known(error: RedactorError) -> Any:
    """The error as a page for a person, as a problem document for the script."""
    if wants_page():
        return _page(error.http_status, error.title, error.detail, error.advice)
    facts = {k: v for k, v in error.facts.items() if v}
    return problem(error.http_status, error.code, error.title, error.detail, error.advice, **facts)


@desk_pages.errorhandler(HTTPException)
def unknown(error: HTTPException) -> Any:
    """The same for what the server itself refuses."""
    status = error.code or 500
    if wants_page():
        return _page(status, error.name, "", "Go back to the list of requests and try again.")
    return problem(status, "http_error", error.name, error.name, RedactorError.advice)


def _page(status: int, title: str, detail: str, advice: str) -> Response:
    text = render_template("review/error.html", status=status, title=title,
                           detail=detail if detail != title else "", advice=advice)  # fmt: skip
    return Response(text, status, content_type="text/html; charset=utf-8")
