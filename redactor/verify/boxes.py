"""What is left under boxes: in the picture of the page, in every image object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from math import ceil
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw

from redactor.types import Box

Place = tuple[slice, slice]  # rows and columns
DARK = 60  # grey levels that still count as black after JPEG
LIGHT_SHARE = 0.45  # of a box that its printed label may cover
INSET = 0.1  # of a box's height that no label reaches, above and below
SMALL = 10  # pixels; in lower boxes a label leaves no row dark
GREY = 115  # mean grey level of such a box
EDGE = 0.7  # points at the edge of a box that ringing of a JPEG may reach
FLAT = 1e-6  # square points; a smaller image shows nothing
EVEN = 1.5  # pixels by which boxes of one width may differ
ONE_LINE = 0.5  # of the lower of two boxes


def spoilt(image: Any, boxes: Sequence[Box], dpi: float, *, sideways: bool = False) -> int:
    """How many boxes of a page picture are not black but for labels in the middle of boxes.

    Where the page's lines run ``sideways`` its labels do too.
    """
    zoom = dpi / 72

    def place(box: Box) -> Place:
        return _slices(box.x0 * zoom, box.x1 * zoom, box.y0 * zoom, box.y1 * zoom)

    return _spoilt(image, boxes, place, 1.5 / zoom, sideways=sideways)


def _spoilt(
    pixels: Any,
    boxes: Sequence[Box],
    place: Callable[[Box], Place],
    edge: float,
    *,
    sideways: bool,
) -> int:
    labels = np.zeros(pixels.shape[:2], bool)
    for b in boxes:
        labels[place(_for_label(b, sideways=sideways))] = True
    places = [place(_inset(b, edge, edge)) for b in boxes]
    inner = [(_grey(pixels[at]), labels[at]) for at in places]
    if sideways:  # a row is what a line of writing is
        inner = [(grey.T, label.T) for grey, label in inner]
    return sum(not covered(grey, label) for grey, label in inner)


def _for_label(box: Box, *, sideways: bool) -> Box:
    return _inset(box, INSET * box.width, 0.5) if sideways else _inset(box, 0.5, INSET * box.height)


def _grey(pixels: Any) -> Any:
    return pixels if pixels.ndim == 2 or not pixels.size else pixels[..., :3].max(axis=2)


def _inset(box: Box, side: float, top: float) -> Box:
    return Box(box.page, box.x0 + side, box.y0 + top, box.x1 - side, box.y1 - top)


def _slices(x0: float, x1: float, y0: float, y1: float) -> Place:
    rows, columns = (
        slice(max(ceil(y0), 0), max(int(y1), 0)),
        slice(max(ceil(x0), 0), max(int(x1), 0)),
    )
    return rows, columns


def covered(inner: Any, label: Any = True) -> bool:
    """Whether pixels under a box are black but for light letters where ``label`` allows them."""
    if not inner.size:
        return True
    if inner.shape[0] < SMALL:
        return bool(inner.mean() < GREY)
    light = inner > DARK
    return not (light & ~np.asarray(label)).any() and bool(light.mean() <= LIGHT_SHARE)


def images_under(page: Any, boxes: Sequence[Box], *, sideways: bool = False) -> int:
    """How many times an image object of a page holds more than a black box under a box.

    A box drawn over an image hides its pixels from the eye and from nobody else.
    """
    height, bad = page.get_height(), 0
    for thing in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=8):
        pixels, matrix = thing.get_bitmap().to_numpy(), thing.get_matrix().get()
        a, b, c, d = matrix[:4]
        if abs(a * d - b * c) >= FLAT:
            pixel = max(abs(a) + abs(c), abs(b) + abs(d)) / max(pixels.shape[:2])
            place = partial(_in_image, matrix, pixels.shape, height)
            bad += _spoilt(pixels, boxes, place, max(2 * pixel, EDGE), sideways=sideways)
    return bad


def _in_image(matrix: Sequence[float], shape: Sequence[int], height: float, box: Box) -> Place:
    """The pixels of an image, whose unit square the matrix sets, that lie under the box."""
    a, b, c, d, e, f = matrix
    corners = [[box.x0 - e, box.x1 - e], [height - box.y0 - f, height - box.y1 - f]]
    u, v = np.linalg.solve(np.array([[a, c], [b, d]]), np.array(corners))
    high, wide = shape[:2]
    return _slices(u.min() * wide, u.max() * wide, (1 - v.max()) * high, (1 - v.min()) * high)


def uneven(boxes: Sequence[Box], dpi: float) -> int:
    """How many boxes of one line are of another width than the first of that line."""
    by_page = groupby(sorted(boxes), key=lambda b: b.page)
    return sum(_uneven(list(here), EVEN * 72 / dpi) for _, here in by_page)


def _uneven(boxes: Sequence[Box], even: float) -> int:
    bad, lines = 0, list[Box]()
    for box in boxes:
        first = next((b for b in lines if _one_line(b, box)), None)
        if first is None:
            lines.append(box)
        else:
            bad += abs(first.width - box.width) > even
    return bad


def _one_line(a: Box, b: Box) -> bool:
    common = min(a.y1, b.y1) - max(a.y0, b.y0)
    return common > ONE_LINE * min(a.height, b.height)
