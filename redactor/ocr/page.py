"""One page image read by the strategy of the settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from redactor.ocr.base import Image, OcrEngine, OcrPage, OcrWord
from redactor.ocr.merge import clean, combine, level, off_rules
from redactor.ocr.prepare import Prepared, prepare, ruling_lines
from redactor.ocr.rapid import Rapid
from redactor.ocr.tesseract import Tesseract
from redactor.settings import Settings

ASTRAY = 0.7  # mean confidence below which the page may lie on its side or head
SURE = 0.85  # mean confidence below which a second reader is asked
STEEP = 2.0  # degrees of skew beyond which a second reader is asked
FEW = 3  # words; fewer do not show which way is up, nor that all was read
LONG = 4  # characters; such a word is wider than high
INK = 0.002  # share of dark pixels; less is an empty page
DARK = 128


def read_page(image: Image, dpi: float, settings: Settings, *, doubt: bool = False) -> OcrPage:
    """The words of a page image in its own pixels, whichever way the page lies.

    ``doubt`` asks for the second reader (ink was left unexplained); ``settings.ocr_strategy``
    fast never asks it and thorough always. May be called from several threads. Raises
    ``MissingDependency`` when the language data is not installed.
    """
    first = tesseract(settings)
    ready, page = _upright(image, dpi, first)
    if _asks_second(page, ready, settings, doubt=doubt):
        page = combine(page, _tidy(second(settings).read(ready.image, dpi)))
    height, width = image.shape[:2]
    return _restored(page, ready, ruling_lines(ready.image, dpi), width, height)


@lru_cache(maxsize=2)
def tesseract(settings: Settings) -> Tesseract:
    """The first reader of this process."""
    return Tesseract(settings)


@lru_cache(maxsize=2)
def second(settings: Settings) -> OcrEngine:
    """The second reader of this process."""
    del settings
    return Rapid()


def _upright(image: Image, dpi: float, reader: Tesseract) -> tuple[Prepared, OcrPage]:
    ready = prepare(image, dpi)
    page = _tidy(reader.read(ready.image, dpi))
    if page.confidence >= ASTRAY and len(page.words) >= FEW and not _lies(page.words):
        return ready, page
    turn = reader.turn(ready.image, dpi)
    if not turn:
        return ready, page
    other = prepare(image, dpi, turn)
    turned = _tidy(reader.read(other.image, dpi))
    better = _lies(page.words) or _worth(turned) > _worth(page)
    return (other, turned) if better else (ready, page)


def _lies(words: Iterable[OcrWord]) -> bool:
    """True when most words are higher than wide: the reader turned them by itself."""
    long = [w for w in words if len(w.text) >= LONG]
    return sum(w.y1 - w.y0 > w.x1 - w.x0 for w in long) * 2 > len(long) > 0


def _worth(page: OcrPage) -> float:
    return sum(len(w.text) * w.confidence**2 for w in page.words)


def _asks_second(page: OcrPage, ready: Prepared, settings: Settings, *, doubt: bool) -> bool:
    if settings.ocr_strategy != "auto":
        return settings.ocr_strategy == "thorough"
    missed = len(page.words) < FEW and float((ready.image < DARK).mean()) > INK
    return doubt or missed or page.confidence < SURE or abs(ready.angle) > STEEP


def _tidy(page: OcrPage) -> OcrPage:
    return replace(page, words=level(clean(page.words)))


def _restored(
    page: OcrPage,
    ready: Prepared,
    rules: Sequence[tuple[float, float, float, float]],
    width: int,
    height: int,
) -> OcrPage:
    """The page in pixels of the image as it was given."""
    high, wide = ready.image.shape[:2]
    dx, dy = (width - wide) / 2, (height - high) / 2  # the upright frame has the same middle

    def back(words: Iterable[OcrWord]) -> tuple[OcrWord, ...]:
        return tuple(ready.restore(w) for w in words)

    return replace(
        page,
        words=back(off_rules(page.words, rules)),
        second=back(off_rules(page.second, rules)),
        angle=ready.slope,
        rules=tuple((a + dx, b + dy, c + dx, d + dy) for a, b, c, d in rules),
    )
