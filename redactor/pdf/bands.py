"""Bands: runs of lines that the same white gutters part into columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from redactor.pdf.lines import Item, Line, cluster, foot, is_marker, pieces, size, text, top

Gutter = tuple[float, float]
_Placed = tuple[float, float, int, list[Line]]  # top, foot, column, lines of a cell
NARROWEST = 0.6  # of the type height; a narrower gutter parts nothing
FAR = 3.0  # type heights without a line end a band
SUNK = 0.3  # of the type height; lines that overlap more stand side by side
PADDED = 1.15  # times the tight distance of lines parts two rows
MANY = 4  # columns; so many are a table, not blocks of text side by side
TYPED = re.compile(  # a date, a number, a code, an answer: what a column of a table holds
    r"^(?:(?=[\W\d]*\d)[\W\d]+(?:[ap]\.?m\.?)?|[A-Za-z]{1,3}(?:/[A-Za-z]{1,3})?|yes|none|unknown)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Band:
    """Lines, and the gutters that all of them keep free; ``row`` where they are one table row."""

    lines: list[Line]
    gutters: list[Gutter]
    row: bool = False

    def columns(self) -> list[list[Item]]:
        """Items of each column from left to right."""
        cuts = [(a + b) / 2 for a, b in self.gutters]
        out: list[list[Item]] = [[] for _ in range(len(cuts) + 1)]
        for item in (i for line in self.lines for i in line):
            out[sum((item.x0 + item.x1) / 2 > c for c in cuts)].append(item)
        return [c for c in out if c]


def find_bands(lines: Sequence[Line], usual: float) -> list[Band]:
    """All lines in their order, as bands; a band without gutters is a run of plain lines."""
    bands: list[Band] = []
    n = 0
    while n < len(lines):
        row = _middled(lines, n, usual)
        if row:
            bands.append(row)
            n += len(row.lines)
            continue
        gutters = _gutters(pieces(lines[n], usual))
        if not gutters:
            if not bands or bands[-1].gutters:
                bands.append(Band([], []))
            bands[-1].lines.append(lines[n])
            n += 1
            continue
        band, n = _grow(lines, n, gutters, usual)
        _take_back(bands, band)
        bands.append(band)
    return [b for b in bands if b.lines]


def _middled(lines: Sequence[Line], first: int, usual: float) -> Band | None:
    """The row of a table whose cells stand at mid height: lines that overlap but never meet."""
    end = first + 1
    while end < len(lines) and _sinks(lines[end - 1], lines[end]):
        end += 1
    if end - first < 2:
        return None
    spans = sorted((p[0].x0, p[-1].x1) for line in lines[first:end] for p in pieces(line, usual))
    gutters, reach = [], spans[0][1]
    for x0, x1 in spans:
        if x0 - reach > NARROWEST * size(lines[first]):
            gutters.append((reach, x0))
        reach = max(reach, x1)
    return Band(list(lines[first:end]), gutters, row=True) if gutters else None


def _sinks(above: Line, line: Line) -> bool:
    """True when the upper line reaches down into the lower, beside it."""
    if foot(above) - top(line) < SUNK * min(size(above), size(line)):
        return False
    return all(a.x1 <= b.x0 or b.x1 <= a.x0 for a in above for b in line)


def _gutters(parts: Sequence[Line]) -> list[Gutter]:
    return [(a[-1].x1, b[0].x0) for a, b in itertools.pairwise(parts)]


def _grow(
    lines: Sequence[Line], first: int, gutters: list[Gutter], usual: float
) -> tuple[Band, int]:
    """The band that begins at ``lines[first]``, and where the next one begins."""
    end = first + 1
    n = end
    while n < len(lines) and n - end < 8:
        line, above = lines[n], lines[n - 1]
        high = size(line)
        if top(line) - foot(above) > FAR * high or _middled(lines, n, usual):
            break
        left = _kept(gutters, line)
        if len(left) * 2 < len(gutters) or not left:
            break
        if len(pieces(line, usual)) > 1:
            if not _parted(line, left):
                break
            gutters, end = left, n + 1
        elif n == end and len(left) == len(gutters) and _continues(lines[first:n], line, left):
            gutters, end = left, n + 1
        n += 1
    return Band(list(lines[first:end]), gutters), end


def _kept(gutters: Sequence[Gutter], line: Line) -> list[Gutter]:
    """What the line leaves of the gutters."""
    least = NARROWEST * size(line)
    out = []
    for a, b in gutters:
        for item in line:
            if item.x1 <= a or item.x0 >= b:
                continue
            if item.x0 - a >= b - item.x1:
                b = item.x0  # noqa: PLW2901
            else:
                a = item.x1  # noqa: PLW2901
        if b - a >= least:
            out.append((a, b))
    return out


def _parted(line: Line, gutters: Sequence[Gutter]) -> bool:
    """True when the line has items on both sides of some gutter."""
    return any(line[0].x0 < a and line[-1].x1 > b for a, b in gutters)


def _continues(lines: Sequence[Line], line: Line, gutters: Sequence[Gutter]) -> bool:
    """True for the wrapped rest of a cell, or the last line of the longer of two blocks."""
    step = top(line) - top(lines[-1])
    if top(line) - foot(lines[-1]) >= 0.6 * size(line):
        return False
    if line[0].x0 >= gutters[0][1] - 1.0:
        return True
    aligned = abs(line[0].x0 - lines[-1][0].x0) < 2.0
    return aligned and len(lines) > 1 and step < PADDED * (top(lines[-1]) - top(lines[-2]))


def _take_back(bands: list[Band], band: Band) -> None:
    """Lines above that a tall item of the band reaches up to belong to it."""
    while bands and not bands[-1].gutters and bands[-1].lines:
        line = bands[-1].lines[-1]
        tall = min(i.y0 for i in band.lines[0])
        if foot(line) - tall < 0.5 * size(line) or len(_kept(band.gutters, line)) < len(
            band.gutters
        ):
            return
        band.lines.insert(0, bands[-1].lines.pop())


def is_running_text(columns: Sequence[Sequence[Item]]) -> bool:
    """True for the columns of a newsletter: each is many lines that mostly fill it."""
    for column in columns:
        lines = cluster(column)
        x0, x1 = min(i.x0 for i in column), max(i.x1 for i in column)
        full = [line for line in lines if line[-1].x1 - line[0].x0 > 0.7 * (x1 - x0)]
        if len(lines) < 5 or len(full) < 0.5 * len(lines) or len(column) < 3.5 * len(lines):
            return False
    return True


def find_rows(columns: Sequence[Sequence[Item]], leading: float) -> list[list[list[Line]]]:
    """Rows from top to bottom; a row is its cells from left to right, a cell its lines."""
    lines = [cluster(c) for c in columns]
    steps = [s for column in lines for s in _steps(column)]
    if not steps:
        return [lines]
    tight = min(steps)
    if tight > PADDED * leading:
        return _rows(lines, 0.0)
    if max(steps) > PADDED * tight and not _labelled(lines):
        return _rows(lines, PADDED * tight)
    if _tabular(lines):
        return _rows_by_first(lines)
    return _rows(lines, PADDED * tight)


def _steps(lines: Sequence[Line]) -> list[float]:
    """Distances of lines from top to top, in type heights."""
    return [(top(b) - top(a)) / max(size(a), 1.0) for a, b in itertools.pairwise(lines)]


def _labelled(lines: Sequence[Sequence[Line]]) -> bool:
    """True when most lines of the first column end in a colon."""
    first = [text(line) for line in lines[0]]
    return sum(t.endswith(":") for t in first) * 2 > len(first) and len(first) > 1


def _tabular(lines: Sequence[Sequence[Line]]) -> bool:
    """True when tight lines side by side are rows of a table, not blocks of text."""
    if len(lines) >= MANY or _labelled(lines):
        return True
    if sum(is_marker(line[0].word.text) for line in lines[0]) * 2 > len(lines[0]) > 1:
        return True
    for column in lines:
        typed = sum(bool(TYPED.match(text(line))) for line in column)
        if len(column) > 1 and typed * 2 > len(column):
            return True
    short = median(len(line) for line in lines[0])
    return len(lines[0]) > 1 and short <= 2 and median(len(line) for line in lines[1]) >= 4


def _rows(lines: Sequence[Sequence[Line]], limit: float) -> list[list[list[Line]]]:
    """Rows of cells: lines nearer than ``limit`` are one cell, cells side by side one row."""
    cells: list[_Placed] = []
    for column, own in enumerate(lines):
        run: list[Line] = []
        for line in own:
            if run and (top(line) - top(run[-1])) / max(size(run[-1]), 1.0) > limit:
                cells.append((top(run[0]), foot(run[-1]), column, run))
                run = []
            run.append(line)
        cells.append((top(run[0]), foot(run[-1]), column, run))
    rows: list[list[_Placed]] = []
    end = float("-inf")
    for cell in sorted(cells, key=lambda c: (c[0], c[2])):
        if rows and end - cell[0] > 0.3 * min(cell[1] - cell[0], size(cell[3][0])):
            rows[-1].append(cell)
        else:
            rows.append([cell])
            end = cell[1]
        end = max(end, cell[1])
    return [_by_column(row) for row in rows]


def _by_column(row: Sequence[_Placed]) -> list[list[Line]]:
    """The cells of a row from left to right; what stands in one column is one cell."""
    out: dict[int, list[Line]] = {}
    for _, _, column, own in sorted(row, key=lambda c: (c[2], c[0])):
        out.setdefault(column, []).extend(own)
    return list(out.values())


def _rows_by_first(lines: Sequence[Sequence[Line]]) -> list[list[list[Line]]]:
    """Rows that begin at each line of the first column."""
    starts = [top(line) - 0.4 * size(line) for line in lines[0]]
    rows: list[list[list[Line]]] = [[] for _ in range(len(starts) + 1)]
    for column in lines:
        cells: dict[int, list[Line]] = {}
        for line in column:
            cells.setdefault(sum(top(line) >= s for s in starts), []).append(line)
        for n, cell in cells.items():
            rows[n].append(cell)
    return [row for row in rows if row]
