"""Ruling lines of a born-digital page: thin straight lines and the edges of drawn boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pymupdf

from redactor.types import Box

THINNEST = 3.0  # points; a ruling line is no thicker
CHECKBOX = 14.0  # points; a smaller box rules no cell


def ruling_lines(page: pymupdf.Page) -> Iterator[Box]:
    """Ruling lines as thin boxes; a line drawn as a filled sliver counts like a stroke."""
    for drawing in page.get_drawings():
        for item in drawing["items"]:
            yield from _lines(item, page.number, filled=drawing["type"] == "f")


def _lines(item: tuple[Any, ...], number: int, *, filled: bool) -> Iterator[Box]:
    if item[0] == "l":
        yield from _thin(pymupdf.Rect(item[1], item[2]).normalize(), number)
    elif item[0] == "re":
        rect = pymupdf.Rect(item[1]).normalize()
        if filled or min(rect.width, rect.height) <= THINNEST:
            yield from _thin(rect, number)
        elif max(rect.width, rect.height) > CHECKBOX:
            yield from _edges(rect, number)


def _thin(rect: pymupdf.Rect, number: int) -> Iterator[Box]:
    if min(rect.width, rect.height) <= THINNEST < max(rect.width, rect.height):
        yield Box(number, rect.x0, rect.y0, rect.x1, rect.y1)


def _edges(rect: pymupdf.Rect, number: int) -> Iterator[Box]:
    x0, y0, x1, y1 = rect
    for y in (y0, y1):
        yield Box(number, x0, y, x1, y)
    for x in (x0, x1):
        yield Box(number, x, y0, x, y1)
