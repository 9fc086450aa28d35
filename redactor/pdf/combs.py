"""Combs of a scanned form: a row of cells with a letter in each, of which no reader makes a word.

Some of its letters are read and others not, so a box over what was read leaves the rest; a comb
with writing in it is ink that no reader explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from redactor.pdf.render import LOOK_DPI, POINTS, Image
from redactor.types import Box, Removal, Source, Word

Mask = NDArray[np.uint8]
Stroke = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels
INCH = LOOK_DPI
DIVIDER = (0.17, 0.6)  # inches high; stems of letters are lower
THIN = 0.05  # inches wide
CELL = (0.12, 0.5)  # inches from one divider to the next
EVEN = 0.15  # of a cell by which two cells differ
ALIGNED = 3  # pixels by which the ends of dividers differ
MANY = 6  # dividers of a comb
LETTER = 0.05  # inches; smaller marks in a cell are no letters
FOOT = 0.7  # of its width that the line under a comb takes
WRITTEN = 3  # letters that make writing
DARK = 128
SPREAD = 0.8  # of the height for each letter


def combs(ink: Mask) -> Iterator[Stroke]:
    """The places of combs with writing in them, in pixels of an upright picture's ink."""
    for row in _rows(_dividers(ink)):
        ways = (row, row[::2], row[1::2])  # every stroke, or the sides of boxes with gaps between
        for chain in next((c for c in map(list, map(_chains, ways)) if c), []):
            place = _place(chain, row)
            if _underlined(ink, place) and _letters(ink, place, row) >= WRITTEN:
                yield place


def over_whole_combs(
    image: Image, dpi: float, words: Sequence[Word], removals: Sequence[Removal]
) -> list[Removal]:
    """The removals of an upright typed page, those in one comb as one box over all of its cells.

    Black cells and empty ones behind them would tell how many letters the hidden name has.
    """
    spread = [w.box for w in words if w.source is Source.TEXT and _is_spread(w)]
    if not any(holds_middle(r.box, b) for b in spread for r in removals):
        return list(removals)
    grey, scale = image if image.ndim == 2 else image.min(axis=2), INCH / dpi
    look = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    left = list(removals)
    for x0, y0, x1, y1 in combs((look < DARK).astype(np.uint8)):
        corners = (v * POINTS / INCH for v in (x0, y0, x1, y1))
        box = Box(removals[0].box.page, *corners)
        inside = [r for r in left if holds_middle(box, r.box)]
        if inside:
            left = [r for r in left if r not in inside]
            left.append(replace(inside[0], box=box, fixed_width=False, continues=False))
    return left


def _is_spread(word: Word) -> bool:
    """Whether its letters stand as far apart as in cells."""
    return word.box.width > SPREAD * word.box.height * len(word.text) or len(word.text) == 1


def holds_middle(a: Box, b: Box) -> bool:
    """Whether the middle of the second lies in the first."""
    x, y = (b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2
    return a.x0 <= x <= a.x1 and a.y0 <= y <= a.y1


def _place(chain: Sequence[Stroke], row: Sequence[Stroke]) -> Stroke:
    """Where a comb stands, the outer sides of its first and last box taken in."""
    reach = CELL[1] * INCH
    near = [s for s in row if chain[0][0] - reach <= s[0] and s[2] <= chain[-1][2] + reach]
    return near[0][0], min(s[1] for s in near), near[-1][2], max(s[3] for s in near)


def _underlined(ink: Mask, place: Stroke) -> bool:
    """Whether a line runs along the foot, as it does under cells and not under stems of letters."""
    x0, _, x1, y1 = place
    foot = ink[max(y1 - ALIGNED - 1, 0) : y1 + ALIGNED, x0:x1]
    return bool(foot.size) and float(foot.mean(1).max()) >= FOOT


def _dividers(ink: Mask) -> list[Stroke]:
    tall = np.ones((round(DIVIDER[0] * INCH), 1), np.uint8)
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, tall)
    _, _, stats, _ = cv2.connectedComponentsWithStats(upright)
    found = (tuple(map(int, s[:4])) for s in stats[1:])
    return [
        (x, y, x + w, y + h) for x, y, w, h in found if w <= THIN * INCH and h <= DIVIDER[1] * INCH
    ]


def _rows(strokes: Sequence[Stroke]) -> Iterator[list[Stroke]]:
    """Strokes that begin and end at one height, from left to right."""
    rows: list[list[Stroke]] = []
    for s in sorted(strokes):
        ends = (s[1], s[3])
        near = (
            r
            for r in rows
            if all(abs(a - b) <= ALIGNED for a, b in zip(ends, r[0][1::2], strict=True))
        )
        row = next(near, None)
        if row is None:
            rows.append([s])
        else:
            row.append(s)
    yield from (r for r in rows if len(r) >= MANY)


def _chains(row: Sequence[Stroke]) -> Iterator[list[Stroke]]:
    """The parts of a row whose strokes stand evenly apart."""
    chain = [row[0]]
    for a, b in pairwise(row):
        gaps = [y[0] - x[0] for x, y in pairwise(chain)]
        gap, usual = b[0] - a[0], median(gaps) if gaps else b[0] - a[0]
        fits = CELL[0] * INCH <= gap <= CELL[1] * INCH and abs(gap - usual) <= EVEN * usual + 1
        if not fits:
            if len(chain) >= MANY:
                yield chain
            chain = [a] if CELL[0] * INCH <= gap <= CELL[1] * INCH else []
        chain.append(b)
    if len(chain) >= MANY:
        yield chain


def _letters(ink: Mask, place: Stroke, chain: Sequence[Stroke]) -> int:
    """How many marks of the size of letters stand in the cells."""
    x0, y0, x1, y1 = place
    inner = ink[y0 + 2 : y1 - 2, x0:x1].copy()
    for s in chain:
        inner[:, max(s[0] - x0 - 1, 0) : s[2] - x0 + 1] = 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(inner)
    high, wide = stats[1:, 3], stats[1:, 2]
    return int(((high >= LETTER * INCH) & (wide <= CELL[1] * INCH)).sum())
