"""/v1/jobs/{id}/findings and /release: what waits for a person, and that person's word."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, jsonify

from api.door import actor, needs
from api.house import house
from api.v1.files import note
from api.v1.intake import service
from api.v1.job_schemas import FindingsOut, IfMatch, JobOut
from api.v1.jobs import placed, unit
from redactor.errors import NoVersion, Outdated, SecondPerson
from redactor.pipeline import Draft

review = APIBlueprint("review_v1", __name__, url_prefix="/v1", tag="Review")


@review.get("/jobs/<identifier>/findings")
@needs("case.read")
@review.output(FindingsOut)
@review.doc(summary="People, mentions and decisions that wait for a person", responses=[404, 409])
def get_findings(identifier: str) -> Response:
    """Holds protected text. The ETag is the version that a release must name."""
    draft, version = service().draft(identifier, unit())
    note("findings.read", identifier, version=version)
    response = jsonify({**_findings(draft), "version": version})
    response.set_etag(str(version))
    return response


def _findings(draft: Draft) -> dict[str, Any]:
    told: dict[str, Any] = draft.analysis.as_dict()
    for decision in draft.decisions:
        told["mentions"][decision.mention]["decision"] = {
            "action": decision.action.value,
            "rule": decision.rule,
            "citations": list(decision.citations),
            "prints": decision.prints,
            "why": decision.why,
        }
    told["holds"] = [
        {"person": h.person, "kind": h.kind, "question": h.question, "mentions": list(h.mentions)}
        for h in draft.holds
    ]
    return told


@review.post("/jobs/<identifier>/release")
@needs("release.make")
@review.input(IfMatch, location="headers", arg_name="head")
@review.output(JobOut, status_code=202)
@review.doc(
    summary="Release what waits, hiding whatever is still held", responses=[404, 409, 412, 428]
)
def post_release(identifier: str, head: dict[str, str]) -> Any:
    """A worker writes it, reads it again, and gives it out only if every check passed.

    Under the two-person rule the one who sent the job or decided on it does not release it.
    """
    job = service().get(identifier, unit())
    version = _version(head["version"])
    if version != job.draft:
        raise Outdated(version=job.draft)
    if house().settings.two_person and actor().id in _first_persons(identifier, job.submitter):
        raise SecondPerson
    return placed(service().approve(identifier, version, unit())), 202


def _version(given: str) -> int:
    """The version that If-Match names.

    Raises:
        NoVersion: it names none.
        Outdated: it names what never was a version.
    """
    if not given.strip():
        raise NoVersion
    text = given.strip().removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit()):
        raise Outdated
    return int(text[:9])


def _first_persons(identifier: str, submitter: str) -> set[str]:
    decided = {"decision.made", "decision.overridden"}
    trail = house().audit.rows(subject=identifier)
    return {submitter, *(r.actor for r in trail if r.action in decided)}
