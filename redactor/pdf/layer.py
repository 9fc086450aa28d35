"""The text layer of a page as words: MuPDF's characters joined at white space."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

import pymupdf

from redactor.types import Box, Source, Word

READ = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_COLLECT_STYLES  # and no TEXT_CLIP
PAINTED = 16 | 32  # filled, stroked: bits of a span's char_flags
UNKNOWN = "\ufffd"
ZERO_WIDTH = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
FIRST_MARK = 0x300  # no combining character comes before
TINY = 2.0  # points; smaller type is not meant to be read
STRAIGHT = 0.999  # cosine; a line that deviates more is slanted
TALLEST, LOWEST = 1.6, 0.5  # of the type size; a font that claims else is not believed
USUAL = 1.35  # type sizes from a font's highest place to its lowest
NARROW = 0.7  # of the height, which no font of its own asks for
MATRIX = re.compile(
    r'<use[^<>]{0,300}transform="matrix\(([-.\de]{1,20}),[^,()]{1,20},[^,()]{1,20},([-.\de]{1,20}),'
)
ABOVE, BELOW = 0.9, 0.25  # of the type size around the baseline, taken instead
TWIN = 1.0  # points between two copies of a word that make one fake bold word
LIGHT = 200  # of 255 in every colour; such letters may be meant for nobody's eyes
SIZES = 2.2  # times; letters so much smaller are no small capitals and no raised ones
COVERED = 0.7  # of the lower of two copies that the other stands over


@dataclass(slots=True)
class _Glyph:
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    shown: bool
    known: bool
    size: float
    light: bool


def read_layer(page: pymupdf.Page, *, told: bool = False) -> dict[str, Any]:
    """The page's ``rawdict``, unclipped; ``told`` reads ``/ActualText`` in the place of glyphs."""
    flags = READ if told else READ | pymupdf.TEXT_IGNORE_ACTUALTEXT
    layer: dict[str, Any] = page.get_text("rawdict", flags=flags, clip=pymupdf.INFINITE_RECT())
    lines = (line for block in layer["blocks"] for line in block.get("lines", ()))
    level = [s for line in lines if abs(line["dir"][0]) >= STRAIGHT for s in line["spans"]]
    tall = [s for s in level if _height(s) > TALLEST * s["size"]]
    if tall and _is_squeezed(page):
        for span in tall:
            span["size"] = _height(span) / USUAL
    return layer


def _height(span: dict[str, Any]) -> float:
    return float(span["bbox"][3] - span["bbox"][1])


def _is_squeezed(page: pymupdf.Page) -> bool:
    """Whether a page sets letters far narrower than they are high; else a font claims too much.

    MuPDF gives the mean of both scales for the size of such type.
    """
    try:
        drawn = page.get_svg_image(text_as_path=True)
    except RuntimeError:
        return False
    scales = (m.group(1, 2) for m in MATRIX.finditer(drawn))
    return any(0 < abs(float(a)) < NARROW * abs(float(d)) for a, d in scales)


def layer_words(
    layer: dict[str, Any],
    number: int,
    blind: Collection[str] = (),
    *,
    dark: Callable[[Box], bool] = lambda _: True,
) -> tuple[Word, ...]:
    """Words of a ``rawdict`` in the order of the file.

    Invisible type is ``HIDDEN``, and white type where the ground is not ``dark``. So are words
    whose characters cannot be known (their font is in ``blind`` or gives no Unicode); their
    confidence is 0.
    """
    found = (
        replace(word, source=Source.HIDDEN) if light and not dark(word.box) else word
        for block in layer["blocks"]
        for line in block.get("lines", ())
        for word, light in _line_words(line, number, blind)
    )
    return tuple(_once(found))


def is_slanted(layer: dict[str, Any]) -> bool:
    """True when some line runs neither level nor upright."""
    lines = (line for block in layer["blocks"] for line in block.get("lines", ()))
    return any(max(map(abs, line["dir"])) < STRAIGHT for line in lines)


def _line_words(
    line: dict[str, Any], number: int, blind: Collection[str]
) -> Iterator[tuple[Word, bool]]:
    """The words of a line, each with whether it is light."""
    run: list[_Glyph] = []
    for glyph in _glyphs(line, blind):
        if glyph is not None:
            run.append(glyph)
        elif run:
            yield from _words(run, line, number)
            run = []
    if run:
        yield from _words(run, line, number)


def _words(run: list[_Glyph], line: dict[str, Any], number: int) -> Iterator[tuple[Word, bool]]:
    """A run as one word, or where some of its letters look unlike the others, as one each.

    Letters of another size or in white may stand in a name that nobody sees them in.
    """
    least = max(g.size for g in run) / SIZES
    for (_, light, _), part in groupby(run, key=lambda g: (g.shown, g.light, g.size < least)):
        yield _word(list(part), line, number), light


def _glyphs(line: dict[str, Any], blind: Collection[str]) -> Iterator[_Glyph | None]:
    """Characters of a line; None stands for white space."""
    flat = abs(line["dir"][0]) >= STRAIGHT
    for span in line["spans"]:
        size, known = span["size"], span["font"] not in blind
        shown = span["alpha"] > 0 and bool(span["char_flags"] & PAINTED) and size >= TINY
        light = _is_light(span.get("color", 0))
        for char in span["chars"]:
            text = char["c"]
            if text in ZERO_WIDTH:
                continue
            if not text or text.isspace():
                yield None
                continue
            x0, y0, x1, y1 = char["bbox"]
            if flat and not LOWEST * size < y1 - y0 < TALLEST * size:
                base = char["origin"][1]
                y0, y1 = base - ABOVE * size, base + BELOW * size
            sure = known and text != UNKNOWN
            yield _Glyph(text, x0, y0, x1, y1, shown, sure, size, light)


def _is_light(colour: int) -> bool:
    """Whether an sRGB colour is nearly white."""
    return min(colour >> 16 & 255, colour >> 8 & 255, colour & 255) > LIGHT


def _word(run: list[_Glyph], line: dict[str, Any], number: int) -> Word:
    run = _composed(run)
    lefts, rights = [g.x0 for g in run], [g.x1 for g in run]
    box = Box(number, min(lefts), min(g.y0 for g in run), max(rights), max(g.y1 for g in run))
    edges = (*lefts, rights[-1])
    level = line["dir"][0] >= STRAIGHT and all(a <= b for a, b in pairwise(edges))
    known = sum(g.known for g in run) * 2 > len(run)
    shown = known and any(g.shown for g in run)
    return Word(
        "".join(g.text for g in run),
        box,
        0,
        Source.TEXT if shown else Source.HIDDEN,
        1.0 if known else 0.0,
        edges if level else (),
        _quarters(line["dir"]),
    )


def _quarters(direction: Sequence[float]) -> int:
    """By how many quarters a line's direction is turned right from level."""
    return round(math.atan2(direction[1], direction[0]) / (math.pi / 2)) % 4


def _composed(run: list[_Glyph]) -> list[_Glyph]:
    """Combining marks joined to the letter before them where one character means both."""
    if all(len(g.text) == 1 and ord(g.text) < FIRST_MARK for g in run):
        return run
    out: list[_Glyph] = []
    for glyph in run:
        if out and unicodedata.combining(glyph.text[0]):
            both = unicodedata.normalize("NFC", out[-1].text + glyph.text)
            if len(both) == 1:
                out[-1] = replace(out[-1], text=both)
                continue
        out += [replace(glyph, text=c) for c in glyph.text]
    return out


def _once(words: Iterable[Word]) -> Iterator[Word]:
    """Words without the copies that fake bold or shadowed type is made of."""
    found: list[Word] = []
    near: dict[tuple[str, int], list[int]] = {}
    for word in words:
        column = round(word.box.x0 / 2)
        there = (n for i in (-1, 0, 1) for n in near.get((word.text, column + i), ()))
        twin = next((n for n in there if _twins(found[n].box, word.box)), None)
        if twin is None:
            near.setdefault((word.text, column), []).append(len(found))
            found.append(word)
        else:  # the copy may be set in a taller font
            box = found[twin].box
            whole = replace(box, y0=min(box.y0, word.box.y0), y1=max(box.y1, word.box.y1))
            found[twin] = replace(found[twin], box=whole)
    yield from found


def _twins(a: Box, b: Box) -> bool:
    if abs(a.x0 - b.x0) >= TWIN:
        return False
    shared = min(a.y1, b.y1) - max(a.y0, b.y0)
    over = shared > COVERED * min(a.height, b.height) and abs(a.x1 - b.x1) < TWIN
    return over or abs(a.y0 - b.y0) < TWIN
