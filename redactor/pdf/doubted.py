"""Lines that OCR reads badly on a page that it reads well: handwriting, of which it makes words.

"from Tom Fox" becomes "Fron Ton IF ox": four words that explain the ink and name nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from redactor.pdf.lines import Item
from redactor.types import Source

CLEAR = 0.9  # mean confidence of a page that is read well
POOR = 0.78  # mean confidence of a line that is not read on such a page
LETTERS = 5  # of a line; numbers and signs are read badly in print too
SHARED = 0.5  # of the lower one's height that two words of one line share
NEAR = 2.0  # heights between two of its words


def without_doubted(items: Sequence[Item]) -> list[Item]:
    """The words of an upright page, those of badly read lines with confidence 0.

    So doubted they explain no ink.
    """
    read = [i for i in items if i.word.source is Source.OCR]
    if _mean(read) < CLEAR:
        return list(items)
    doubted = {
        id(i)
        for line in _lines(read)
        for i in line
        if sum(map(str.isalpha, "".join(i.word.text for i in line))) >= LETTERS
        and _mean(line) < POOR
    }
    return [
        replace(i, word=replace(i.word, confidence=0.0)) if id(i) in doubted else i for i in items
    ]


def _mean(items: Sequence[Item]) -> float:
    """Mean confidence, each word counted by its characters."""
    letters = sum(len(i.word.text) for i in items)
    return sum(len(i.word.text) * i.word.confidence for i in items) / max(letters, 1)


def _lines(items: Iterable[Item]) -> list[list[Item]]:
    lines: list[list[Item]] = []
    for item in sorted(items, key=lambda i: i.x0):
        line = next((n for n in lines if _follows(n[-1], item)), None)
        if line is None:
            lines.append([item])
        else:
            line.append(item)
    return lines


def _follows(a: Item, b: Item) -> bool:
    common = min(a.y1, b.y1) - max(a.y0, b.y0)
    return common > SHARED * min(a.height, b.height) and b.x0 - a.x1 < NEAR * a.height
