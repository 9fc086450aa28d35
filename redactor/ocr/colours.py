"""Writing in another colour across print, a stamp or a note in blue, parted from what it crosses.

A grey picture shows the two as one tangle, of which a reader makes words that are neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from redactor.ocr.base import INK, Image, OcrPage, OcrWord, ink_of, odd, paper_of

HUE = 55  # levels between the channels of a colour that is none of ink, paper or a reader's noise
LETTER = (0.03, 0.6)  # inches; marks of other sizes are no letters
WORD = 0.12  # inches; letters nearer than this to each other are one piece of writing
STROKE = 0.1  # inches; wider is a coloured ground or a picture, and no writing
GAP = 0.02  # inches of a stroke that the print over it hides
CROSSED = 3  # letters of print that writing touches; fewer are its neighbours
FAINT = 0.15  # confidence of a word of the writing below which it is a scrap

Mask = NDArray[np.uint8]


class Layers(NamedTuple):
    """A page's print without the writing that crosses it, and that writing alone; both grey."""

    print: Image
    writing: Image


def part(image: Image, grey: Image, dpi: float) -> Layers | None:
    """The two layers of an image in colour; None where no coloured writing crosses print.

    ``grey`` is the same image in grey.
    """
    if image.ndim == 2:
        return None
    paper = paper_of(grey)
    tinted = (image.max(axis=2) - image.min(axis=2) > HUE).astype(np.uint8)
    dark = ink_of(grey)
    ink = _strokes(tinted & dark, dpi)
    if not ink.any():
        return None
    crossing = _crossing(ink, dark & ~cv2.dilate(tinted, _square(3)), dpi)
    if not crossing.any():
        return None
    around = cv2.dilate(crossing, _square(5))
    printed = np.where((around > 0) & ((tinted > 0) | (dark == 0)), np.uint8(paper), grey)
    whole = cv2.morphologyEx(crossing, cv2.MORPH_CLOSE, _square(odd(GAP * dpi)))
    written = np.where(whole > 0, np.minimum(grey, max(paper - 2 * INK, 0)), np.uint8(paper))
    return Layers(np.asarray(printed, np.uint8), np.asarray(written, np.uint8))


def joined(page: OcrPage, writing: OcrPage) -> OcrPage:
    """The reading of the print with the words of the writing across it, as lines of their own.

    No line that writing crosses is set anew: ``level`` of its words is False.
    """
    return replace(page, words=(*page.words, *_after(page, writing)))


def _after(page: OcrPage, writing: OcrPage) -> Iterator[OcrWord]:
    first = 1 + max((w.line for w in page.words), default=-1)
    for word in writing.words:
        if word.confidence >= FAINT:
            yield replace(word, line=first + word.line, level=False)


def _strokes(ink: Mask, dpi: float) -> Mask:
    """Coloured ink without grounds, pictures and the rules of a form."""
    wide = cv2.dilate(cv2.erode(ink, _square(odd(STROKE * dpi))), _square(odd(1.5 * STROKE * dpi)))
    ink = ink & ~wide
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = np.maximum(stats[:, 2], stats[:, 3])
    thin = np.minimum(stats[:, 2], stats[:, 3]) < 0.02 * dpi
    are = ~(thin & (sides > LETTER[1] * dpi))
    are[0] = False
    return np.asarray(are[labels], np.uint8) if count > 1 else np.zeros_like(ink)


def _crossing(ink: Mask, printed: Mask, dpi: float) -> Mask:
    """The pieces of coloured writing that touch letters of print in their midst.

    The label of a field touches what is typed below it, and crosses nothing.
    """
    near = cv2.dilate(ink, _square(odd(WORD * dpi)))
    count, pieces, places, _ = cv2.connectedComponentsWithStats(near)
    _, letters, stats, middles = cv2.connectedComponentsWithStats(printed, connectivity=8)
    sides = np.maximum(stats[:, 2], stats[:, 3])
    are = (sides >= LETTER[0] * dpi) & (sides <= LETTER[1] * dpi)
    are[0] = False
    touched = (cv2.dilate(ink, _square(5)) > 0) & are[letters]
    piece, letter = np.unique(np.stack([pieces[touched], letters[touched]]), axis=1)
    top, high = places[piece, cv2.CC_STAT_TOP], places[piece, cv2.CC_STAT_HEIGHT]
    pad, y = WORD * dpi / 2, middles[letter, 1]
    midst = (y > top + pad) & (y < top + high - pad)
    crossed = np.bincount(piece[midst], minlength=count) >= CROSSED
    crossed[0] = False
    return np.asarray((ink > 0) & crossed[pieces], np.uint8)


def _square(size: int) -> Mask:
    return np.ones((size, size), np.uint8)
