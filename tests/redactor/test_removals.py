"""A text that is hidden once is hidden wherever and however it is set."""

from __future__ import annotations

import re
from collections.abc import Callable

import pymupdf
import pytest

from redactor.pdf.layout import compose
from redactor.pdf.sanitize import strip
from redactor.pdf.words import read_text_pages
from redactor.policy import load
from redactor.removals import protected, removals
from redactor.settings import Settings
from redactor.sweep import swept
from redactor.types import Action, Box, Decision, Findings, Mention, Page, Person, Reading, Word

NAME = "Ottilie Quillfeather"
SETTINGS = Settings()
Setter = Callable[[pymupdf.Page], object]


def lines(*texts: str) -> Setter:
    def draw(page: pymupdf.Page) -> None:
        for n, text in enumerate(texts):
            page.insert_text((72, 200 + n * 14), text)

    return draw


def scattered(page: pymupdf.Page) -> None:
    """Every letter set on its own."""
    x = 72.0
    for letter in NAME:
        page.insert_text((x, 200), letter)
        x += 14


def cells(page: pymupdf.Page) -> None:
    """First and last name in two cells of a ruled table."""
    for x, text in ((76, "Ottilie"), (206, "Quillfeather"), (336, "neighbor")):
        page.insert_text((x, 200), text)
    for y in (186, 206):
        page.draw_line((72, y), (460, y))
    for x in (72, 202, 332, 460):
        page.draw_line((x, 186), (x, 206))


def fonts(page: pymupdf.Page) -> None:
    """One word in two fonts, and the parts written in the wrong order."""
    first = pymupdf.get_text_length("Ottilie Quill", "helv", 11)
    page.insert_text((72 + first, 200), "feather", fontname="hebo")
    page.insert_text((72, 200), "Ottilie Quill", fontname="helv")


SET: dict[str, Setter] = {
    "capitals": lines("seen by OTTILIE QUILLFEATHER today"),
    "wrapped": lines("The caller said that her name is Ottilie", "Quillfeather and that she saw it."),
    "hyphenated": lines("The caller said her name is Ottilie Quill-", "feather and that she saw it all."),
    "soft hyphen": lines("seen by Ottilie Quill\u00adfeather today"),
    "letter-spaced": lines("seen by O t t i l i e  Q u i l l f e a t h e r today"),
    "scattered": scattered,
    "cells": cells,
    "two fonts": fonts,
}  # fmt: skip


def reading_of(setter: Setter) -> Reading:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 100), f"The report was made by {NAME}.")
        setter(page)
        return compose(read_text_pages(strip(document.tobytes()).pdf, SETTINGS))


@pytest.mark.parametrize("how", SET)
def test_every_way_to_set_a_hidden_name_is_found(how: str) -> None:
    """On its characters, whatever stands between them; boxes lie on every line of it."""
    reading = reading_of(SET[how])
    start = reading.text.index(NAME)
    findings = Findings((Mention("name", start, start + len(NAME), 1.0, "test"),), ())
    decisions = (Decision(0, Action.REDACT, "reporter", (), "REPORTER", "RSMo 210.150"),)

    findings, decisions = swept(reading, findings, decisions)
    boxes = [r.box for r in removals(load("us-mo"), reading, findings, decisions, SETTINGS)]
    below = [b for b in boxes if b.y0 > 150]

    assert len(findings.mentions) == 2
    assert below
    for word in reading.words:
        if word.box.y0 > 150 and word.text.strip(".,-").casefold() in (
            "ottilie", "quillfeather", "quill", "feather"
        ):  # fmt: skip
            middle = (word.box.x0 + word.box.x1) / 2
            assert any(b.x0 <= middle <= b.x1 and b.y0 <= word.box.y1 <= b.y1 + 1 for b in below)


def columns(page: pymupdf.Page) -> None:
    """Two columns of running text; a line of the left one ends where one of the right begins."""
    left = (
        "The mother was at work until",
        "nine and the sister from Acme",
        "stayed with the boys.",
    )
    right = (
        "went home late that night and",
        "Down Mill was dark by then, so",
        "nobody saw the car.",
    )
    for x, texts in ((72, left), (310, right)):
        for n, text in enumerate(texts):
            page.insert_text((x, 200 + 14 * n), text)


def test_a_text_that_only_the_whole_width_of_the_page_spells_is_hidden() -> None:
    """Whoever copies the page reads through its columns, and so does the gate."""
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 100), "The reporter works at Acme Down Mill.")
        columns(page)
        reading = compose(read_text_pages(strip(document.tobytes()).pdf, SETTINGS))
    work = "Acme Down Mill"
    assert reading.text.count(work) == 1
    start = reading.text.index(work)
    findings = Findings((Mention("employer", start, start + len(work), 1.0, "test"),), ())
    decisions = (Decision(0, Action.REDACT, "reporter", (), "REPORTER", "RSMo 210.150"),)
    findings, _ = swept(reading, findings, decisions)
    hidden = [reading.text[m.start : m.end] for m in findings.mentions]
    assert hidden == [work, "Acme", "Down Mill"]


@pytest.mark.parametrize(("born", "looked_for"), [("2009", False), ("3/4/2009", True)])
def test_a_bare_year_of_birth_is_hidden_where_it_stands_and_looked_for_nowhere(
    born: str, looked_for: bool
) -> None:
    """The year of a hearing is no leak; a whole date of birth is one anywhere."""
    found = Reading(f"born {born}", ())
    mention = Mention("dob", 5, 5 + len(born), 0.9, "test")
    decided = (Decision(0, Action.REDACT, "r", ()),)
    assert bool(protected(found, Findings((mention,), ()), decided)) is looked_for


@pytest.mark.parametrize(
    ("kind", "text", "both"),
    [
        ("address", "at 12 Elm. Nobody was at 12 Elm then.", True),
        ("address", "in 60604. The court sits in 60604 too.", False),  # many live there
        ("ssn", "no. 6789. The card ended in 6789 as well.", True),
    ],
)
def test_what_the_gate_looks_for_is_what_is_hidden_wherever_it_stands(
    kind: str, text: str, both: bool
) -> None:
    """A text that only one of them looked for would stay, or withhold the file."""
    mention = Mention(kind, 3, text.index("."), 0.9, "test", person="p1")
    if kind == "ssn":
        mention = Mention(kind, 4, 8, 0.9, "test", person="p1")
    decided = (Decision(0, Action.REDACT, "r", ()),)
    found = Reading(text, ())
    after, decisions = swept(found, Findings((mention,), ()), decided)
    assert len(after.mentions) == 1 + both
    assert len(protected(found, after, decisions)) == both


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Mark Voss called. Mark the box.", ["Mark Voss", "Mark"]),  # the gate would find it
        ("Mark Voss called. Please mark it. Mark the box.", ["Mark Voss"]),  # an ordinary word here
        ("Mark Voss called. Nora Voss came.", ["Mark Voss"]),  # the surname is one that stays
    ],
)
def test_words_of_a_hidden_name_are_hidden_where_the_gate_would_find_them(
    text: str, hidden: list[str]
) -> None:
    words = tuple(
        Word(m[0], Box(0, m.start(), 0, m.end(), 9), m.start()) for m in re.finditer(r"\S+", text)
    )
    found = Reading(text, (Page(0, 600, 800, 0, len(text), words),))
    stays = [
        Mention("name", text.index(n), text.index(n) + 9, 0.9, "test", person="p2")
        for n in ("Nora Voss",)
        if n in text
    ]
    findings = Findings((Mention("name", 0, 9, 0.9, "test", person="p1"), *stays), ())
    actions = [Action.REDACT, *(Action.KEEP for _ in stays)]
    decided = tuple(Decision(n, a, "r", ()) for n, a in enumerate(actions))
    after, decisions = swept(found, findings, decided)
    gone = [after.mentions[d.mention] for d in decisions if d.action is Action.REDACT]
    assert [text[m.start : m.end] for m in gone] == hidden


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Works at Acme. The van of Acme stood there.", ["Acme", "Acme"]),
        ("Works at mill. The mill was shut.", ["mill"]),  # an ordinary word, in small letters
    ],
)
def test_a_short_employer_that_is_hidden_once_is_hidden_everywhere(
    text: str, hidden: list[str]
) -> None:
    """And the gate looks for it: what is not found by the sweep withholds the file."""
    found = Reading(text, ())
    first = Mention("employer", 9, 13, 0.9, "test", person="p1")
    decided = (Decision(0, Action.REDACT, "r", ()),)
    after, decisions = swept(found, Findings((first,), ()), decided)
    assert [text[m.start : m.end] for m in after.mentions] == hidden
    assert [p.text for p in protected(found, after, decisions)] == hidden[:1]


def test_a_hidden_text_is_hidden_where_a_kept_name_is_its_beginning() -> None:
    """A kept name inside would leave the whole for the gate to find."""
    text = "Works at Berkshire Life Co. Then Berkshire Life Co. was told; Berkshire left."
    at = [m.start() for m in re.finditer("Berkshire", text)]
    job = Mention("employer", at[0], at[0] + 17, 0.9, "test", person="p1")
    names = [Mention("name", a, a + 9, 0.9, "test", person="p2") for a in at[1:]]
    decided = tuple(
        Decision(n, a, "r", ()) for n, a in enumerate((Action.REDACT, Action.KEEP, Action.KEEP))
    )
    after, decisions = swept(Reading(text, ()), Findings((job, *names), ()), decided)
    spans = [after.mentions[d.mention] for d in decisions if d.action is Action.REDACT]
    shown = "".join(
        "#" if any(m.start <= n < m.end for m in spans) else c for n, c in enumerate(text)
    )
    assert "Berkshire Life" not in shown
    assert [p.text for p in protected(Reading(text, ()), after, decisions)] == ["Berkshire Life Co"]
    assert shown.endswith("Berkshire left.")


def test_a_name_that_goes_on_behind_the_number_of_the_next_line_is_hidden() -> None:
    """In a transcript of counted lines; the number itself stays."""
    said = [
        "Q. Who was it that called?",
        "A. I was told that it was Ottilie",
        "Quillfeather who did.",
    ]
    said += ["Q. And then?", "A. Nothing.", "Q. Nothing?", "A. No.", "Q. Thank you.", "A. Yes."]
    text = "Called in by Ottilie Quillfeather.\n\n" + "\n".join(
        f"{n}\u00b7 {line}" for n, line in enumerate(said, 1)
    )
    start = text.index(NAME)
    findings = Findings((Mention("name", start, start + len(NAME), 1.0, "test"),), ())
    decided = (Decision(0, Action.REDACT, "reporter", (), "REPORTER", "RSMo 210.150"),)
    after, _ = swept(Reading(text, ()), findings, decided)
    assert [text[m.start : m.end] for m in after.mentions] == [NAME, "Ottilie", "Quillfeather"]


def test_a_page_that_is_hidden_whole_has_one_box() -> None:
    """Further boxes would only print their labels on it."""
    text = "Dana Orr called"
    words = tuple(
        Word(m[0], Box(0, m.start(), 0, m.end(), 9), m.start()) for m in re.finditer(r"\S+", text)
    )
    coarse = Page(0, 600, 800, 0, len(text), words, kind="scan", dpi=66.0)
    findings = Findings((Mention("name", 0, 8, 0.9, "test", person="p1"),), ())
    decided = (Decision(0, Action.REDACT, "r", (), "REPORTER", "RSMo 210.150"),)
    [only] = removals(load("us-mo"), Reading(text, (coarse,)), findings, decided, SETTINGS)
    assert (only.box.width, only.box.height) == (600, 800)


def test_an_ordinary_word_that_is_a_hidden_name_stays_also_across_the_page() -> None:
    """`summer` in small letters is not Summer."""
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 100), "Summer Quillfeather told of it in the summer of that year.")
        reading = compose(read_text_pages(strip(document.tobytes()).pdf, SETTINGS))
    findings = Findings((Mention("name", 0, 19, 1.0, "test", person="p1"),), ())
    decisions = (Decision(0, Action.REDACT, "reporter", (), "REPORTER", "RSMo 210.150"),)
    findings, _ = swept(reading, findings, decisions)
    assert [reading.text[m.start : m.end] for m in findings.mentions] == ["Summer Quillfeather"]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Dawn rang. She cooks from before dawn on.", ["Dawn"]),
        ("dawn rang. she cooks and dawn is up.", ["dawn", "dawn"]),  # no capitals to tell by
        ("Colleen rang. I saw colleen there.", ["Colleen", "colleen"]),
    ],
)
def test_a_short_name_in_small_letters_is_a_word_where_capitals_are_used(
    text: str, hidden: list[str]
) -> None:
    """A longer one is a careless writer's, and a reporter's is never taken for a word."""
    words = tuple(
        Word(m[0], Box(0, m.start(), 0, m.end(), 9), m.start()) for m in re.finditer(r"\S+", text)
    )
    reading = Reading(text, (Page(0, 600, 800, 0, len(text), words),))
    first = Mention("name", 0, len(hidden[0]), 1.0, "test", person="p1")
    decided = (Decision(0, Action.REDACT, "r", (), "REPORTER", "RSMo 210.150"),)
    findings, _ = swept(reading, Findings((first,), ()), decided)
    assert [text[m.start : m.end] for m in findings.mentions] == hidden

    name = hidden[0].casefold()
    everywhere = [m.group() for m in re.finditer(name, text, re.IGNORECASE)]
    reporter = Person("p1", (hidden[0],), {"reporter": 0.9})
    findings, _ = swept(reading, Findings((first,), (reporter,)), decided)
    assert [text[m.start : m.end] for m in findings.mentions] == everywhere
