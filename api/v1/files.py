"""Files of a release, and what stands in a case file. Each look is put on the trail."""

from __future__ import annotations

from functools import partial
from typing import Any

from apiflask import APIBlueprint
from flask import Response, g

from api.describe import answers
from api.door import actor, needs
from api.house import house
from api.v1.intake import checked, service
from api.v1.job_schemas import AnalyzeForm, LogFormat, WhichFile
from api.v1.jobs import FILES, unit
from redactor.errors import BadRequest, NotFound
from redactor.store.jobs import numbered

files = APIBlueprint("files", __name__, url_prefix="/v1", tag="Releases")
PIECE = 64 * 1024  # bytes sent at a time
BINARY = {"schema": {"type": "string", "format": "binary"}}
JSON = {"schema": {"type": "object"}}
A_FILE = {
    "description": "The file, as an attachment",
    "content": {"application/pdf": BINARY, "text/plain": BINARY, "application/json": JSON},
}
A_LOG = {
    "description": "The log, as an attachment",
    "content": {"application/json": JSON, "text/csv": {"schema": {"type": "string"}}},
}
ALL = {"description": "Pages, people and mentions", "content": {"application/json": JSON}}


def note(action: str, subject: str, **facts: str | int) -> None:
    """Put a look on the trail, before anything is handed out."""
    me = actor()
    house().audit.note(
        me.id, action, subject, unit=me.unit, request=g.get("request_id", ""), facts=facts
    )


def _give(identifier: str, number: int, ending: str, kind: str, action: str) -> Response:
    ending = numbered(ending, _which(identifier, number))
    file = service().open_file(identifier, ending, unit())
    note(action, identifier, file=ending)
    response = Response(iter(partial(file.read, PIECE), b""), content_type=kind)
    response.call_on_close(file.close)
    response.headers["Content-Disposition"] = f'attachment; filename="redacted.{ending}"'
    return response


def _which(identifier: str, number: int) -> int:
    """The number of the file that is asked for; no packet is mistaken for its first file.

    Raises:
        BadRequest: there are several, and none is named.
        NotFound: there is none of that number.
    """
    count = max(len(service().get(identifier, unit()).documents), 1)
    if not number and count > 1:
        raise BadRequest("This job has several files; name one, as ?file=1.", field="file")
    if number > count:
        raise NotFound
    return number or 1


@files.get(f"/jobs/<identifier>/<any({','.join(FILES)}):name>")
@needs("release.read")
@files.input(WhichFile, location="query", arg_name="wanted")
@files.doc(summary="A file of the release", responses=answers({200: A_FILE}, 404, 409, 422))
def get_file(identifier: str, name: str, wanted: dict[str, int]) -> Response:
    """The document, its text, the notices, the fields of a letter, or the certificate."""
    ending, kind = FILES[name]
    return _give(identifier, wanted["file"], ending, kind, "release.downloaded")


@files.get("/jobs/<identifier>/log")
@needs("release.read")
@files.input(LogFormat, location="query", arg_name="wanted")
@files.doc(summary="The requester's log", responses=answers({200: A_LOG}, 404, 409, 422))
def get_log(identifier: str, wanted: dict[str, Any]) -> Response:
    """Page, box, label and citation of every box, and nothing else."""
    return _log(identifier, "log", wanted, "release.downloaded")


@files.get("/jobs/<identifier>/internal-log")
@needs("case.read")
@files.input(LogFormat, location="query", arg_name="wanted")
@files.doc(summary="The agency's own log", responses=answers({200: A_LOG}, 404, 409, 422))
def get_internal(identifier: str, wanted: dict[str, Any]) -> Response:
    """Kind, role, rule and recognizer of every mention; for the agency alone."""
    return _log(identifier, "internal", wanted, "internal_log.read")


def _log(identifier: str, stem: str, wanted: dict[str, Any], action: str) -> Response:
    form = wanted["format"]
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    return _give(identifier, wanted["file"], f"{stem}.{form}", kind, action)


@files.post("/analyze")
@needs("case.read")
@files.input(AnalyzeForm, location="form_and_files")
@files.doc(
    summary="People, roles and mentions of a case file; the answer holds protected text",
    responses=answers({200: ALL}, 413, 422, 503, 504),
)
def post_analyze(form_and_files_data: dict[str, Any]) -> Any:
    """What stands in a case file, with boxes. Nothing of it is kept."""
    form = form_and_files_data
    data = checked(form["file"]).read()
    note("case.analyzed", "")
    return house().analyst.look(data, form["password"])
