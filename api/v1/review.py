"""/v1/jobs/{id}/findings, /decisions and /release: what waits for a person, and that person's word.

The same journal as on the review desk: what an officer decides there stands here, and the reverse.
"""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, jsonify

from api.door import actor, needs
from api.house import house
from api.review.desk import Opened
from api.review.entry import desk, note
from api.v1.intake import service
from api.v1.job_schemas import FindingsOut, IfMatch, JobOut, StepIn
from api.v1.jobs import placed, unit
from redactor.draft import Analysis
from redactor.errors import NeedsReview, NoVersion, Outdated, SecondPerson
from redactor.review import as_step, checklist

review = APIBlueprint("review_v1", __name__, url_prefix="/v1", tag="Review")


@review.get("/jobs/<identifier>/findings")
@needs("case.read")
@review.output(FindingsOut)
@review.doc(summary="People, mentions and decisions that wait for a person", responses=[404, 409])
def get_findings(identifier: str) -> Response:
    """Holds protected text. The ETag is the version that a decision and a release must name."""
    opened = desk().open(identifier)
    note("findings.read", identifier, version=opened.journal.revision)
    return _answer(opened)


@review.post("/jobs/<identifier>/decisions")
@needs("case.decide")
@review.input(IfMatch, location="headers", arg_name="head")
@review.input(StepIn, arg_name="given", schema_name="Step")
@review.output(FindingsOut)
@review.doc(
    summary="Decide one thing; the policy then decides everything again",
    responses=[404, 409, 412, 422, 428],
)
def post_decision(identifier: str, head: dict[str, str], given: StepIn) -> Response:
    """One step of redactor/review/edits.py, such as `{"do": "answer_hold", ...}`, or an undo.

    What the law shields is opened only with `override`, which stands in the internal log.
    """
    step = as_step(given.model_dump(exclude_unset=True))
    expected = _version(head["version"])
    opened = desk().take(identifier, step, expected, actor().id)
    act = "decision.overridden" if getattr(step, "override", False) else "decision.made"
    note(act, identifier, decision=step.do, version=opened.journal.revision)
    return _answer(opened)


@review.post("/jobs/<identifier>/release")
@needs("release.make")
@review.input(IfMatch, location="headers", arg_name="head")
@review.output(JobOut, status_code=202)
@review.doc(summary="Release what waits, every question answered", responses=[404, 409, 412, 428])
def post_release(identifier: str, head: dict[str, str]) -> Any:
    """A worker writes it, reads it again, and gives it out only if every check passed.

    Under the two-person rule the one who sent the job or decided on it does not release it.
    """
    expected = _version(head["version"])
    opened = desk().open(identifier)
    if expected != opened.journal.revision:
        raise Outdated(version=opened.journal.revision)
    _check(opened, service().get(identifier, unit()).submitter)
    desk().approve(identifier, opened)
    return placed(service().get(identifier, unit())), 202


def _check(opened: Opened, sender: str) -> None:
    """Return where the list that the review desk shows has no open line.

    Raises:
        SecondPerson, NeedsReview: it has.
    """
    two = house().settings.two_person
    items = checklist(opened.judged, opened.journal, by=actor().id, two_persons=two, sender=sender)
    lines = [i.code for i in items if i.blocking and not i.done]
    if lines == ["second_person"]:
        raise SecondPerson
    if lines:
        raise NeedsReview("The list before a release has open lines.", lines=lines)


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


def _answer(opened: Opened) -> Response:
    judged = opened.judged
    analysis = Analysis(opened.draft.analysis.stripped, judged.reading, judged.findings)
    told: dict[str, Any] = analysis.as_dict()
    for decision in judged.decisions:
        told["mentions"][decision.mention]["decision"] = {
            "action": decision.action.value,
            "rule": decision.rule,
            "citations": list(decision.citations),
            "prints": decision.prints,
            "why": decision.why,
        }
    told["holds"] = [
        {"id": a.id, "kind": a.kind, "person": a.person, "mentions": list(a.mentions),
         "citations": list(a.citations)}
        for a in judged.asked
    ]  # fmt: skip
    response = jsonify({**told, "version": opened.journal.revision})
    response.set_etag(str(opened.journal.revision))
    return response
