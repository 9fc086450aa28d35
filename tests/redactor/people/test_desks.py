"""What stands behind an official's name and title is the office; a home or a reporter's is not."""

from __future__ import annotations

import re

import pytest

from redactor.detect.merge import merge
from redactor.detect.recognizers.phone import PhoneRecognizer
from redactor.people import resolve
from redactor.types import Mention, Request
from tests.redactor.people.test_resolve import NOBODY, named, reading, who

WORKS = {"Teresa Combs": {"caseworker": 0.98, "professional": 0.02}}


def analyzed(text: str) -> list[Mention]:
    return [
        Mention(r.entity_type.lower(), r.start, r.end, r.score, "PhoneRecognizer")
        for r in PhoneRecognizer().find(text)
    ]


def owner(
    text: str, contact: str, roles: dict[str, dict[str, float]], request: Request
) -> set[str]:
    kind = "phone" if re.match(r"\d{3}-", contact) else "address"
    at = text.index(contact)
    found = Mention(kind, at, at + len(contact), 0.9, "rule")
    findings = resolve(reading(text), (*named(text, *roles, roles=roles), found), request)
    return who(text, findings, contact)


@pytest.mark.parametrize(
    "text",
    [
        "Respectfully,\n\nTeresa Combs, Caseworker\n1159 Main St., Jackson KY",
        "Teresa Combs, SSW II, 1159 Main St., Jackson KY",
        "Teresa Combs\nChild Protection Supervisor, Pike County \u00b7 1159 Main St., Jackson KY",
    ],
)
def test_an_officials_desk_is_the_offices(text: str) -> None:
    """RSMo 210.183 tells the family whom to turn to."""
    assert owner(text, "1159 Main St., Jackson KY", WORKS, NOBODY) == {"agency"}


@pytest.mark.parametrize(
    "text",
    [
        "Worker Teresa Combs went to 1159 Main St., Jackson KY",
        "Teresa Combs, worker, met the aunt at 1159 Main St., Jackson KY",
        "Teresa Combs\t1159 Main St., Jackson KY",
        "Teresa Combs, Caseworker\n\nThe aunt lives at\n1159 Main St., Jackson KY",
        "Teresa Combs, Caseworker, home 1159 Main St., Jackson KY",
    ],
)
def test_a_home_is_none(text: str) -> None:
    """Wherever words tell of going there, or nothing tells of an office."""
    assert owner(text, "1159 Main St., Jackson KY", WORKS, NOBODY) != {"agency"}


def test_a_workers_cell_is_none() -> None:
    """It is a telephone of her own."""
    text = "Teresa Combs, Caseworker, cell 606-555-0142"

    assert owner(text, "606-555-0142", WORKS, NOBODY) != {"agency"}


def test_an_official_who_may_have_reported_keeps_nothing() -> None:
    """The office would tell who it was."""
    text = "Teresa Combs, School Resource Officer\n1159 Main St., Jackson KY"
    roles = {"Teresa Combs": {"law_enforcement": 0.98, "reporter": 0.6}}

    assert owner(text, "1159 Main St., Jackson KY", roles, NOBODY) != {"agency"}


@pytest.mark.parametrize(
    ("behind", "agency"),
    [
        (" \u00b7 606-555-0142", True),
        ("\nFax: 606-555-0142", True),
        (". Caller 606-555-0142", False),
    ],
)
def test_what_stands_behind_the_offices_address_is_the_offices(behind: str, agency: bool) -> None:
    """A letterhead's telephone; words between the two tell of somebody else."""
    text = f"Pike County DSS, 1159 Main St., Jackson KY{behind}"
    found = tuple(
        Mention(kind, m.start(), m.end(), 0.9, "rule")
        for kind, shape in (("address", "1159.*KY"), ("phone", "606-555-0142"))
        for m in re.finditer(shape, text)
    )

    findings = resolve(reading(text), found, NOBODY)

    assert (who(text, findings, "606-555-0142") == {"agency"}) is agency


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Teresa Combs\nCaseworker\nc 606-555-0142 \u00b7 f 606-555-0199", True),
        ("FAX TO: Pike County DCPS, fax 606-555-0199\nATTN: Teresa Combs", True),
        ("Teresa Combs, RN, clinic fax 606-555-0199", False),
    ],
)  # fmt: skip
def test_a_fax_of_an_office_is_the_offices(text: str, agency: bool) -> None:
    """Nobody has one at home; a reporter's clinic has one too."""
    roles = WORKS if agency else {"Teresa Combs": {"professional": 0.98, "reporter": 0.6}}
    at = text.index("606-555-0199")
    found = merge(text, analyzed(text))

    assert [m.kind for m in found if m.start == at] == ["fax"]
    findings = resolve(reading(text), (*named(text, *roles, roles=roles), *found), NOBODY)
    assert (who(text, findings, "606-555-0199") == {"agency"}) is agency


@pytest.mark.parametrize(
    ("gap", "agency"),
    [("\n\nvoice 606-555-0142 fax 606-555-0199", True), ("\n\nPhone 606-555-0142", False)],
)  # fmt: skip
def test_a_letterheads_line_of_telephone_and_fax_is_the_offices(gap: str, agency: bool) -> None:
    """Also behind a blank line; a telephone alone may be a field of the form below."""
    text = f"Pike County DSS, 1159 Main St., Jackson KY{gap}"
    at = text.index("1159")
    address = Mention("address", at, at + 25, 0.9, "rule")
    findings = resolve(reading(text), merge(text, (address, *analyzed(text))), NOBODY)

    assert (who(text, findings, "606-555-0142") == {"agency"}) is agency
