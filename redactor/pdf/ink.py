"""Ink that no reader explains: photographs, signatures, handwriting, stamps.

Everything happens on a small upright picture of the page. Words that were read with some
confidence explain the ink under them; ruling lines, borders, bullets, checkboxes and the specks of
a fax are nothing; what is left in clusters of a size that could say something is a ``Region``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from redactor.pdf.combs import combs, holds_middle
from redactor.pdf.doubted import without_doubted
from redactor.pdf.lines import Item, upright
from redactor.pdf.marks import Cluster
from redactor.pdf.rawpage import RawPage
from redactor.pdf.render import LOOK_DPI, Image, crop
from redactor.pdf.strokes import (
    INCH,
    LEAST,
    MARK,
    blank,
    clusters,
    ink_mask,
    ink_masks,
)
from redactor.types import Box, Region

EDGE = 0.25  # inches; a dark strip along the edge is the scanner's
TONE_SPREAD = 18.0  # grey levels; a shaded field spreads less, a photograph more
TONE_AREA = 0.6  # inches; a photograph is at least so wide and high
SIGNS = ("sign", "/s/", "x__", "initial")
PRINTED = 0.25  # inches; the line below or beside which one signs


def examine(page: RawPage, image: Image, dpi: float) -> RawPage:
    """The page with ``explained`` and ``regions``, from a picture of all of it."""
    look = _level(_small(image, dpi), page.angle)
    items = upright(page.front, page.angle, (page.width / 2, page.height / 2))
    items = _shifted(items, page, look)
    if page.kind == "text" and _is_plain(look, items, page):
        return page
    items = without_doubted(items) if page.kind != "text" else items
    photos = list(_photos(look, items))
    ink, faint = ink_masks(look)
    for field in combs(ink) if page.kind != "text" else ():
        page = _with_comb(page, look, field)
        ink[field[1] : field[3], field[0] : field[2]] = 0
    for x0, y0, x1, y1 in photos:
        ink[y0:y1, x0:x1] = 0
    found = [c for c in clusters(ink, items) if not _at_edge(c, look)]
    pale = clusters(faint, items) if faint is not None and page.kind != "text" else []
    found += [c for c in pale if not _at_edge(c, look) and not any(_meet(c, f) for f in found)]
    total = int(ink.sum()) + sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in photos)
    dark = sum(c.ink for c in found) + sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in photos)
    regions = [_region("photo", "a large area of tones", p, 1.0, page, look) for p in photos] + [
        _region(*_kind(c, items), (c.x0, c.y0, c.x1, c.y1), c.ink / max(total, 1), page, look)
        for c in found
    ]
    new = [r for r in regions if not any(known.box.holds(r.box) for known in page.regions)]
    return replace(
        page, explained=1.0 - dark / total if total else 1.0, regions=(*page.regions, *new)
    )


def _with_comb(page: RawPage, look: Image, place: tuple[int, int, int, int]) -> RawPage:
    """The page with a region for a comb, instead of what was read of its letters."""
    region = _region("ink", "a field of a letter a cell", place, 0.0, page, look)
    words = tuple(w for w in page.words if not holds_middle(region.box, w.box))
    return replace(page, words=words, regions=(*page.regions, region))


def _is_plain(look: Image, items: Iterable[Item], page: RawPage) -> bool:
    """True when a born-digital page shows next to nothing but its words and ruling lines."""
    dark = ink_mask(look)
    for item in items:
        blank(dark, item)
    for rule in page.rules:
        crop(dark, _aside(rule, page, look), LOOK_DPI, pad=2)[:] = 0
    return int(dark.sum()) < LEAST[0] * LEAST[1] * INCH * INCH / 8


def _small(image: Image, dpi: float) -> Image:
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    if abs(dpi - LOOK_DPI) < 1:
        return np.ascontiguousarray(grey, dtype=np.uint8)
    scale = LOOK_DPI / dpi
    return np.asarray(
        cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
    )


def _level(look: Image, angle: float) -> Image:
    """The picture with its text lines level, about its middle."""
    quarter = round(angle / 90)
    look = np.ascontiguousarray(np.rot90(look, quarter))
    rest = angle - 90 * quarter
    if abs(rest) < 0.05:
        return look
    high, wide = look.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), rest, 1.0)
    level = cv2.warpAffine(look, matrix, (wide, high), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(level, np.uint8)


def _shifted(items: Iterable[Item], page: RawPage, look: Image) -> list[Item]:
    """Items in pixels of the upright picture, whose middle is the page's."""
    zoom = LOOK_DPI / 72
    dx = look.shape[1] / 2 - page.width / 2 * zoom
    dy = look.shape[0] / 2 - page.height / 2 * zoom
    return [
        Item(i.x0 * zoom + dx, i.y0 * zoom + dy, i.x1 * zoom + dx, i.y1 * zoom + dy, i.word)
        for i in items
    ]


def _at_edge(c: Cluster, look: Image) -> bool:
    """True for the dark strip that a scanner leaves along the edge."""
    high, wide = look.shape
    edge = EDGE * INCH
    thin = c.width < 2 * edge or c.height < 2 * edge
    outside = c.x1 < edge or c.y1 < edge or c.x0 > wide - edge or c.y0 > high - edge
    touches = c.x0 <= 2 or c.y0 <= 2 or c.x1 >= wide - 2 or c.y1 >= high - 2
    return outside or (touches and thin)


def _meet(a: Cluster, b: Cluster) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1


def _photos(look: Image, items: Iterable[Item]) -> Iterator[tuple[int, int, int, int]]:
    """Boxes of large areas of many tones that hold few words."""
    paper = float(np.percentile(look, 90))
    mean = cv2.blur(look, (9, 9))
    tone = (mean < paper - 35).astype(np.uint8)
    tone = cv2.morphologyEx(tone, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    tone = cv2.morphologyEx(tone, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    words = np.zeros_like(look)
    for item in items:
        words[max(int(item.y0), 0) : int(item.y1) + 1, max(int(item.x0), 0) : int(item.x1) + 1] = 1
    count, _, stats, _ = cv2.connectedComponentsWithStats(tone)
    for n in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[n])
        place = look[y : y + h, x : x + w]
        large = min(w, h) >= TONE_AREA * INCH and area > 0.5 * w * h
        if not large or float(words[y : y + h, x : x + w].mean()) > 0.3:
            continue
        if float(place.std()) >= TONE_SPREAD and _many_tones(place):
            yield x, y, x + w, y + h


def _many_tones(place: Image) -> bool:
    """True for a photograph; drawings and shaded fields are of few tones."""
    shares = np.histogram(place, bins=16, range=(0, 256))[0] / place.size
    return int((shares > 0.02).sum()) >= 6 and float(shares.max()) < 0.6


def _kind(c: Cluster, items: Sequence[Item]) -> tuple[str, str]:
    near = 1.5 * PRINTED * INCH
    for item in items:
        text = item.word.text.casefold()
        if not any(s in text for s in SIGNS):
            continue
        if (
            item.x0 - 3 * INCH < c.x1
            and c.x0 < item.x1 + 3 * INCH
            and item.y0 - near < c.y1
            and c.y0 < item.y1 + near
        ):
            return "signature", "strokes beside a word of signing"
    if min(c.width, c.height) > 0.7 * INCH and 0.4 < c.width / c.height < 2.5:
        return "stamp", "a compact figure that holds no words"
    if c.width > c.height and c.fill < 0.4 and c.largest > MARK * INCH:
        return "handwriting", "strokes that no reader could read"
    return "ink", "marks that no reader could read"


def _aside(box: Box, page: RawPage, look: Image) -> Box:
    """A box of the page turned level about its middle, in points of the upright picture."""
    zoom = 72 / LOOK_DPI
    dx, dy = look.shape[1] * zoom / 2 - page.width / 2, look.shape[0] * zoom / 2 - page.height / 2
    return Box(box.page, box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)


def _region(
    kind: str,
    why: str,
    place: tuple[int, int, int, int],
    share: float,
    page: RawPage,
    look: Image,
) -> Region:
    """A place of the upright picture as a region of the page as it lies."""
    zoom = 72 / LOOK_DPI
    dx, dy = page.width / 2 - look.shape[1] / 2 * zoom, page.height / 2 - look.shape[0] / 2 * zoom
    x0, y0, x1, y1 = (v * zoom for v in place)
    turn = np.radians(page.angle)
    cx, cy = page.width / 2, page.height / 2
    xs, ys = [], []
    for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1)):
        u, v = x + dx - cx, y + dy - cy
        xs.append(float(cx + u * np.cos(turn) - v * np.sin(turn)))
        ys.append(float(cy + u * np.sin(turn) + v * np.cos(turn)))
    box = Box(page.number, min(xs), min(ys), max(xs), max(ys))
    return Region(kind, box, why, round(share, 4))
