"""What a page is made of, and which parts of it OCR must read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

import numpy as np
import pymupdf

from redactor.pdf.layer import is_slanted
from redactor.pdf.rawpage import RawPage
from redactor.pdf.render import LOOK_DPI, Image, crop, image_dpi
from redactor.pdf.rules import ruling_lines
from redactor.types import Box, Region, Source, Word

SCAN_SHARE = 0.7  # of the page under images makes it a scan
DARK = 60  # grey levels below the paper are ink
LEAST_INK = 0.002  # of an image that is not under words; less is left alone
TONES = 30.0  # grey levels of spread; such an image shows something, dark or not
SMALLEST = (24.0, 8.0)  # points; no name fits into less
MARGIN = 4.0  # points around a shape that OCR reads
ENOUGH = 60  # words; fewer tell nothing about the language
RARE = 0.01  # share of small words; English text holds forty times as many
CURVED = 4  # letters; fewer that climb are a formula
LEAST_BLIND = 2  # characters; a lone unknown glyph is a symbol
SMALL_WORDS = {"a", "and", "as", "at", "by", "for", "from", "has", "he", "her", "his", "in", "is"}
SMALL_WORDS |= {"it", "no", "not", "of", "on", "or", "she", "that", "the", "to", "was", "with"}


def route(
    page: pymupdf.Page,
    layer: dict[str, Any],
    words: tuple[Word, ...],
    look: Image,
    *,
    has_images: bool,
) -> RawPage:
    """The page with its kind, doubts, ruling lines and the areas that OCR must read.

    A scan, a page whose text layer is no language and one with unreadable words are read whole,
    images that hold ink on their own.
    """
    images = [i for i in page.get_image_info() if _is_seen(i, page)] if has_images else []
    doubts = tuple(_doubts(layer, words))
    turn = _most(words)
    raw = RawPage(
        page.number,
        page.rect.width,
        page.rect.height,
        words,
        tuple(_level(r, turn, page.rect) for r in ruling_lines(page)),
        dpi=max((image_dpi(i) for i in images), default=0.0),
        doubts=doubts,
        angle=float(90 * turn - (360 if turn > 2 else 0)),
    )
    if is_foreign(words):
        hidden = tuple(replace(w, source=Source.HIDDEN) for w in words)
        return replace(raw, words=hidden, kind="scan", areas=(raw.box,))
    if _share(images, page.rect) >= SCAN_SHARE:
        return replace(raw, kind="scan", areas=(raw.box,))
    loose = tuple(loose_letters(words))
    if loose or any(map(_is_blind, words)):  # what nobody can know they say is read as it looks
        odd = {id(w) for run in loose for w in run}
        known = tuple(w for w in words if w.confidence > 0 and id(w) not in odd)
        regions = tuple(map(_unlined, loose))
        return replace(raw, words=known, kind="mixed", areas=(raw.box,), regions=regions)
    areas = tuple(_areas(images, raw.front, look, page.number))
    return replace(raw, kind="mixed" if areas else "text", areas=areas)


def _most(words: Iterable[Word]) -> int:
    """By how many quarters most of what is seen of the words is turned right."""
    letters: Counter[int] = Counter()
    for word in words:
        if word.source is Source.TEXT:
            letters[word.turn] += len(word.text)
    return max(letters, key=lambda t: (letters[t], -t), default=0)


def _level(rule: Box, turn: int, page: pymupdf.Rect) -> Box:
    """A rule on the page turned level about its middle."""
    aside = (page.width - page.height) / 2 if turn % 2 else 0.0
    b = rule.turned(turn, page.width, page.height)
    return Box(b.page, b.x0 + aside, b.y0 - aside, b.x1 + aside, b.y1 - aside)


def add_shapes(page: RawPage) -> RawPage:
    """The page with its unexplained drawn ink as areas for OCR: it may be text set as outlines."""
    drawn = [r.box for r in page.regions if r.kind != "photo"]
    if not drawn:
        return page
    areas = tuple(
        Box(
            b.page,
            max(b.x0 - MARGIN, 0.0),
            max(b.y0 - MARGIN, 0.0),
            min(b.x1 + MARGIN, page.width),
            min(b.y1 + MARGIN, page.height),
        )
        for b in drawn
    )
    doubts = (*page.doubts, "shapes that may be text")
    return replace(page, kind="mixed", areas=areas, doubts=doubts)


def is_tagged(page: pymupdf.Page) -> bool:
    """True when the file has a structure tree."""
    document = page.parent
    return bool(document.xref_get_key(document.pdf_catalog(), "StructTreeRoot")[0] != "null")


def blind_fonts(page: pymupdf.Page) -> frozenset[str]:
    """Names of fonts that map glyphs to no character: composite, Identity, without ToUnicode.

    ISO 32000-1, 9.10.2: for these no method yields the text; what an engine prints is a guess.
    """
    document, found = page.parent, set()
    for xref, _, kind, name, _, encoding, *_ in page.get_fonts(full=True):
        identity = kind == "Type0" and encoding.startswith("Identity")
        if identity and document.xref_get_key(xref, "ToUnicode")[0] == "null":
            found.add(name.rpartition("+")[2])
    return frozenset(found)


def is_foreign(words: Sequence[Word]) -> bool:
    """True when much text holds none of the small words that all English is full of."""
    plain = [w.text.strip(".,;:()\"'").lower() for w in words if w.source is Source.TEXT]
    letters = [t for t in plain if t.isalpha()]
    return len(letters) >= ENOUGH and sum(t in SMALL_WORDS for t in letters) < RARE * len(letters)


def loose_letters(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Runs of letters that stand side by side at changing heights, as on a seal.

    Nobody but a person reads a line out of them.
    """
    run: list[Word] = []
    for word in (*words, None):
        lone = word is not None and word.source is Source.TEXT and len(word.text) == 1
        if run and not (lone and word and _climbs(run[-1].box, word.box)):
            if len(run) > CURVED:
                yield run
            run = []
        if lone and word:
            run.append(word)


def _unlined(run: Sequence[Word]) -> Region:
    box = reduce(Box.union, (w.box for w in run))
    return Region("ink", box, "letters that stand on no line")


def _climbs(a: Box, b: Box) -> bool:
    """Whether the second stands right of the first or left, near it, and higher or lower."""
    high = max(a.height, b.height)
    aside = abs(b.x0 + b.x1 - a.x0 - a.x1) / 2
    above = abs(b.y0 + b.y1 - a.y0 - a.y1) / 2
    return 0.25 * high < aside < 1.6 * high and 0.04 * high < above < 2 * high


def _is_blind(word: Word) -> bool:
    return word.confidence == 0 and len(word.text) >= LEAST_BLIND


def _is_seen(info: dict[str, Any], page: pymupdf.Page) -> bool:
    seen = pymupdf.Rect(info["bbox"]) & page.rect
    sides = sorted((seen.width, seen.height), reverse=True)  # it may show text on its side
    return bool(sides[0] >= SMALLEST[0] and sides[1] >= SMALLEST[1])


def _share(images: Sequence[dict[str, Any]], rect: pymupdf.Rect) -> float:
    """Share of the page under images, on a grid of a hundred by a hundred."""
    grid = np.zeros((100, 100), bool)
    for info in images:
        x0, y0, x1, y1 = pymupdf.Rect(info["bbox"]) & rect
        columns = slice(round(x0 / rect.width * 100), round(x1 / rect.width * 100))
        grid[round(y0 / rect.height * 100) : round(y1 / rect.height * 100), columns] = True
    return float(grid.mean())


def _areas(
    images: Sequence[dict[str, Any]], words: Sequence[Word], look: Image, number: int
) -> Iterator[Box]:
    """Images that hold ink which no word of the text layer explains."""
    if not images:
        return
    bare = look.copy()
    for word in words:
        crop(bare, word.box, LOOK_DPI)[:] = 255
    for info in images:
        x0, y0, x1, y1 = (float(v) for v in info["bbox"])
        box = Box(number, max(x0, 0.0), max(y0, 0.0), x1, y1)
        place = crop(bare, box, LOOK_DPI)
        dark = float((place < float(np.median(place)) - DARK).mean())
        if dark >= LEAST_INK or float(place.std()) > TONES:
            yield box


def _doubts(layer: dict[str, Any], words: Sequence[Word]) -> Iterator[str]:
    """Why the page must not be written as vectors."""
    if any(w.source is Source.HIDDEN for w in words):
        yield "hidden text"
    if is_slanted(layer):
        yield "slanted text"
    if any(map(_is_blind, words)) or is_foreign(words):
        yield "unreadable text layer"
