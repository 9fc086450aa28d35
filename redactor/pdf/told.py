"""Words a file tells outside its pages' pictures: field values, notes, link targets.

For the file as it was given; ``sanitize.strip`` bakes what shows into the page and drops the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pymupdf

from redactor.types import Box, Source, Word


def read_told(pdf: bytes) -> dict[int, tuple[Word, ...]]:
    """For each page number the words told there, at the place of their field, note or link.

    Places are those of the page as it is displayed. Pages that tell nothing are left out.
    """
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        found = {page.number: tuple(_told(page)) for page in document}
    return {number: words for number, words in found.items() if words}


def _told(page: pymupdf.Page) -> Iterator[Word]:
    for field in page.widgets() or ():
        for value in (field.field_value, field.field_label):
            yield from _words(value, field.rect, page, Source.FIELD)
    for note in page.annots() or ():
        for key in ("content", "title", "subject"):
            yield from _words(note.info.get(key), note.rect, page, Source.ANNOTATION)
    for link in page.get_links():
        target = link.get("uri") or link.get("file") or ""
        yield from _words(unquote(target), link["from"], page, Source.LINK)


def _words(value: Any, rect: pymupdf.Rect, page: pymupdf.Page, source: Source) -> Iterator[Word]:
    """The words of a value, side by side in its rectangle."""
    parts = str(value).split() if isinstance(value, str) else []
    if not parts:
        return
    seen = pymupdf.Rect(rect) * page.rotation_matrix
    step = seen.width / (sum(len(p) + 1 for p in parts) - 1)
    x = float(seen.x0)
    for part in parts:
        end = x + len(part) * step
        yield Word(part, Box(page.number, x, float(seen.y0), end, float(seen.y1)), 0, source)
        x = end + step
