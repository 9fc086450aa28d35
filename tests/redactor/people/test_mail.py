"""An address on line tells whether its owner works for an agency."""

from __future__ import annotations

import re

import pytest

from redactor.people import resolve
from redactor.types import Mention, Request
from tests.redactor.people.test_resolve import named, reading, roles

NOBODY = Request("", "")
READ = {"Nora Quintero": {"caseworker": 0.9, "relative": 0.1}}


def worker(text: str, read: dict[str, dict[str, float]]) -> float:
    mails = [
        Mention("email", m.start(), m.end(), 1.0, "EmailRecognizer")
        for m in re.finditer(r"\S+@[\w.]+", text)
    ]
    findings = resolve(reading(text), (*named(text, "Nora Quintero", roles=read), *mails), NOBODY)
    return roles(text, findings, "Nora Quintero").get("caseworker", 0.0)


@pytest.mark.parametrize(
    ("address", "works_there"),
    [
        ("nora.quintero@gmail.example.com", False),
        ("nquintero@hotmail.com", False),
        ("nora.quintero@dss.mo.gov", True),
        ("nora.quintero@kettlesteel.example", True),  # says nothing; the model does
        ("tips@gmail.com", True),  # somebody else's
    ],
)
def test_nobody_works_for_the_agency_from_a_private_mailbox(
    address: str, works_there: bool
) -> None:
    text = f"From: Nora Quintero {address}"
    assert (worker(text, READ) >= 0.6) is works_there


def test_an_agencys_domain_makes_nobody_a_worker() -> None:
    """A relative may bear a worker's name, and would then stay in every release."""
    text = "From: nquintero@dss.example.gov\n\nNora Quintero is the aunt."
    assert worker(text, {"Nora Quintero": {"relative": 0.6, "caseworker": 0.2}}) < 0.6
