"""What the samples must reach at least; these floors may only rise."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor.batch.evaluate import Tally, evaluate
from redactor.policy.loader import least_answers, load
from redactor.settings import Settings
from redactor.types import Request

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def tally(category: str, role: str) -> Tally:
    answers = least_answers(load("us-mo"), category)
    request = Request("us-mo", category, answers=answers, holds="hide")
    return evaluate(SAMPLES, request, Settings(ocr_strategy="fast"), requester_role=role)


@pytest.mark.slow
def test_alleged_perpetrator_learns_no_reporter_and_keeps_the_story() -> None:
    """Reporter, numbers and addresses are gone; the names that stay and plain words stay."""
    found = tally("inv_alleged_perpetrator", "alleged_perpetrator")

    assert found.released == found.documents
    assert found.recall("reporter") == 1.0
    assert found.recall("ssn") == 1.0
    assert (found.recall("all") or 0) >= 0.95
    assert found.lost / found.keep <= 0.16
    assert found.words_lost / found.words <= 0.03


@pytest.mark.slow
def test_researcher_learns_no_identity() -> None:
    """Nobody's identity is left for a researcher without permission to identify."""
    found = tally("inv_researcher", "")

    assert found.released == found.documents
    assert (found.recall("all") or 0) >= 0.95
    assert found.words_lost / found.words <= 0.03
