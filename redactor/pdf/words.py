"""The words of each page as its text layer gives them.

Works on the normalised file (``sanitize.strip``): rotation and UserUnit undone, crop box applied.
Text is read by characters and without clipping, so that what stands off the page, under a clip
or in an invisible mode is read too. Each page is drawn once at a low resolution: a word whose
place shows nothing is hidden, whatever the reason (white on white, covered, clipped, tiny).
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pymupdf

from redactor.pdf import routing
from redactor.pdf.rawpage import RawPage
from redactor.pdf.render import LOOK_DPI, Image, crop, render
from redactor.progress import Progress, silent
from redactor.settings import Settings
from redactor.types import Box, Source, Word

READ = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_COLLECT_STYLES
PAINTED = 16 | 32  # filled, stroked: bits of a span's char_flags
ZERO_WIDTH = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
FIRST_MARK = 0x300  # no combining character comes before
TINY = 2.0  # points; smaller type is not meant to be read
FLAT = 14  # grey levels; less contrast than this is no ink
STRAIGHT = 0.999  # cosine; a line that deviates more is slanted
TALLEST = 1.6  # of the type size; a font that claims more is not believed


@dataclass(slots=True)
class _Glyph:
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    shown: bool


def read_text_pages(
    pdf: bytes, settings: Settings, progress: Progress = silent
) -> tuple[RawPage, ...]:
    """Every page of a normalised file by its text layer, routed: see ``RawPage.areas``.

    Calls ``progress("read", done, total)`` after each page.
    """
    pages = []
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        for page in document:
            pages.append(read_text_page(page, settings))
            progress("read", len(pages), document.page_count)
    return tuple(pages)


def read_text_page(page: pymupdf.Page, settings: Settings) -> RawPage:
    """One page of a normalised file by its text layer."""
    layer = page.get_text(
        "rawdict", flags=READ | pymupdf.TEXT_IGNORE_ACTUALTEXT, clip=pymupdf.INFINITE_RECT()
    )
    look = render(page, LOOK_DPI, settings)
    drawn = page.get_bboxlog()
    words = _mark_hidden(_once(layer_words(layer, page.number)), page.rect, look, _covers(drawn))
    told = tuple(_told_words(page, words))
    has_images = any("-im" in kind for kind, _ in drawn)
    return routing.route(page, layer, (*words, *told), look, has_images=has_images)


def layer_words(layer: dict[str, Any], number: int) -> Iterator[Word]:
    """Words of a ``rawdict``, in the order of the file; invisible type is ``HIDDEN``."""
    for block in layer["blocks"]:
        for line in block.get("lines", ()):
            run: list[_Glyph] = []
            for glyph in _glyphs(line):
                if glyph is None:
                    yield from _word(run, line, number)
                    run = []
                else:
                    run.append(glyph)
            yield from _word(run, line, number)


def _glyphs(line: dict[str, Any]) -> Iterator[_Glyph | None]:
    """Characters of a line; None stands for white space."""
    flat = abs(line["dir"][0]) >= STRAIGHT
    for span in line["spans"]:
        size = span["size"]
        shown = span["alpha"] > 0 and bool(span["char_flags"] & PAINTED) and size >= TINY
        for char in span["chars"]:
            text = char["c"]
            if text in ZERO_WIDTH:
                continue
            if text.isspace() or not text:
                yield None
                continue
            x0, y0, x1, y1 = char["bbox"]
            if flat and not 0.5 * size < y1 - y0 < TALLEST * size:
                base = char["origin"][1]
                y0, y1 = base - 0.9 * size, base + 0.25 * size
            yield _Glyph(text, x0, y0, x1, y1, shown)


def _word(run: list[_Glyph], line: dict[str, Any], number: int) -> Iterator[Word]:
    if not run:
        return
    run = _composed(run)
    box = Box(
        number,
        min(g.x0 for g in run),
        min(g.y0 for g in run),
        max(g.x1 for g in run),
        max(g.y1 for g in run),
    )
    edges = (*(g.x0 for g in run), run[-1].x1)
    level = line["dir"][0] >= STRAIGHT and all(a <= b for a, b in itertools.pairwise(edges))
    source = Source.TEXT if any(g.shown for g in run) else Source.HIDDEN
    yield Word("".join(g.text for g in run), box, 0, source, 1.0, edges if level else ())


def _composed(run: list[_Glyph]) -> list[_Glyph]:
    """Combining marks joined to the letter before them where one character means both."""
    if all(ord(g.text[0]) < FIRST_MARK for g in run):
        return run
    out: list[_Glyph] = []
    for glyph in run:
        if out and unicodedata.combining(glyph.text[0]):
            both = unicodedata.normalize("NFC", out[-1].text + glyph.text)
            if len(both) == len(out[-1].text):
                out[-1] = replace(out[-1], text=both)
                continue
        out.append(glyph)
    return [g if len(g.text) == 1 else replace(g, text=g.text[0]) for g in out]


def _once(words: Iterable[Word]) -> list[Word]:
    """Words without the copies that fake bold type is made of."""
    seen: dict[tuple[str, int, int], Word] = {}
    out = []
    for word in words:
        x, y = round(word.box.x0 / 2), round(word.box.y0 / 2)
        near = (seen.get((word.text, x + i, y + j)) for i in (-1, 0, 1) for j in (-1, 0, 1))
        if any(w is not None and w.source is word.source and _near(w.box, word.box) for w in near):
            continue
        seen[word.text, x, y] = word
        out.append(word)
    return out


def _near(a: Box, b: Box) -> bool:
    return abs(a.x0 - b.x0) < 1.0 and abs(a.y0 - b.y0) < 1.0


def _mark_hidden(
    words: Iterable[Word], rect: pymupdf.Rect, look: Image, covered: Callable[[Word], bool]
) -> tuple[Word, ...]:
    return tuple(
        replace(w, source=Source.HIDDEN)
        if w.source is Source.TEXT and (_off(w.box, rect) or _flat(w.box, look) or covered(w))
        else w
        for w in words
    )


def _off(box: Box, rect: pymupdf.Rect) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return not (rect.x0 <= x <= rect.x1 and rect.y0 <= y <= rect.y1)


def _flat(box: Box, look: Image) -> bool:
    place = crop(look, box, LOOK_DPI)
    return int(place.max()) - int(place.min()) < FLAT


def _covers(drawn: Sequence[tuple[str, Any]]) -> Callable[[Word], bool]:
    """A test whether an image drawn after a word lies over it; ``drawn`` is in drawing order."""
    images = [(n, r) for n, (kind, r) in enumerate(drawn) if kind == "fill-image"]
    if not images:
        return lambda _: False
    texts = [(n, r) for n, (kind, r) in enumerate(drawn) if kind.endswith("-text")]

    def covered(word: Word) -> bool:
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
        over = max((n for n, r in images if _holds(r, x, y)), default=-1)
        return over > max((n for n, r in texts if _holds(r, x, y)), default=len(drawn))

    return covered


def _holds(rect: Sequence[float], x: float, y: float) -> bool:
    return rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3]


def _told_words(page: pymupdf.Page, words: tuple[Word, ...]) -> Iterator[Word]:
    """Words that ``/ActualText`` tells in the place of the glyphs, where it tells others."""
    if b"ActualText" not in page.read_contents() and not routing.tagged(page):
        return
    layer = page.get_text("rawdict", flags=READ, clip=pymupdf.INFINITE_RECT())
    shown = {w.text for w in words}
    for word in layer_words(layer, page.number):
        if word.text not in shown:
            yield replace(word, source=Source.HIDDEN)
