"""Looks for words in a case file, so that every place of them can be hidden at once."""

from __future__ import annotations

from redactor.people.propagate import terms
from redactor.review.edits import Span
from redactor.types import Box, Reading, Source

LEAST = 2  # squashed characters


def find(reading: Reading, term: str) -> tuple[Span, ...]:
    """Every place of the term, also wrapped, spaced or with other dashes; empty for a short one."""
    if sum(c.isalnum() for c in term) < LEAST:
        return ()
    return tuple((m.start, m.end) for m in terms(reading, [term], "search"))


def spans_under(reading: Reading, box: Box) -> tuple[Span, ...]:
    """The words whose middle lies in the box, as runs of neighbouring words."""
    words = [
        w
        for w in reading.pages[box.page].words
        if w.source in (Source.TEXT, Source.OCR)
        and box.x0 <= (w.box.x0 + w.box.x1) / 2 <= box.x1
        and box.y0 <= (w.box.y0 + w.box.y1) / 2 <= box.y1
    ]
    runs: list[Span] = []
    for word in words:
        if runs and not reading.text[runs[-1][1] : word.start].strip(" \n"):
            runs[-1] = (runs[-1][0], word.end)
        else:
            runs.append((word.start, word.end))
    return tuple(runs)
