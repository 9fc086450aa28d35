"""What stays of a page's words when boxes are taken out of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redactor.types import Box, Page, Removal, Source, Word

SAME_LINE = 0.5  # of the lower of two boxes; lines set tight overlap by less
SHOWN = frozenset({Source.TEXT, Source.OCR})  # words a person sees on the page
TOUCHED = 0.15  # of a character's width under a box takes the character
CAPS, FEET = 0.15, 0.04  # of the height; the box of a glyph is free at top and foot
HANGING = 0.25  # of the height beside a hidden word; a tick box stands further off
NARROW = 0.2  # of the height for each character; level type is wider


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a word's characters that no box touches; ``cut_*`` tell at which end one stood.

    ``first`` is the number of its first character in the word.
    """

    text: str
    box: Box
    word: Word
    cut_left: bool = False
    cut_right: bool = False
    first: int = 0


def shown(page: Page) -> list[Word]:
    """The words of the page that a person sees, in reading order."""
    return [w for w in page.words if w.source in SHOWN]


def is_level(word: Word) -> bool:
    """False for words that run up, down or aslant."""
    if not word.level:
        return False
    if word.edges or len(word.text) < 3:  # too short to tell
        return True
    return word.box.width > NARROW * len(word.text) * word.box.height


def pieces(word: Word, removals: Sequence[Removal]) -> Iterator[Piece]:
    """The runs of a word's characters that no removal touches."""
    near = [r.box for r in removals if touches(word.box, r.box)]
    if not near:
        yield Piece(word.text, word.box, word)
        return
    run: list[int] = []
    for n in range(len(word.text) + 1):
        if n < len(word.text) and _stays(word.part(word.start + n, word.start + n + 1), near):
            run.append(n)
        elif run:
            box = word.part(word.start + run[0], word.start + run[-1] + 1)
            yield Piece(word.text[run[0] : n], box, word, run[0] > 0, n < len(word.text), run[0])
            run = []


def _stays(box: Box, near: Sequence[Box]) -> bool:
    """Whether no removal takes a character; the further letters of a ligature have no width."""
    if box.width <= 0:
        return not any(r.x0 < box.x0 <= r.x1 for r in near)
    return not any(min(box.x1, r.x1) - max(box.x0, r.x0) > TOUCHED * box.width for r in near)


def touches(a: Box, b: Box) -> bool:
    """True when two boxes stand on one line and share some of it."""
    if a.y1 <= b.y0 or b.y1 <= a.y0:  # most pairs; said first for its speed
        return False
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 0.1 and same_line(a, b)


def same_line(a: Box, b: Box) -> bool:
    """True when two boxes of a page stand at one height."""
    return min(a.y1, b.y1) - max(a.y0, b.y0) > SAME_LINE * min(a.height, b.height)


def hangs(start: float, end: float, hidden: Box) -> bool:
    """Whether a mark begins or ends where a hidden word does: a stroke that its box left out."""
    edge = HANGING * hidden.height
    return hidden.x0 - edge < end < hidden.x1 + edge or hidden.x0 - edge < start < hidden.x1 + edge


def taken(hidden: Box, word: Box) -> tuple[float, float]:
    """The heights at which ink beside, above or below a word belongs to a hidden one."""
    if same_line(hidden, word):
        return 0.0, hidden.y1 + hidden.height
    if hidden.y0 < word.y0:
        return hidden.y0, min(hidden.y1, word.y0 + CAPS * word.height)
    return max(hidden.y0, word.y1 - FEET * word.height), hidden.y1
