"""/v1/jobs: case files in, releases out."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, BinaryIO

from apiflask import APIBlueprint
from flask import Response, current_app, request, url_for

from api.door import needs
from api.v1.schemas import AnalyzeForm, JobForm, JobList, JobOut, LogFormat, Wait
from redactor.answers import as_json_answers, as_known
from redactor.errors import BadRequest, EmptyInput
from redactor.jobs.service import Job, JobService, Sender
from redactor.jobs.states import RESTING
from redactor.pdf.open import sniff
from redactor.policy import check, load
from redactor.settings import Settings
from redactor.types import Request

jobs = APIBlueprint("jobs", __name__, url_prefix="/v1", tag="Jobs")
PIECE, SNIFF = 64 * 1024, 4096  # bytes sent at a time; looked at to know the kind of an upload
FILES = {
    "document": ("pdf", "application/pdf", "redacted.pdf"),
    "text": ("txt", "text/plain; charset=utf-8", "redacted.txt"),
    "notices": ("notices.pdf", "application/pdf", "notices.pdf"),
    "letter": ("letter.json", "application/json", "letter.json"),
}


def _settings() -> Settings:
    return current_app.config["REDACTOR_SETTINGS"]


def _service() -> JobService:
    return current_app.config["REDACTOR_JOBS"]


def _out(job: Job) -> dict[str, Any]:
    links = {"self": url_for("jobs.get_job", identifier=job.id)}
    for name, (ending, _, _) in FILES.items():
        if ending in job.files:
            links[name] = url_for("jobs.get_file", identifier=job.id, name=name)
    for name, ending in (("log", "log.json"), ("internal-log", "internal.json")):
        if ending in job.files:
            links[name] = url_for(f"jobs.get_{name.replace('-', '_')}", identifier=job.id)
    return {
        **{k: getattr(job, k) for k in JobOut.model_fields if k != "links"},
        "links": links,
    }


def _known(text: str) -> Any:
    try:
        return as_known(json.loads(text)) if text.strip() else ()
    except json.JSONDecodeError:
        raise BadRequest("Known people must be a JSON list.", field="known") from None


def _checked(upload: Any) -> BinaryIO:
    """The stream of an upload that begins as a case file does; never whole in memory."""
    stream: BinaryIO = upload.stream
    start = stream.read(SNIFF)
    if not start:
        raise EmptyInput
    sniff(start)
    stream.seek(0)
    return stream


@jobs.post("/jobs")
@needs("job.submit")
@jobs.input(JobForm, location="form_and_files")
@jobs.input(Wait, location="query", arg_name="timing")
@jobs.output(JobOut, status_code=201)
@jobs.doc(summary="Redact a case file for one requester", responses=[202, 413, 422, 503])
def post_job(form_and_files_data: dict[str, Any], timing: dict[str, float]) -> Any:
    """Answer 201 with the job when it ended within ``wait``, else 202 and where to look."""
    form = form_and_files_data
    asked = Request(
        form["jurisdiction"],
        form["category"],
        tuple(form["requester_name"]),
        form["relation"],
        answers=as_json_answers(form["answers"]),
        known=_known(form["known"]),
        must_hide=tuple(form["must_hide"]),
        must_keep=tuple(form["must_keep"]),
        holds=form["holds"],
    )
    check(load(asked.jurisdiction, _settings().policies_dir), asked)
    job = _service().submit(_checked(form["file"]), asked, Sender(password=form["password"]))
    job = _service().wait(job.id, _patience(timing["wait"]))
    headers = {"Location": url_for("jobs.get_job", identifier=job.id)}
    if job.state not in RESTING:
        return _out(job), 202, {**headers, "Retry-After": "2"}
    return _out(job), 201, headers


def _patience(asked: float) -> float:
    prefer = request.headers.get("Prefer", "")
    if "respond-async" in prefer:
        return 0.0
    for part in prefer.split(","):
        name, _, value = part.strip().partition("=")
        if name == "wait" and value.isdigit():
            asked = float(value)
    return min(asked, _settings().max_wait)


@jobs.get("/jobs")
@needs("job.read")
@jobs.output(JobList)
@jobs.doc(summary="List jobs, the newest first")
def list_jobs() -> Any:
    """Every job that is still kept."""
    jobs, _ = _service().list(limit=1000)
    return {"jobs": [_out(j) for j in jobs]}


@jobs.get("/jobs/<identifier>")
@needs("job.read")
@jobs.input(Wait, location="query", arg_name="timing")
@jobs.output(JobOut)
@jobs.doc(summary="State, progress and outcome of a job", responses=[404])
def get_job(identifier: str, timing: dict[str, float]) -> Any:
    """The job as it stands, or as it stands after ``wait`` seconds."""
    return _out(_service().wait(identifier, _patience(timing["wait"])))


@jobs.delete("/jobs/<identifier>")
@needs("job.delete")
@jobs.output({}, status_code=204)
@jobs.doc(summary="Remove a job and every file of it", responses=[404])
def delete_job(identifier: str) -> Any:
    """Nothing is left of the job."""
    _service().delete(identifier)
    return ""


def _give(identifier: str, ending: str, kind: str, name: str) -> Response:
    file = _service().open_file(identifier, ending)
    response = Response(iter(partial(file.read, PIECE), b""), content_type=kind)
    response.call_on_close(file.close)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@jobs.get("/jobs/<identifier>/<any(document,text,notices,letter):name>")
@needs("release.read")
@jobs.doc(summary="A file of the release", responses=[404, 409])
def get_file(identifier: str, name: str) -> Response:
    """The document, its text rendition, the notices, or the fields of a letter."""
    return _give(identifier, *FILES[name])


@jobs.get("/jobs/<identifier>/log")
@needs("release.read")
@jobs.input(LogFormat, location="query", arg_name="wanted")
@jobs.doc(summary="The requester's log", responses=[404, 409])
def get_log(identifier: str, wanted: dict[str, str]) -> Response:
    """Page, box, label and citation of every box, and nothing else."""
    return _log(identifier, "log", wanted["format"])


@jobs.get("/jobs/<identifier>/internal-log")
@needs("case.read")
@jobs.input(LogFormat, location="query", arg_name="wanted")
@jobs.doc(summary="The agency's own log", responses=[404, 409])
def get_internal_log(identifier: str, wanted: dict[str, str]) -> Response:
    """Kind, role, rule and recognizer of every mention; for the agency alone."""
    return _log(identifier, "internal", wanted["format"])


def _log(identifier: str, stem: str, form: str) -> Response:
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    return _give(identifier, f"{stem}.{form}", kind, f"{stem}.{form}")


@jobs.post("/analyze")
@needs("case.read")
@jobs.input(AnalyzeForm, location="form_and_files")
@jobs.doc(
    summary="People, roles and mentions of a case file; the answer holds protected text",
    responses=[413, 422],
)
def post_analyze(form_and_files_data: dict[str, Any]) -> Any:  # fmt: skip
    """What stands in a case file, with boxes."""
    from redactor.pipeline import analyze  # noqa: PLC0415 - the models load with it

    form = form_and_files_data
    found = analyze(_checked(form["file"]).read(), settings=_settings(), password=form["password"])
    return found.as_dict()
