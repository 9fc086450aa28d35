"""What a reader of page images is, and what it hands back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from redactor.types import Box, Source, Word

Image = NDArray[np.uint8]  # grey (h, w) or RGB (h, w, 3), black ink on white paper
Place = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels
POINTS = 72.0
INK = 60  # grey levels below the paper


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word in pixels of the image that was read.

    ``line`` numbers the reader's line, ``confidence`` runs from 0 to 1, ``edges`` are the x
    positions between characters where the reader has them and the text runs level. ``level`` is
    False for a word of a line that runs aslant, which its box is drawn about.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float = 1.0
    line: int = 0
    edges: tuple[float, ...] = ()
    level: bool = True


@dataclass(frozen=True)
class OcrPage:
    """What was read of one image, in its pixels.

    ``words`` is the reading to trust, ``second`` the lines where another reader differs.
    ``angle`` is the slope of the text lines in degrees, positive where they fall to the right
    (90 for a page that lies on its right side); ``rules`` are ruling lines (x0, y0, x1, y1) in
    the frame that is turned upright about the middle of the image.
    """

    words: tuple[OcrWord, ...] = ()
    second: tuple[OcrWord, ...] = ()
    confidence: float = 1.0
    angle: float = 0.0
    rules: tuple[tuple[float, float, float, float], ...] = ()
    readers: tuple[str, ...] = ()

    def place(self, page: int, dpi: float, left: float = 0.0, top: float = 0.0) -> tuple[Word, ...]:
        """The words on their page, for an image drawn at ``dpi`` whose corner is at left, top."""
        scale = POINTS / dpi
        return (
            *_placed(self.words, Source.OCR, page, scale, left, top),
            *_placed(self.second, Source.OCR2, page, scale, left, top),
        )

    def place_rules(
        self, page: int, dpi: float, left: float = 0.0, top: float = 0.0
    ) -> tuple[Box, ...]:
        """The ruling lines in points."""
        s = POINTS / dpi
        return tuple(
            Box(page, left + a * s, top + b * s, left + c * s, top + d * s)
            for a, b, c, d in self.rules
        )


def _placed(
    words: Iterable[OcrWord], source: Source, page: int, scale: float, left: float, top: float
) -> Iterable[Word]:
    for w in words:
        box = Box(
            page,
            left + w.x0 * scale,
            top + w.y0 * scale,
            left + w.x1 * scale,
            top + w.y1 * scale,
        )
        edges = tuple(left + e * scale for e in w.edges)
        yield Word(w.text, box, 0, source, w.confidence, edges, level=w.level)


class OcrEngine(Protocol):
    """A reader of upright page images; ``read`` may be called from several threads."""

    @property
    def name(self) -> str:
        """A short stable name, for logs."""

    def read(self, image: Image, dpi: float) -> OcrPage:
        """The words of an upright image; an empty image gives no words."""


def mean_confidence(words: Iterable[OcrWord]) -> float:
    """Mean confidence, each word counted by its characters; 1 where nothing was read."""
    found = [(len(w.text), w.confidence) for w in words]
    letters = sum(n for n, _ in found)
    return sum(n * c for n, c in found) / letters if letters else 1.0


def paper_of(image: Image) -> int:
    """The usual grey level of a page image."""
    return int(np.median(image[::4, ::4]))


def ink_of(image: Image) -> NDArray[np.uint8]:
    """1 where an upright grey image is darker than its paper by ``INK`` levels."""
    return (image < paper_of(image) - INK).astype(np.uint8)


def odd(size: float) -> int:
    """The nearest odd number of pixels; an even kernel would shift what it finds."""
    return 2 * round(size / 2) + 1


def inside(word: OcrWord, place: Place) -> bool:
    """Whether the middle of a word lies in a place."""
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]
