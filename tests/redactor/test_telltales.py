"""What stays beside a hidden reporter and still tells of her is listed, and nothing else is."""

from __future__ import annotations

import re

from redactor.telltales import telltales
from redactor.types import Action, Box, Decision, Findings, Mention, Page, Person, Reading, Word

REPORTER = Person("p1", ("Denise Okafor",), {"reporter": 0.9})
CHILD = Person("p2", ("Tyler Voss",), {"child_victim": 0.9})


def reading(text: str) -> Reading:
    words = tuple(
        Word(m.group(), Box(0, 10.0 * m.start(), 10, 10.0 * m.end(), 20), m.start())
        for m in re.finditer(r"\S+", text)
    )
    return Reading(text, (Page(0, 6000, 800, 0, len(text), words),))


def left(
    text: str, *hidden: tuple[str, str, str], kept: tuple[tuple[str, str, str], ...] = ()
) -> list[tuple[str, str]]:
    """(kind, words) of every telltale; mentions are (words, kind, person)."""
    given = [(*h, Action.REDACT) for h in hidden] + [(*k, Action.KEEP) for k in kept]
    placed = [
        (Mention(k, text.index(w), text.index(w) + len(w), 1.0, "test", person=p), a)
        for w, k, p, a in given
    ]
    placed.sort(key=lambda t: t[0].start)
    mentions = tuple(m for m, _ in placed)
    decisions = [Decision(n, a, "r", ()) for n, (_, a) in enumerate(placed)]
    found = telltales(reading(text), Findings(mentions, (REPORTER, CHILD)), decisions)
    return [(t.kind, text[t.start : t.end]) for t in found]


def test_the_article_before_a_box_is_listed() -> None:
    text = "The caller is an aide at the school."
    assert left(text, ("aide at the school", "indirect_text", "p1")) == [("article", "an")]


def test_an_article_that_is_hidden_with_it_is_not() -> None:
    text = "The caller is an aide at the school."
    assert left(text, ("an aide at the school", "indirect_text", "p1")) == []


def test_pronouns_of_the_same_sentence_are_listed_and_no_others() -> None:
    text = "Denise Okafor said she saw it. He was at home. Tyler Voss said he fell."
    assert left(text, ("Denise Okafor", "name", "p1")) == [("pronoun", "she")]


def test_a_sentence_does_not_go_past_a_cell_or_a_block() -> None:
    text = "he left\tDenise Okafor\ther room\n\nshe slept"
    assert left(text, ("Denise Okafor", "name", "p1")) == []


def test_initials_that_stay_and_are_the_reporters_are_listed() -> None:
    text = "Denise Okafor wrote. Signed D.O. and T.V. on Monday."
    told = left(text, ("Denise Okafor", "name", "p1"))
    assert ("initials", "D.O.") in told
    assert ("initials", "T.V.") not in told


def test_initials_that_are_hidden_themselves_are_not_listed() -> None:
    text = "Denise Okafor wrote. Signed D.O. on Monday."
    assert left(text, ("Denise Okafor", "name", "p1"), ("D.O.", "name", "p1")) == []


def test_a_hidden_text_over_two_lines_tells_its_length() -> None:
    text = "seen by the child's second\ngrade teacher today"
    hidden = ("the child's second\ngrade teacher", "indirect_text", "p1")
    assert left(text, hidden) == [("lines", hidden[0])]


def test_nothing_is_listed_for_others_that_are_hidden() -> None:
    text = "Tyler Voss said he fell on a stair."
    assert left(text, ("Tyler Voss", "name", "p2")) == []


def test_nothing_is_listed_where_the_reporter_stays() -> None:
    text = "Denise Okafor said she saw it."
    assert left(text, kept=(("Denise Okafor", "name", "p1"),)) == []
