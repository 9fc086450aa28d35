"""Machine-readable codes: what they say no reader of letters sees, and any telephone does.

A licence's PDF417 holds a name and an address; a label's Code 128 a number. They are found by
decoding them, whole or in a scan that lies askew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import sqrt

import cv2
import numpy as np
import zxingcpp

from redactor.pdf.rawpage import RawPage
from redactor.pdf.render import POINTS, SHARPEST, Image
from redactor.settings import Settings
from redactor.types import Box, Region

EDGE = 60  # grey levels between a bar and the gap beside it
CLOSE = 0.08  # inches; the gaps between bars, narrower than those to the text around
BEYOND = 0.6  # of its longer side that a code may go beyond what the decoder says of its place
QUIET = 0.05  # inches around a code that belong to it
Place = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels


def code_dpi(page: RawPage, settings: Settings) -> float:
    """Resolution at which thin bars show; lower where the page would hold too many pixels."""
    inches = page.width * page.height / POINTS**2
    return min(float(SHARPEST), sqrt(settings.max_pixels / max(inches, 1.0)) * 0.99)


def with_codes(page: RawPage, picture: Image, dpi: float) -> RawPage:
    """The page with a region for every code that its grey picture shows.

    Ink all of which such a region covers is no region of its own any more.
    """
    zoom = POINTS / dpi
    boxes = [Box(page.number, *(v * zoom for v in place)) for place in places(picture, dpi)]
    if not boxes:
        return page
    codes = [Region("barcode", b, "a machine-readable code") for b in boxes]
    others = [r for r in page.regions if not any(b.holds(r.box) for b in boxes)]
    return replace(page, regions=(*others, *codes))


def places(picture: Image, dpi: float) -> Iterator[Place]:
    """Where the codes of a picture are, with all of their bars."""
    found = zxingcpp.read_barcodes(np.ascontiguousarray(picture))
    if not found:
        return
    blobs = _blobs(picture, dpi)
    for code in found:
        yield _padded(_grown(_place(code.position), blobs), picture, dpi)


def _place(position: zxingcpp.Position) -> Place:
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    xs, ys = [c.x for c in corners], [c.y for c in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _blobs(picture: Image, dpi: float) -> Image:
    """Labels of the places that are full of edges, with narrow gaps closed."""
    near = np.ones((3, 3), np.uint8)
    edges = cv2.morphologyEx(picture, cv2.MORPH_GRADIENT, near) > EDGE
    size = round(CLOSE * dpi)
    full = cv2.morphologyEx(
        edges.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((size, size), np.uint8)
    )
    return np.asarray(cv2.connectedComponents(full)[1])


def _grown(place: Place, blobs: Image) -> Place:
    """The place with the blobs in its midst: of a code of bars only a line was read."""
    x0, y0, x1, y1 = place
    reach = round(BEYOND * max(x1 - x0, y1 - y0))
    left, top = max(x0 - reach, 0), max(y0 - reach, 0)
    around = blobs[top : y1 + reach, left : x1 + reach]
    inner = blobs[max(y0, 0) : y1 + 1, max(x0, 0) : x1 + 1]
    rows, columns = np.nonzero(np.isin(around, np.unique(inner[inner > 0])))
    if not len(rows):
        return place
    return (
        min(x0, left + int(columns.min())),
        min(y0, top + int(rows.min())),
        max(x1, left + int(columns.max()) + 1),
        max(y1, top + int(rows.max()) + 1),
    )


def _padded(place: Place, picture: Image, dpi: float) -> Place:
    pad, (high, wide) = round(QUIET * dpi), picture.shape[:2]
    x0, y0, x1, y1 = place
    return max(x0 - pad, 0), max(y0 - pad, 0), min(x1 + pad, wide), min(y1 + pad, high)
