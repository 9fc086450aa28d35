"""A page as a vector page, proved to look like its picture, or the reason why it stays a picture.

Nothing is taken off the old page; a new one is made of what was read. Letters of kept words are
set by their outlines, rectangles are drawn where they are seen, pictures are cut from the page as
the release shows it. What is not understood, or looks different in the end, is a doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

import pymupdf

from redactor.pdf.alike import alike, similar
from redactor.pdf.drawing import read_drawing
from redactor.pdf.fills import Fill, common, visible
from redactor.pdf.layer import read_layer
from redactor.pdf.lettering import Letters, advances
from redactor.pdf.order import in_blocks, with_labels
from redactor.pdf.outlines import NotUnderstood
from redactor.pdf.paint import corners
from redactor.pdf.pieces import Piece, shown
from redactor.pdf.render import POINTS, Image, render_page
from redactor.pdf.textlayer import Typed
from redactor.pdf.typeface import Typeface
from redactor.pdf.vector import VectorPage
from redactor.pdf.writing import write
from redactor.settings import Settings
from redactor.types import Box, Page, Removal, Source

TOUCH = 0.5  # points by which lines may reach into moved words
WALL = 2.0  # points; wider is no wall of a cell
ENDS = 0.3  # of a word's height


@dataclass(frozen=True)
class Look:
    """What a page of the release looks like: its picture with boxes, and what stands where.

    ``before`` is its picture without. ``spots`` are the pieces of words that stay, with their
    places; those in ``anew`` were moved, in the stretches ``moved``.
    """

    picture: Image
    before: Image
    dpi: float
    boxes: Sequence[Removal]
    spots: Sequence[tuple[Piece, Box]]
    anew: frozenset[Piece]
    moved: Sequence[Box]


def redraw(source: pymupdf.Page, page: Page, look: Look, settings: Settings) -> VectorPage:
    """The page as type and rectangles.

    Raises:
        NotUnderstood: it must stay a picture; says why.
    """
    doubt = next(iter(page.doubts), "a scan" if page.kind == "scan" or page.angle else "")
    if doubt:
        raise NotUnderstood(doubt)
    drawing = read_drawing(source)
    face = Typeface(drawing.outlines, advances(read_layer(source), drawing.glyphs))
    letters = Letters(drawing, face)
    letters.read([w for w in shown(page) if w.source is Source.TEXT])
    pictures = [_snapped(b, look) for b in drawing.pictures]
    words = [_typed(piece, box, look, letters, pictures) for piece, box in look.spots]
    boxes = [_box(r.box, look.dpi) for r in look.boxes]
    fills = visible(drawing.fills, [*pictures, *boxes])
    _check(fills, look.moved)
    made = VectorPage(
        source.rect.width,
        source.rect.height,
        face,
        tuple(fills),
        tuple((b, _cut(look, b)) for b in pictures),
        tuple(boxes),
        tuple(in_blocks(with_labels(words, look.boxes))),
    )
    _prove(made, look, settings)
    return made


def check_plain(source: pymupdf.Page, page: Page) -> None:
    """Pass a page that is plain text and nothing that asks for care.

    Raises:
        NotUnderstood: it holds pictures, other ink, patterns or shadings.
    """
    if page.kind != "text" or page.regions:
        raise NotUnderstood("more than text")
    document = source.parent
    for xref in (source.xref, *(form[0] for form in source.get_xobjects())):
        for kind in ("Pattern", "Shading"):
            if document.xref_get_key(xref, f"Resources/{kind}")[0] != "null":
                raise NotUnderstood("a pattern or shading")


def _typed(piece: Piece, box: Box, look: Look, letters: Letters, pictures: Sequence[Box]) -> Typed:
    """A word shown by its letters, or, where it was read in a picture, by the picture."""
    inside = any(common(box, p) for p in pictures)
    if piece.word.source is Source.OCR and inside:
        return Typed(piece.text, box)
    if piece.word.source is not Source.TEXT or inside:
        raise NotUnderstood("text and pictures in one place")
    return Typed(piece.text, box, letters=letters.set(piece, box if piece in look.anew else None))


def _box(box: Box, dpi: float) -> Box:
    """The place that the box takes in the picture, in points."""
    x0, y0, x1, y1 = (v * POINTS / dpi for v in corners(box, dpi))
    return Box(box.page, x0, y0, x1 + POINTS / dpi, y1 + POINTS / dpi)


def _snapped(box: Box, look: Look) -> Box:
    """The whole pixels that show a picture, in points."""
    zoom = look.dpi / POINTS
    high, wide = look.picture.shape[:2]
    x0, y0 = max(int(box.x0 * zoom), 0), max(int(box.y0 * zoom), 0)
    x1, y1 = min(ceil(box.x1 * zoom), wide), min(ceil(box.y1 * zoom), high)
    if x1 <= x0 or y1 <= y0:
        raise NotUnderstood("a picture off the page")
    return Box(box.page, x0 / zoom, y0 / zoom, x1 / zoom, y1 / zoom)


def _cut(look: Look, box: Box) -> Image:
    zoom = look.dpi / POINTS
    rows = slice(round(box.y0 * zoom), round(box.y1 * zoom))
    return look.picture[rows, round(box.x0 * zoom) : round(box.x1 * zoom)]


def _check(fills: Sequence[Fill], moved: Sequence[Box]) -> None:
    """Pass fills that hold a stretch of moved words, or stand through it as a wall does.

    Raises:
        NotUnderstood: one ends among them, and so may tell where they stood before.
    """
    for fill in (f.box for f in fills):
        for m in moved:
            inner = common(fill, m)
            if inner is None or inner.height < TOUCH:
                continue
            across = fill.x0 <= m.x0 + TOUCH and fill.x1 >= m.x1 - TOUCH
            wall = fill.y0 <= m.y0 + TOUCH and fill.y1 >= m.y1 - TOUCH and fill.width <= WALL
            if not across and not wall:
                raise NotUnderstood("a line among moved words")


def _prove(made: VectorPage, look: Look, settings: Settings) -> None:
    """Draw the new page and hold it to the pictures, labels apart.

    Raises:
        NotUnderstood: it looks different.
    """
    rgb, dpi = look.picture.ndim == 3, look.dpi
    drawn = render_page(write([made]), 0, dpi, settings, rgb=rgb)
    taken = [*made.boxes, *(box for box, _ in made.pictures)]  # pictures are pieces of the picture
    ends = [e for _, box in look.spots for e in _ends(box)]
    same = alike((look.picture, look.before), drawn, [*taken, *look.moved], dpi)
    if not same or not similar(look.picture, drawn, look.moved, [*taken, *ends], dpi):
        raise NotUnderstood("looks different")


def _ends(box: Box) -> tuple[Box, Box]:
    """Head and foot of a word, which its picture may have lost to its neighbours."""
    cut = ENDS * box.height
    return replace(box, y1=box.y0 + cut), replace(box, y0=box.y1 - cut)
