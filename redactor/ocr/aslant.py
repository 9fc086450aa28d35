"""Lines that run aslant on an upright page, a stamp or a note in the margin, read along their run.

A reader of level lines takes some letters of such a line for words and lets the rest be: a box
over what it read would leave a name in halves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from redactor.ocr.base import Image, OcrEngine, OcrWord, ink_of, mean_confidence, paper_of
from redactor.ocr.merge import DOUBT, overlaps

LEVEL = 6.0  # degrees; lines that lean less are read as level ones
LETTER = (0.03, 0.6)  # inches; marks of other sizes are no letters
NEAR = 0.085  # inches; letters nearer than this to each other make a cluster ...
ALONE = 0.13  # ... but where nothing else is on the sheet
FEW = 4  # letters; of fewer nobody can tell how they run
LONG = 0.4  # inches; a shorter cluster is no line
SLENDER = 4.0  # times as long as it is high, a line is
MARGIN = 0.06  # inches around a line
BELIEVED = 0.7  # mean confidence of a reading along the run that is one ...
BETTER = 1.3  # ... and how much better it must be than that of level lines ...
STEEP, GOOD = 8.0, 0.8  # ... but for runs so steep that only their boxes can be wrong
TURNED, BESIDE = 4.0, 2.0  # degrees and letters between two runs that are one line

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Run:
    """A line that runs aslant: its middle, its angle in degrees, length, height and letters."""

    middle: tuple[float, float]
    angle: float
    long: float
    high: float
    letters: NDArray[np.int64]

    def holds(self, word: OcrWord) -> bool:
        """Whether the middle of a word lies on the line."""
        turn = np.deg2rad(self.angle)
        dx = (word.x0 + word.x1) / 2 - self.middle[0]
        dy = (word.y0 + word.y1) / 2 - self.middle[1]
        along = dx * np.cos(turn) + dy * np.sin(turn)
        across = dy * np.cos(turn) - dx * np.sin(turn)
        return bool(abs(along) <= self.long / 2 and abs(across) <= self.high / 2)


def read_aslant(
    words: Sequence[OcrWord], image: Image, dpi: float, reader: OcrEngine, *, alone: bool = False
) -> tuple[OcrWord, ...]:
    """The words of an upright grey image, those that run aslant as they are read along the run.

    Their boxes are level ones about the slanted words; ``level`` is False. A sure word of a level
    line that is none of them stays. ``alone`` says that the image holds no other marks.
    """
    found = tuple(words)
    letters = Letters(image, dpi, alone=alone)
    for run in letters.runs():
        both = (tuple(_along(run, turn, letters.image, dpi, reader)) for turn in (0.0, 180.0))
        fresh = max(both, key=_worth)
        old = tuple(w for w in found if run.holds(w))
        least = (GOOD if abs(run.angle) >= STEEP else BETTER) * _worth(old)
        if (mean_confidence(fresh) < BELIEVED and not alone) or _worth(fresh) < least or not fresh:
            continue
        line = 1 + max((w.line for w in found), default=-1)
        gone = {id(w) for w in old if w.confidence < DOUBT or any(overlaps(w, f) for f in fresh)}
        stay = (w for w in found if id(w) not in gone)
        found = (*stay, *(replace(w, line=w.line + line) for w in fresh))
    return found


class Letters:
    """The marks of an upright grey image that have the size of letters, and nothing else of it."""

    def __init__(self, image: Image, dpi: float, *, alone: bool = False) -> None:
        """Find them; frames, pictures and specks are left out, if there are any."""
        self.dpi = dpi
        self.near = ALONE if alone else NEAR
        dark, paper = ink_of(image), paper_of(image)
        _, self._labels, self._stats, self._centres = cv2.connectedComponentsWithStats(dark)
        self._sides = np.maximum(self._stats[:, 2], self._stats[:, 3])
        self._are = (self._sides >= LETTER[0] * dpi) & (self._sides <= LETTER[1] * dpi)
        self._are[0] = False
        self._mask = self._are[self._labels].astype(np.uint8)
        around = cv2.dilate(self._mask, np.ones((3, 3), np.uint8))
        self.image: Image = image if alone else np.where(around > 0, image, np.uint8(paper))

    def runs(self) -> Iterator[Run]:
        """The lines that run aslant."""
        size = 2 * round(self.near * self.dpi / 2) + 1
        near = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        _, clusters = cv2.connectedComponents(cv2.dilate(self._mask, near))
        first = np.full(len(self._are), -1)
        inner = self._mask > 0
        first[self._labels[inner]] = clusters[inner]  # all of a mark lies in one cluster
        found: list[Run] = []
        for cluster in np.unique(first[self._are]):
            numbers = np.flatnonzero(first == cluster)
            run = self._line(numbers) if len(numbers) >= FEW else None
            while run:  # with those that are its further words
                near_run = next((f for f in found if _one(f, run)), None)
                if near_run is None:
                    found.append(run)
                    break
                found.remove(near_run)
                run = self._line(np.concatenate([near_run.letters, run.letters])) or run
        yield from found

    def _line(self, numbers: NDArray[np.int64]) -> Run | None:
        return _run(
            self._centres[numbers], numbers, float(np.median(self._sides[numbers])), self.dpi
        )


def _one(a: Run, b: Run) -> bool:
    """Whether two runs are pieces of one line."""
    turned = abs((a.angle - b.angle + 90) % 180 - 90)
    turn = np.deg2rad(a.angle)
    dx, dy = b.middle[0] - a.middle[0], b.middle[1] - a.middle[1]
    along, across = dx * np.cos(turn) + dy * np.sin(turn), dy * np.cos(turn) - dx * np.sin(turn)
    between = abs(along) - (a.long + b.long) / 2
    return bool(
        turned <= TURNED and abs(across) <= a.high / 3 and between <= BESIDE * min(a.high, b.high)
    )


def _run(points: Points, numbers: NDArray[np.int64], letter: float, dpi: float) -> Run | None:
    """The line through the middles of letters, if they make one and it runs aslant."""
    middle = points.mean(0)
    _, spread, axes = np.linalg.svd(points - middle, full_matrices=False)
    angle = float(np.rad2deg(np.arctan2(axes[0, 1], axes[0, 0])))
    angle = (angle + 90) % 180 - 90
    along, across = ((points - middle) @ axis for axis in axes)
    long = float(np.ptp(along)) + 2 * letter
    high = float(np.ptp(across)) + 1.5 * letter
    if abs(angle) < LEVEL or long < LONG * dpi or spread[0] < SLENDER * max(spread[1], 1e-6):
        return None
    x, y = (
        middle
        + axes[0] * (along.max() + along.min()) / 2
        + axes[1] * (across.max() + across.min()) / 2
    )
    pad = 2 * MARGIN * dpi
    return Run((float(x), float(y)), angle, long + pad, high + pad, numbers)


def _worth(words: Sequence[OcrWord]) -> float:
    return sum(len(w.text) * w.confidence**2 for w in words)


def _along(run: Run, turn: float, image: Image, dpi: float, reader: OcrEngine) -> Iterator[OcrWord]:
    """The words that the reader sees when the line is turned level."""
    size = (round(run.long), round(run.high))
    forth = cv2.getRotationMatrix2D(run.middle, run.angle + turn, 1.0)
    forth[:, 2] += np.array(size) / 2 - np.array(run.middle)
    paper = paper_of(image)
    level = cv2.warpAffine(
        image, forth, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
    )
    back = cv2.invertAffineTransform(forth)
    for w in reader.read(np.ascontiguousarray(level, np.uint8), dpi).words:
        pad = 0.15 * (w.y1 - w.y0)
        x0, y0, x1, y1 = w.x0 - pad, w.y0 - pad, w.x1 + pad, w.y1 + pad
        corners = np.array([(x0, y0, 1), (x1, y0, 1), (x1, y1, 1), (x0, y1, 1)]) @ back.T
        left, top = corners.min(0)
        right, foot = corners.max(0)
        yield replace(
            w, x0=float(left), y0=float(top), x1=float(right), y1=float(foot), edges=(), level=False
        )
