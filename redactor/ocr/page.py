"""One page image read by the strategy of the settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from redactor.ocr import colours
from redactor.ocr.aslant import read_aslant
from redactor.ocr.base import Image, OcrEngine, OcrPage, OcrWord, mean_confidence
from redactor.ocr.large import Heading, headings, off_letters, read_large
from redactor.ocr.merge import clean, combine, level, off_rules
from redactor.ocr.prepare import Prepared, Rule, erase, prepare, ruling_lines, to_grey
from redactor.ocr.rapid import Rapid
from redactor.ocr.retry import read_again
from redactor.ocr.tesseract import ONE_BLOCK, Tesseract
from redactor.ocr.ticks import tick_boxes
from redactor.settings import Settings

ASTRAY = 0.7  # mean confidence below which the page may lie on its side or head
SURE = 0.85  # mean confidence below which a second reader is asked
STEEP = 2.0  # degrees of skew beyond which a second reader is asked
FEW = 3  # words; fewer do not show which way is up, nor that all was read
LONG = 4  # characters; such a word is wider than high
INK = 0.002  # share of dark pixels; less is an empty page
DARK = 128

Look = tuple[Prepared, list[Rule], OcrPage, list[Heading]]


def read_page(image: Image, dpi: float, settings: Settings) -> OcrPage:
    """The words of a page image in its own pixels, whichever way the page lies.

    In an image in colour, writing across print is read apart from the print.

    The second reader is asked for places that the first passes over or doubts, and for the whole
    page where the first doubts it or the page is skewed; ``settings.ocr_strategy`` fast never asks
    it, thorough always for the whole page. May be called from several threads. Raises
    ``MissingDependency`` when the language data is not installed.
    """
    grey = to_grey(image)
    layers = colours.part(image, grey, dpi)
    if layers is None:
        return _read(grey, dpi, settings)
    writing = _read(layers.writing, dpi, settings, alone=True)
    return colours.joined(_read(layers.print, dpi, settings), writing)


def _read(grey: Image, dpi: float, settings: Settings, *, alone: bool = False) -> OcrPage:
    """A grey image read; ``alone`` where it holds nothing but some writing."""
    ready, rules, page, large = _upright(grey, dpi, tesseract(settings))
    words = read_again(page.words, ready.image, dpi, blocks(settings))
    if settings.ocr_strategy != "fast":
        words = read_again(words, ready.image, dpi, second(), honest=False)
    words = read_large(words, ready.image, large, dpi, blocks(settings))
    words = read_aslant(words, ready.image, dpi, blocks(settings), alone=alone)
    page = _tidy(replace(page, words=words, confidence=mean_confidence(words)))
    if _asks_second(page, ready, settings):
        page = combine(page, _tidy(second().read(ready.image, dpi)))
    height, width = grey.shape
    return _restored(page, ready, rules, width, height)


def glance(image: Image, dpi: float, settings: Settings) -> str:
    """The text of a page image as the first reader sees it at once, whichever way it lies."""
    return " ".join(w.text for w in _upright(image, dpi, tesseract(settings))[2].words)


@lru_cache(maxsize=2)
def tesseract(settings: Settings) -> Tesseract:
    """The first reader of this process."""
    return Tesseract(settings)


@lru_cache(maxsize=2)
def blocks(settings: Settings) -> Tesseract:
    """The first reader, for cut-out places that hold one block of text."""
    return Tesseract(settings, ONE_BLOCK)


@lru_cache(maxsize=1)
def second() -> OcrEngine:
    """The second reader of this process."""
    return Rapid()


def _upright(image: Image, dpi: float, reader: Tesseract) -> Look:
    """The image upright and without its ruling lines, those, what the reader sees, large print."""
    found = _level(image, dpi, 0, reader)
    ready, _, page, _ = found
    if page.confidence >= ASTRAY and len(page.words) >= FEW and not _lies(page.words):
        return found
    turn = reader.turn(ready.image, dpi)
    if not turn:
        return found
    other = _level(image, dpi, turn, reader)
    better = _lies(page.words) or _worth(other[2]) > _worth(page)
    return other if better else found


def _level(image: Image, dpi: float, turn: int, reader: Tesseract) -> Look:
    ready = prepare(image, dpi, turn)
    large = headings(ready.image, dpi)
    rules = off_letters(ruling_lines(ready.image, dpi), large)
    ticks = tick_boxes(ready.image, dpi)
    ready = replace(ready, image=erase(ready.image, (*rules, *ticks)))
    page = reader.read(ready.image, dpi)
    return ready, rules, replace(page, words=clean(page.words)), large


def _lies(words: Iterable[OcrWord]) -> bool:
    """True when most words are higher than wide: the reader turned them by itself."""
    long = [w for w in words if len(w.text) >= LONG]
    return sum(w.y1 - w.y0 > w.x1 - w.x0 for w in long) * 2 > len(long) > 0


def _worth(page: OcrPage) -> float:
    return sum(len(w.text) * w.confidence**2 for w in page.words)


def _asks_second(page: OcrPage, ready: Prepared, settings: Settings) -> bool:
    if settings.ocr_strategy != "auto":
        return settings.ocr_strategy == "thorough"
    missed = len(page.words) < FEW and float((ready.image < DARK).mean()) > INK
    return missed or page.confidence < SURE or abs(ready.angle) > STEEP


def _tidy(page: OcrPage) -> OcrPage:
    return replace(page, words=level(clean(page.words)))


def _restored(
    page: OcrPage,
    ready: Prepared,
    rules: Sequence[Rule],
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
