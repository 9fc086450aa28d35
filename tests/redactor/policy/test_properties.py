"""What must hold of every policy, whatever the combination."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import BadAnswer, UnknownCategory, UnknownJurisdiction
from redactor.policy import check, decide, least_answers, list_jurisdictions, load
from redactor.types import Action, Context, Decision, Findings, Mention, Person, Request

POLICIES = {j: load(j) for j in list_jurisdictions()}
DOORS = [(j, c) for j, p in POLICIES.items() for c in p.categories]
AGENCIES = {"agency_full", "staff_full", "protective_photo"}
IDENTITY = {"name", "alias", "initials", "signature", "address", "phone", "email", "employer", "school",
            "occupation", "relationship", "ssn", "dob", "handle", "indirect_text", "reporter_meta"}  # fmt: skip


def walk(
    jurisdiction: str, category: str, roles: tuple[str, ...], answers: dict[str, str]
) -> dict[tuple[str, Context], Decision]:
    """The decision on every kind in every context for a person of these roles."""
    policy = POLICIES[jurisdiction]
    spots = [(k, c) for k in sorted(policy.kinds) for c in Context]
    mentions = tuple(
        Mention(k, n, n + 1, 1.0, "hand", person="p", context=c) for n, (k, c) in enumerate(spots)
    )
    people = (Person("p", (), dict.fromkeys(roles, 1.0)),)
    request = Request(jurisdiction, category, answers=answers)
    decisions = decide(policy, category, answers, Findings(mentions, people), request)
    return dict(zip(spots, decisions, strict=True))


def is_agency(jurisdiction: str, category: str) -> bool:
    return bool(AGENCIES & set(POLICIES[jurisdiction].category(category).rules))


@pytest.mark.parametrize(("jurisdiction", "category"), DOORS, ids=[c for _, c in DOORS])
def test_no_reporter_is_kept_outside_the_cases_the_policy_names(
    jurisdiction: str, category: str
) -> None:
    """Alone or in any second role, in any context: the reporter's identity is never kept."""
    policy = POLICIES[jurisdiction]
    answers = least_answers(policy, category)
    if "staff_full" in policy.category(category).rules:
        pytest.skip("the division's own staff: RSMo 210.109.3(3)")
    for second in policy.vocabulary.vocabulary.roles:
        found = walk(jurisdiction, category, ("reporter", second), answers)
        kept = [
            spot for spot, d in found.items() if d.action is Action.KEEP and spot[0] in IDENTITY
        ]
        assert kept == [], (second, kept)


@pytest.mark.parametrize(("jurisdiction", "category"), DOORS, ids=[c for _, c in DOORS])
def test_no_ssn_of_anybody_is_kept_for_a_non_agency(jurisdiction: str, category: str) -> None:
    """The requester's own included: a copy may stray."""
    policy = POLICIES[jurisdiction]
    if is_agency(jurisdiction, category):
        pytest.skip("an agency")
    answers = least_answers(policy, category)
    roles = list(policy.vocabulary.vocabulary.roles)
    for pair in combinations(roles, 2):
        for (kind, _), decision in walk(jurisdiction, category, pair, answers).items():
            if kind == "ssn":
                assert decision.action is not Action.KEEP, pair


@pytest.mark.parametrize(("jurisdiction", "category"), DOORS, ids=[c for _, c in DOORS])
def test_a_box_does_not_tell_the_reporter_from_a_collateral(
    jurisdiction: str, category: str
) -> None:
    """Hidden third persons carry one label, whichever rule hid them, and it is their State's."""
    answers = least_answers(POLICIES[jurisdiction], category)
    reporter = walk(jurisdiction, category, ("reporter",), answers)
    for role in ("collateral", "relative"):
        for spot, other in walk(jurisdiction, category, (role,), answers).items():
            both = Action.KEEP not in (other.action, reporter[spot].action)
            if both and spot[0] in ("name", "phone", "address", "email", "employer", "occupation"):
                assert other.prints == reporter[spot].prints, spot


def test_nothing_of_mississippi_cites_missouri() -> None:
    """What no rule speaks of is hidden under the law of the State that was asked."""
    policy = POLICIES["us-ms"]
    for category in policy.categories:
        found = walk("us-ms", category, ("collateral",), least_answers(policy, category))
        assert not [
            d for d in found.values() if "RSMo" in d.prints or "MO " in "".join(d.citations)
        ]


def test_an_approved_agency_may_see_the_reporter() -> None:
    """The one case the policy names: a supervisor approved it."""
    answers = {
        **least_answers(POLICIES["us-mo"], "inv_protection_agency"),
        "reporter_disclosure_approved": "yes",
    }

    found = walk("us-mo", "inv_protection_agency", ("reporter",), answers)

    assert found["name", Context.OTHER].action is Action.KEEP


@pytest.mark.parametrize(("jurisdiction", "category"), DOORS, ids=[c for _, c in DOORS])
def test_answer_only_categories_never_proceed(jurisdiction: str, category: str) -> None:
    """A form that is an answer emits no page, whatever is answered."""
    policy = POLICIES[jurisdiction]
    if policy.category(category).form in ("redacted_copy", "inspection", "in_camera"):
        pytest.skip("a form with pages")
    for answers in ({}, least_answers(policy, category)):
        ruling = check(policy, Request(jurisdiction, category, answers=answers, holds="hide"))
        assert ruling.effect in ("letter", "hold", "withhold")


@pytest.mark.parametrize(("jurisdiction", "category"), DOORS, ids=[c for _, c in DOORS])
def test_nothing_goes_out_while_its_gates_are_unanswered(jurisdiction: str, category: str) -> None:
    """An unanswered gate takes the answer that releases least."""
    policy = POLICIES[jurisdiction]
    gates = policy.gates(policy.category(category))

    ruling = check(policy, Request(jurisdiction, category))

    if gates or policy.category(category).status != ["unknown"]:
        assert ruling.effect != "proceed"


@given(st.sampled_from(DOORS), st.data())
def test_keep_needs_more_confidence_than_hiding(door: tuple[str, str], data: st.DataObject) -> None:
    """Nobody's name is kept for a role that is held with less than the policy's limit."""
    policy = POLICIES[door[0]]
    role = data.draw(st.sampled_from(sorted(policy.vocabulary.vocabulary.roles)))
    sure = data.draw(st.floats(0, policy.vocabulary.confidence.keep - 0.01))
    if is_agency(*door):
        return
    mention = Mention("name", 0, 1, 1.0, "hand", person="p")
    findings = Findings((mention,), (Person("p", (), {role: sure}),))
    answers = least_answers(policy, door[1])

    decision = decide(policy, door[1], answers, findings, Request(*door, answers=answers))[0]

    assert decision.action is not Action.KEEP


def test_unknown_names_release_nothing() -> None:
    """An unknown jurisdiction, category, question or answer is an error, never a release."""
    policy = POLICIES["us-mo"]
    with pytest.raises(UnknownJurisdiction):
        load("us-zz")
    with pytest.raises(UnknownCategory):
        check(policy, Request("us-mo", "press"))
    with pytest.raises(BadAnswer):
        check(policy, Request("us-mo", "inv_parent", answers={"moon_phase": "full"}))
    with pytest.raises(BadAnswer):
        check(policy, Request("us-mo", "inv_parent", answers={"identity_verified": "maybe"}))


def test_must_hide_wins_and_must_keep_never_opens_a_reporter() -> None:
    """The request's own terms, at their limits."""
    policy = POLICIES["us-mo"]
    answers = least_answers(policy, "inv_parent")
    people = (Person("r", (), {"reporter": 1.0}), Person("w", (), {"caseworker": 1.0}))
    mentions = (
        Mention("name", 0, 1, 1.0, "must_hide", person="w"),
        Mention("name", 1, 2, 1.0, "must_keep", person="r"),
        Mention("ssn", 2, 3, 1.0, "must_keep", person="w"),
        Mention("name", 3, 4, 1.0, "must_keep"),
    )
    request = Request("us-mo", "inv_parent", answers=answers, must_keep=("x",))

    actions = [
        d.action for d in decide(policy, "inv_parent", answers, Findings(mentions, people), request)
    ]

    assert actions == [Action.REDACT, Action.REDACT, Action.REDACT, Action.KEEP]
