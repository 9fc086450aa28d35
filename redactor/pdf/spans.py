"""Rows and columns of ink: where it begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def strokes(ink: Mask, least: float) -> Iterator[tuple[int, int, int]]:
    """Row, begin and end of every stretch of ink that is so long."""
    edges = np.diff(ink.astype(np.int8), axis=1, prepend=0, append=0)
    (rows, starts), (_, ends) = np.nonzero(edges == 1), np.nonzero(edges == -1)
    long = ends - starts >= least
    yield from zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True)


def filled(flags: Mask, gap: float) -> int:
    """How far true flags go from the beginning on, with no gap wider than this."""
    end = 0
    for a, b in stretches(flags):
        if a - end > gap:
            break
        end = b
    return end


def columns_of(ink: Mask) -> Mask:
    """Which columns hold ink."""
    return np.asarray(ink.any(axis=0))


def stretches(flags: Mask, join: int = 1) -> Iterator[tuple[int, int]]:
    """Begin and end of each stretch of true flags, those closer than ``join`` as one."""
    where = np.flatnonzero(flags)
    if not len(where):
        return
    breaks = np.flatnonzero(np.diff(where) > join)
    edges = [-1, *breaks.tolist(), len(where) - 1]
    for a, b in pairwise(edges):
        yield int(where[a + 1]), int(where[b]) + 1


def own(found: list[tuple[int, int]], wide: int, gap: float) -> list[tuple[int, int]]:
    """The stretches of ink but those at either end that a gap parts and the edge cuts.

    Those are strokes of the next word, which may be the hidden one, where a box reached too far.
    """
    if len(found) > 1 and found[-1][1] >= wide and found[-1][0] - found[-2][1] >= gap:
        found = found[:-1]
    if len(found) > 1 and found[0][0] <= 0 and found[1][0] - found[0][1] >= gap:
        found = found[1:]
    return found
