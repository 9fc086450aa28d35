"""A case file read: text layer, OCR where it is needed, what stood outside the pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pymupdf

from redactor.letterforms import Letterforms
from redactor.ocr.base import Image, OcrPage
from redactor.ocr.keep import from_bytes, name_of, to_bytes
from redactor.ocr.page import read_page
from redactor.ocr.prepare import to_grey
from redactor.pdf.codes import code_dpi, with_codes
from redactor.pdf.ink import examine
from redactor.pdf.joining import add_ocr, add_told
from redactor.pdf.layout import compose
from redactor.pdf.rawpage import RawPage, needs_ocr
from redactor.pdf.render import (
    LOOK_DPI,
    coloured,
    look_at,
    reading_dpi,
    render,
    render_page,
)
from redactor.pdf.sanitize import Extra, Stripped
from redactor.pdf.stacks import with_stacks
from redactor.pdf.words import text_pages
from redactor.progress import Progress, silent
from redactor.settings import Settings
from redactor.store.readings import open_readings
from redactor.types import Box, Reading, Word


def read(stripped: Stripped, settings: Settings, progress: Progress = silent) -> Reading:
    """Every word of a normalised file in reading order, with its place.

    Raises:
        MissingDependency: a page needs OCR and no reader is installed.
        TooLarge: a page would hold more pixels than the limit.
    """

    def pages() -> Iterator[RawPage]:  # one by one: no more than a few stand in memory
        for page, total in _all_seen(stripped.pdf, settings):
            progress("read", page.number + 1, total)
            yield add_told(page, _told(stripped.extras, page))

    return compose(pages())


def _all_seen(pdf: bytes, settings: Settings) -> Iterator[tuple[RawPage, int]]:
    """The pages in order, each with what OCR reads of it and the ink that nothing explains.

    As many as ``settings.page_workers`` are read at once, in threads: the readers work outside
    Python. Pages are drawn here alone, for MuPDF knows no threads, and few are drawn ahead.
    """
    ahead: deque[tuple[RawPage, list[tuple[Box, Future[OcrPage]]], Image | None]] = deque()
    total = 0
    with _readers(settings.page_workers) as readers:
        for page, total in text_pages(pdf, settings, Letterforms(settings).lying):
            dpi = reading_dpi(page.dpi, settings) if needs_ocr(page) else 0.0
            images = [(a, _drawn(pdf, page.number, dpi, settings, a)) for a in page.areas]
            found = [(a, readers.submit(_kept, i, dpi, settings)) for a, i in images]
            whole = page.kind == "scan" and page.areas == (page.box,)
            ahead.append((page, found, to_grey(images[0][1]) if whole else None))
            if len(ahead) > settings.page_workers:
                yield _seen(*ahead.popleft(), pdf, settings), total
        while ahead:
            yield _seen(*ahead.popleft(), pdf, settings), total


def _drawn(pdf: bytes, number: int, dpi: float, settings: Settings, area: Box) -> Image:
    """A part of a page as OCR gets it: in colour where it has some."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        page = document[number]
        return render(page, dpi, settings, clip=area, rgb=coloured(page))


class _Here:
    """An executor of this very thread, in which the readers stay loaded from file to file."""

    def submit(self, read: Callable[..., OcrPage], *given: Any) -> Future[OcrPage]:
        """What ``read`` gives, already."""
        future: Future[OcrPage] = Future()
        future.set_result(read(*given))
        return future


@contextmanager
def _readers(count: int) -> Iterator[ThreadPoolExecutor | _Here]:
    if count == 1:
        yield _Here()
        return
    with ThreadPoolExecutor(count) as threads:
        yield threads


def _seen(
    page: RawPage,
    found: list[tuple[Box, Future[OcrPage]]],
    picture: Image | None,
    pdf: bytes,
    settings: Settings,
) -> RawPage:
    """The page with what was read of it; ``picture`` is all of it as the readers saw it, if any."""
    if not found:
        return page
    full = page
    for area, reading in found:
        full = _add(full, area, reading.result(), reading_dpi(page.dpi, settings))
    seen = examine(with_stacks(full), look_at(pdf, page.number, settings), LOOK_DPI)
    if picture is not None:
        return with_codes(seen, picture, reading_dpi(page.dpi, settings))
    dpi = code_dpi(seen, settings)
    return with_codes(seen, render_page(pdf, page.number, dpi, settings), dpi)


def _kept(image: Image, dpi: float, settings: Settings) -> OcrPage:
    """What OCR reads of an image; not read again where the reading is on the shelf."""
    shelf = open_readings(settings)
    if shelf is None:
        return read_page(image, dpi, settings)
    name = name_of(image, dpi, settings)
    known = shelf.get(name)
    if known is not None:
        return from_bytes(known)
    found = read_page(image, dpi, settings)
    shelf.put(name, to_bytes(found))
    return found


def _add(page: RawPage, area: Box, found: OcrPage, dpi: float) -> RawPage:
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
