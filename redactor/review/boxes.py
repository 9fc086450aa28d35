"""The boxes of one page as an officer sees them: where, in which state, and why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from redactor.removals import unreadable, visible
from redactor.review.edits import Span
from redactor.review.judge import DECIDED, HELD, Judged
from redactor.review.marks import OFFICER
from redactor.types import Action, Box, Decision, Mention, Page

REACH = 3000  # characters; no mention is longer


@dataclass(frozen=True, slots=True)
class View:
    """One box. ``state`` is redact, hold or keep; ``id`` names it in edits.

    Ids: ``w:START:END:PIECE`` over words, ``b1`` drawn by an officer, ``region:PAGE:NUMBER`` over
    ink, ``page:PAGE`` over a page that was not read well.
    """

    id: str
    box: Box
    state: str
    kind: str
    label: str
    prints: str
    rule: str
    citations: tuple[str, ...]
    why: str
    recognizer: str = ""
    person: str = ""
    score: float = 1.0
    span: Span | None = None
    hold: str = ""
    confirmed: bool = False
    officer: bool = False


def boxes_on(judged: Judged, number: int) -> tuple[View, ...]:
    """Every box of a page in reading order; kept mentions stand among them with state keep."""
    page = judged.reading.pages[number]
    found = [*_over_words(judged, page), *_over_places(judged, page)]
    return tuple(sorted(found, key=lambda v: (v.box.y0, v.box.x0)))


def _over_words(judged: Judged, page: Page) -> Iterator[View]:
    mentions = judged.findings.mentions
    first = bisect_left(mentions, page.start - REACH, key=lambda m: m.start)
    for n in range(first, len(mentions)):
        m = mentions[n]
        if m.start >= page.end:
            return
        if m.end > page.start:
            for piece, box in enumerate(visible(judged.reading, m)):
                if box.page == page.number:
                    yield _word_view(judged, m, judged.decisions[n], piece, box)


def _word_view(judged: Judged, m: Mention, d: Decision, piece: int, box: Box) -> View:
    held = d.action in HELD
    restored = bool({(m.start, m.end)} & judged.restored)
    return View(
        f"w:{m.start}:{m.end}:{piece}",
        box,
        "hold" if held else d.action.value,
        m.kind,
        d.label,
        d.prints,
        d.rule,
        d.citations,
        "shielded: no override was given" if restored else d.why or m.why,
        m.recognizer,
        m.person,
        m.score,
        (m.start, m.end),
        (f"person:{m.person}" if m.person else f"nobody:{d.rule}") if held else "",
        (m.start, m.end) in judged.marks.confirmed,
        d.rule == DECIDED or m.recognizer == OFFICER,
    )


def _over_places(judged: Judged, page: Page) -> Iterator[View]:
    span = judged.subject.policy.vocabulary.defaults.span
    asked = {a.id for a in judged.asked}

    def view(name: str, box: Box, kind: str, label: str, why: str) -> View:
        label = label or span.label
        prints = judged.subject.policy.prints(label)
        state = "hold" if name in asked else Action.REDACT.value
        hold = "" if name.startswith("b") else name
        rule = DECIDED if kind == OFFICER else "unexplained_ink"
        return View(name, box, state, kind, label, prints, rule, (span.cite,), why,
                    hold=hold, officer=kind == OFFICER)  # fmt: skip

    if unreadable(page, judged.subject.settings):
        whole = Box(page.number, 0.0, 0.0, page.width, page.height)
        yield view(f"page:{page.number}", whole, "page", "", "the page was not read well enough")
        return
    standing = {id(r) for r in page.regions}
    for n, region in enumerate(judged.subject.reading.pages[page.number].regions):
        if id(region) in standing:
            name = f"region:{page.number}:{n}"
            yield view(name, region.box, region.kind, region.label, region.why)
    for name, region in judged.marks.boxes.items():
        if region.box.page == page.number:
            yield view(name, region.box, region.kind, region.label, region.why)
