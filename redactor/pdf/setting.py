"""Where things stand on a line that is set anew: arithmetic on whole pixels, nothing else.

The rule takes no width of anything hidden, so what it gives tells none. First every box has the
one width and every gap is even. A line that is too long for its room then gives up, in this
order: gaps, width of the kept words, width of its boxes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

TIGHT = 0.6  # of the usual gap
SLIM = 0.8  # of a word's width
LEAST_BOX = 0.3  # of the one width
SLIMMEST = 0.5  # of a word's width, where not even that suffices


@dataclass(frozen=True, slots=True)
class Part:
    """One token in pixels: its own width (None for a box) and the gap before it in word gaps."""

    width: int | None
    gap: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token goes: left edge and width in pixels."""

    x: int
    width: int


def lay(parts: Sequence[Part], room: int, gap: int, box: int) -> list[Place]:
    """Places from 0 on, within ``room`` where any rule can manage that."""
    gaps = sum(p.gap for p in parts[1:])
    words = sum(p.width for p in parts if p.width is not None)
    boxes = sum(p.width is None for p in parts)

    def over(gap: float, slim: float, box: float) -> float:
        return gaps * gap + words * slim + boxes * box - room

    even, slim, wide = float(gap), 1.0, float(box)
    if over(even, slim, wide) > 0 and gaps:
        even = max(even - over(even, slim, wide) / gaps, TIGHT * gap)
    if over(even, slim, wide) > 0 and words:
        slim = max(slim - over(even, slim, wide) / words, SLIM)
    if over(even, slim, wide) > 0 and boxes:
        wide = max(wide - over(even, slim, wide) / boxes, LEAST_BOX * box)
    if over(even, slim, wide) > 0 and words:
        slim = max(slim - over(even, slim, wide) / words, SLIMMEST)
    places: list[Place] = []
    at = 0.0
    for n, part in enumerate(parts):
        at += part.gap * even if n else 0.0
        width = wide if part.width is None else part.width * slim
        places.append(Place(int(at + 0.01), max(int(width + 0.01), 1)))
        at = int(at + 0.01) + max(int(width + 0.01), 1)
    return places
