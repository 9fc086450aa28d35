"""A paper that says it reports names its reporter where it is signed and where it is headed."""

from __future__ import annotations

import pytest

from redactor.people import resolve
from redactor.people.roles import one_reporter
from redactor.people.writers import reporting
from redactor.types import Mention, Person, Request
from tests.redactor.people.test_resolve import named, reading, roles, who

NOBODY = Request("", "")
LETTER = """Kettle County WIC · Main Clinic
88 Dock St, Harlow

Pike County DSS
1 Elm St

To whom it may concern:

{said}

Sincerely,

Nora Quintero, RD
"""
SAYS_SO = [
    "This follows the call that I placed yesterday at ten past four.",
    "I called the hotline on Monday and was asked to put it on paper.",
    "I make this report on my own account.",
    "As I told intake this morning, the boy is thin.",
    "I am a mandated reporter.",
    "My call to your line last night was cut off.",
]
SAYS_NOT = [
    "The boy is thin and has lost four pounds.",
    "I did not call the hotline, whatever they say.",
    "I'm not the one who called.",
    'His aunt said to me, "I called the hotline on Monday."',
    "I made no report.",
    "If I call the state, he will be angry.",
]


@pytest.mark.parametrize(("said", "reports"), [(s, True) for s in SAYS_SO] + [(s, False) for s in SAYS_NOT])  # fmt: skip
def test_who_signs_a_paper_that_reports_is_the_reporter(said: str, reports: bool) -> None:
    text = LETTER.format(said=said)
    [name] = named(text, "Nora Quintero")
    assert (name in reporting(text, [name])) is reports

    findings = resolve(reading(text), (name,), NOBODY)

    assert (roles(text, findings, "Nora Quintero").get("reporter", 0.0) >= 0.5) is reports


def test_the_office_at_the_head_of_a_reporters_paper_is_the_reporters() -> None:
    """With its address, which would else be taken for an agency's own."""
    text = LETTER.format(said=SAYS_SO[0])
    homes = [
        Mention("address", text.index(a), text.index(a) + len(a), 0.9, "rule")
        for a in ("88 Dock St, Harlow", "1 Elm St")
    ]

    findings = resolve(reading(text), (*named(text, "Nora Quintero"), *homes), NOBODY)

    reporter = who(text, findings, "Nora Quintero")
    assert who(text, findings, "Kettle County WIC · Main Clinic") == reporter
    assert who(text, findings, "88 Dock St, Harlow") == reporter
    assert who(text, findings, "1 Elm St") == {"agency"}


def test_an_office_that_the_model_found_at_the_head_is_the_reporters_too() -> None:
    text = LETTER.format(said=SAYS_SO[0])
    office = Mention("employer", 0, len("Kettle County WIC"), 0.9, "ModelRecognizer")

    findings = resolve(reading(text), (*named(text, "Nora Quintero"), office), NOBODY)

    assert who(text, findings, "Kettle County WIC") == who(text, findings, "Nora Quintero")


@pytest.mark.parametrize(
    "head",
    [
        "Pike County Division of Family Services",
        "DEPARTMENT OF CHILD PROTECTION SERVICES",
        "IN THE CIRCUIT COURT OF PIKE COUNTY",
        "School Incident Report",
        "She teaches at the school",
    ],
)
def test_an_agencys_head_a_courts_and_a_title_are_nobodys(head: str) -> None:
    text = LETTER.format(said=SAYS_SO[0]).replace("Kettle County WIC · Main Clinic", head)
    findings = resolve(reading(text), named(text, "Nora Quintero"), NOBODY)
    assert not [m for m in findings.mentions if m.recognizer == "letterhead"]


def test_the_paper_of_somebody_else_keeps_its_head() -> None:
    text = LETTER.format(said=SAYS_NOT[0])
    findings = resolve(reading(text), named(text, "Nora Quintero"), NOBODY)
    assert not [m for m in findings.mentions if m.recognizer == "letterhead"]


@pytest.mark.parametrize(
    ("others", "child", "left"),
    [
        ({"reporter": 0.95}, {"child_victim": 0.97, "reporter": 0.32}, False),
        ({"reporter": 0.95}, {"child_victim": 0.97, "reporter": 0.6}, True),  # not faint
        ({"reporter": 0.6}, {"child_victim": 0.97, "reporter": 0.32}, True),  # nobody is sure
        ({"reporter": 0.95}, {"child_victim": 0.7, "reporter": 0.32}, True),  # may be anybody
        ({"reporter": 0.95}, {"relative": 0.97, "reporter": 0.32}, True),  # would not stay
    ],
)
def test_faint_suspicion_goes_where_somebody_else_surely_reports(
    others: dict[str, float], child: dict[str, float], left: bool
) -> None:
    """Of a child or an official only; of nobody whose name the law hides anyhow."""
    found = one_reporter([Person("p1", (), others), Person("p2", (), child)])
    assert ("reporter" in found[1].roles) is left
    assert found[0].roles == others


@pytest.mark.parametrize(
    ("roles", "left"),
    [
        ({"child_victim": 0.9, "reporter": 0.3}, False),
        ({"caseworker": 0.9, "reporter": 0.3}, False),
        ({"parent": 0.9, "reporter": 0.3}, True),  # may be the one who is told of
        ({"child_victim": 0.9, "reporter": 0.6}, True),
    ],
)
def test_where_a_reporter_is_told_of_without_a_name_a_parent_may_be_it(
    roles: dict[str, float], left: bool
) -> None:
    [found] = one_reporter([Person("p1", (), roles)], told=True)
    assert ("reporter" in found.roles) is left
