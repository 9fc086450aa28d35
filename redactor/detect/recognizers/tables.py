"""Which heading stands over a cell: table rows are blocks of cells set apart by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator

BLOCK = re.compile(r"[^\n\f]+(?:\n(?!\n)[^\n\f]+)*")
CELL = re.compile(r"[^\t]+")


def cells(text: str, heading: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of every cell that stands under a cell whose text matches the heading.

    A heading rules the rows below it that have as many cells, until a row of another shape that
    is no continuation comes.
    """
    columns: list[int] = []
    wide = 0
    for block in BLOCK.finditer(text):
        row = [
            (m.start() + block.start(), m.end() + block.start())
            for m in CELL.finditer(block.group())
        ]
        found = [
            n
            for n, (a, b) in enumerate(row)
            if len(row) > 1 and heading.search(text, a, b) and _short(text[a:b])
        ]
        if found and not any(c.isdigit() for n in found for c in text[row[n][0] : row[n][1]]):
            columns, wide = found, len(row)
        elif len(row) == wide:
            for n in columns:
                yield row[n]
        elif len(row) > 1 or text[block.end() : block.end() + 2] == "\f":
            columns, wide = [], 0


def rows(text: str, heading: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of every row below one that has a cell whose text matches the heading.

    Where cells are empty no column can be counted; a row ends the table that has no cells.
    """
    below = False
    for block in BLOCK.finditer(text):
        found = CELL.findall(block.group())
        if len(found) < 2:
            below = False
        elif any(heading.search(cell) and _short(cell) for cell in found):
            below = True
        elif below:
            yield block.span()


def _short(text: str) -> bool:
    return len(text) <= 40
