"""Writes a release: what was decided against is destroyed, the rest stands as it stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pymupdf

from redactor.pdf.combs import over_whole_combs
from redactor.pdf.moving import WIDTH, Settled, settle
from redactor.pdf.order import in_blocks, with_labels
from redactor.pdf.outlines import NotUnderstood
from redactor.pdf.paint import grow, paint
from redactor.pdf.pieces import pieces, shown, touches
from redactor.pdf.pixels import PixelPage
from redactor.pdf.redraw import Look, check_plain, redraw
from redactor.pdf.render import SHARPEST, Image, coloured, render
from redactor.pdf.slope import Slope
from redactor.pdf.textlayer import Typed
from redactor.pdf.turn import Turn
from redactor.pdf.vector import VectorPage
from redactor.pdf.writing import Sheet, write
from redactor.progress import Progress, silent
from redactor.settings import Settings
from redactor.types import Box, Page, Reading, Removal


@dataclass(frozen=True)
class Applied:
    """The release file, where its boxes stand, and the words its text layer was given.

    ``moved`` are the stretches of lines that were set anew and look other than they did, ``vector``
    the pages that are no pictures, ``doubts`` says of others why they are. The lines of the
    ``sideways`` pages run up or down.
    """

    pdf: bytes
    boxes: tuple[Removal, ...]
    kept: tuple[tuple[Box, str], ...]
    moved: tuple[Box, ...] = ()
    vector: frozenset[int] = frozenset()
    doubts: Mapping[int, str] = field(default_factory=dict)
    sideways: frozenset[int] = frozenset()

    @property
    def fixed(self) -> tuple[Box, ...]:
        """The boxes of the one width; those that their cell has no room for are narrower."""
        fixed = (r.box for r in self.boxes if r.fixed_width)
        return tuple(b for b in fixed if abs(self._length(b) - WIDTH) < 1)

    def _length(self, box: Box) -> float:
        return box.height if box.page in self.sideways else box.width


@dataclass(frozen=True)
class _Drawn:
    """One page of the release as a picture, the words that stay, and what stands where."""

    page: PixelPage
    kept: list[Typed]
    look: Look


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
    moved: list[Box] = []
    doubts: dict[int, str] = {}

    def pages(document: pymupdf.Document) -> Iterator[Sheet]:
        for page in reading.pages:
            source, removals = document[page.number], by_page[page.number]
            drawn = _drawn(source, page, reading, removals, settings)
            boxes.extend(drawn.look.boxes)
            kept.extend((w.box, w.text) for w in drawn.kept)
            moved.extend(drawn.look.moved)
            try:
                yield _vector(source, page, drawn, settings)
            except NotUnderstood as doubt:
                doubts[page.number] = str(doubt)
                yield drawn.page
            progress("apply", page.number + 1, len(reading.pages))

    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        written = write(pages(document))
    vector = frozenset(p.number for p in reading.pages) - doubts.keys()
    sideways = frozenset(p.number for p in reading.pages if Turn.of(p).quarters % 2)
    return Applied(written, tuple(boxes), tuple(kept), tuple(moved), vector, doubts, sideways)


def _vector(source: pymupdf.Page, page: Page, drawn: _Drawn, settings: Settings) -> VectorPage:
    if settings.render == "pixels":
        raise NotUnderstood("pictures are asked for")
    if settings.render == "auto":
        check_plain(source, page)
    return redraw(source, page, drawn.look, settings)


def draw_page(
    pdf: bytes, number: int, removals: Sequence[Removal], reading: Reading, settings: Settings
) -> Image:
    """One page as ``apply`` draws it, for a person to see before anything is released."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        here = [r for r in removals if r.box.page == number]
        drawn = _drawn(document[number], reading.pages[number], reading, here, settings)
        return drawn.page.image


def _drawn(
    source: pymupdf.Page,
    page: Page,
    reading: Reading,
    removals: Sequence[Removal],
    settings: Settings,
) -> _Drawn:
    dpi = min(max(page.dpi, float(settings.output_dpi)), float(SHARPEST))
    image = render(source, dpi, settings, rgb=coloured(source))
    turn = Turn.of(page)
    page, removals = turn.upright_page(page), list(map(turn.upright_removal, removals))
    if page.kind == "text":
        removals = over_whole_combs(turn.upright(image), dpi, page.words, removals)
    slope = Slope.of(page)
    level = replace(page, words=tuple(map(slope.level_word, page.words)))
    gone = [replace(r, box=slope.level(r.box)) for r in removals]
    drawing = None if page.angle or turn.quarters else source
    settled = settle(drawing, slope.levelled(turn.upright(image)), dpi, level, reading, gone)
    left = [p for w in shown(level) for p in pieces(w, gone)]
    places = [(p, settled.places.get(p, p.box)) for p in left]
    spots = [(p, slope.sloped_box(box)) for p, box in places if box]
    words = [Typed(p.text, box) for p, box in spots]
    boxes = [*_grown(page, words, removals, settled), *map(slope.sloped_removal, settled.boxes)]
    picture = turn.lying(paint(slope.sloped(settled.image), boxes, dpi))
    layer = tuple(map(turn.lying_word, in_blocks(with_labels(words, boxes))))
    whole = PixelPage(source.rect.width, source.rect.height, picture, layer)
    moved = [turn.lying_box(slope.sloped_box(b)) for b in settled.moved]
    boxes = list(map(turn.lying_removal, boxes))
    look = Look(picture, image, dpi, boxes, spots, frozenset(settled.places), moved)
    return _Drawn(whole, list(map(turn.lying_word, words)), look)


def _grown(
    page: Page, words: Sequence[Typed], removals: Sequence[Removal], settled: Settled
) -> list[Removal]:
    """The removals that stay where they are, with a margin.

    It gives way to kept words, but not to those that hidden writing runs across.
    """
    kept = [w.box for w in words]
    odd = [w.box for w in shown(page) if not w.level]
    still = [removals[n] for n in settled.still]
    spared = [[] if any(touches(b, r.box) for b in odd) else kept for r in still]
    return [
        replace(r, box=grow(r.box, beside, page.width, page.height))
        for r, beside in zip(still, spared, strict=True)
    ]
