"""What a page of the release shows beside its typed words and boxes, and beside the original."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import cv2
import numpy as np

from redactor.types import Box

Mark = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels

INK = 90  # grey levels below the paper
RULE = 0.35  # inches; a longer straight run is a line
THICK = 0.05  # inches; a line is thinner
SPECK = 0.06  # inches; smaller marks are dots, commas, dirt
TELLING = 3  # marks beside the typed words; fewer spell nothing
MARGIN = 0.15  # inches around marks that a reader is shown
REACH = 0.03  # inches by which two engines may draw the same stroke apart
CHANGED = 0.06  # share of a page's ink that may differ: two engines, two fonts


def unexplained(image: Any, known: Iterable[Box], dpi: float) -> list[Mark]:
    """Marks of the page that stand under no typed word, no box and on no ruling line."""
    bare = _ink(image)
    bare[_lines(bare, dpi) > 0] = 0
    for box in known:
        _wipe(bare, box, dpi, 0.25 * box.height)
    _, _, stats, _ = cv2.connectedComponentsWithStats(bare, connectivity=8)
    least = SPECK * dpi
    return [
        (int(x), int(y), int(x + w), int(y + h))
        for x, y, w, h, _ in stats[1:]
        if max(w, h) >= least and min(w, h) > 1
    ]


def around(marks: Sequence[Mark], dpi: float, to: float) -> tuple[slice, slice]:
    """Rows and columns, in a picture of resolution ``to``, that hold all marks and a margin."""
    zoom, pad = to / dpi, MARGIN * to
    x0, y0 = min(m[0] for m in marks) * zoom - pad, min(m[1] for m in marks) * zoom - pad
    x1, y1 = max(m[2] for m in marks) * zoom + pad, max(m[3] for m in marks) * zoom + pad
    return slice(max(int(y0), 0), int(y1)), slice(max(int(x0), 0), int(x1))


def changed(before: Any, after: Any, apart: Sequence[Box], dpi: float) -> float:
    """The share of ink outside ``apart`` that only one of two pictures of a page has."""
    if before.shape != after.shape:
        return 1.0
    if min(before.shape[:2]) <= 2 * REACH * dpi:  # all edge: such a page shows no text
        return 0.0
    old, new = (_ink(_edged(picture, dpi)) for picture in (before, after))
    for mask in (old, new):
        mask[_lines(mask, dpi) > 0] = 0  # a hairline is dark to one engine and grey to another
        for box in apart:
            _wipe(mask, box, dpi, 2.0)
    size = 2 * max(round(REACH * dpi), 1) + 1
    kernel = np.ones((size, size), np.uint8)
    gone = old & (1 - cv2.dilate(new, kernel))
    come = new & (1 - cv2.dilate(old, kernel))
    total = int(old.sum()) + int(new.sum())
    return float(int(gone.sum()) + int(come.sum())) / max(total, 50)


def _edged(image: Any, dpi: float) -> Any:
    """The picture, its edge as what is next to it: engines round a page's size differently."""
    edge = max(round(REACH * dpi), 1)
    inner = image[edge:-edge, edge:-edge]
    return cv2.copyMakeBorder(inner, edge, edge, edge, edge, cv2.BORDER_REPLICATE)


def _ink(image: Any) -> Any:
    paper = cv2.dilate(image, np.ones((15, 15), np.uint8))
    return (image.astype(np.int16) < paper.astype(np.int16) - INK).astype(np.uint8)


def _lines(ink: Any, dpi: float) -> Any:
    """Long straight runs that are thin; a dark area is no line."""
    long, thick = round(RULE * dpi), round(THICK * dpi)
    found = np.zeros_like(ink)
    for run, area in (((1, long), (thick, long)), ((long, 1), (long, thick))):
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(run, np.uint8))
        found |= lines & (1 - cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(area, np.uint8)))
    return cv2.dilate(found, np.ones((3, 3), np.uint8))


def _wipe(mask: Any, box: Box, dpi: float, pad: float) -> None:
    zoom = dpi / 72
    x0, y0 = max(int((box.x0 - pad) * zoom), 0), max(int((box.y0 - pad) * zoom), 0)
    mask[y0 : int((box.y1 + pad) * zoom) + 1, x0 : int((box.x1 + pad) * zoom) + 1] = 0
