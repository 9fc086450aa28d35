"""Destroys what lies under boxes in the picture of a page, and prints the label on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from redactor.pdf.render import POINTS, Image
from redactor.types import Box, Removal

PAD = 1.0  # points around a box, where no kept word stands in the way
SLANT = 0.15  # of the height, at the sides: ink of italics hangs over the box of its glyph
LEAST_LABEL, MOST_LABEL = 7, 22  # pixels
FAR = 1_000_000.0  # pixels; no page is drawn so large
BLACK, WHITE = "black", "white"  # names, for a number is red in a picture with colour


def grow(box: Box, kept: Sequence[Box], width: float, height: float) -> Box:
    """The box with a margin, cut back half way to every kept word beside, above or below it."""
    side = max(PAD, SLANT * box.height)
    x0, y0, x1, y1 = box.x0 - side, box.y0 - PAD, box.x1 + side, box.y1 + PAD
    for w in kept:
        if w.x1 < x0 or w.x0 > x1 or w.y1 < y0 or w.y0 > y1:
            continue
        beside = min(w.y1, box.y1) - max(w.y0, box.y0) > 0.5 * min(w.height, box.height)
        if beside and w.x0 >= box.x1 - 1:
            x1 = min(x1, max((box.x1 + w.x0) / 2, box.x1 - 0.3))
        elif beside and w.x1 <= box.x0 + 1:
            x0 = max(x0, min((box.x0 + w.x1) / 2, box.x0 + 0.3))
        elif w.y0 >= (box.y0 + box.y1) / 2:
            y1 = min(y1, max((box.y1 + w.y0) / 2, box.y1 - 0.2 * box.height))
        elif w.y1 <= (box.y0 + box.y1) / 2:
            y0 = max(y0, min((box.y0 + w.y1) / 2, box.y0 + 0.2 * box.height))
    return Box(box.page, max(x0, 0.0), max(y0, 0.0), min(x1, width), min(y1, height))


def paint(image: Image, removals: Sequence[Removal], dpi: float) -> Image:
    """A copy of the page picture with every box black from edge to edge, labels in white."""
    canvas = Pillow.fromarray(np.array(image))
    draw = ImageDraw.Draw(canvas)
    for removal in removals:
        place = corners(removal.box, dpi)
        draw.rectangle(place, fill=BLACK)
        _label(draw, place, removal.prints)
    return np.asarray(canvas)


def corners(box: Box, dpi: float) -> tuple[int, int, int, int]:
    """First and last column and row of the pixels that a box takes: x0, y0, x1, y1.

    A damaged font may claim a letter wider than any picture; what is so far out is no nearer.
    """
    zoom = dpi / POINTS
    x0, y0, x1, y1 = (max(min(v * zoom, FAR), -FAR) for v in (box.x0, box.y0, box.x1, box.y1))
    return int(x0), int(y0), round(x1), round(y1)


def _label(draw: ImageDraw.ImageDraw, place: Sequence[int], text: str) -> None:
    """Print the label where it fits; a box too small for it stays plain."""
    x0, y0, x1, y1 = place
    for size in range(min(MOST_LABEL, int((y1 - y0) * 0.7)), LEAST_LABEL - 1, -1):
        left, top, right, bottom = _extent(text, size)
        if right - left < x1 - x0 - 4 and bottom - top < y1 - y0 - 2:
            at = ((x0 + x1 - right - left) / 2, (y0 + y1 - bottom - top) / 2)
            draw.text(at, text, fill=WHITE, font=_font(size))
            return


@lru_cache(maxsize=1024)
def _extent(text: str, size: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a printed label."""
    return _font(size).getbbox(text, mode="L")


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
