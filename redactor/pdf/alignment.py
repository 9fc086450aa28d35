"""What holds a line in its place: an edge or a middle that it shares with others, or a margin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor
from statistics import median

from redactor.pdf.pieces import same_line
from redactor.pdf.segments import Segment
from redactor.types import Box, Page

ALIGNED = 2.0  # points between two edges that are meant to be one
CLOSE = 0.75  # points between two middles or right edges, which meet by chance more often
TAB = 36.0  # points; where nothing tells what holds a line, half inches do


def is_held(segment: Segment, parts: Sequence[Segment]) -> bool:
    """True when another line shares its left edge, or its right edge and nothing else."""
    return bool(_share(segment, parts, _left, ALIGNED) or _loose(segment, parts, _right, ALIGNED))


def _share(
    segment: Segment, parts: Sequence[Segment], edge: Callable[[Box], float], near: float
) -> list[Segment]:
    """The segments of other lines that share an edge."""
    b = segment.box
    return [p for p in parts if abs(edge(p.box) - edge(b)) < near and not same_line(p.box, b)]


def _loose(
    segment: Segment, parts: Sequence[Segment], edge: Callable[[Box], float], near: float
) -> list[Segment]:
    """Those that share an edge and that no left edge holds.

    Among ragged lines right edges and middles meet by chance.
    """
    return [p for p in _share(segment, parts, edge, near) if not _share(p, parts, _left, ALIGNED)]


def _left(box: Box) -> float:
    return box.x0


def _right(box: Box) -> float:
    return box.x1


def _middle(box: Box) -> float:
    return (box.x0 + box.x1) / 2


def hold_of(page: Page, segment: Segment, free: Sequence[Segment]) -> tuple[str, float]:
    """What holds a segment, told by lines without boxes, whose edges tell of nothing hidden."""
    b = segment.box
    lefts = _share(segment, free, _left, ALIGNED)
    middles = _loose(segment, free, _middle, CLOSE)
    ends = _loose(segment, free, _right, CLOSE)
    if lefts and len(lefts) >= max(len(middles), len(ends)):
        return "left", b.x0
    edge = min((p.box.x0 for p in free), default=b.x0)
    central = abs(_middle(b) - page.width / 2) < ALIGNED and b.x0 > edge + ALIGNED
    if central or len(middles) > len(ends):
        return "middle", page.width / 2 if central else median(_middle(p.box) for p in middles)
    if not ends and b.x0 > page.width / 2:
        ends = _share(segment, free, _right, CLOSE)
    return ("right", median(p.box.x1 for p in ends)) if ends else _lone(page, b, free)


def _lone(page: Page, b: Box, free: Sequence[Segment]) -> tuple[str, float]:
    """What holds a segment with which no line shares an edge: the page's other margin, or a tab.

    A title in the middle or at the right begins where it does because of how long it is; half
    inches are too coarse to tell a name by.
    """
    edge = min((p.box.x0 for p in free), default=0.0)
    for margin in (page.width - edge, max((p.box.x1 for p in free), default=0.0)):
        if abs(b.x1 - margin) < ALIGNED and b.x0 > edge + ALIGNED:
            return "right", margin
    return "left", edge + TAB * floor((b.x0 - edge + ALIGNED) / TAB)
