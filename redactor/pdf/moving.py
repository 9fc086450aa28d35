"""Sets lines anew in the picture of a page: behind boxes of one width, with even word gaps.

A word of a text layer is drawn again so that it begins on a whole pixel, because the part of a
pixel it stood on tells where it stood (Bland, Iyer, Levchenko, PETS 2023); a word of a scan is cut
out at its ink. Ruled lines that reach beyond the words stay, an underline goes with its word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pymupdf
from PIL import Image as Pillow

from redactor.pdf.framed import held, parted
from redactor.pdf.pieces import Piece, hangs, is_level, shown, taken, touches
from redactor.pdf.render import Image, as_array
from redactor.pdf.runs import Run, Token, runs
from redactor.pdf.segments import is_free, segments, word_gap
from redactor.pdf.setting import Part, Place, lay
from redactor.pdf.sheet import Sheet
from redactor.pdf.spans import columns_of, own, stretches
from redactor.types import Box, Page, Reading, Removal, Source

WIDTH = 48.0  # points; every box of every release
WIDE_GAP = 4.0  # word gaps between two parts of a line set apart
OVERHANG = 0.08  # of the height; ink beside the place of a word
LEAST_MARK = 0.15  # of the height; strokes closer than this are one mark
JOINED = 1.25  # of the width of a part of a word; what is wider has a hidden letter joined to it
NUDGE = 0.03  # pixels; keeps rounding from choosing the pixel before
WORD_GAP = 0.15  # of the height; letters of one word stand nearer
SPECK = 6  # pixels; less ink is dirt
Draw = Callable[[Box, slice, int, int], Image]


@dataclass(frozen=True)
class Settled:
    """A page picture with its lines set anew, the new places of pieces, and the boxes."""

    image: Image
    places: dict[Piece, Box | None]  # None for one that goes with a box
    boxes: list[Removal]
    still: list[int]  # which removals stay where they are
    moved: list[Box]  # stretches of lines that no longer look as they did


@dataclass(frozen=True)
class _Cut:
    """A token's picture over the rows of its line; ``lead`` pixels of it lie before its place."""

    token: Token | None  # None for ink that is no word
    image: Image | None  # None for a box
    width: int
    lead: int
    box: Box


def settle(
    source: pymupdf.Page | None,
    image: Image,
    dpi: float,
    page: Page,
    reading: Reading,
    removals: Sequence[Removal],
) -> Settled:
    """The page with every line that holds a box of fixed width set anew.

    ``page``, ``removals`` and ``image`` must be upright and level (``pdf.turn``, ``slope``).
    Without ``source`` words are cut from the image, with it drawn where they go.
    """
    words = shown(page)
    odd = [w.box for w in words if not is_level(w)]
    fixed = [r for r in removals if r.fixed_width and not any(touches(b, r.box) for b in odd)]
    still = [n for n, r in enumerate(removals) if r not in fixed]
    if not fixed or any(_whole(removals[n].box, page) for n in still):
        return Settled(image, {}, [], list(range(len(removals))), [])
    parts = segments(page, reading)
    # a damaged font's letters may lie so that a stretch holds neither words nor boxes
    lines = [r for r in runs(page, reading, parts, fixed, removals) if r.tokens or r.gone]
    sheet = Sheet(
        image,
        dpi,
        [w.box for w in words],
        [r.box for r in removals],
        [removals[n].box for n in still],
    )
    sheet.prepare(lines)
    free = [p for p in parts if is_free(p, fixed)]
    drawing = _drawing(source, sheet) if source else None
    setter = _Setter(sheet, drawing, word_gap(free, sheet.gap))
    for run in lines:
        setter.set(run)
    if any(w.source is Source.OCR for w in words):
        for rows in setter.bands:
            sheet.calm(rows)
    return Settled(sheet.image, setter.places, setter.boxes, still, setter.moved)


def _whole(box: Box, page: Page) -> bool:
    return box.width >= 0.99 * page.width and box.height >= 0.99 * page.height


def _drawing(source: pymupdf.Page, sheet: Sheet) -> Draw:
    """Draws the place of a word with its left edge on a whole pixel, and pixels beside it."""
    listed, zoom, rgb = source.get_displaylist(annots=0), sheet.zoom, sheet.image.ndim == 3

    def draw(box: Box, rows: slice, before: int, after: int) -> Image:
        at = before + NUDGE - box.x0 * zoom
        matrix = pymupdf.Matrix(zoom, 0, 0, zoom, at, -rows.start)
        area = pymupdf.Rect(0, 0, before + after, rows.stop - rows.start)
        drawn = listed.get_pixmap(
            matrix=matrix,
            colorspace=pymupdf.csRGB if rgb else pymupdf.csGRAY,
            alpha=False,
            clip=area * ~matrix,
        )
        inner = as_array(drawn)
        whole = np.full((int(area.height), int(area.width), *inner.shape[2:]), 255, np.uint8)
        whole[drawn.y : drawn.y + drawn.height, drawn.x : drawn.x + drawn.width] = inner
        return whole

    return draw


class _Setter:
    """Sets runs anew on a sheet and keeps account of what stands where."""

    def __init__(self, sheet: Sheet, draw: Draw | None, gap: float) -> None:
        self.sheet = sheet
        self.draw = draw
        self.gap = gap
        self.places: dict[Piece, Box | None] = {}
        self.boxes: list[Removal] = []
        self.moved: list[Box] = []
        self.bands: list[slice] = []

    def set(self, run: Run) -> None:
        """Set a run anew, each part between walls on its own."""
        rows = self.sheet.rows(run)
        self.bands.append(rows)
        self.places.update(dict.fromkeys(run.dropped))
        for part in parted(run, self.sheet.walls(run, rows)):
            if part.gone or not run.gone:
                self._set(part, rows)

    def _set(self, run: Run, rows: slice) -> None:
        sheet, zoom = self.sheet, self.sheet.zoom
        paper = sheet.paper(run, rows)
        left, right = sheet.room(run, rows, paper)
        cuts = sorted(self._cuts(run, rows, paper), key=lambda c: c.box.x0 + c.box.x1)
        parts = [Part(c.width if c.image is not None else None, _gap(c)) for c in cuts]
        start, room = held(run, left, right, zoom)
        gap = max(round(self.gap * run.height * zoom), 1)
        places = lay(parts, room, gap, round(WIDTH * zoom))
        end = places[-1].x + places[-1].width
        if run.hold != "left":
            start = round(run.at * zoom) - (end // 2 if run.hold == "middle" else end)
        begin = min(start, int(run.box.x0 * zoom))
        sheet.fill(rows, slice(max(begin - 2, 0), right), paper)
        ends = (v / zoom for v in (begin - 2, rows.start, max(right, start + end), rows.stop))
        self.moved.append(Box(run.box.page, *ends))
        for cut, place in zip(cuts, places, strict=True):
            self._put(run, cut, Place(start + place.x, place.width), rows, paper)

    def _put(self, run: Run, cut: _Cut, where: Place, rows: slice, paper: Image) -> None:
        zoom = self.sheet.zoom
        if cut.image is not None:
            self._paste(cut, where, rows, paper)
        if cut.token is None:
            return
        if cut.token.piece:
            x0 = where.x / zoom
            self.places[cut.token.piece] = replace(cut.box, x0=x0, x1=x0 + where.width / zoom)
            return
        y0, y1 = self.sheet.span(run, rows)
        first = cut.token.removals[0]
        cites = tuple(dict.fromkeys(c for r in cut.token.removals for c in r.citations))
        x0, x1 = (where.x + 0.05) / zoom, (where.x + where.width - 0.95) / zoom
        box = Box(first.box.page, x0, y0, x1, y1)
        self.boxes.append(replace(first, box=box, citations=cites))

    def _cuts(self, run: Run, rows: slice, paper: Image) -> Iterator[_Cut]:
        for token in run.tokens:
            if token.piece is None:
                yield _Cut(token, None, 0, 0, token.box)
            elif self.draw and token.piece.word.source is Source.TEXT:
                yield self._drawn(token, rows, paper, self._side(run))
            else:
                yield self._scanned(token, token.piece, rows, paper, self._side(run))
        yield from self._marks(run, rows, paper)

    def _side(self, run: Run) -> int:
        return max(round(OVERHANG * run.height * self.sheet.zoom), 1)

    def _drawn(self, token: Token, rows: slice, paper: Image, side: int) -> _Cut:
        """A word drawn again, without what is hidden beside it."""
        assert self.draw is not None  # noqa: S101 - told by the caller
        zoom = self.sheet.zoom
        width = max(int(token.box.width * zoom + 0.6), 1)
        image = np.array(self.draw(token.box, rows, side, width + side))
        origin = token.box.x0 * zoom - side
        for b in self.sheet.boxes:
            a, z = int(b.x0 * zoom - origin), int(b.x1 * zoom - origin) + 1
            y0, y1 = (round(y * zoom) - rows.start for y in taken(b, token.box))
            image[max(y0, 0) : max(y1, 0), max(a, 0) : max(z, 0)] = paper
        return _Cut(token, image, width, side, token.box)

    def _scanned(self, token: Token, piece: Piece, rows: slice, paper: Image, side: int) -> _Cut:
        """A word cut out at its ink; of a word cut in two, what may be a hidden letter goes."""
        zoom, sheet = self.sheet.zoom, self.sheet
        x0 = int(token.box.x0 * zoom) - (0 if piece.cut_left else side)
        x1 = int(token.box.x1 * zoom) + (1 if piece.cut_right else side + 1)
        x0 = max(x0, 0)
        found = list(stretches(columns_of(sheet.ink(rows, slice(x0, x1), paper))))
        found = own(found, x1 - x0, WORD_GAP * (token.box.height * zoom))
        if piece.cut_left:  # where a reader parts two letters is a guess: the nearest goes too
            found = found[-len(piece.text) :][1:]
        if piece.cut_right:
            found = found[: len(piece.text)][:-1]
        a, z = (x0 + found[0][0], x0 + found[-1][1]) if found else (x0, x0 + 1)
        most = round(JOINED * token.box.width * zoom) + 1
        a, z = max(a, z - most) if piece.cut_left else a, min(z, a + most) if piece.cut_right else z
        image = sheet.image[rows, a:z].copy()
        if not found:
            image[:] = paper
        return _Cut(token, image, z - a, 0, token.box)

    def _marks(self, run: Run, rows: slice, paper: Image) -> Iterator[_Cut]:
        """Ink between the words that is no word: a box to tick, a bullet."""
        zoom = self.sheet.zoom
        ink = self.sheet.loose_ink(rows, paper)
        x0, x1 = int(run.box.x0 * zoom), int(run.box.x1 * zoom)
        for a, b in stretches(columns_of(ink), max(round(LEAST_MARK * run.height * zoom), 1)):
            hanging = any(hangs(a / zoom, b / zoom, r.box) for r in run.gone)
            if a >= x0 and b <= x1 and int(ink[:, a:b].sum()) > SPECK and not hanging:
                place = Box(run.box.page, a / zoom, run.box.y0, b / zoom, run.box.y1)
                yield _Cut(None, self.sheet.image[rows, a:b].copy(), b - a, 0, place)

    def _paste(self, cut: _Cut, where: Place, rows: slice, paper: Image) -> None:
        image, lead = cut.image, cut.lead
        if image is None:
            return
        if where.width != cut.width:
            slim = where.width / cut.width
            wide = max(round(image.shape[1] * slim), 1)
            picture = Pillow.fromarray(image)
            image = np.asarray(picture.resize((wide, image.shape[0]), Pillow.Resampling.BOX))
            lead = round(lead * slim)
        x = where.x - lead
        skip = max(-x, 0)
        place = self.sheet.image[rows, x + skip : x + image.shape[1]]
        image = image[: place.shape[0], skip : skip + place.shape[1]]
        light = float(np.mean(paper)) > 127  # half of white
        place[:] = np.minimum(place, image) if light else np.maximum(place, image)


def _gap(cut: _Cut) -> float:
    return 1.0 if cut.token is None else (0.0, 1.0, WIDE_GAP)[cut.token.gap]
