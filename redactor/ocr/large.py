"""Print so large that a reader which was taught on body text misreads it: read again made small.

Tesseract's network sees lines of some 36 pixels; of a heading four times as high it makes words
that stand nowhere ("Quillfcathor"), and its boxes miss the letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from redactor.ocr.base import Image, OcrEngine, OcrWord, Place, ink_of, inside
from redactor.ocr.prepare import Rule
from redactor.ocr.ticks import is_framed

LARGE = 0.17  # inches; capitals of print from 17 points
SMALL = 0.1  # inches; other letters of such print
HUGE = 2.5  # inches; what is higher is no letter
SLENDER = 0.08  # of the height; what is thinner is a ruled line
BROAD = 2.5  # of the height; what is wider is no letter
CAPITALS = 80  # per cent of letters that are no higher than capitals
CAPITAL = 34  # pixels of a capital when it is read again
BESIDE = 0.9  # of a letter's height; letters nearer than this stand on one line
MARGIN = 0.4  # of a letter's height around the place
FEW = 3  # letters; fewer are no heading but marks

Mask = NDArray[np.uint8]


@dataclass(frozen=True)
class Heading:
    """A line of large print: its place, the height of its capitals, and its letters' places."""

    place: Place
    high: float
    letters: tuple[Place, ...]


def headings(image: Image, dpi: float) -> list[Heading]:
    """Every line of large print of an upright grey image."""
    dark = ink_of(image)
    marks = _marks(dark, dpi)
    letters = [p for p in marks if not is_framed(dark[p[1] : p[3], p[0] : p[2]])]
    if len(letters) < FEW:
        return []
    mask = np.zeros_like(dark)
    for x0, y0, x1, y1 in letters:
        beside = int(BESIDE * (y1 - y0) / 2)
        mask[y0:y1, max(x0 - beside, 0) : x1 + beside] = 1
    _, _, found, _ = cv2.connectedComponentsWithStats(mask)
    lines = (_heading(tuple(map(int, f[:4])), letters, image) for f in found[1:])
    return [h for h in lines if sum(p[3] - p[1] >= LARGE * dpi for p in h.letters) >= FEW]


def off_letters(rules: Iterable[Rule], lines: Iterable[Heading]) -> list[Rule]:
    """The ruled lines but those that are strokes of large letters."""
    letters = [letter for line in lines for letter in line.letters]
    return [r for r in rules if not any(_within(r, letter) for letter in letters)]


def read_large(
    words: Sequence[OcrWord],
    image: Image,
    lines: Iterable[Heading],
    dpi: float,
    reader: OcrEngine,
) -> tuple[OcrWord, ...]:
    """The words of an upright grey image, those of large print as they are read when made small.

    What the reader sees there takes the place of all that was read there before.
    """
    found = tuple(words)
    for line in lines:
        fresh = tuple(_read_small(line, image, dpi, reader))
        if any(c.isalnum() for w in fresh for c in w.text):
            number = 1 + max((w.line for w in found), default=-1)
            stay = (w for w in found if not inside(w, line.place))
            found = (*stay, *(replace(w, line=w.line + number) for w in fresh))
    return found


def _marks(dark: Mask, dpi: float) -> Iterator[Place]:
    """The places of marks that have the size of letters of large print."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
    for x, y, w, h in (tuple(map(int, s[:4])) for s in stats[1:]):
        if SMALL * dpi <= h <= HUGE * dpi and SLENDER * h <= w <= BROAD * h:
            yield x, y, x + w, y + h


def _heading(found: tuple[int, ...], letters: Iterable[Place], image: Image) -> Heading:
    x, y, w, h = found
    inner = [p for p in letters if x <= p[0] < x + w and y <= p[1] < y + h]
    high = float(np.percentile([p[3] - p[1] for p in inner] or [h], CAPITALS))
    pad, (rows, columns) = int(MARGIN * high), image.shape[:2]
    place = (max(x - pad, 0), max(y - pad, 0), min(x + w + pad, columns), min(y + h + pad, rows))
    return Heading(place, high, tuple(inner))


def _within(rule: Rule, letter: Place) -> bool:
    near = 2
    return (
        letter[0] - near <= rule[0]
        and letter[1] - near <= rule[1]
        and rule[2] <= letter[2] + near
        and rule[3] <= letter[3] + near
    )


def _read_small(line: Heading, image: Image, dpi: float, reader: OcrEngine) -> Iterator[OcrWord]:
    x0, y0, x1, y1 = line.place
    scale = min(CAPITAL / line.high, 1.0)
    size = (max(round((x1 - x0) * scale), 8), max(round((y1 - y0) * scale), 8))
    small = cv2.resize(image[y0:y1, x0:x1], size, interpolation=cv2.INTER_AREA)
    for w in reader.read(np.ascontiguousarray(small, np.uint8), dpi).words:
        yield replace(
            w,
            x0=x0 + w.x0 / scale,
            x1=x0 + w.x1 / scale,
            y0=y0 + w.y0 / scale,
            y1=y0 + w.y1 / scale,
            edges=tuple(x0 + e / scale for e in w.edges),
        )
