"""Boxes to tick, which a reader takes for letters: "\u2610 No" becomes "LINo", a name.

Nor are they letters of large print. Their frames are taken away; what stands in them is read.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from redactor.ocr.base import Image, ink_of
from redactor.ocr.prepare import Rule

SIDE = (0.07, 0.27)  # inches
SQUARE = 0.2  # of the longer side by which the other may differ
FRAMED = 0.9  # of each edge that is dark
FILLED = 0.85  # of the place; a box is hollow but for a tick in it
THICK = 0.12  # of the height that a side takes

Mask = NDArray[np.uint8]


def tick_boxes(image: Image, dpi: float) -> Iterator[Rule]:
    """The four sides (x0, y0, x1, y1 in pixels) of every box to tick of an upright grey image."""
    dark = ink_of(image)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
    least, most = (s * dpi for s in SIDE)
    sides = stats[:, 2:4]
    square = (sides.min(1) >= least) & (sides.max(1) <= most)
    square &= np.abs(sides[:, 0] - sides[:, 1]) <= SQUARE * sides.max(1)
    for n in np.flatnonzero(square):
        x, y, w, h = (int(v) for v in stats[n, :4])
        if is_framed(dark[y : y + h, x : x + w]):
            yield from _sides(float(x), float(y), float(x + w), float(y + h))


def _sides(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    deep = max(THICK * (y1 - y0), 2.0)
    yield x0, y0, x1, y0 + deep
    yield x0, y1 - deep, x1, y1
    yield x0, y0, x0 + deep, y1
    yield x1 - deep, y0, x1, y1


def is_framed(place: Mask) -> bool:
    """Whether ink runs along all four edges of a place that it does not fill, as an "l" does."""
    deep = max(place.shape[0] // 12, 2)
    edges = (
        place[:deep].max(0),
        place[-deep:].max(0),
        place[:, :deep].max(1),
        place[:, -deep:].max(1),
    )
    return float(place.mean()) < FILLED and all(float(e.mean()) >= FRAMED for e in edges)
