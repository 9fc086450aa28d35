"""Places that a reader passed over or doubts, read again on their own.

Page layout is where Tesseract fails first: cells whose lines stand at different heights are
taken for one line. Cut out, each reads well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio

from redactor.ocr.base import Image, OcrEngine, OcrWord, Place, ink_of, inside, mean_confidence, odd
from redactor.ocr.merge import overlaps, squash

DOUBT = 0.6  # confidence; a word read with less is looked at again
BETTER = 0.1  # by so much the new reading must be surer
SPECK = 0.04  # inches; smaller marks are noise
REACH = (0.12, 0.05)  # inches sideways and down that make one place
LEAST = (0.12, 0.06)  # inches; a smaller place holds no word
MARGIN = 0.05  # inches around a place
FRAME = 12  # pixels of paper around a cut-out place
ALIKE = 60.0  # per cent; readings that agree so far are of print
UNBELIEVED = 0.35  # confidence of a word that two readers read differently
MOST = 40  # places on one page; a page with more is not mended by pieces
CLOSED = 0.5  # of the page; such a place is the page itself

Mask = NDArray[np.uint8]


def read_again(
    words: tuple[OcrWord, ...], image: Image, dpi: float, reader: OcrEngine, *, honest: bool = True
) -> tuple[OcrWord, ...]:
    """The words, with places read anew wherever ``reader`` is surer of them.

    Where the reader is not ``honest`` (its confidence says little), what it reads is believed
    only as far as the doubted reading agrees.
    """
    places = list(doubtful(words, image, dpi))
    if len(places) > MOST:
        return words
    for place in places:
        old = [w for w in words if w.confidence < DOUBT and inside(w, place)]
        known = [w for w in words if w.confidence >= DOUBT]
        fresh = [w for w in _read_place(place, image, dpi, reader) if not _stands(w, known)]
        letters = any(c.isalnum() for w in fresh for c in w.text)
        if not letters or mean_confidence(fresh) < max(DOUBT, _mean(old) + BETTER):
            continue
        if not honest:
            fresh = [replace(w, confidence=min(w.confidence, _belief(old, fresh))) for w in fresh]
        gone, line = {id(w) for w in old}, 1 + max((w.line for w in words), default=-1)
        kept = [w for w in words if id(w) not in gone]
        words = (*kept, *(replace(w, line=w.line + line) for w in fresh))
    return words


def _mean(words: Sequence[OcrWord]) -> float:
    return mean_confidence(words) if words else 0.0


def _belief(old: Sequence[OcrWord], fresh: Sequence[OcrWord]) -> float:
    """How far two readings of one place agree: believed when alike, else not."""
    return DOUBT if ratio(squash(old), squash(fresh)) >= ALIKE else UNBELIEVED


def doubtful(words: Iterable[OcrWord], image: Image, dpi: float) -> Iterator[Place]:
    """Places with words of little confidence, or with ink and no word."""
    high, wide = image.shape
    weak = _ink(image, dpi)
    words = list(words)
    for word in words:
        if word.confidence >= DOUBT:
            _fill(weak, word, 0)
    for word in words:
        if word.confidence < DOUBT and any(c.isalnum() for c in word.text):
            _fill(weak, word, 1)
    for word in words:
        if word.confidence >= DOUBT:
            _fill(weak, word, 0)
    kernel = np.ones((odd(REACH[1] * dpi), odd(REACH[0] * dpi)), np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(weak, kernel))
    for x, y, w, h, _ in (tuple(map(int, s)) for s in stats[1:]):
        x, w = x + kernel.shape[1] // 2, w - kernel.shape[1] + 1  # noqa: PLW2901
        y, h = y + kernel.shape[0] // 2, h - kernel.shape[0] + 1  # noqa: PLW2901
        if w >= LEAST[0] * dpi and h >= LEAST[1] * dpi and w * h < CLOSED * wide * high:
            pad = round(MARGIN * dpi)
            yield max(x - pad, 0), max(y - pad, 0), min(x + w + pad, wide), min(y + h + pad, high)


def _ink(image: Image, dpi: float) -> Mask:
    """Dark marks that are larger than specks."""
    dark = ink_of(image)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    large = np.maximum(stats[:, 2], stats[:, 3]) >= SPECK * dpi
    large[0] = False
    return np.asarray(large[labels], np.uint8) if count > 1 else dark


def _fill(mask: Mask, word: OcrWord, value: int) -> None:
    pad = 0.15 * (word.y1 - word.y0) if not value else 0
    y0, x0 = max(int(word.y0 - pad), 0), max(int(word.x0 - pad), 0)
    mask[y0 : int(word.y1 + pad) + 1, x0 : int(word.x1 + pad) + 1] = value


def _read_place(place: Place, image: Image, dpi: float, reader: OcrEngine) -> Iterator[OcrWord]:
    x0, y0, x1, y1 = place
    crop = cv2.copyMakeBorder(image[y0:y1, x0:x1], FRAME, FRAME, FRAME, FRAME, cv2.BORDER_REPLICATE)
    for word in reader.read(np.ascontiguousarray(crop, dtype=np.uint8), dpi).words:
        yield _moved(word, x0 - FRAME, y0 - FRAME)


def _moved(word: OcrWord, dx: int, dy: int) -> OcrWord:
    return replace(
        word,
        x0=word.x0 + dx,
        y0=word.y0 + dy,
        x1=word.x1 + dx,
        y1=word.y1 + dy,
        edges=tuple(e + dx for e in word.edges),
    )


def _stands(word: OcrWord, known: Iterable[OcrWord]) -> bool:
    return any(overlaps(word, other) for other in known)
