"""One small case file, analyzed once, as the subject of every review test."""

from __future__ import annotations

import pytest

from redactor.pipeline import Analysis, analyze
from redactor.policy import check, load
from redactor.review import Subject
from redactor.settings import Settings
from redactor.types import Box, Region
from tests.conftest import LINES, make_pdf, make_request

MORE = (
    "Dana Orr works at the Larkin feed store. Mr. Dufresne shouted at Nora Finch.",
    "The caller, who lives next door, asked not to be named. SSN of Nora Finch: 521-44-9087.",
    "Witness: Ruth Hale, phone 573-555-0188, saw Milo on the porch.",
)


def opened() -> tuple[Subject, Analysis]:
    """The subject for an alleged perpetrator, with a region of ink that nobody has read."""
    settings = Settings(ocr_strategy="fast")
    request = make_request("inv_alleged_perpetrator", "Carl Dufresne", holds="stop")
    policy = load("us-mo")
    found = analyze(make_pdf(*LINES, *MORE), request, settings=settings)
    page = found.reading.pages[0]
    ink = Region("signature", Box(0, 60, 500, 200, 540), "near the word that asks for one")
    object.__setattr__(page, "regions", (ink,))
    ruling = check(policy, request)
    return Subject(policy, ruling, request, found.reading, found.findings, settings), found


@pytest.fixture(scope="session")
def opened_file() -> tuple[Subject, Analysis]:
    """The subject and the analysis it stands on."""
    return opened()


@pytest.fixture(scope="session")
def subject(opened_file: tuple[Subject, Analysis]) -> Subject:
    """The subject alone."""
    return opened_file[0]
