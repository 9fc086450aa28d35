"""/v1/batches: many case files in one request; /v1/letters: answers that need no case file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from api.door import actor, needs
from api.house import house
from api.v1.intake import asked, checked, once, service
from api.v1.job_schemas import BatchForm, BatchOut, LetterIn, LetterOut, Once
from api.v1.jobs import out, unit
from redactor.errors import Busy, NotFound, NothingToAnswer, RedactorError
from redactor.jobs.service import Job, Sender
from redactor.jobs.states import RESTING
from redactor.policy import check, load
from redactor.report import letter
from redactor.types import Request

batches = APIBlueprint("batches", __name__, url_prefix="/v1", tag="Jobs")


@batches.post("/batches")
@needs("job.submit")
@batches.input(BatchForm, location="form_and_files")
@batches.input(Once, location="headers", arg_name="head")
@batches.output(BatchOut, status_code=202)
@batches.doc(
    summary="Send many case files for one request each", responses=[409, 413, 422, 503, 507]
)
def post_batch(form_and_files_data: dict[str, Any], head: dict[str, str]) -> Any:
    """Every file becomes a job; one that cannot be taken in is named, and the others go on.

    503 where the service is too busy for any of them.
    """
    form = form_and_files_data
    wanted = asked(form)
    me = actor()

    def send() -> str:
        taken: list[str] = []
        refused: list[dict[str, Any]] = []
        for n, upload in enumerate(form["file"]):
            try:
                sender = _for_file(wanted.sender, n)
                taken.append(service().submit(checked(upload), wanted.request, sender).id)
            except RedactorError as error:
                refused.append(_refused(n, error))
        if not taken and all(r["code"] == Busy.code for r in refused):
            raise Busy
        return house().batches.add(me.unit, me.id, taken, refused)

    identifier, _ = once(head["key"], send)
    place = url_for("batches.get_batch", identifier=identifier)
    return _out(identifier), 202, {"Location": place, "Retry-After": "5"}


@batches.get("/batches/<identifier>")
@needs("job.read")
@batches.output(BatchOut)
@batches.doc(summary="How a batch stands", responses=[404])
def get_batch(identifier: str) -> Any:
    """Its jobs in the order of the files; jobs that were removed since are left out."""
    return _out(identifier)


def _for_file(sender: Sender, place: int) -> Sender:
    given = sender.passwords
    return replace(sender, passwords=given[place : place + 1]) if len(given) > 1 else sender


def _out(identifier: str) -> dict[str, Any]:
    batch = house().batches.get(identifier, unit())
    found = list(_jobs(batch.jobs))
    return {
        "id": batch.id,
        "created": batch.created,
        "states": dict(Counter(j.state for j in found)),
        "over": all(j.state in RESTING for j in found),
        "jobs": [out(j) for j in found],
        "refused": list(batch.refused),
        "links": {"self": url_for("batches.get_batch", identifier=identifier)},
    }


def _jobs(identifiers: tuple[str, ...]) -> Iterator[Job]:
    for identifier in identifiers:
        try:
            yield service().get(identifier, unit())
        except NotFound:
            continue


def _refused(place: int, error: RedactorError) -> dict[str, Any]:
    return {"file": place, "code": error.code, "title": error.title, "advice": error.advice}


@batches.post("/letters")
@needs("job.submit")
@batches.input(LetterIn, arg_name="given")
@batches.output(LetterOut)
@batches.doc(summary="The fields of an answer that carries no page", responses=[409, 422])
def post_letter(given: LetterIn) -> Any:
    """For categories that get an answer and no file, and for what is held or refused.

    409 where the category gets pages: send the case file to /v1/jobs.
    """
    asked_for = Request(
        given.jurisdiction, given.category, answers=given.answers, received=given.received
    )
    policy = load(given.jurisdiction, house().settings.policies_dir)
    ruling = check(policy, asked_for)
    if ruling.effect == "proceed":
        raise NothingToAnswer
    reasons = [asdict(r) for r in ruling.reasons]
    told = letter(policy, ruling, asked_for)
    return {"effect": ruling.effect, "letter": told, "reasons": reasons}
