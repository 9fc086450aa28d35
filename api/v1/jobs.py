"""/v1/jobs: case files in, and what becomes of them."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from api.describe import answers
from api.door import actor, needs
from api.v1.intake import asked, checked, once, patience, service
from api.v1.job_schemas import JobForm, JobList, JobOut, ListQuery, Once, Wait
from redactor.jobs.service import Filters, Job
from redactor.jobs.states import RESTING, WAITING
from redactor.store.jobs import numbered

jobs = APIBlueprint("jobs", __name__, url_prefix="/v1", tag="Jobs")
FILES = {  # name in the address: ending of the file, media type
    "document": ("pdf", "application/pdf"),
    "text": ("txt", "text/plain; charset=utf-8"),
    "notices": ("notices.pdf", "application/pdf"),
    "letter": ("letter.json", "application/json"),
    "certificate": ("certificate.json", "application/json"),
}
MADE = {
    200: "The job that the same Idempotency-Key made before",
    202: "Accepted; Location says where to look, Retry-After when",
}
LOGS = {"log": "log", "internal-log": "internal"}
TOLD = [n for n in JobOut.model_fields if n not in ("links", "position", "documents")]


def out(job: Job, *, position: int | None = None) -> dict[str, Any]:
    """A job as it is told, with links to what there is of it.

    The links of a packet's files stand with its documents.
    """
    links = {"self": url_for("jobs.get_job", identifier=job.id)}
    alone = len(job.documents) < 2
    documents = [
        {"file": n, **told, "links": _links(job, n, alone=alone)}
        for n, told in enumerate(job.documents, 1)
    ]
    return {
        **{n: getattr(job, n) for n in TOLD},
        "position": position,
        "documents": documents,
        "links": links | _links(job, 1, alone=True) if alone else links,
    }


def _links(job: Job, number: int, *, alone: bool) -> dict[str, str]:
    """Where the files of a release lie; the number is told where there are several."""
    place: dict[str, Any] = {"identifier": job.id, **({} if alone else {"file": number})}
    files = {
        name: url_for("files.get_file", name=name, **place)
        for name, (ending, _) in FILES.items()
        if numbered(ending, number) in job.files
    }
    logs = {
        name: url_for(f"files.get_{stem}", **place)
        for name, stem in LOGS.items()
        if numbered(f"{stem}.json", number) in job.files
    }
    return files | logs


def placed(job: Job) -> dict[str, Any]:
    """A job with its place in the queue."""
    return out(job, position=service().position(job) if job.state in WAITING else None)


def unit() -> str | None:
    """The unit whose jobs are seen; None for every unit."""
    return None if actor().unit == "*" else actor().unit


@jobs.post("/jobs")
@needs("job.submit")
@jobs.input(JobForm, location="form_and_files")
@jobs.input(Wait, location="query", arg_name="timing")
@jobs.input(Once, location="headers", arg_name="head")
@jobs.output(JobOut, status_code=201)
@jobs.doc(
    summary="Redact a case file, or the files of one case, for one requester",
    responses=answers(MADE, 409, 413, 422, 503, 507),
)
def post_job(
    form_and_files_data: dict[str, Any], timing: dict[str, float], head: dict[str, str]
) -> Any:
    """Answer 201 with the job when it ended within ``wait``, else 202 and where to look.

    Several ``file`` parts are a packet: each file comes back as its own release, decided with what
    the others tell. They wait for a person together, and where one cannot be worked on the job
    fails. With an ``Idempotency-Key`` the same request is done once, however often it is sent.
    """
    service().refuse_if_full()  # before anything is written down
    form = form_and_files_data
    wanted = asked(form)
    streams = [checked(f) for f in form["file"]]
    identifier, again = once(
        head["key"], lambda: service().submit(streams, wanted.request, wanted.sender).id
    )
    job = service().wait(identifier, patience(timing["wait"]), unit())
    headers = {"Location": url_for("jobs.get_job", identifier=job.id)}
    if job.state not in RESTING:
        return placed(job), 202, {**headers, "Retry-After": "2"}
    return placed(job), 200 if again else 201, headers


@jobs.get("/jobs")
@needs("job.read")
@jobs.input(ListQuery, location="query", arg_name="query")
@jobs.output(JobList)
@jobs.doc(summary="List jobs of one's unit, the newest first", responses=[422])
def list_jobs(query: dict[str, Any]) -> Any:
    """A page of them; ``next`` leads on."""
    cursor, limit, states = query.pop("cursor"), query.pop("limit"), query.pop("state")
    found, more = service().list(Filters(unit(), states, **query), cursor, limit)
    return {"jobs": [out(j) for j in found], "next": more}


@jobs.get("/jobs/<identifier>")
@needs("job.read")
@jobs.input(Wait, location="query", arg_name="timing")
@jobs.output(JobOut)
@jobs.doc(summary="State, progress, place in the queue and outcome of a job", responses=[404])
def get_job(identifier: str, timing: dict[str, float]) -> Any:
    """The job as it stands, or as it stands after ``wait`` seconds."""
    return placed(service().wait(identifier, patience(timing["wait"]), unit()))


@jobs.delete("/jobs/<identifier>")
@needs("job.delete")
@jobs.output({}, status_code=204)
@jobs.doc(summary="Remove a job and every file of it", responses=[404])
def delete_job(identifier: str) -> Any:
    """Nothing is left of the job but its rows on the trail."""
    service().delete(identifier, unit())
    return ""


@jobs.post("/jobs/<identifier>/cancel")
@needs("job.steer")
@jobs.output(JobOut)
@jobs.doc(summary="Stop a job", responses=[404, 409])
def cancel_job(identifier: str) -> Any:
    """A worker that has it stops; one that ended stays as it ended (409)."""
    return placed(service().cancel(identifier, unit()))


@jobs.post("/jobs/<identifier>/retry")
@needs("job.steer")
@jobs.output(JobOut)
@jobs.doc(summary="Try a failed, quarantined or withheld job once more", responses=[404, 409])
def retry_job(identifier: str) -> Any:
    """It waits anew, with all its tries.

    A withheld job, as after a change of the policy, takes a supervisor (403 for others).
    """
    may = actor().may("job.reopen")
    return placed(service().retry(identifier, unit(), withheld=may))
