"""Words of a page as lines and line pieces: geometry only, text layer and OCR alike."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from redactor.types import Source, Word

OVERLAP = 0.5  # of the lower of two words puts them on one line
WIDE = 0.85  # of the type height; a wider gap may part two cells
STRETCH = 2.2  # times the usual gap of the line, plus LOOSE, parts two cells
LOOSE = 0.3
ALL_WIDE = 1.0  # of the type height; wider gaps part cells, unless they are
ALIKE = 0.3  # of the usual one, as in a justified line
NUMBERED = 12  # lines; fewer numbers may be the rows of a table
ABREAST = 3.0  # points; numbers so near one edge stand in one column
MARKERS = "•◦▪‣·●○■□☐☒☑-\u2013\u2014*"
SENTENCE_END = (".", "?", "!", '."', '?"', ".)")
TWO_SPACES = 1.8  # times the fixed advance of a typewriter


@dataclass(slots=True)
class Item:
    """A word with its upright place: the slope of a skewed page is taken out."""

    x0: float
    y0: float
    x1: float
    y1: float
    word: Word

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """Height of the middle above the page's foot, downward."""
        return (self.y0 + self.y1) / 2


Line = list[Item]


def upright(words: Iterable[Word], angle: float, centre: tuple[float, float]) -> list[Item]:
    """Words as items, turned back by ``angle`` degrees about ``centre``."""
    if abs(angle) < 0.05:
        return [Item(w.box.x0, w.box.y0, w.box.x1, w.box.y1, w) for w in words]
    return [_turned(w, math.radians(-angle), centre) for w in words]


def _turned(word: Word, turn: float, centre: tuple[float, float]) -> Item:
    box, (cx, cy) = word.box, centre
    x, y = (box.x0 + box.x1) / 2 - cx, (box.y0 + box.y1) / 2 - cy
    cos, sin = math.cos(turn), math.sin(turn)
    x, y = cx + x * cos - y * sin, cy + x * sin + y * cos
    # the box of a turned word is wider and higher than the word
    both = cos * cos - sin * sin
    wide = max((box.width * abs(cos) - box.height * abs(sin)) / both, 1.0)
    high = max((box.height * abs(cos) - box.width * abs(sin)) / both, 1.0)
    return Item(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2, word)


def cluster(items: Iterable[Item]) -> list[Line]:
    """Lines from top to bottom, each with its items from left to right."""
    lines: list[Line] = []
    bands: list[tuple[float, float]] = []
    for item in sorted(items, key=lambda i: i.middle):
        best, share = -1, OVERLAP
        for n in range(len(lines) - 1, max(len(lines) - 6, -1), -1):
            top, foot = bands[n]
            common = min(item.y1, foot) - max(item.y0, top)
            part = common / max(min(item.height, foot - top), 0.1)
            if part >= share and not _collides(item, lines[n]):
                best, share = n, part
        if best < 0:
            lines.append([item])
            bands.append((item.y0, item.y1))
        else:
            line = lines[best]
            line.append(item)
            bands[best] = (median(i.y0 for i in line), median(i.y1 for i in line))
    for line in lines:
        line.sort(key=lambda i: i.x0)
    order = sorted(range(len(lines)), key=lambda n: bands[n][0] + bands[n][1])
    return [lines[n] for n in order]


def _collides(item: Item, line: Line) -> bool:
    """True when the item stands over another of the line and not beside it."""
    for other in line:
        common = min(item.x1, other.x1) - max(item.x0, other.x0)
        if common > 0.5 * min(item.x1 - item.x0, other.x1 - other.x0):
            return abs(item.middle - other.middle) > 0.35 * min(item.height, other.height)
    return False


def size(line: Sequence[Item]) -> float:
    """Type height of the line."""
    return median(i.height for i in line)


def top(line: Sequence[Item]) -> float:
    """Upper edge of the line, blind to a single tall item."""
    return median(i.y0 for i in line)


def foot(line: Sequence[Item]) -> float:
    """Lower edge of the line."""
    return median(i.y1 for i in line)


def text(line: Sequence[Item]) -> str:
    """The words of the line, for looking at."""
    return " ".join(i.word.text for i in line)


def gaps(line: Line) -> list[float]:
    """Widths of the white space between the items of a line."""
    return [b.x0 - a.x1 for a, b in itertools.pairwise(line)]


def pieces(line: Line, usual: float) -> list[Line]:
    """The line cut where white space parts two cells; ``usual`` is the page's word gap per height.

    The gaps of justified text are wide but alike, two spaces behind a sentence are no cell gap,
    and a list marker keeps its item.
    """
    if len(line) < 2:
        return [line]
    high = size(line)
    inner = gaps(line)
    common = median(inner) if len(inner) > 2 else usual * high
    if common > ALL_WIDE * high and max(inner) - min(inner) > ALIKE * common:
        common = usual * high
    common = max(common, 0.1 * high)
    least = max(WIDE * high, STRETCH * common + LOOSE * high)
    typed = TWO_SPACES * _advance(line)
    out: list[Line] = [[line[0]]]
    for gap, item in zip(inner, line[1:], strict=True):
        bound = least if out[-1][-1].word.text.endswith(SENTENCE_END) else min(typed, least)
        if gap > bound and not (
            len(out) == 1 and len(out[0]) == 1 and _marks(out[0][0], gap, high)
        ):
            out.append([item])
        else:
            out[-1].append(item)
    return out


def _advance(line: Line) -> float:
    """The advance of a character where the text layer gives every one the same; else endless."""
    steps = [(i.x1 - i.x0) / len(i.word.text) for i in line]
    if max(steps) - min(steps) > 0.05 * max(steps) or line[0].word.source is not Source.TEXT:
        return math.inf
    return median(steps)


def _marks(item: Item, gap: float, high: float) -> bool:
    return gap < 3 * high and is_marker(item.word.text)


def is_marker(word: str) -> bool:
    """True for the bullet or number that begins a list item."""
    if word in MARKERS:
        return True
    body = word.strip("()[]")
    return (
        len(word) <= 5
        and word[-1] in ".)"
        and (body.rstrip(".").isdigit() or len(body.rstrip(".")) == 1)
    )


def usual_gap(lines: Iterable[Line]) -> float:
    """The usual white space between two words, as a share of the type height."""
    found = [g / size(line) for line in lines for g in gaps(line) if 0 < g < 1.5 * size(line)]
    return min(max(median(found), 0.15), 0.7) if found else 0.3


def usual_leading(lines: Sequence[Line]) -> float:
    """The usual distance of wrapped lines from top to top, as a share of the type height."""
    found = []
    for a, b in itertools.pairwise(lines):
        high = size(a)
        if abs(size(b) - high) < 0.15 * high and a[0].x0 < b[-1].x1 and b[0].x0 < a[-1].x1:
            found.append((top(b) - top(a)) / high)
    tight = sorted(f for f in found if 0.8 < f < 1.8)
    return tight[len(tight) // 4] if tight else 1.25


def part_margin(items: Sequence[Item]) -> tuple[list[Line], list[Item]]:
    """The line numbers of pleading paper and transcripts as lines, and all other items.

    Line numbers are a column of whole numbers, evenly spaced, each one more than the one above,
    with nothing to the left of it.
    """
    digits = [i for i in items if i.word.text.isdigit() and len(i.word.text) <= 2]
    best: list[Item] = []
    for seed in digits:
        run = sorted(
            (i for i in digits if min(abs(i.x1 - seed.x1), abs(i.x0 - seed.x0)) < ABREAST),
            key=lambda i: i.middle,
        )
        if len(run) > len(best):
            best = run
    if len(best) < NUMBERED or not _counts(best):
        return [], list(items)
    edge = min(i.x0 for i in best) - ABREAST
    if sum(i.x0 < edge for i in items) > len(best) / 4:
        return [], list(items)
    own = {id(i) for i in best}
    return [[i] for i in best], [i for i in items if id(i) not in own]


def _counts(run: Sequence[Item]) -> bool:
    """True when the numbers count up by one at an even pace, but for a few misread."""
    pairs = list(pairwise(run))
    pace = median(b.middle - a.middle for a, b in pairs)
    good = sum(
        int(b.word.text) == int(a.word.text) + 1 and abs(b.middle - a.middle - pace) < 0.1 * pace
        for a, b in pairs
    )
    return good >= 0.8 * len(pairs)
