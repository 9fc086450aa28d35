"""A policy file with a fault is refused, and the refusal says where."""

from __future__ import annotations

import pytest

from redactor.errors import BadPolicy
from redactor.policy.loader import SHIPPED, parse

WORDS = (SHIPPED / "vocabulary.yaml").read_text(encoding="utf-8")
GOOD = (SHIPPED / "us-ms.yaml").read_text(encoding="utf-8")
FAULTS = {
    "not YAML": ("name: Mississippi", "name: [Mississippi"),
    "a key given twice": ("name: Mississippi", "name: Mississippi\nname: Again"),
    "a null": ("name: Mississippi", "name:"),
    "an unknown key": ("name: Mississippi", "name: Mississippi\ncolour: red"),
    "an unquoted section number": ("'MS 43-21-257'", "43.21"),
    "an unquoted yes": ("values: ['yes', 'no']", "values: [yes, no]"),
    "an unquoted date": ("status: draft, needs counsel; the youth court order is the rule, everything else an exception", "status: 2016-07-31"),
    "a citation that is not in the table": ("['MS 43-21-257', 'MS 43-21-261']", "['MS 99-99-999']"),
    "a way to write pages that is none": ("name: Mississippi", "name: Mississippi\nrender: blurred"),
    "an unknown role": ("role: caseworker", "role: clown"),
    "an unknown kind": ("kinds: [photo_face]", "kinds: [shoe_size]"),
    "an unknown label": ("label: MS}", "label: ZZ}"),
    "an unknown question": ("when: {program_purpose:", "when: {programme_purpose:"),
    "an answer nobody offers": ("{program_purpose: ['no', 'unknown']}", "{program_purpose: ['never']}"),
    "an unknown gate": ("gates: [verified, order]", "gates: [verified, ordre]"),
    "an unknown rule set": ("rules: [by_order]", "rules: [by_decree]"),
    "an unknown notice": ("notices: [ms_penalty, ms_recipient_duty]", "notices: [ms_nothing]"),
    "a rule given twice": ("id: MF2", "id: MF1"),
    "a rule nobody uses": ("  by_order:", "  unused:\n    - {id: X1, role: any, kinds: ['*'], action: hold, cite: ['MS 43-21-261'], label: MS}\n  by_order:"),
    "a rule that can never decide": ("    - {id: MF2,", "    - {id: X2, role: judge, kinds: [ssn], action: keep, cite: ['MS 43-21-261']}\n    - {id: MF2,"),
}  # fmt: skip


def test_the_shipped_text_is_sound() -> None:
    """The faults below are the only thing wrong with their texts."""
    assert parse("us-ms", GOOD, WORDS).categories


@pytest.mark.parametrize("fault", FAULTS)
def test_faulty_policy_is_refused(fault: str) -> None:
    """One fault is enough."""
    old, new = FAULTS[fault]
    assert old in GOOD

    with pytest.raises(BadPolicy):
        parse("us-ms", GOOD.replace(old, new, 1), WORDS)


def test_labels_print_the_law_and_never_a_role() -> None:
    """A label that told a role would name the reporter."""
    with pytest.raises(BadPolicy, match="tells a role"):
        parse("us-ms", GOOD, WORDS.replace("print: 'De-identified'", "print: 'Reporter'"))


def test_a_policy_may_ask_for_more_pictures_and_never_for_fewer() -> None:
    """The more cautious of what it says and what the settings say; one that says nothing agrees."""
    ways = ("pixels", "auto", "vector")
    said = {way: parse("us-ms", f"{GOOD}render: {way}\n", WORDS) for way in ways}

    for n, own in enumerate(ways):
        assert [said[own].render(way) for way in ways] == [ways[min(n, m)] for m in range(3)]
    assert [parse("us-ms", GOOD, WORDS).render(way) for way in ways] == list(ways)


def test_digest_follows_the_content() -> None:
    """Another text date is another policy."""
    other = parse("us-ms", GOOD.replace("31 July 2016", "1 August 2016"), WORDS)

    assert other.digest != parse("us-ms", GOOD, WORDS).digest
