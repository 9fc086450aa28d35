"""Strokes that no word explains, in clusters; all on a small upright picture of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from redactor.pdf.lines import Item
from redactor.pdf.marks import Cluster, letters_apart, union
from redactor.pdf.render import LOOK_DPI, Image

Mask = NDArray[np.uint8]
INCH = LOOK_DPI
CONTRAST = 55  # grey levels off the ground that are ink, however rough the paper is
FAINT = 10  # on clean paper so few are ...
FAINTEST = 5  # ... and so few on paper of one tone, as no scanner sees it
ROUGH = 5.0  # times the usual spread of the paper is no ink
SOME = 4  # every so many rows and columns tell what is usual
EVEN = 8  # grey levels that a place of one tone spreads
PLAIN = 0.08  # inches; no stroke of a pen is so thick
GROUND = 0.11  # inches; twice as wide and high is the place of which most is ground
BELIEVED = 0.5  # confidence; a word read with less explains nothing
SPECK = 0.05  # inches; smaller components are noise, dots and bullets
MARK = 0.22  # inches; a checkbox or a stray letter is no larger
REACH = (0.16, 0.07)  # inches sideways and down within which strokes are one cluster
BESIDE = 0.5  # inches between two clusters of one writing
LEAST = (0.3, 0.07)  # inches; a smaller cluster says nothing
THICK = 0.08  # inches; a line is thinner
RULE = 0.3  # inches; a longer straight run is a line


def ink_mask(look: Image) -> Mask:
    """1 where the page is unlike the ground around, be that paper, a shaded field or a bar.

    By how much depends on how clean the page is: pencil and pale pens are read by people.
    """
    return ink_masks(look)[0]


def ink_masks(look: Image) -> tuple[Mask, Mask | None]:
    """``ink_mask``, and the same with fainter ink, which only paper of one tone tells."""
    apart = cv2.absdiff(look, _ground(look))
    some = apart[::SOME, ::SOME].astype(np.int16)
    usual = float(np.median(some))
    spread = 1.4826 * float(np.median(np.abs(some - usual)))
    free = 1 - _plains(look, spread)
    least = min(max(usual + ROUGH * spread, FAINT), CONTRAST)
    faint = None if usual or spread else np.asarray(apart > FAINTEST).astype(np.uint8) & free
    return np.asarray(apart > least).astype(np.uint8) & free, faint


def _plains(look: Image, spread: float) -> Mask:
    """Places of one tone, not paper, too wide and high for a stroke, and their edges."""
    near = np.ones((3, 3), np.uint8)
    tones = cv2.dilate(look, near).astype(np.int16) - cv2.erode(look, near)
    paper = float(np.percentile(look[::SOME, ::SOME], 90))
    even = ((tones <= EVEN + ROUGH * spread) & (look < paper - FAINT)).astype(np.uint8)
    size = round(PLAIN * INCH)
    even = cv2.morphologyEx(even, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    return np.asarray(cv2.dilate(even, np.ones((7, 7), np.uint8)), np.uint8)


def _ground(look: Image) -> Image:
    """What most of the picture near a place looks like; strokes are never most of it."""
    high, wide = look.shape
    half = cv2.resize(look, ((wide + 1) // 2, (high + 1) // 2), interpolation=cv2.INTER_AREA)
    even = cv2.medianBlur(half, 2 * round(GROUND * INCH / 2) + 1)
    return np.asarray(cv2.resize(even, (wide, high), interpolation=cv2.INTER_NEAREST), np.uint8)


def clusters(ink: Mask, items: Iterable[Item]) -> list[Cluster]:
    """Ink under no believed word and on no line, in clusters large enough to say something."""
    bare = ink.copy()
    for item in items:
        if item.word.confidence >= BELIEVED:
            blank(bare, item)
    bare &= 1 - _lines(ink)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(bare, connectivity=8)
    keep = np.zeros(count, np.uint8)
    for n in range(1, count):
        _, _, w, h, area = stats[n]
        keep[n] = max(w, h) >= SPECK * INCH and area >= 6
    strokes = keep[labels]
    reach = np.ones((round(REACH[1] * INCH), round(REACH[0] * INCH)), np.uint8)
    groups, group_of, boxes, _ = cv2.connectedComponentsWithStats(cv2.dilate(strokes, reach))
    every = [_cluster(n, group_of, boxes[n], labels, strokes, stats) for n in range(1, groups)]
    found = [c for c in every if c]
    small = [c for c in found if not _says_something(c)]
    return _merged([*filter(_says_something, found), *letters_apart(small)])


def _merged(found: Sequence[Cluster]) -> list[Cluster]:
    """Clusters that stand side by side on one line made one: a signature is seldom one stroke."""
    out: list[Cluster] = []
    for cluster in sorted(found, key=lambda c: c.x0):
        for n, other in enumerate(out):
            common = min(cluster.y1, other.y1) - max(cluster.y0, other.y0)
            beside = cluster.x0 - other.x1 < BESIDE * INCH
            if beside and common > 0.3 * min(cluster.height, other.height):
                out[n] = union(other, cluster)
                break
        else:
            out.append(cluster)
    return out


def blank(mask: Mask, item: Item) -> None:
    """Wipe a word and a little around it off the mask."""
    pad = 0.22 * item.height
    x0, y0 = max(int(item.x0 - pad), 0), max(int(item.y0 - pad), 0)
    mask[y0 : int(item.y1 + pad) + 1, x0 : int(item.x1 + pad) + 1] = 0


def _lines(ink: Mask) -> Mask:
    """Long straight runs that are thin, level or upright; a dark area is no line."""
    long, thick = round(RULE * INCH), round(THICK * INCH)
    found = np.zeros_like(ink)
    for run, area in (((1, long), (thick, long)), ((long, 1), (long, thick))):
        found |= _opened(ink, run) & (1 - _opened(ink, area))
    return np.asarray(cv2.dilate(found, np.ones((3, 3), np.uint8)), np.uint8)


def _opened(ink: Mask, size: tuple[int, int]) -> Mask:
    """Where a rectangle of ink so high and wide fits; none goes on beyond the edge."""
    edge = {"borderType": cv2.BORDER_CONSTANT, "borderValue": 0}
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(size, np.uint8), **edge))


def _cluster(
    n: int, group_of: Mask, box: Sequence[int], labels: Mask, strokes: Mask, stats: Mask
) -> Cluster | None:
    x, y, w, h = (int(v) for v in box[:4])
    inside = (group_of[y : y + h, x : x + w] == n) & (strokes[y : y + h, x : x + w] == 1)
    rows, columns = np.nonzero(inside)
    if not len(rows):
        return None
    parts = np.unique(labels[y : y + h, x : x + w][inside])
    largest = max(float(max(stats[p][2], stats[p][3])) for p in parts)
    return Cluster(
        x + int(columns.min()),
        y + int(rows.min()),
        x + int(columns.max()) + 1,
        y + int(rows.max()) + 1,
        len(rows),
        len(parts),
        largest,
    )


def _says_something(c: Cluster) -> bool:
    if c.width < LEAST[0] * INCH or c.height < LEAST[1] * INCH:
        return False
    return c.largest > MARK * INCH or (c.strokes >= 4 and c.ink > 0.01 * INCH * INCH)
