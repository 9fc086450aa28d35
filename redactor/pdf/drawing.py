"""What a page draws, as far as it is understood: glyphs, rectangles of one colour, pictures.

MuPDF tells the page as SVG. Every element and attribute that is not named here (curves, strokes
of letters, transparency, masks, patterns, shadings, drawn fonts, turned text) is not understood,
and a page that has one is written as a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET  # the text is MuPDF's own

import pymupdf

from redactor.pdf.fills import Fill, area, common, strokes
from redactor.pdf.outlines import (
    Matrix,
    NotUnderstood,
    Segment,
    matrix,
    placed,
    polygons,
    segments,
)
from redactor.types import Box

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
COLOUR = re.compile(r"#[0-9a-f]{6}")
CLIP = re.compile(r"url\(#(clip_\d+)\)")
KNOWN = {
    "use": {"data-text", HREF, "transform", "fill"},
    "path": {"transform", "d", "fill", "fill-rule", "clip-rule", "stroke", "stroke-width",
             "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"},
    "image": {"id", "width", "height", HREF},
    "g": {"clip-path", "transform"},
}  # fmt: skip
SKEW = 0.4  # of the height; italics made by slanting lean less
LEVEL = 1e-3  # sine of the steepest level line
MOST_PIXELS = 20_000_000  # of the pictures of a page, which are told in full
BLACK = "#000000"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter as it stands on the page: its outline, its origin, its size in points.

    ``stretch`` is its width and ``slant`` its lean as shares of the size.
    """

    outline: str
    text: str
    x: float
    y: float
    size: float
    stretch: float
    slant: float
    colour: str


@dataclass
class Drawing:
    """Everything that a page draws. ``outlines`` are in units of the type size, y upwards."""

    number: int
    glyphs: list[Glyph] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    outlines: dict[str, tuple[Segment, ...]] = field(default_factory=dict)


def read_drawing(page: pymupdf.Page) -> Drawing:
    """What the page draws.

    Raises:
        NotUnderstood: it draws something else.
    """
    if any(font[2] == "Type3" for font in page.get_fonts(full=True)):
        raise NotUnderstood("a drawn font")
    if sum(i["width"] * i["height"] for i in page.get_image_info()) > MOST_PIXELS:
        raise NotUnderstood("large pictures")
    try:
        root = ET.fromstring(page.get_svg_image(text_as_path=True))  # noqa: S314
        return _Reader(page).read(root)
    except (ET.ParseError, RuntimeError, ValueError):
        raise NotUnderstood("a drawing that cannot be read") from None


class _Reader:
    def __init__(self, page: pymupdf.Page) -> None:
        r = page.rect
        self.sheet = Box(page.number, r.x0, r.y0, r.x1, r.y1)
        self.made = Drawing(page.number)
        self.clips: dict[str, Box] = {}

    def read(self, root: ET.Element) -> Drawing:
        for child in root:
            if child.tag == f"{SVG}defs":
                self._define(child)
            else:
                self._draw(child, self.sheet)
        return self.made

    def _define(self, defs: ET.Element) -> None:
        for child in defs:
            kind, name = child.tag.removeprefix(SVG), child.get("id", "")
            if kind == "path" and set(child.attrib) <= {"id", "d"}:
                self.made.outlines[name] = segments(child.get("d", ""))
            elif kind == "clipPath" and set(child.attrib) == {"id"}:
                self.clips[name] = self._clip(child)
            else:
                raise NotUnderstood(f"a definition of {kind}")

    def _clip(self, clip: ET.Element) -> Box:
        boxes = [
            area(placed(corners, matrix(path.get("transform"))), self.sheet.page)
            for path in clip
            for corners, _ in polygons(segments(path.get("d", "")))
            if _checked(path) == "path"
        ]
        if len(boxes) != 1:
            raise NotUnderstood("a clip")
        return boxes[0]

    def _draw(self, thing: ET.Element, clip: Box | None) -> None:
        kind = _checked(thing)
        if kind == "g":
            self._group(thing, clip)
        elif kind == "use":
            self.made.glyphs.append(_glyph(thing))
        elif kind == "path" and clip:
            boxes = ((common(b, clip), colour) for b, colour in self._boxes(thing))
            self.made.fills += [Fill(b, colour) for b, colour in boxes if b]
        elif kind == "image":
            raise NotUnderstood("a picture without place")

    def _group(self, group: ET.Element, clip: Box | None) -> None:
        match = CLIP.fullmatch(group.get("clip-path", ""))
        inner = self.clips.get(match[1]) if match else self.sheet
        if inner is None or (match is None and "clip-path" in group.attrib):
            raise NotUnderstood("a clip")
        clip = common(clip, inner) if clip else None
        place = group.get("transform")
        for child in group:
            if place is None:
                self._draw(child, clip)
            elif _checked(child) == "image":
                self._picture(child, matrix(place), clip)
            else:
                raise NotUnderstood("a group")

    def _picture(self, image: ET.Element, place: Matrix, clip: Box | None) -> None:
        wide, high = float(image.get("width", 0)), float(image.get("height", 0))
        corners = placed([(0, 0), (wide, 0), (wide, high), (0, high)], place)
        box = common(area(corners, self.sheet.page), clip) if clip else None
        self.made.pictures += [box] if box else []

    def _boxes(self, path: ET.Element) -> Iterator[tuple[Box, str]]:
        m, number = matrix(path.get("transform")), self.sheet.page
        parts = [(placed(p, m), shut) for p, shut in polygons(segments(path.get("d", "")))]
        if path.get("fill") != "none":
            for corners, _ in parts:
                yield area(corners, number), _colour(path.get("fill"))
        if path.get("stroke") is not None:
            width = float(path.get("stroke-width", 1)) * abs(m[0] * m[3] - m[1] * m[2]) ** 0.5
            for corners, shut in parts:
                cap = width / 2 if shut or path.get("stroke-linecap") == "square" else 0.0
                ring = [*corners, corners[0]] if shut else corners
                for box in strokes(ring, width, cap, number):
                    yield box, _colour(path.get("stroke"))


def _checked(thing: ET.Element) -> str:
    """The kind of an element that is understood with all of its attributes."""
    kind = thing.tag.removeprefix(SVG)
    if kind not in KNOWN or not set(thing.attrib) <= KNOWN[kind]:
        odd = sorted(a.rpartition("}")[2] for a in set(thing.attrib) - KNOWN.get(kind, set()))
        raise NotUnderstood(" ".join((kind, *odd)))
    return kind


def _colour(text: str | None) -> str:
    if not COLOUR.fullmatch(text or BLACK):
        raise NotUnderstood("a colour")
    return text or BLACK


def _glyph(use: ET.Element) -> Glyph:
    a, b, c, d, x, y = matrix(use.get("transform"))
    if a <= 0 or d >= 0 or abs(b) > LEVEL * a or abs(c) > SKEW * -d:
        raise NotUnderstood("turned text")
    name = use.get(HREF, "").removeprefix("#")
    return Glyph(name, use.get("data-text", ""), x, y, -d, a / -d, c / -d, _colour(use.get("fill")))
