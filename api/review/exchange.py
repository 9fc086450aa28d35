"""Boxes to Acrobat and back, and the tables of a review."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from api.review.desk import Opened
from api.review.entry import actor, desk, needs, note, office
from api.review.room import desk_pages
from redactor.errors import EmptyInput, NotFound, Outdated, RedactorError
from redactor.report.review_table import review_csv
from redactor.report.xfdf import read_xfdf, write_xfdf
from redactor.review.exchange import marks, rows, steps_of

KINDS = {
    "boxes.xfdf": "application/vnd.adobe.xfdf",
    "review.csv": "text/csv; charset=utf-8",
    "pages.pdf": "application/pdf",
}


@desk_pages.get("/<identifier>/exchange")
@needs("case.read")
def exchange(identifier: str) -> str:
    """What can be taken out and brought back."""
    return _page(identifier, desk().open(identifier))


def _page(identifier: str, opened: Opened, done: dict[str, Any] | None = None) -> str:
    return render_template(
        "review/exchange.html",
        case=office().case(identifier),
        revision=opened.journal.revision,
        done=done,
    )


@desk_pages.get("/<identifier>/exchange/<name>")
@needs("case.read")
def take_out(identifier: str, name: str) -> Response:
    """The boxes as XFDF or CSV, or the pages that they fit; for the agency alone."""
    if name not in KINDS:
        raise NotFound
    opened = desk().open(identifier)
    note("findings.read", identifier, file=name)
    response = Response(_made(opened, name), content_type=KINDS[name])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _made(opened: Opened, name: str) -> bytes:
    if name == "boxes.xfdf":
        return write_xfdf(marks(opened.judged), _sizes(opened))
    if name == "review.csv":
        return review_csv(rows(opened.judged)).encode()
    return opened.draft.analysis.stripped.pdf


@desk_pages.post("/<identifier>/exchange")
@needs("case.decide")
def bring_back(identifier: str) -> str:
    """Take the marks of an XFDF file in, one step each; says what was not taken and why."""
    opened = desk().open(identifier)
    if request.form.get("revision") != str(opened.journal.revision):
        raise Outdated
    upload = request.files.get("file")
    data = bytes(upload.stream.read()) if upload else b""
    if not data:
        raise EmptyInput
    found = read_xfdf(data, _sizes(opened))
    steps = steps_of(opened.judged, found, deletions=bool(request.form.get("deletions")))
    taken: dict[str, int] = {}
    refused: dict[str, int] = {}
    for step in steps:
        try:
            opened = desk().take(identifier, step, opened.journal.revision, actor().id)
            taken[step.do] = taken.get(step.do, 0) + 1
        except RedactorError as error:
            refused[error.title] = refused.get(error.title, 0) + 1
    note("decision.made", identifier, decision="xfdf", count=sum(taken.values()))
    return _page(identifier, opened, {"marks": len(found), "taken": taken, "refused": refused})


def _sizes(opened: Opened) -> list[tuple[float, float]]:
    return [(p.width, p.height) for p in opened.subject.reading.pages]
