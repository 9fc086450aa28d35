"""The picture of a page while its lines are set anew: what is ink, paper, ruled line and room.

All rows and columns are whole pixels of the picture, all boxes are points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from redactor.pdf.pieces import SAME_LINE
from redactor.pdf.render import POINTS, Image
from redactor.pdf.runs import Run
from redactor.pdf.spans import columns_of, stretches, strokes
from redactor.pdf.wiping import BEYOND, LONG, wipe_leader, wipe_underline
from redactor.types import Box, Source, Word

RINGS, BLOCK = 0.05, 64  # inches around a letter; pixels of a page that have one paper
MARGIN = 18.0  # points at the edge of the page that stay free
BESIDE = 0.35  # of the height, before what stands to the right
DARK = 56  # levels from the paper are ink
SHALLOW = 0.35  # of the height in which lines may overlap
WALL = 0.8  # of the rows of a line; a stroke so high is a wall
GROUND = 20  # levels by which another paper differs ...
ABRUPT = 1.5  # ... from one side of so many points to the other
THROUGH = 0.97  # of the rows, which no letter fills; such a stroke is a wall however near it is
EDGE = 0.15  # of the height around a word that its own ink may take
DOT, GRAIN = 12, 60  # pixels of a dot of dithered paper; so many dots beside a line are paper
Mask = NDArray[np.bool_]


class Sheet:
    """A copy of a page picture. ``words`` are all shown words, ``boxes`` all removals' boxes.

    ``still`` are the boxes that no line may run into.
    """

    def __init__(
        self,
        image: Image,
        dpi: float,
        words: Sequence[Box],
        boxes: Sequence[Box],
        still: Sequence[Box],
    ) -> None:
        """Copy the picture."""
        self.image = np.array(image)
        self.zoom = dpi / POINTS
        self.boxes = boxes
        self.still = still
        self._words = _corners(words)
        self._all = _corners([*words, *boxes])
        self.rules: Mask = np.zeros(image.shape[:2], bool)
        self._bare = np.array(image)  # the ruled lines as they are where no word stands

    def prepare(self, runs: Sequence[Run]) -> None:
        """Find the ruled lines that stay, then take all hidden ink of the runs away."""
        for run in runs:
            for edge, way in run.hidden_ends:
                wipe_leader(self, run, edge, way)
            self._find_rules(run)
        for run in runs:
            for removal in run.gone:
                self._blank(removal.box, run.height)
                wipe_underline(self, removal.box, run)

    def rows(self, run: Run) -> slice:
        """The rows of the run: all of its ink, cut where other lines' ink begins."""
        b = run.box
        top, foot = b.y0 - 1, b.y1 + 1
        above, below = self._between(run)
        least = SHALLOW * run.height
        first = self._emptiest(run, top, min(max(top, above), top + least))
        last = self._emptiest(run, max(min(foot, below), foot - least), foot)
        return slice(max(first, 0), min(max(last, first + 2), len(self.image)))

    def span(self, run: Run, rows: slice) -> tuple[float, float]:
        """Top and foot of the run's boxes, which touch no word above or below."""
        kept = [t.box for t in run.tokens if t.piece] or [t.box for t in run.tokens]
        top = max(min(b.y0 for b in kept) - 1, rows.start / self.zoom)
        foot = min(max(b.y1 for b in kept) + 1, rows.stop / self.zoom)
        above, below = self._between(run)
        middle, least = (top + foot) / 2, SHALLOW * run.height
        return min(max(top, above + 0.5), middle - least), max(
            min(foot, below - 0.5), middle + least
        )

    def _between(self, run: Run) -> tuple[float, float]:
        """Foot of the words above the run and top of those below, where they come near."""
        b, middle = run.box, (run.box.y0 + run.box.y1) / 2
        _, tops, _, feet = self._words
        near, middles = (feet > b.y0 - 1) & (tops < b.y1 + 1), (tops + feet) / 2
        above = feet[near & (middles < middle - 0.45 * run.height)]
        below = tops[near & (middles > middle + 0.45 * run.height)]
        return float(above.max(initial=0.0)), float(below.min(initial=len(self.image)))

    def _emptiest(self, run: Run, top: float, foot: float) -> int:
        """The row with the least ink between two heights, the middle one of several."""
        a, b = round(top * self.zoom), round(foot * self.zoom)
        if b - a < 2 or a < 0:
            return a
        ink = self.ink(slice(a, b + 1), slice(int(run.box.x0 * self.zoom), None), None).sum(1)
        if not len(ink):
            return a
        least = np.flatnonzero(ink == ink.min())
        return a + int(least[len(least) // 2])

    def ink(self, rows: slice, columns: slice, paper: Image | None) -> Mask:
        """Where the picture is darker or lighter than its paper, ruled lines apart."""
        part = self.image[rows, columns].astype(np.int16)
        far = np.abs(part - (_median(part) if paper is None else paper).astype(np.int16))
        mask: Mask = (far if far.ndim == 2 else far.max(2)) > DARK
        return mask & ~self.rules[rows, columns]

    def paper(self, run: Run, rows: slice) -> Image:
        """The colour behind the run, told between its words where that can be."""
        b, pad = run.box, 2 * run.height
        x0, x1 = max(int((b.x0 - pad) * self.zoom), 0), int((b.x1 + pad) * self.zoom)
        bare = np.flatnonzero(~self._covered(rows)[x0:x1]) + x0
        inner = bare[(bare >= b.x0 * self.zoom) & (bare < b.x1 * self.zoom)]
        chosen = next((c for c in (inner, bare) if len(c) > 2), slice(x0, x1))
        return _median(self.image[rows, chosen])

    def loose_ink(self, rows: slice, paper: Image) -> Mask:
        """Ink of the rows that no word explains."""
        return self._loose(self.ink(rows, slice(None), paper), rows)

    def _loose(self, ink: Mask, rows: slice) -> Mask:
        ink[:, self._covered(rows)] = False
        _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
        dots = stats[:, 4] <= DOT
        if int(dots.sum()) > GRAIN:  # a paper of dots: none of them bounds a line
            ink &= ~dots[labels]
        return ink

    def _covered(self, rows: slice) -> Mask:
        """Columns under words or boxes of the line."""
        found = np.zeros(self.image.shape[1], bool)
        y0, y1 = rows.start / self.zoom, rows.stop / self.zoom
        left, top, right, foot = self._all
        height = foot - top
        common = np.minimum(foot, y1) - np.maximum(top, y0)
        here = common > 0.25 * np.minimum(height, y1 - y0)
        pad = EDGE * height[here]
        starts, ends = (left[here] - pad) * self.zoom, (right[here] + pad) * self.zoom
        for a, z in zip(starts.astype(int).tolist(), ends.astype(int).tolist(), strict=True):
            found[max(a, 0) : max(z + 2, 0)] = True
        return found

    def walls(self, run: Run, rows: slice) -> list[float]:
        """Where strokes run through all rows, and the sides of boxes that stay, in points."""
        paper = self.paper(run, rows)
        ink = self.ink(rows, slice(None), paper)
        whole = ink.sum(0) >= max(THROUGH * len(ink), 1)
        loose = self._loose(ink, rows)
        through = whole | (loose.sum(0) >= max(WALL * len(loose), 1))  # none off the page
        full = [c / self.zoom for ends in stretches(through) for c in ends]
        full += [c / self.zoom for c in self._ground_ends(rows, paper)]
        y0, y1 = rows.start / self.zoom, rows.stop / self.zoom
        near = [
            b
            for b in self.still
            if min(b.y1, y1) - max(b.y0, y0) > SAME_LINE * min(b.height, y1 - y0)
        ]
        return full + [x for b in near for x in (b.x0, b.x1)]

    def _ground_ends(self, rows: slice, paper: Image) -> Iterator[int]:
        """Columns in which the run's paper begins or ends at once, as a coloured field's does."""
        high, reach = rows.stop - rows.start, max(round(ABRUPT * self.zoom), 1)
        some = self.image[rows.start : rows.stop : max(high // 5, 1)].astype(np.int16)
        if not len(some):
            return
        tone = np.sort(some, axis=0)[len(some) // 2].reshape(some.shape[1], -1)
        differ = np.abs(tone - paper.astype(np.int16).reshape(-1)).max(1) > GROUND
        free = ~self._covered(rows)
        for ends in stretches(differ & free, join=reach):
            for c in (e for e in ends if reach <= e < len(tone) - reach):
                step = np.abs(tone[c + reach - 1] - tone[c - reach]).max()
                if ends[1] - ends[0] > 2 * reach and step > GROUND:
                    yield c

    def room(self, run: Run, rows: slice, paper: Image) -> tuple[int, int]:
        """First and last column that the run may use."""
        ink = self.loose_ink(rows, paper)
        beside, edge = BESIDE * run.height, int(MARGIN * self.zoom)
        left = max(int((run.left + beside) * self.zoom) if run.left else 0, edge)
        right = min(int((run.right - beside) * self.zoom), self.image.shape[1] - edge)
        begin = max(int(run.box.x0 * self.zoom) - 2, 0)
        end = max(int(run.box.x1 * self.zoom) + 2, 0)
        marks = [b for a, b in stretches(columns_of(ink[:, :begin])) if int(ink[:, a:b].sum()) > 1]
        if marks:
            left = max(left, marks[-1] + int(beside * self.zoom))
        for a, b in stretches(columns_of(ink[:, end:right])):
            if int(ink[:, end + a : end + b].sum()) > 1:  # one dark pixel is dirt
                right = end + a - int(beside * self.zoom)
                break
        return left, max(right, int(run.box.x0 * self.zoom) + 4)

    def gap(self, a: Word, b: Word) -> float:
        """The white between two neighbouring words; in a scan between their ink."""
        if b.source is Source.TEXT:
            return b.box.x0 - a.box.x1
        both, zoom = a.box.union(b.box), self.zoom
        rows = slice(int(both.y0 * zoom), int(both.y1 * zoom) + 1)
        columns = slice(max(int(both.x0 * zoom), 0), int(both.x1 * zoom) + 1)
        white = ~columns_of(self.ink(rows, columns, None))
        middle = (a.box.x1 + b.box.x0) / 2 * zoom - columns.start
        wide = [(abs((x + y) / 2 - middle), y - x) for x, y in stretches(white)]
        near = [w for far, w in wide if far < a.box.height * zoom / 2]
        return max(near, default=0) / zoom

    def fill(self, rows: slice, columns: slice, paper: Image) -> None:
        """Paper over a place, and ruled lines as they are where no word touches them.

        The foot of a letter on a line is darker than the line, and would tell the letter.
        """
        place, stays = self.image[rows, columns], self.rules[rows, columns]
        place[~stays] = paper
        place[stays] = self._bare[rows, columns][stays]

    def calm(self, rows: slice) -> None:
        """Even paper over the whole width of a line, without what JPEG leaves around letters.

        Its faint rings outline letters that are gone, above and below their line as well. Ink, what
        is close to it and ruled lines stay.
        """
        pad = round(RINGS * POINTS * self.zoom)
        band = slice(max(rows.start - pad, 0), rows.stop + pad)
        for x in range(0, self.image.shape[1], BLOCK):
            part = self.image[band, x : x + BLOCK]
            paper = _median(part)
            far = np.abs(part.astype(np.int16) - paper.astype(np.int16))
            ink = (far if far.ndim == 2 else far.max(2)) > DARK
            near = cv2.dilate(ink.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
            part[~near & ~self.rules[band, x : x + BLOCK]] = paper

    def _find_rules(self, run: Run) -> None:
        """Mark the strokes at the run's height that reach beyond its words."""
        b, z = run.box, self.zoom
        y0, y1 = max(int((b.y0 - 3) * z), 0), int((b.y1 + 3) * z)
        ink = self.ink(slice(y0, y1), slice(None), self.paper(run, slice(y0, y1)))
        free = ~self._covered(slice(y0, y1))
        for n, a, e in strokes(ink, LONG * run.height * z):
            beyond = a < (b.x0 - BEYOND) * z or e > (b.x1 + BEYOND) * z
            if beyond and free[a:e].any():
                row = self.image[y0 + n, a:e]
                self.rules[y0 + n, a:e] = True
                self._bare[y0 + n, a:e] = _median(row[free[a:e]])

    def _blank(self, box: Box, height: float) -> None:
        z, pad = self.zoom, int(height * self.zoom)
        rows = slice(max(int(box.y0 * z), 0), int(box.y1 * z) + 1)
        columns = slice(max(int(box.x0 * z), 0), int(box.x1 * z) + 1)
        around = self.image[rows, max(columns.start - pad, 0) : columns.stop + pad]
        if around.size:  # else it stands off the page
            self.fill(rows, columns, _median(around))


def _corners(boxes: Sequence[Box]) -> NDArray[np.float64]:
    """Left sides, tops, right sides and feet of boxes, one row each."""
    return np.array([(b.x0, b.y0, b.x1, b.y1) for b in boxes], float).reshape(-1, 4).T


def _median(part: NDArray[np.integer]) -> Image:
    flat = part.reshape(-1, *part.shape[2:])
    return np.asarray(np.median(flat, axis=0)).astype(np.uint8)
