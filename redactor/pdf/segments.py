"""What stands together on one line, between white that is wider than a word gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from statistics import median, quantiles

from redactor.pdf.pieces import same_line, shown
from redactor.types import Box, Page, Reading, Removal, Word

USUAL_GAP = 0.22  # of the height, where the page tells nothing
ENOUGH_GAPS = 8
NARROW_QUANTILE = 3  # of ten: justified lines stretch their gaps, none shrinks them by much


@dataclass(frozen=True)
class Segment:
    """Words of one line between which only single spaces stand, and their box."""

    words: tuple[Word, ...]
    box: Box


def segments(page: Page, reading: Reading) -> list[Segment]:
    """The shown words of the page by line, column and cell."""
    found: list[list[Word]] = []
    for word in shown(page):
        last = found[-1][-1] if found else None
        if last and _follows(last, word, reading.text):
            found[-1].append(word)
        else:
            found.append([word])
    return [_segment(words) for words in found]


def _segment(words: Sequence[Word]) -> Segment:
    return Segment(tuple(words), reduce(Box.union, (w.box for w in words)))


def _follows(a: Word, b: Word, text: str) -> bool:
    return text[a.end : b.start] == " " and b.box.x0 >= a.box.x0 and same_line(a.box, b.box)


def word_gap(parts: Sequence[Segment], gap: Callable[[Word, Word], float]) -> float:
    """The usual word gap per height in these parts; ``gap`` tells one between two words."""
    found = [
        gap(a, b) / median(w.box.height for w in part.words)
        for part in parts
        for a, b in pairwise(part.words)
    ]
    if len(found) < ENOUGH_GAPS:
        return USUAL_GAP
    return round(min(max(quantiles(found, n=10)[NARROW_QUANTILE - 1], 0.15), 0.75), 2)


def is_free(part: Segment, fixed: Sequence[Removal]) -> bool:
    """True when no box stands on the line, so that its edges and gaps tell of nothing hidden."""
    return not any(same_line(part.box, r.box) for r in fixed)
