"""The scenarios of the law note, section 12: who asks, what stands there, what must happen to it.

Findings are built by hand, so that only the policy is tested. All people are invented.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from redactor.policy import check, decide, least_answers, load
from redactor.types import Context, Findings, Mention, Person, Request


class Case(NamedTuple):
    """One span of one person for one category."""

    scenario: str
    category: str
    roles: tuple[str, ...]
    kind: str
    wanted: str
    context: Context = Context.OTHER
    answers: tuple[tuple[str, str], ...] = ()


# Where a row of the note says "redact (or hold)" and two rules match, the more restrictive one shows here.
REPORT = Context.REPORT
AP, PARENT, RESEARCH = "inv_alleged_perpetrator", "inv_parent", "inv_researcher"
CASES = [
    Case("1 reporter's name in the intake", PARENT, ("reporter", "school_staff"), "name", "redact", REPORT),
    Case("1 reporter's name in an interview", PARENT, ("reporter", "school_staff"), "name", "redact"),
    Case("1 reporter's job", PARENT, ("reporter",), "occupation", "redact", REPORT),
    Case("1 time of the call", PARENT, (), "reporter_meta", "redact", REPORT),
    Case("1 the child's school on his own sheet", PARENT, ("child_victim", "requester_child"), "school", "keep", answers=(("child_in_placement", "no"),)),
    Case("1 the child", PARENT, ("child_victim", "requester_child"), "name", "keep"),
    Case("2 grandmother who reported", PARENT, ("reporter", "relative"), "name", "redact", REPORT),
    Case("2 words that point at her", PARENT, (), "indirect_text", "hold"),
    *[Case(f"3 {role}", AP, (role,), "name", "redact") for role in ("collateral", "professional", "school_staff", "medical_provider", "relative")],
    Case("4 reporter by job only", AP, ("reporter",), "indirect_text", "hold", REPORT),
    Case("4 place of work", AP, ("reporter",), "employer", "redact", REPORT),
    Case("5 own SSN", PARENT, ("parent", "requester"), "ssn", "redact"),
    Case("5 own benefit number", PARENT, ("parent", "requester"), "benefit_id", "redact"),
    Case("5 own name", PARENT, ("parent", "requester"), "name", "keep"),
    Case("5 own address", PARENT, ("parent", "requester"), "address", "keep"),
    Case("5 own phone", PARENT, ("parent", "requester"), "phone", "keep"),
    Case("6 half-sibling", PARENT, ("sibling",), "name", "redact"),
    Case("6 her birth date", PARENT, ("sibling",), "dob", "redact"),
    Case("6 her illness", PARENT, ("sibling",), "medical", "redact"),
    Case("6 the child's age", PARENT, ("child_victim", "requester_child"), "age", "keep"),
    Case("7 mother as reporter, intake", AP, ("reporter", "parent"), "name", "redact", REPORT),
    Case("7 mother as mother", AP, ("reporter", "parent"), "name", "hold"),
    Case("7 her address", AP, ("reporter", "parent"), "address", "hold"),
    Case("7 the child", AP, ("child_victim",), "name", "keep"),
    Case("8 next door", AP, (), "indirect_text", "hold", REPORT),
    Case("9 nickname of the reporter", "nie_parent", ("reporter",), "alias", "redact"),
    Case("9 her e-mail", "nie_parent", ("reporter",), "email", "redact"),
    Case("10 worker", PARENT, ("caseworker",), "name", "keep"),
    Case("10 office number", PARENT, ("caseworker",), "office_phone", "keep"),
    Case("10 cell", PARENT, ("caseworker",), "phone", "redact"),
    Case("10 signature", PARENT, ("caseworker",), "signature", "keep"),
    *[Case(f"11 {kind}", PARENT, ("parent", "requester"), kind, "redact") for kind in ("ssn", "account_number", "benefit_id", "vehicle_id")],
    Case("12 own birth date", PARENT, ("parent", "requester"), "dob", "keep"),
    Case("12 the child's birth date", PARENT, ("child_victim", "requester_child"), "dob", "keep"),
    Case("12 the accused's birth date", PARENT, ("alleged_perpetrator",), "dob", "redact"),
    Case("13 the child's wrist", PARENT, ("child_victim", "requester_child"), "medical", "keep"),
    Case("13 a test of the sister", PARENT, ("sibling",), "hiv_sti", "hold"),
    Case("13 methadone", PARENT, ("alleged_perpetrator",), "sud_treatment", "hold"),
    Case("14 handwriting", PARENT, (), "handwriting", "redact"),
    Case("16 victim's injury, to the accused", AP, ("child_victim",), "medical", "hold"),
    Case("16 own words' worker", AP, ("caseworker",), "name", "keep"),
    Case("16 dates", AP, (), "date", "keep"),
    Case("17 mother in danger", AP, ("parent", "at_risk"), "name", "redact", answers=(("safety_determination", "danger_named"),)),
    Case("17 the child's name", AP, ("child_victim",), "name", "keep", answers=(("safety_determination", "danger_named"),)),
    Case("17 the shelter", AP, ("parent", "at_risk"), "placement_location", "redact", answers=(("safety_determination", "danger_named"),)),
    Case("24 the child, permission given", RESEARCH, ("child_victim",), "name", "keep", answers=(("identifiers_essential", "yes"), ("subject_written_permission", "yes"))),
    Case("24 the child, none given", RESEARCH, ("child_victim",), "name", "redact"),
    Case("24 the reporter, permission given", RESEARCH, ("reporter",), "name", "redact", answers=(("identifiers_essential", "yes"), ("subject_written_permission", "yes"))),
    Case("25 brother of the dead child", "fatality_public", ("sibling",), "name", "redact"),
    Case("25 the dead child", "fatality_public", ("deceased",), "name", "hold"),
    Case("25 the accused", "fatality_public", ("alleged_perpetrator",), "name", "hold"),
    Case("26 reporter, to the guardian ad litem", "gal", ("reporter",), "name", "redact"),
    Case("26 everybody else, to the guardian ad litem", "gal", ("relative",), "name", "keep"),
    Case("27 birth parents' address", "foster_parent_placement", ("parent",), "address", "redact"),
    Case("27 the child's health", "foster_parent_placement", ("child_victim",), "medical", "keep"),
    Case("29 a name, to a legislature", "ms_legislative_body", ("parent",), "name", "redact"),
]  # fmt: skip


def act(case: Case) -> str:
    jurisdiction = "us-ms" if case.category.startswith("ms_") else "us-mo"
    policy = load(jurisdiction)
    people = (Person("p1", (), dict.fromkeys(case.roles, 1.0)),) if case.roles else ()
    mention = Mention(
        case.kind, 0, 1, 1.0, "hand", person="p1" if case.roles else "", context=case.context
    )
    answers = {**least_answers(policy, case.category), **dict(case.answers)}
    request = Request(jurisdiction, case.category, answers=answers)
    return decide(policy, case.category, answers, Findings((mention,), people), request)[
        0
    ].action.value


@pytest.mark.parametrize("case", CASES, ids=[c.scenario for c in CASES])
def test_span_scenario(case: Case) -> None:
    """The law's answer to one span."""
    assert act(case) == case.wanted


GATES = [
    ("15 charged, not indicted", AP, {"pending_criminal_charges": "yes", "indictment_or_information": "no"}, "withhold"),
    ("16 information filed", AP, {"pending_criminal_charges": "yes", "indictment_or_information": "yes"}, "proceed"),
    ("18 past its removal date", "nie_parent", {"retention_expired": "yes"}, "hold"),
    ("18 past its removal date, whoever asks", RESEARCH, {"retention_expired": "yes"}, "hold"),
    ("20 employer", "inv_employer", {}, "letter"),
    ("21 caregiver check", "inv_parent_caregiver_check", {}, "letter"),
    ("22 reporter asks for the outcome", "reporter_disposition", {}, "letter"),
    ("24 no permission of the director", RESEARCH, {"director_permission": "no"}, "withhold"),
    ("24 permission of the director", RESEARCH, {}, "proceed"),
    ("25 investigation open", "fatality_public", {"investigation_concluded": "no"}, "withhold"),
    ("25 closed, with an order", "fatality_public", {}, "proceed"),
    ("28 court in a divorce", "nie_court", {}, "hold"),
    ("30 youth court order missing", "ms_youth_court_order", {"youth_court_order": "no"}, "withhold"),
    ("anyone else", "public_other", {}, "withhold"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "category", "answers", "wanted"), GATES, ids=[g[0] for g in GATES]
)
def test_gate_scenario(name: str, category: str, answers: dict[str, str], wanted: str) -> None:
    """Whether the request goes ahead at all."""
    jurisdiction = "us-ms" if category.startswith("ms_") else "us-mo"
    policy = load(jurisdiction)
    given = {**least_answers(policy, category), **answers}

    ruling = check(policy, Request(jurisdiction, category, answers=given, holds="hide"))

    assert ruling.effect == wanted


def test_accused_parent_is_sent_to_the_accused_persons_door() -> None:
    """Scenario 19: an assessment on the asker is answered as to the accused, charges included."""
    policy = load("us-mo")
    answers = {**least_answers(policy, "nie_parent"), "requester_is_alleged_perpetrator": "yes"}

    ruling = check(policy, Request("us-mo", "nie_parent", answers=answers))

    assert ruling.category == "nie_alleged_perpetrator"
    assert ruling.effect == "withhold"  # the charges question has not been answered
    assert "charges" in [r.code for r in ruling.reasons]


def test_an_expunged_record_reads_as_no_record() -> None:
    """Scenario 18: the letter does not tell that something was destroyed."""
    from redactor.report import letter

    policy = load("us-mo")
    answers = {**least_answers(policy, "nie_parent"), "retention_expired": "yes"}
    request = Request("us-mo", "nie_parent", answers=answers)

    sentence = str(letter(policy, check(policy, request), request)["sentence"])

    assert "no record" in sentence
    assert "destroy" not in sentence
    assert "expunge" not in sentence
