"""Letters that stand one below the other: a name down the margin, which no line of text holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise

from redactor.pdf.rawpage import RawPage
from redactor.types import Box, Region, Source, Word

SEEN = (Source.TEXT, Source.OCR)
MANY, DIFFERENT = 5, 4  # letters of a stack, and how many of them differ
MARKS = frozenset("abcdf")  # of a school report
BELOW = 2.5  # of a letter's height from one to the next
BESIDE = 0.5  # of a letter's height around a stack
ASIDE = 0.5  # of it by which the middle of one may stand beside that of the one above


def with_stacks(page: RawPage) -> RawPage:
    """The page with a region for every stack of letters, instead of its words."""
    stacks = list(_stacks([w for w in page.words if w.source in SEEN and _is_letter(w)]))
    if not stacks:
        return page
    gone = {id(w) for stack in stacks for w in stack}
    regions = [Region("ink", _around(s), "letters that stand in a column") for s in stacks]
    words = tuple(w for w in page.words if id(w) not in gone)
    return replace(page, words=words, regions=(*page.regions, *regions))


def _around(stack: Sequence[Word]) -> Box:
    """The place of a stack, with what of its ink goes beyond the boxes of the letters."""
    box = reduce(Box.union, (w.box for w in stack))
    pad = BESIDE * max(w.box.height for w in stack)
    return Box(box.page, box.x0 - pad, box.y0 - pad, box.x1 + pad, box.y1 + pad)


def _is_letter(word: Word) -> bool:
    return len(word.text) == 1 and (word.text.isalpha() or word.text in "|1!0")


def _stacks(letters: Sequence[Word]) -> Iterator[list[Word]]:
    columns: list[list[Word]] = []
    for word in sorted(letters, key=lambda w: w.box.y0):
        mine = next((c for c in columns if _stands_below(c[-1].box, word.box)), None)
        if mine is None:
            columns.append([word])
        else:
            mine.append(word)
    yield from (c for c in columns if len(c) >= MANY and _says_something(c))


def _stands_below(a: Box, b: Box) -> bool:
    high = max(a.height, b.height)
    aside = abs(a.x0 + a.x1 - b.x0 - b.x1) / 2
    return 0 < b.y0 - a.y0 <= BELOW * high and aside <= ASIDE * high


def _says_something(column: Sequence[Word]) -> bool:
    """Whether it spells more than a form's answers (M, F, M) or a list's items (a, b, c)."""
    said = [w.text.casefold() for w in column]
    steps = [ord(b) - ord(a) for a, b in pairwise(said)]
    if set(said) <= MARKS:
        return False
    return len(set(said)) >= DIFFERENT and steps.count(1) * 2 < len(steps)
