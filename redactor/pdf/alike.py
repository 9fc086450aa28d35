"""Whether pictures of a page show the same, as far as an eye or a machine could tell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import cv2
import numpy as np

from redactor.pdf.render import POINTS, Image
from redactor.types import Box

NEAR = 1  # pixels by which an edge may stand elsewhere
MOVED = 4  # where words were set anew
EDGE = 64  # grey levels within which an edge may be drawn softer
SHADE = 6  # grey levels by which an even area may differ
EVEN = 3  # grey levels within which an area is even
SPECK = 5  # pixels of a difference that is a difference


def alike(look: Sequence[Image], drawn: Image, apart: Sequence[Box], dpi: float) -> bool:
    """True when every place outside ``apart`` looks like one of the pictures of ``look``."""
    if any(image.shape != drawn.shape for image in look):
        return False
    for differing in (partial(_strays, reach=NEAR), _shaded):
        left = mask(drawn, apart, dpi) == 0
        for image in look:
            left &= differing(image, drawn)
            if not _spots(left):
                break
        else:
            return False
    return True


def similar(
    look: Image, drawn: Image, within: Sequence[Box], apart: Sequence[Box], dpi: float
) -> bool:
    """True when pictures are alike in some places, where letters may stand a little off."""
    if not within:
        return True
    seen = (mask(drawn, within, dpi) > 0) & (mask(drawn, apart, dpi) == 0)
    return not _spots(_strays(look, drawn, MOVED) & seen)


def mask(image: Image, boxes: Sequence[Box], dpi: float) -> Image:
    """One where a box is, a pixel of margin with it."""
    mask, zoom = np.zeros(image.shape[:2], np.uint8), dpi / POINTS
    for b in boxes:
        x0, y0 = max(int(b.x0 * zoom) - 1, 0), max(int(b.y0 * zoom) - 1, 0)
        mask[y0 : int(b.y1 * zoom) + 2, x0 : int(b.x1 * zoom) + 2] = 1
    return mask


def _strays(a: Image, b: Image, reach: int) -> Image:
    """Where one picture is darker or lighter than anything near by in the other."""
    return np.asarray(_beyond(a, b, reach) | _beyond(b, a, reach))


def _beyond(a: Image, b: Image, reach: int) -> Image:
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    darker = cv2.subtract(cv2.erode(b, kernel), a)  # stops at nought
    lighter = cv2.subtract(a, cv2.dilate(b, kernel))
    return _any((darker > EDGE) | (lighter > EDGE))


def _shaded(a: Image, b: Image) -> Image:
    """Where both pictures are even and of another shade."""
    differ = _any(cv2.absdiff(a, b) > SHADE)
    return differ & _even(a) & _even(b) if differ.any() else differ


def _even(image: Image) -> Image:
    kernel = np.ones((5, 5), np.uint8)
    return ~_any(cv2.subtract(cv2.dilate(image, kernel), cv2.erode(image, kernel)) > EVEN)


def _any(found: Image) -> Image:
    """Where any colour of a picture is concerned."""
    return np.asarray(found if found.ndim == 2 else found.any(2))


def _spots(found: Image) -> bool:
    """Whether any of the differences is larger than a speck."""
    if not found.any():
        return False
    _, _, facts, _ = cv2.connectedComponentsWithStats(found.astype(np.uint8), connectivity=8)
    return bool((facts[1:, cv2.CC_STAT_AREA] >= SPECK).any())
