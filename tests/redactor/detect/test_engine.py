"""The engine over the shipped pipeline: offline, explained, without overlaps."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.detect.engine import engine
from redactor.detect.merge import merge
from redactor.settings import Settings
from redactor.types import Mention, Page, Reading

TEXT = (
    "Reporter\tDana Orr\tPhone\t573-555-0142\n\nRP states MILO FINCH (DOB 6/6/2016) came to school without a coat. "
    "Mail dorr@larkin.example or write to 14 Elm Ct, Fulton, MO 65251. SSN 412-68-9023."
)


def reading(text: str) -> Reading:
    return Reading(text, (Page(0, 612.0, 792.0, 0, len(text), ()),))


def test_finds_every_kind_and_nothing_overlaps() -> None:
    """Names, numbers and addresses of one short text."""
    mentions = engine(Settings()).analyze(reading(TEXT))
    found = {m.kind: TEXT[m.start : m.end] for m in mentions}

    assert {"name", "phone", "dob", "email", "address", "ssn"} <= set(found)
    assert all(a.end <= b.start for a, b in zip(mentions, mentions[1:], strict=False))
    assert all(TEXT[m.start : m.end] not in m.why for m in mentions)


def test_never_touches_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket that is asked for anything fails the test."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    from redactor.detect.engine import Engine

    assert Engine(Settings()).analyze(reading(TEXT))


@pytest.mark.parametrize("shape", [str.upper, str.lower, str.title])
def test_case_of_the_letters_does_not_matter_to_names(shape: object) -> None:
    """Forms shout, texts whisper."""
    text = shape("Interview with Marisol Quintero, the child's mother, on Monday.")  # type: ignore[operator]

    found = [
        text[m.start : m.end].casefold()
        for m in engine(Settings()).analyze(reading(text))
        if m.kind == "name"
    ]

    assert any("quintero" in f for f in found)


KINDS = st.sampled_from(["ssn", "phone", "name", "address", "email", "other_number", "dob"])
SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20), KINDS, st.floats(0.5, 1.0))


@given(st.text(alphabet="ab 1,.\t\n", min_size=60, max_size=90), st.lists(SPANS, max_size=12))
def test_merging_keeps_every_letter_that_was_found(
    text: str, spans: list[tuple[int, int, str, float]]
) -> None:
    """What was found stays found, once, inside the text."""
    given_ = [
        Mention(k, a, min(a + n, len(text)), s, "hand") for a, n, k, s in spans if k != "name"
    ]

    merged = merge(text, given_)

    held = {n for m in merged for n in range(m.start, m.end)}
    wanted = {n for m in given_ for n in range(m.start, m.end) if text[n].isalnum()}
    assert wanted <= held
    assert all(0 <= m.start < m.end <= len(text) for m in merged)
    assert all(a.end <= b.start for a, b in zip(merged, merged[1:], strict=False))


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Soc. Sec. 412-68-9023 of the mother", "412-68-9023"),
        ("SS. 412-68-9023 of the mother", "412-68-9023"),
        ("tax id 412-68-9023 of the mother", "412-68-9023"),
        ("PO 412-68-9023 of the mother", "412-68-9023"),
        ("lives at Lot 1422 Shady Acres Trailer Park", "1422"),
        ("form 573-555-0142", "573-555-0142"),
        ("her WIC 412-68-9023 card", "412-68-9023"),
        ("IC 573-555-0142 of the mother", "573-555-0142"),
    ],
)
def test_what_may_be_somebodys_is_never_let_go(text: str, hidden: str, settings: Settings) -> None:
    """A statute or an order may look like a number; a number is not let go for looking like one."""
    reading = Reading(text, (Page(0, 612.0, 792.0, 0, len(text), ()),))

    found = engine(settings).analyze(reading)

    assert any(hidden in text[m.start : m.end] for m in found)


@pytest.mark.parametrize("text", ["under OAR 413-010-0035 as amended", "WAC 110-30-0230 applies"])
def test_a_section_behind_the_name_of_its_code_is_let_go(text: str, settings: Settings) -> None:
    """It has the shape of a telephone or an SSN; the code's name says that it is none."""
    assert not any(
        text[m.start : m.end].strip("0123456789-") == ""
        for m in engine(settings).analyze(reading(text))
    )
