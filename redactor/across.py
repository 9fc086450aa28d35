"""Writing across print, of which a part is hidden, goes whole: OCR may have misread the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from redactor.pdf.fills import common
from redactor.types import Box, Page, Removal, Source, Word

NEAR = 1.0  # heights between two words of one piece of writing
CROSSED = 0.15  # of a level word's area that the writing takes


def across(page: Page, removals: Sequence[Removal]) -> Iterator[Removal]:
    """Further boxes of a page: over the rest of each piece of writing that a removal begins on."""
    words = [w for w in page.words if w.source is Source.OCR]
    writing = [w for w in words if not w.level]
    level = [w.box for w in words if w.level]
    for piece in _pieces(writing):
        first = next((r for r in removals for w in piece if common(r.box, w.box)), None)
        if first and any(_crossed(w.box, box) for w in piece for box in level):
            yield from (_over(w.box, first) for w in piece)


def _over(box: Box, first: Removal) -> Removal:
    """The place of a word, with half of the gaps beside it."""
    pad = NEAR / 2 * min(box.height, box.width)
    wide = replace(box, x0=box.x0 - pad, x1=box.x1 + pad)
    return replace(first, box=wide, fixed_width=False, continues=True)


def _pieces(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that stand next to each other."""
    left = list(words)
    while left:
        piece = [left.pop()]
        for word in piece:  # grows while it is gone through
            near = [w for w in left if _near(word.box, w.box)]
            piece += near
            left = [w for w in left if w not in near]
        yield piece


def _near(a: Box, b: Box) -> bool:
    reach = NEAR * min(a.height, b.height, a.width, b.width)
    return max(a.x0 - b.x1, b.x0 - a.x1, a.y0 - b.y1, b.y0 - a.y1) <= reach


def _crossed(writing: Box, level: Box) -> bool:
    inner = common(writing, level)
    return inner is not None and (inner.width * inner.height > CROSSED * level.width * level.height)
