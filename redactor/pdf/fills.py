"""Rectangles of one colour, the only drawing that a vector page has, and arithmetic on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from redactor.pdf.outlines import NotUnderstood, Point
from redactor.types import Box

EVEN = 0.05  # points by which a level line may rise
GRID = 0.1  # points to which edges are rounded, so that no exact place is told
MOST = 3000  # rectangles of a page; more are a picture


@dataclass(frozen=True, slots=True)
class Fill:
    """A rectangle and its colour as ``#rrggbb``."""

    box: Box
    colour: str


def area(corners: Sequence[Point], number: int) -> Box:
    """The rectangle with these corners.

    Raises:
        NotUnderstood: they are corners of something else.
    """
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    box = Box(number, min(xs), min(ys), max(xs), max(ys))
    sides = [*corners, corners[0]]
    level = all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= EVEN for a, b in pairwise(sides))
    at_edge = all(
        min(abs(x - box.x0), abs(x - box.x1)) <= EVEN
        and min(abs(y - box.y0), abs(y - box.y1)) <= EVEN
        for x, y in corners
    )
    if not level or not at_edge:
        raise NotUnderstood("a shape")
    return box


def strokes(corners: Sequence[Point], width: float, cap: float, number: int) -> Iterator[Box]:
    """The rectangles that level and upright strokes of a width cover; ``cap`` makes them longer.

    Raises:
        NotUnderstood: a stroke is neither.
    """
    half = max(width, GRID) / 2
    for (x0, y0), (x1, y1) in pairwise(corners):
        if abs(y0 - y1) <= EVEN:
            y = (y0 + y1) / 2
            yield Box(number, min(x0, x1) - cap, y - half, max(x0, x1) + cap, y + half)
        elif abs(x0 - x1) <= EVEN:
            x = (x0 + x1) / 2
            yield Box(number, x - half, min(y0, y1) - cap, x + half, max(y0, y1) + cap)
        else:
            raise NotUnderstood("a slanting line")


def common(a: Box, b: Box) -> Box | None:
    """What two boxes share; None where they only touch or are apart."""
    box = Box(a.page, max(a.x0, b.x0), max(a.y0, b.y0), min(a.x1, b.x1), min(a.y1, b.y1))
    return box if box.width > 0 and box.height > 0 else None


def without(box: Box, hole: Box) -> Iterator[Box]:
    """The parts of a box outside another, at most four."""
    inner = common(box, hole)
    if inner is None:
        yield box
        return
    p = box.page
    parts = (
        Box(p, box.x0, box.y0, box.x1, inner.y0),
        Box(p, box.x0, inner.y1, box.x1, box.y1),
        Box(p, box.x0, inner.y0, inner.x0, inner.y1),
        Box(p, inner.x1, inner.y0, box.x1, inner.y1),
    )
    yield from (b for b in parts if b.width > 0 and b.height > 0)


def visible(fills: Sequence[Fill], covers: Iterable[Box]) -> list[Fill]:
    """What is seen of rectangles drawn one over the other, and then under ``covers``.

    Nothing that is covered is left, not even its extent.

    Raises:
        NotUnderstood: there are too many.
    """
    if len(fills) > MOST:
        raise NotUnderstood("a drawing of many parts")
    covering, found = list(covers), list[Fill]()
    for fill in reversed(fills):
        parts = [rounded(fill.box)]
        for hole in covering:
            if common(fill.box, hole):
                parts = [p for part in parts for p in without(part, hole)]
        found += [Fill(p, fill.colour) for p in parts]
        covering.append(rounded(fill.box))
    return found[::-1]


def rounded(box: Box) -> Box:
    """The box with its edges on the grid; never without extent."""
    x0, y0 = (round(v / GRID) * GRID for v in (box.x0, box.y0))
    x1, y1 = (round(v / GRID) * GRID for v in (box.x1, box.y1))
    return Box(box.page, x0, y0, max(x1, x0 + GRID), max(y1, y0 + GRID))
