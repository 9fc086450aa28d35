"""Writes a release: what was decided against is destroyed, the rest stands as it stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pymupdf

from redactor.pdf.paint import grow, paint
from redactor.pdf.pixels import PixelPage, Typed, write
from redactor.pdf.render import SHARPEST, render
from redactor.progress import Progress, silent
from redactor.settings import Settings
from redactor.types import Box, Page, Reading, Removal, Source, Word

SAME_LINE = 0.5  # of the lower of two boxes; lines set tight overlap by less
SHOWN = {Source.TEXT, Source.OCR}  # words a person sees on the page


@dataclass(frozen=True)
class Applied:
    """The release file, where its boxes stand, and the words its text layer was given."""

    pdf: bytes
    boxes: tuple[Removal, ...]
    kept: tuple[tuple[Box, str], ...]


def apply(
    pdf: bytes,
    removals: Sequence[Removal],
    reading: Reading,
    settings: Settings,
    progress: Progress = silent,
) -> Applied:
    """The release of a normalised file: every removal destroyed, its label printed.

    Raises:
        TooLarge: a page would hold more than ``settings.max_pixels``.
    """
    by_page: dict[int, list[Removal]] = defaultdict(list)
    for removal in removals:
        by_page[removal.box.page].append(removal)
    boxes: list[Removal] = []
    kept: list[tuple[Box, str]] = []

    def pages(document: pymupdf.Document) -> Iterator[PixelPage]:
        for page in reading.pages:
            words, grown = _split(page, by_page[page.number])
            boxes.extend(grown)
            kept.extend((w.box, w.text) for w in words)
            yield _drawn(document[page.number], page, words, grown, settings)
            progress("apply", page.number + 1, len(reading.pages))

    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        written = write(pages(document))
    return Applied(written, tuple(boxes), tuple(kept))


def _drawn(
    source: pymupdf.Page,
    page: Page,
    words: Sequence[Typed],
    removals: Sequence[Removal],
    settings: Settings,
) -> PixelPage:
    dpi = min(max(page.dpi, float(settings.output_dpi)), float(SHARPEST))
    image = render(source, dpi, settings, rgb=coloured(source))
    labels = tuple(Typed(f"[{r.prints}]", r.box) for r in removals if r.prints)
    return PixelPage(
        source.rect.width, source.rect.height, paint(image, removals, dpi), (*words, *labels)
    )


def coloured(page: pymupdf.Page) -> bool:
    """True when the page shows colour; told from a small rendering."""
    pixmap = page.get_pixmap(dpi=30, colorspace=pymupdf.csRGB, alpha=False)
    return not pixmap.is_monochrome and pixmap.color_topusage()[0] < 1 and _has_hue(pixmap)


def _has_hue(pixmap: pymupdf.Pixmap) -> bool:
    samples = memoryview(pixmap.samples)
    red, green, blue = samples[0::3], samples[1::3], samples[2::3]
    spread = (max(r, g, b) - min(r, g, b) for r, g, b in zip(red, green, blue, strict=False))
    return sum(s > 40 for s in spread) > 20


def _split(page: Page, removals: Sequence[Removal]) -> tuple[list[Typed], list[Removal]]:
    """The words to type, cut where a removal takes part of them, and the removals with a margin."""
    shown = [w for w in page.words if w.source in SHOWN]
    words = [part for w in shown for part in _remains(w, removals)]
    kept = [w.box for w in words]
    grown = [replace(r, box=grow(r.box, kept, page.width, page.height)) for r in removals]
    return words, grown


def _touches(a: Box, b: Box) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 0.1 and min(a.y1, b.y1) - max(
        a.y0, b.y0
    ) > SAME_LINE * min(a.height, b.height)


def _remains(word: Word, removals: Sequence[Removal]) -> Iterator[Typed]:
    """The runs of a word's characters that no removal touches."""
    near = [r.box for r in removals if _touches(word.box, r.box)]
    if not near:
        yield Typed(word.text, word.box)
        return
    run: list[int] = []
    for n in range(len(word.text) + 1):
        box = word.part(word.start + n, word.start + n + 1) if n < len(word.text) else None
        if box and not any(min(box.x1, r.x1) - max(box.x0, r.x0) > 0.15 * box.width for r in near):
            run.append(n)
        elif run:
            first, last = word.start + run[0], word.start + run[-1] + 1
            yield Typed(word.text[run[0] : run[-1] + 1], word.part(first, last))
            run = []
