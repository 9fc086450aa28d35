"""Pictures of pages, as numpy arrays."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np
import pymupdf
from numpy.typing import NDArray

from redactor.errors import TooLarge
from redactor.settings import Settings
from redactor.types import Box

Image = NDArray[np.uint8]
POINTS = 72.0
LOOK_DPI = 100  # enough to tell whether something is there
SHARPEST = 300  # no reader gains from more


def render(
    page: pymupdf.Page,
    dpi: float,
    settings: Settings,
    *,
    clip: Box | None = None,
    rgb: bool = False,
) -> Image:
    """The page, or the part under ``clip``, as a grey (h, w) or RGB (h, w, 3) image.

    Raises ``TooLarge`` when the image would hold more than ``settings.max_pixels``.
    """
    rect = pymupdf.Rect(clip.x0, clip.y0, clip.x1, clip.y1) & page.rect if clip else page.rect
    zoom = dpi / POINTS
    if rect.width * rect.height * zoom * zoom > settings.max_pixels:
        raise TooLarge("A page has more pixels than the limit.", limit="max_pixels")
    pixmap = page.get_pixmap(
        matrix=pymupdf.Matrix(zoom, zoom),
        colorspace=pymupdf.csRGB if rgb else pymupdf.csGRAY,
        clip=rect,
        alpha=False,
    )
    return as_array(pixmap)


def render_look(page: pymupdf.Page, settings: Settings) -> Image:
    """The page at ``LOOK_DPI`` in grey, every pixel as dark as its darkest colour.

    A yellow pen is light to a grey picture and plain to people. Raises ``TooLarge``.
    """
    return darkest(render(page, LOOK_DPI, settings, rgb=True))


def darkest(image: Image) -> Image:
    """An RGB image in grey, every pixel as dark as its darkest colour."""
    return np.ascontiguousarray(image.min(axis=2))


def coloured(page: pymupdf.Page) -> bool:
    """True when the page shows colour; told from a small rendering."""
    pixmap = page.get_pixmap(dpi=30, colorspace=pymupdf.csRGB, alpha=False)
    return not pixmap.is_monochrome and pixmap.color_topusage()[0] < 1 and _has_hue(pixmap)


def _has_hue(pixmap: pymupdf.Pixmap) -> bool:
    colours = np.frombuffer(pixmap.samples, np.uint8).reshape(-1, 3)
    return int((colours.max(axis=1) - colours.min(axis=1) > 40).sum()) > 20


def as_array(pixmap: pymupdf.Pixmap) -> Image:
    """The pixels of a grey or RGB pixmap without alpha, (h, w) or (h, w, 3); a view."""
    rows = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)
    wide = rows[:, : pixmap.width * pixmap.n]
    return wide if pixmap.n == 1 else wide.reshape(pixmap.height, pixmap.width, pixmap.n)


def render_page(
    pdf: bytes,
    number: int,
    dpi: float,
    settings: Settings,
    *,
    clip: Box | None = None,
    rgb: bool = False,
) -> Image:
    """One page of a file, or the part of it under ``clip``, as ``render`` draws it."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return render(document[number], dpi, settings, clip=clip, rgb=rgb)


def look_at(pdf: bytes, number: int, settings: Settings) -> Image:
    """One page of a file as ``render_look`` draws it."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return render_look(document[number], settings)


def crop(image: Image, box: Box, dpi: float, *, pad: int = 0) -> Image:
    """The pixels under a box of the page and ``pad`` around it, at least one; a view."""
    zoom = dpi / POINTS
    height, width = image.shape[:2]
    x0 = min(max(int(box.x0 * zoom) - pad, 0), width - 1)
    y0 = min(max(int(box.y0 * zoom) - pad, 0), height - 1)
    x1, y1 = ceil(box.x1 * zoom) + pad, ceil(box.y1 * zoom) + pad
    return image[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]


def reading_dpi(scan_dpi: float, settings: Settings) -> float:
    """Resolution at which to draw for OCR: the scan's own, from ``ocr_dpi`` to 300."""
    return min(max(scan_dpi, float(settings.ocr_dpi)), float(max(SHARPEST, settings.ocr_dpi)))


def image_dpi(info: dict[str, Any]) -> float:
    """Resolution of a placed image, of the finer axis; 0 for an image without extent."""
    x0, y0, x1, y1 = info["bbox"]
    wide, high = (x1 - x0) / POINTS, (y1 - y0) / POINTS
    if wide <= 0 or high <= 0:
        return 0.0
    a, b = info["width"], info["height"]
    if abs(info["transform"][0]) < abs(info["transform"][1]):
        a, b = b, a
    return float(max(a / wide, b / high))
