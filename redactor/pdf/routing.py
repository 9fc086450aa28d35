"""What a page is made of, and which parts of it OCR must read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pymupdf

from redactor.pdf.rawpage import RawPage
from redactor.pdf.render import LOOK_DPI, POINTS, Image, crop, image_dpi
from redactor.types import Box, Source, Word

SCAN_SHARE = 0.7  # of the page under images makes it a scan
DARK = 60  # grey levels below the paper; more is ink
LEAST_INK = 0.002  # of an image that is not under words; less is left alone
SMALLEST = (24.0, 8.0)  # points; no name fits into less
THINNEST = 3.0  # points; a ruling line is no thicker
CHECKBOX = 14.0
STRAIGHT = 0.999
COMMON = frozenset(
    {
        "the",
        "and",
        "of",
        "to",
        "in",
        "is",
        "was",
        "for",
        "on",
        "at",
        "by",
        "a",
        "with",
        "or",
        "her",
        "his",
        "not",
        "no",
        "as",
        "has",
    }
)
ENOUGH = 60  # words; fewer tell nothing about the language
UNKNOWN = "\ufffd"


def route(
    page: pymupdf.Page,
    layer: dict[str, Any],
    words: tuple[Word, ...],
    look: Image,
    *,
    has_images: bool,
) -> RawPage:
    """The page with its kind, doubts, ruling lines and the areas that OCR must read."""
    images = [i for i in page.get_image_info() if _placed(i, page)] if has_images else []
    share = _share(images, page.rect)
    doubts = tuple(_doubts(page, layer, words))
    front = [w for w in words if w.source is Source.TEXT]
    whole = Box(page.number, 0.0, 0.0, page.rect.width, page.rect.height)
    rules = tuple(ruling_lines(page))
    dpi = max((image_dpi(i) for i in images), default=0.0)
    if share >= SCAN_SHARE or "unreadable text layer" in doubts:
        kind = "mixed" if len(front) >= ENOUGH and share < SCAN_SHARE else "scan"
        areas: tuple[Box, ...] = (whole,)
    else:
        areas = tuple(_areas(images, front, look, page.number))
        kind = "mixed" if areas else "text"
    return RawPage(
        page.number,
        page.rect.width,
        page.rect.height,
        words,
        rules,
        areas,
        kind,
        1.0,
        dpi if areas else 0.0,
        doubts=doubts,
    )


def tagged(page: pymupdf.Page) -> bool:
    """True when the file has a structure tree."""
    document = page.parent
    return document.xref_get_key(document.pdf_catalog(), "StructTreeRoot")[0] != "null"


def _placed(info: dict[str, Any], page: pymupdf.Page) -> bool:
    seen = pymupdf.Rect(info["bbox"]) & page.rect
    return seen.width >= SMALLEST[0] and seen.height >= SMALLEST[1]


def _share(images: list[dict[str, Any]], rect: pymupdf.Rect) -> float:
    """Share of the page under images, on a grid of a hundred by a hundred."""
    grid = np.zeros((100, 100), bool)
    for info in images:
        x0, y0, x1, y1 = pymupdf.Rect(info["bbox"]) & rect
        columns = slice(round(x0 / rect.width * 100), round(x1 / rect.width * 100))
        grid[round(y0 / rect.height * 100) : round(y1 / rect.height * 100), columns] = True
    return float(grid.mean())


def _areas(
    images: list[dict[str, Any]], words: list[Word], look: Image, number: int
) -> Iterator[Box]:
    """Images that hold ink which no word of the text layer explains."""
    if not images:
        return
    bare = look.copy()
    for word in words:
        crop(bare, word.box, LOOK_DPI)[:] = 255
    for info in images:
        x0, y0, x1, y1 = (float(v) for v in info["bbox"])
        box = Box(number, max(x0, 0), max(y0, 0), x1, y1)
        place = crop(bare, box, LOOK_DPI)
        if (
            float((place < int(np.median(place)) - DARK).mean()) >= LEAST_INK
            or place.std() > DARK / 2
        ):
            yield box


def ruling_lines(page: pymupdf.Page) -> Iterator[Box]:
    """Thin straight lines, and the edges of drawn boxes, as thin boxes."""
    for drawing in page.get_drawings():
        if drawing.get("color") is None and drawing.get("fill") is None:
            continue
        for item in drawing["items"]:
            if item[0] == "l":
                yield from _thin(pymupdf.Rect(item[1], item[2]).normalize(), page.number)
            elif item[0] == "re":
                rect = pymupdf.Rect(item[1]).normalize()
                if min(rect.width, rect.height) <= THINNEST or drawing["type"] == "f":
                    yield from _thin(rect, page.number)
                else:
                    yield from _edges(rect, page.number)


def _thin(rect: pymupdf.Rect, number: int) -> Iterator[Box]:
    if min(rect.width, rect.height) <= THINNEST < max(rect.width, rect.height):
        yield Box(number, rect.x0, rect.y0, rect.x1, rect.y1)


def _edges(rect: pymupdf.Rect, number: int) -> Iterator[Box]:
    x0, y0, x1, y1 = rect
    if max(rect.width, rect.height) <= CHECKBOX:
        return
    for a in (y0, y1):
        yield Box(number, x0, a, x1, a)
    for b in (x0, x1):
        yield Box(number, b, y0, b, y1)


def _doubts(page: pymupdf.Page, layer: dict[str, Any], words: tuple[Word, ...]) -> Iterator[str]:
    """Why the page must not be written as vectors."""
    if any(w.source is Source.HIDDEN for w in words):
        yield "hidden text"
    lines = [line for b in layer["blocks"] for line in b.get("lines", ())]
    if any(STRAIGHT > abs(line["dir"][0]) > 1 - STRAIGHT for line in lines):
        yield "slanted text"
    if any(UNKNOWN in w.text for w in words) or _foreign(words):
        yield "unreadable text layer"


def _foreign(words: tuple[Word, ...]) -> bool:
    """True when much text holds none of the small words that all English is full of."""
    plain = [w.text.strip(".,;:()\"'").lower() for w in words if w.source is Source.TEXT]
    letters = [t for t in plain if t.isalpha()]
    return len(letters) >= ENOUGH and sum(t in COMMON for t in letters) < len(letters) / 100


def words_per_inch(page: RawPage) -> float:
    """Words for each square inch of the page."""
    return len(page.words) / max(page.width * page.height / POINTS**2, 1.0)
