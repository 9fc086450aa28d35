"""Under the two-person rule nobody releases alone: over HTTP, against a running service."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from redactor.client import Client, Refused
from redactor.policy import least_answers, load
from tests.conftest import make_pdf
from tests.live import Live, serving

CATEGORY = "inv_alleged_perpetrator"
ANSWERS = least_answers(load("us-mo"), CATEGORY)
BOX = {"page": 0, "x0": 60, "y0": 300, "x1": 200, "y1": 320}
STEP = {"do": "add_box", "box": BOX, "reason": "missed"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One that wants two persons."""
    with serving(tmp_path_factory.mktemp("two"), TWO_PERSON="1") as live:
        yield live


def person(service: Live, *roles: str) -> Client:
    """Somebody with a key of these roles."""
    return Client(service.url, service.bearer(*roles)["Authorization"].removeprefix("Bearer "))


def test_who_sent_or_decided_does_not_release_and_another_does(service: Live) -> None:
    """By roles all three might; the trail names the one who sent, decided and released."""
    sender, first, second = (
        person(service, *roles)
        for roles in (("submitter", "supervisor"), ("reviewer",), ("supervisor",))
    )
    job = sender.wait(sender.submit(make_pdf(), "us-mo", CATEGORY, answers=ANSWERS, holds="hide"))
    assert job["state"] == "needs_review"  # whatever was held, a person looks
    found = first.findings(job)
    found = first.decide(job, found["version"], STEP)
    for hold in found["holds"]:
        answer = {"do": "answer_hold", "hold": hold["id"], "action": "redact", "reason": "looked"}
        found = first.decide(job, found["version"], answer)

    for own in (sender, first):
        with pytest.raises(Refused) as refused:
            own.release(job, found["version"])
        assert (refused.value.status, refused.value.code) == (403, "second_person")
    assert first.job(job)["state"] == "needs_review"
    done = second.wait(second.release(job, found["version"]))

    assert done["outcome"] == "released"
    with service.client("auditor") as auditor:
        rows = auditor.get("/v1/audit", params={"subject": job["id"], "limit": 100}).json()["rows"]
    by = {action: {r["actor"] for r in rows if r["action"] == action} for action in ACTS}
    assert all(len(actors) == 1 for actors in by.values())
    assert len(set.union(*by.values())) == 3


ACTS = ("job.uploaded", "decision.made", "review.approved")


def test_what_the_second_person_did_not_see_is_not_released(service: Live) -> None:
    """A decision that came in between must be looked at first."""
    first, second = person(service, "submitter", "reviewer"), person(service, "supervisor")
    job = first.wait(first.submit(make_pdf(), "us-mo", CATEGORY, answers=ANSWERS))
    seen = second.findings(job)
    first.decide(job, seen["version"], STEP)

    with pytest.raises(Refused) as refused:
        second.release(job, seen["version"])
    assert refused.value.status == 412
