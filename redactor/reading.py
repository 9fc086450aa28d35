"""A case file read: text layer, OCR where it is needed, what stood outside the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from redactor.ocr.page import read_page
from redactor.pdf.ink import examine
from redactor.pdf.joining import add_ocr, add_told
from redactor.pdf.layout import compose
from redactor.pdf.rawpage import RawPage, needs_ocr
from redactor.pdf.render import LOOK_DPI, reading_dpi, render_page
from redactor.pdf.sanitize import Extra, Stripped
from redactor.pdf.words import read_text_pages
from redactor.progress import Progress, silent
from redactor.settings import Settings
from redactor.types import Box, Reading, Word


def read(stripped: Stripped, settings: Settings, progress: Progress = silent) -> Reading:
    """Every word of a normalised file in reading order, with its place.

    Raises:
        MissingDependency: a page needs OCR and no reader is installed.
        TooLarge: a page would hold more pixels than the limit.
    """
    pages = []
    raw = read_text_pages(stripped.pdf, settings, progress)
    for page in raw:
        full = _seen(page, stripped.pdf, settings)
        pages.append(add_told(full, _told(stripped.extras, page)))
        progress("read", len(pages), len(raw))
    return compose(pages)


def _seen(page: RawPage, pdf: bytes, settings: Settings) -> RawPage:
    """The page with what OCR reads of it and the ink that nothing explains."""
    if not needs_ocr(page):
        return page
    full = page
    for area in page.areas:
        full = _read_area(full, area, pdf, settings)
    look = render_page(pdf, page.number, LOOK_DPI, settings)
    return examine(full, look, LOOK_DPI)


def _read_area(page: RawPage, area: Box, pdf: bytes, settings: Settings) -> RawPage:
    dpi = reading_dpi(page.dpi, settings)
    image = render_page(pdf, page.number, dpi, settings, clip=area)
    found = read_page(image, dpi, settings)
    left, top = max(area.x0, 0.0), max(area.y0, 0.0)
    return add_ocr(
        page,
        found.place(page.number, dpi, left, top),
        rules=found.place_rules(page.number, dpi, left, top),
        angle=found.angle,
        confidence=found.confidence,
    )


def _told(extras: Iterable[Extra], page: RawPage) -> Iterator[Word]:
    """Words of fields, notes and links of the page, one for each run without white space."""
    for extra in extras:
        if extra.box.page == page.number and extra.channel in ("field", "note", "link"):
            for text in extra.text.split():
                yield Word(text, replace(extra.box, page=page.number), 0, extra.source)
