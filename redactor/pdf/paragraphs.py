"""Lines of one column as blocks: paragraphs, headings, list items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from redactor.pdf.lines import Line, foot, is_marker, size, text, top
from redactor.types import Box

LOOSER = 1.12  # times the usual leading begins a new block
RESIZED = 1.22  # times the type height begins a new block
INDENT = 1.2  # type heights to the right begin a paragraph
WIDEST = 3.2  # type heights from line to line; no one spaces text wider
TOUCH = 3.0  # points by which a ruling line may run into the text it parts


@dataclass(frozen=True, slots=True)
class Habit:
    """What is usual on a page.

    ``gap`` and ``leading`` are shares of the type height, ``level`` its level ruling lines,
    ``slack`` the tolerance for boxes that are less than exact.
    """

    gap: float
    leading: float
    level: tuple[Box, ...] = ()
    slack: float = 1.0


def find_blocks(lines: Sequence[Line], habit: Habit) -> list[list[Line]]:
    """The lines of one column, from top to bottom, parted into blocks."""
    margin = max((line[-1].x1 for line in lines), default=0.0)
    wide = _spacing(lines, margin, habit)
    out: list[list[Line]] = []
    for n, line in enumerate(lines):
        if n and not _breaks(lines[n - 1], line, margin, wide, habit):
            out[-1].append(line)
        else:
            out.append([line])
    return out


def _spacing(lines: Sequence[Line], margin: float, habit: Habit) -> float:
    """The leading of double-spaced text: what is usual behind lines that fill the column."""
    found = [
        _step(a, b) for a, b in pairwise(lines) if not _is_short(a, b, margin) and _aligned(a, b)
    ]
    spaced = [f for f in found if f < WIDEST]
    return max(median(spaced), habit.leading) if len(spaced) > 2 else habit.leading


def _step(above: Line, line: Line) -> float:
    return (top(line) - top(above)) / max(size(above), size(line), 1.0)


def _is_short(above: Line, line: Line, margin: float) -> bool:
    """True when the first word of a line would have fitted behind the line above."""
    return margin - above[-1].x1 > (line[0].x1 - line[0].x0) + 0.6 * size(above)


def _aligned(above: Line, line: Line) -> bool:
    """True when a line begins no further right than the one above."""
    return line[0].x0 - above[0].x0 < 0.5 * size(line)


def _breaks(above: Line, line: Line, margin: float, wide: float, habit: Habit) -> bool:
    """True when the line begins a block of its own."""
    high, other = size(line), size(above)
    if max(high, other) > RESIZED * habit.slack**2 * min(high, other):
        return True
    short = _is_short(above, line, margin)
    wraps = not short and _aligned(above, line)
    if _step(above, line) > LOOSER * habit.slack * (wide if wraps else habit.leading):
        return True
    if any(_parts(rule, above, line) for rule in habit.level):
        return True
    marked = is_marker(above[0].word.text)
    if is_marker(line[0].word.text) and len(line) > 1:
        return short or marked or text(above).endswith((".", ":", ";"))
    indented = line[0].x0 - above[0].x0 > INDENT * high
    centred = abs((line[0].x0 + line[-1].x1) - (above[0].x0 + above[-1].x1)) < 2 * high
    return indented and short and not centred and not marked


def _parts(rule: Box, above: Line, line: Line) -> bool:
    """True for a ruling line between two lines that is no underline of the upper one."""
    between = foot(above) - TOUCH <= rule.y0 <= top(line) + TOUCH
    if not between or rule.y0 < (top(above) + foot(above)) / 2:
        return False
    x0, x1 = min(above[0].x0, line[0].x0), max(above[-1].x1, line[-1].x1)
    own = above[0].x0 - TOUCH <= rule.x0 and rule.x1 <= above[-1].x1 + TOUCH
    return not own and min(rule.x1, x1) - max(rule.x0, x0) > 0.5 * (x1 - x0)
