"""Whether the letters of a page look like what its fonts say they are.

A font may say nothing of its letters (old printer drivers number them), or lie: the text layer
reads "the weather" where people see a name. A few words of every font are drawn and read by OCR,
enough to see most of its letters; a font that shows other words than it says is believed no more.
ISO 32000-2, 9.10 leaves it to the file what its character codes mean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import sha256

import numpy as np
import pymupdf

from redactor.ocr.base import Image
from redactor.ocr.page import blocks
from redactor.pdf.render import as_array
from redactor.settings import Settings
from redactor.text import squash

MOST = 12  # words of a font that are looked at on one page
LEAST = 3  # characters; shorter words are read too badly
SCAN = 0.7  # of the page under a picture
SMALLEST = 4.0  # points; smaller type is not meant to be read
SHEET_DPI = 200.0  # what the sheet of words is said to be, with common type as high as it is
HIGH, SHARPEST = 42.0, 400.0  # pixels that a word is drawn high, at so many dots an inch at most
WIDE, APART = 1500, 36  # pixels of a row of words, and between two
WHITE = 255
ALIKE = 0.5  # of two readings of a word; less alike are two words
FEW = 3  # words; of fewer nothing is told by their not being read
MANY = 0.5  # of a font's words that are read as others
KEPT = 2000  # font programs whose letters are remembered from file to file
ALIKE_SHAPES = str.maketrans("0158", "oisb")
INVISIBLE = 3  # text rendering mode
NAMED = ("BaseFont", "FontDescriptor/FontName")
REFERENCE = re.compile(r"(\d+) 0 R")
Char = tuple[int, int, tuple[float, float], tuple[float, float, float, float]]  # of a text trace
Key = tuple[str, int, int]  # a font, what it says a letter is, and which of its shapes that is


@dataclass(frozen=True)
class Sample:
    """A word as its font says it is, and where it stands."""

    font: str
    text: str
    box: tuple[float, float, float, float]
    keys: frozenset[Key]


class Letterforms:
    """The fonts of one file, looked at page by page; each of its letters once.

    Letters of a font program that an earlier file of this process showed are not read again.
    """

    def __init__(self, settings: Settings) -> None:
        """Nothing is known yet."""
        self._settings = settings
        self._seen: set[Key] = set()
        self._lying: set[str] = set()
        self._programs: dict[int, bytes] = {}  # digests by xref: pages share their fonts

    def lying(self, page: pymupdf.Page) -> frozenset[str]:
        """Names of fonts that show other letters than they say, as pages so far tell.

        Raises:
            MissingDependency: no reader is installed.
        """
        if is_pictured(page):  # it is read by OCR anyhow
            return frozenset(self._lying)
        plain, programs = standard(page), embedded(page, self._programs)
        for font, program in programs.items():
            self._seen |= {(font, *shape) for shape in shown(program)}
        chosen = self._chosen([w for w in samples(page) if w.font not in plain])
        for font, words in chosen.items():
            read = self._read(page, words)
            if self._lies(page, words, read):
                self._lying.add(font)
            elif font in programs:
                sure = [
                    w for w, r in zip(words, read, strict=True) if _folded(w.text) == _folded(r)
                ]
                shown(programs[font]).update(k[1:] for w in sure for k in w.keys)
        return frozenset(self._lying)

    def _lies(self, page: pymupdf.Page, words: Sequence[Sample], read: Sequence[str]) -> bool:
        """Whether a font's words are read as others than it says."""
        wrong = [not _alike(w.text, r) for w, r in zip(words, read, strict=True)]
        others = [w for w, r, bad in zip(words, read, wrong, strict=True) if bad and r]
        unread = len(words) >= FEW and sum(wrong) > MANY * len(words)
        return unread or any(self._still(page, w) for w in others)

    def _chosen(self, words: Sequence[Sample]) -> dict[str, list[Sample]]:
        """For every font the words that show most letters not seen before."""
        found: dict[str, list[Sample]] = defaultdict(list)
        for word in sorted(words, key=lambda w: -len(w.keys)):
            new = word.keys - self._seen
            if new and word.font not in self._lying and len(found[word.font]) < MOST:
                found[word.font].append(word)
                self._seen |= new
        return {font: words for font, words in found.items() if words}

    def _read(self, page: pymupdf.Page, words: Sequence[Sample]) -> list[str]:
        """What OCR reads of each word, all of them on one sheet."""
        listed = page.get_displaylist(annots=0)
        pictures = [_drawn(listed, w) for w in words]
        sheet, places = _sheet(pictures)
        found = blocks(self._settings).read(sheet, SHEET_DPI).words
        return [
            "".join(w.text for w in found if _within((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2, place))
            for place in places
        ]

    def _still(self, page: pymupdf.Page, word: Sample) -> bool:
        """Whether a word that was read as another is so when it is read alone."""
        [read] = self._read(page, [word])
        return bool(read) and not _alike(word.text, read)


def standard(page: pymupdf.Page) -> frozenset[str]:
    """Names of fonts that are drawn by the very names of their letters and so cannot lie.

    Simple fonts of which the file holds no program and no map to Unicode.
    """
    document = page.parent
    own: set[str] = set()
    other: set[str] = set()
    for xref, kind, form, name, *_ in page.get_fonts(full=True):
        # a font that is no object of its own cannot be looked into
        mapped = not xref or document.xref_get_key(xref, "ToUnicode")[0] != "null"
        plain = kind == "n/a" and form in ("Type1", "TrueType") and not mapped
        (own if plain else other).add(name.rpartition("+")[2])
    return frozenset(own - other)


@lru_cache(KEPT)
def shown(_program: bytes) -> set[tuple[int, int]]:
    """The letters of a font program, by its digest, that were read just as they were said to be.

    Each is what it is said to be and which of the program's shapes it is; nothing else of the
    file has a part in how it looks. The set is for adding to.
    """
    return set()


def embedded(page: pymupdf.Page, known: dict[int, bytes]) -> dict[str, bytes]:
    """Names of the page's fonts to digests of their programs, where one program has the name.

    Nothing, where a font's names cannot be told: one might go by the name of another. ``known``
    keeps the digests of the file by xref; that of a font without a program is empty.
    """
    found: dict[str, set[bytes]] = defaultdict(set)
    for xref, *_ in page.get_fonts(full=True):
        names = _names(page.parent, xref) if xref else frozenset()
        if not names:
            return {}
        if xref not in known:
            program = page.parent.extract_font(xref)[3]
            known[xref] = sha256(program).digest() if program else b""
        for name in names:
            found[name.rpartition("+")[2]].add(known[xref])
    return {n: p.pop() for n, p in found.items() if len(p) == 1 and p != {b""}}


def _names(document: pymupdf.Document, xref: int) -> frozenset[str]:
    """The names that a font, its descendant and their descriptors bear; a trace tells any."""
    kind, below = document.xref_get_key(xref, "DescendantFonts")
    fonts = [xref, *(int(n) for n in REFERENCE.findall(below))]
    known = all(document.xref_get_key(f, "Type")[1] == "/Font" for f in fonts)
    if not known or (len(fonts) == 1 and kind != "null"):
        return frozenset()
    keys = [document.xref_get_key(f, k) for f in fonts for k in NAMED]
    names = frozenset(value[1:] for kind, value in keys if kind == "name")
    return frozenset() if any("#" in n for n in names) else names  # written in a roundabout way


def is_pictured(page: pymupdf.Page) -> bool:
    """Whether one picture covers most of the page."""
    whole = abs(page.rect)
    return any(
        abs(pymupdf.Rect(i["bbox"]) & page.rect) > SCAN * whole for i in page.get_image_info()
    )


def samples(page: pymupdf.Page) -> Iterator[Sample]:
    """The visible level words of a page."""
    for span in page.get_texttrace():
        level = abs(span["dir"][1]) < 0.01 and span["dir"][0] > 0
        if level and span["type"] != INVISIBLE and span["opacity"] > 0 and span["size"] >= SMALLEST:
            yield from _words(span["font"].rpartition("+")[2], span["chars"])


def _words(font: str, chars: Sequence[Char]) -> Iterator[Sample]:
    run: list[Char] = []
    for char in chars:
        blank = chr(max(char[0], 0)).isspace()
        if blank or (run and _apart(run[-1], char)):
            yield from _sample(font, run)
            run = []
        if not blank:
            run.append(char)
    yield from _sample(font, run)


def _apart(a: Char, b: Char) -> bool:
    """Whether two letters that follow each other in the file stand on two lines or far apart."""
    (_, y, x1, foot), (x, top, _, _) = a[3], b[3]
    high = foot - y
    return abs(top - y) > 0.2 * high or not -0.3 * high < x - x1 < 0.3 * high


def _sample(font: str, run: Sequence[Char]) -> Iterator[Sample]:
    text = "".join(chr(c[0]) for c in run)
    if len(text) >= LEAST:
        x0, y0, x1, y1 = zip(*(c[3] for c in run), strict=True)
        keys = frozenset((font, c[0], c[1]) for c in run)
        yield Sample(font, text, (min(x0), min(y0), max(x1), max(y1)), keys)


def _drawn(listed: pymupdf.DisplayList, word: Sample) -> Image:
    x0, y0, x1, y1 = word.box
    area = pymupdf.Rect(x0 - 1, y0, x1 + 1, y1)
    zoom = min(HIGH / max(area.height, 1.0), SHARPEST / 72)
    matrix = pymupdf.Matrix(zoom, zoom)
    drawn = listed.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False, clip=area)
    image = np.array(as_array(drawn))
    ground = np.median(np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]]))
    return image if ground > WHITE / 2 else WHITE - image


def _sheet(pictures: Sequence[Image]) -> tuple[Image, list[tuple[int, int, int, int]]]:
    """The pictures in rows on one sheet, and where each is."""
    places, x, y, high = [], APART, APART, 0
    for picture in pictures:
        h, w = picture.shape
        if x > APART and x + w > WIDE:
            x, y, high = APART, y + high + APART, 0
        places.append((x, y, x + w, y + h))
        x, high = x + w + APART, max(high, h)
    sheet = np.full((y + high + APART, max(WIDE, *(p[2] for p in places)) + APART), WHITE, np.uint8)
    for picture, (x0, y0, x1, y1) in zip(pictures, places, strict=True):
        sheet[y0:y1, x0:x1] = picture
    return sheet, places


def _within(x: float, y: float, place: tuple[int, int, int, int]) -> bool:
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def _folded(text: str) -> str:
    return squash(text).translate(ALIKE_SHAPES)


def _alike(a: str, b: str) -> bool:
    one, other = _folded(a), _folded(b)
    if len(one) < LEAST:  # dots, dashes, boxes to tick: readers make a letter or two of them
        return len(other) < 2 * LEAST
    if sum(map(str.isascii, one)) * 2 < len(one):  # in letters that the reader does not know
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
