"""Bars and shaded fields of a page image made paper, so that what stands on them is read."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from redactor.ocr.base import Image

Mask = NDArray[np.uint8]
LOOK = 100  # pixels an inch; enough to see a bar
DARKER = 50  # grey levels below the paper; a lighter field reads well as it is
SOME = 4  # every so many rows and columns tell what is usual
EVEN = 10  # grey levels that a bar spreads
THICK = 0.06  # inches; no stroke of a letter is so thick
GAP = (0.35, 0.12)  # inches along and across the bar that letters take of it
LEAST = (0.4, 0.1)  # inches; a smaller place is no bar
ONE_PIECE = 0.6  # of a bar that is one piece, with what stands on it
RECTANGLE = 0.6  # of the rectangle about it that a bar fills
FAINT = 40.0  # grey levels; what differs by less from its bar is no letter


def on_paper(grey: Image, dpi: float) -> Image:
    """The image with every dark bar made white, and what stood on it, light or dark, dark."""
    look = _small(grey, dpi)
    paper = float(np.percentile(look[::SOME, ::SOME], 90))
    even = _even(look, paper)
    if not even.any():
        return grey
    out = grey.copy()
    for mask, level in _bars(look, even, paper):
        whole = cv2.resize(mask, grey.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
        apart = np.abs(grey[whole].astype(np.float32) - level)
        most = max(float(np.percentile(apart, 99)), FAINT)
        out[whole] = (255 - np.clip(apart * 255 / most, 0, 255)).astype(np.uint8)
    return out


def _small(grey: Image, dpi: float) -> Image:
    scale = LOOK / dpi
    size = (max(round(grey.shape[1] * scale), 1), max(round(grey.shape[0] * scale), 1))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _even(look: Image, paper: float) -> Mask:
    """Places darker than paper and of one tone, too thick for strokes of letters."""
    near = np.ones((3, 3), np.uint8)
    spread = cv2.dilate(look, near).astype(np.int16) - cv2.erode(look, near)
    even = ((spread <= EVEN + _noise(look)) & (look < paper - DARKER)).astype(np.uint8)
    size = round(THICK * LOOK)
    return np.asarray(cv2.morphologyEx(even, cv2.MORPH_OPEN, np.ones((size, size), np.uint8)))


def _noise(look: Image) -> float:
    """How much neighbouring pixels of the paper differ."""
    return 4 * float(np.median(np.abs(np.diff(look[::SOME].astype(np.int16), axis=1))))


def _solid(look: Image, own: NDArray[np.bool_], paper: float) -> bool:
    """Whether most of a place is one dark piece, holes counted in: large letters are many."""
    dark = (own & (look < paper - DARKER)).astype(np.uint8)
    outlines, _ = cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    most = max((cv2.contourArea(o) for o in outlines), default=0.0)
    return most >= ONE_PIECE * float(own.sum())


def _whole(own: NDArray[np.bool_]) -> Mask:
    """A bar with what letters took of its edge: its rectangle, where it fills most of one."""
    mask = own.astype(np.uint8)
    outline = cv2.minAreaRect(np.argwhere(own)[:, ::-1].astype(np.float32))
    if float(own.sum()) < RECTANGLE * outline[1][0] * outline[1][1]:
        return mask
    return np.asarray(cv2.fillPoly(mask, [cv2.boxPoints(outline).astype(np.int32)], 1), np.uint8)


def _bars(look: Image, even: Mask, paper: float) -> Iterator[tuple[Mask, float]]:
    """Each bar as a mask with the letters on it, and its tone."""
    reach = np.ones((round(GAP[1] * LOOK), round(GAP[0] * LOOK)), np.uint8)
    closed = cv2.morphologyEx(even, cv2.MORPH_CLOSE, reach)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(closed)
    for n in range(1, count):
        _, _, w, h, _ = stats[n]
        own = labels == n
        if w >= LEAST[0] * LOOK and h >= LEAST[1] * LOOK and _solid(look, own, paper):
            yield _whole(own), float(np.median(look[own & (even > 0)]))
