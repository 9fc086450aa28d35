"""Each page's words by its text layer, and which parts of the page OCR must read.

Works on the normalised file (``sanitize.strip``): rotation and UserUnit undone, crop box applied.
Text is read by characters and without clipping, so that what stands off the page, under a clip or
in an invisible mode is read too. Each page is drawn once at a low resolution: a word whose place
shows nothing is hidden, whatever the reason (white on white, covered, clipped).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pymupdf

from redactor.pdf import routing
from redactor.pdf.codes import code_dpi, with_codes
from redactor.pdf.ink import examine
from redactor.pdf.layer import layer_words, read_layer
from redactor.pdf.rawpage import RawPage
from redactor.pdf.render import LOOK_DPI, Image, crop, darkest, render
from redactor.pdf.stacks import with_stacks
from redactor.progress import Progress, silent
from redactor.settings import Settings
from redactor.types import Box, Source, Word

Lying = Callable[[pymupdf.Page], frozenset[str]]
DARK = 170  # grey levels; white letters show on such a ground
FLAT = 14  # grey levels; less contrast than this is no ink


def read_text_pages(
    pdf: bytes, settings: Settings, progress: Progress = silent
) -> tuple[RawPage, ...]:
    """Every page of a normalised file by its text layer, routed: see ``RawPage.areas``.

    A page without areas is complete, its ink examined. Calls ``progress("read", done, total)``
    after each page.
    """
    pages = []
    for page, total in text_pages(pdf, settings):
        pages.append(page)
        progress("read", len(pages), total)
    return tuple(pages)


def text_pages(
    pdf: bytes, settings: Settings, lying: Lying = lambda _: frozenset()
) -> Iterator[tuple[RawPage, int]]:
    """The same pages one by one, each with the number of them all.

    ``lying`` gives the names of a page's fonts whose text is not believed.
    """
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        for page in document:
            yield read_text_page(page, settings, lying(page)), document.page_count


def read_text_page(
    page: pymupdf.Page, settings: Settings, lying: frozenset[str] = frozenset()
) -> RawPage:
    """One page of a normalised file by its text layer."""
    layer, rect = read_layer(page), tuple(page.rect)
    shown = render(page, LOOK_DPI, settings, rgb=True)
    look = darkest(shown)
    drawn = page.get_bboxlog()
    covered = _covers(drawn)
    blind = routing.blind_fonts(page) | lying
    words = tuple(
        replace(w, source=Source.HIDDEN)
        if w.source is Source.TEXT
        and (_is_off(w.box, rect) or _is_flat(w.box, look, shown) or covered(w))
        else w
        for w in layer_words(layer, page.number, blind, dark=_dark_in(look))
    )
    words = (*words, *_told(page, words))
    has_images = any("-im" in kind for kind, _ in drawn)
    raw = routing.route(page, layer, words, look, has_images=has_images)
    if raw.areas:
        return raw
    raw = with_stacks(raw)
    seen = examine(raw, look, LOOK_DPI)
    shaped = routing.add_shapes(seen)
    if seen is raw or shaped.areas:  # plain, or looked at again when it was read
        return shaped
    dpi = code_dpi(shaped, settings)
    return with_codes(shaped, render(page, dpi, settings), dpi)


def _is_off(box: Box, page: Sequence[float]) -> bool:
    return not _holds(page, *_middle(box))


def _is_flat(box: Box, look: Image, shown: Image) -> bool:
    """Whether nothing shows there, in no colour: yellow on red is as dark as red."""
    low, high, _, _ = cv2.minMaxLoc(crop(look, box, LOOK_DPI))
    if high - low >= FLAT:
        return False
    part = crop(shown, box, LOOK_DPI).reshape(-1, 3)
    return int((part.max(axis=0).astype(int) - part.min(axis=0)).max()) < FLAT


def _dark_in(look: Image) -> Callable[[Box], bool]:
    """A test whether the ground of a place is dark, so that white letters show on it."""
    return lambda box: float(np.median(crop(look, box, LOOK_DPI))) < DARK


def _covers(drawn: Sequence[tuple[str, Any]]) -> Callable[[Word], bool]:
    """A test whether an image drawn after a word lies over it; ``drawn`` is in drawing order."""
    images = [(n, r) for n, (kind, r) in enumerate(drawn) if kind == "fill-image"]
    if not images:
        return lambda _: False
    texts = [(n, r) for n, (kind, r) in enumerate(drawn) if kind.endswith("-text")]

    def covered(word: Word) -> bool:
        point = _middle(word.box)
        over = max((n for n, r in images if _holds(r, *point)), default=-1)
        return over > max((n for n, r in texts if _holds(r, *point)), default=len(drawn))

    return covered


def _middle(box: Box) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


def _holds(rect: Sequence[float], x: float, y: float) -> bool:
    return bool(rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3])


def _told(page: pymupdf.Page, words: Sequence[Word]) -> Iterator[Word]:
    """Words that ``/ActualText`` tells in the place of the glyphs, where it tells others."""
    if b"ActualText" not in page.read_contents() and not routing.is_tagged(page):
        return
    shown = {w.text for w in words}
    for word in layer_words(read_layer(page, told=True), page.number):
        if word.text not in shown:
            yield replace(word, source=Source.HIDDEN)
