"""Clusters of unexplained ink, and lone letters set so far apart that none says anything alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from statistics import median

from redactor.pdf.render import LOOK_DPI

APART = 0.6 * LOOK_DPI  # pixels between two letters of one name
LETTER = (0.05 * LOOK_DPI, 0.4 * LOOK_DPI)  # how high one is
MANY, LOOKS = 5, 4  # letters of a name, and how many of them differ
UNEVEN = 1.7  # times by which gaps or heights differ
ALIKE = 0.12  # of width, height and ink by which two check boxes differ
COMMON = 0.5  # of its height or width in which a letter stands beside the one before


@dataclass(frozen=True, slots=True)
class Cluster:
    """Unexplained ink: its box in pixels of the upright picture, ink pixels and components."""

    x0: int
    y0: int
    x1: int
    y1: int
    ink: int
    strokes: int
    largest: float

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.y1 - self.y0

    @property
    def fill(self) -> float:
        """Share of the box that is ink."""
        return self.ink / max(self.width * self.height, 1)


def union(a: Cluster, b: Cluster) -> Cluster:
    """The two as one."""
    return Cluster(
        min(a.x0, b.x0),
        min(a.y0, b.y0),
        max(a.x1, b.x1),
        max(a.y1, b.y1),
        a.ink + b.ink,
        a.strokes + b.strokes,
        max(a.largest, b.largest),
    )


def letters_apart(small: Sequence[Cluster]) -> Iterator[Cluster]:
    """Rows and columns of lone letters, each as one cluster; boxes to tick are all alike."""
    letters = [c for c in small if LETTER[0] <= c.height <= LETTER[1] and c.width <= LETTER[1]]
    for upright in (False, True):
        for chain in _chains(letters, upright=upright):
            if len(chain) >= MANY and _even(chain, upright=upright) and _looks(chain) >= LOOKS:
                yield reduce(union, chain)


def _even(chain: Sequence[Cluster], *, upright: bool) -> bool:
    """Whether the letters are of one height and evenly apart, as signs on a screen are not."""
    highs = [c.height for c in chain]
    gaps = [b.y0 - a.y1 if upright else b.x0 - a.x1 for a, b in pairwise(chain)]
    usual = median(gaps)
    spread = all(usual / UNEVEN <= g <= usual * UNEVEN for g in gaps)
    return spread and max(highs) <= UNEVEN * min(highs)


def _chains(letters: Sequence[Cluster], *, upright: bool) -> Iterator[list[Cluster]]:
    """Letters that follow each other along a line, or down a column."""
    chains: list[list[Cluster]] = []
    for c in sorted(letters, key=lambda c: c.y0 if upright else c.x0):
        mine = next((h for h in chains if _follows(h[-1], c, upright=upright)), None)
        if mine is None:
            chains.append([c])
        else:
            mine.append(c)
    yield from chains


def _follows(a: Cluster, b: Cluster, *, upright: bool) -> bool:
    if upright:
        gap, common = b.y0 - a.y1, min(a.x1, b.x1) - max(a.x0, b.x0)
        return -2 <= gap <= APART and common >= COMMON * min(a.width, b.width)
    gap, common = b.x0 - a.x1, min(a.y1, b.y1) - max(a.y0, b.y0)
    return -2 <= gap <= APART and common >= COMMON * max(a.height, b.height)


def _looks(chain: Sequence[Cluster]) -> int:
    """How many of the letters look unlike those before."""
    seen: list[Cluster] = []
    for c in chain:
        if not any(_alike(c, s) for s in seen):
            seen.append(c)
    return len(seen)


def _alike(a: Cluster, b: Cluster) -> bool:
    pairs = ((a.width, b.width), (a.height, b.height), (a.ink, b.ink))
    return all(abs(x - y) <= max(ALIKE * max(x, y), 1) for x, y in pairs)
