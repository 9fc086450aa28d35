"""The one fresh font of a vector page: the outlines it shows, in the order in which they are read.

Glyphs are numbered by their first use among the words that stay, so that neither the numbers nor
the widths nor the map to Unicode know of anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from redactor.pdf.cff import UNITS, program
from redactor.pdf.outlines import NotUnderstood, Segment

FONT = Name("/REDACT+Text")
SPACE = 0.25  # of the type size
LARGEST = 3.0  # of the type size; an outline that reaches further is no letter
MOST_SEGMENTS = 2000
MOST_GLYPHS = 2000
LINES = 100  # of one block of a CMap
HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /R def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class Typeface:
    """Collects the glyphs of a page; ``advances`` are widths by outline, in type sizes."""

    def __init__(
        self, outlines: Mapping[str, Sequence[Segment]], advances: Mapping[str, float]
    ) -> None:
        """Begin with no glyph."""
        self._outlines = outlines
        self._advances = advances
        self._codes: dict[tuple[str, str], int] = {}

    def advance(self, outline: str) -> float:
        """Width of a glyph at size 1, as the font tells it.

        Raises:
            NotUnderstood: the page does not tell it.
        """
        if outline not in self._advances:
            raise NotUnderstood("a letter without width")
        return round(self._advances[outline] * UNITS) / UNITS

    def code(self, outline: str, text: str) -> int:
        """The number of the glyph that shows an outline and means a text.

        Raises:
            NotUnderstood: it is no outline of a letter, or there are too many.
        """
        key = (outline, text)
        if key not in self._codes:
            self._check(outline)
            self._codes[key] = len(self._codes) + 1
        return self._codes[key]

    def space(self) -> int:
        """The number of the glyph that parts words."""
        return self._codes.setdefault(("", " "), len(self._codes) + 1)

    def _check(self, outline: str) -> None:
        shape = self._outlines.get(outline)
        if not shape or len(self._codes) >= MOST_GLYPHS or len(shape) > MOST_SEGMENTS:
            raise NotUnderstood("a letter")
        if any(abs(v) > LARGEST for _, points in shape for point in points for v in point):
            raise NotUnderstood("a letter of odd size")

    def embed(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font as an object of a file."""
        shapes = [(self._width(o), self._outlines.get(o, ())) for o, _ in self._codes]
        stream = pdf.make_stream(program(shapes), Subtype=Name.CIDFontType0C)
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=FONT, Flags=4, FontBBox=[-1000, -1000, 2000, 2000],
            ItalicAngle=0, Ascent=900, Descent=-250, CapHeight=700, StemV=80, FontFile3=stream,
        )  # fmt: skip
        system = Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=FONT, CIDSystemInfo=system,
            FontDescriptor=pdf.make_indirect(descriptor), DW=0,
            W=Array([1, Array([width for width, _ in shapes])]),
        )  # fmt: skip
        unicode = pdf.make_stream("".join(self._unicode()).encode("ascii"))
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=FONT, Encoding=Name("/Identity-H"),
                DescendantFonts=[pdf.make_indirect(descendant)], ToUnicode=unicode,
            )
        )  # fmt: skip

    def _width(self, outline: str) -> int:
        return round((self.advance(outline) if outline else SPACE) * UNITS)

    def _unicode(self) -> Iterator[str]:
        yield HEAD
        pairs = [(code, text) for (_, text), code in self._codes.items()]
        for n in range(0, len(pairs), LINES):
            block = pairs[n : n + LINES]
            yield f"{len(block)} beginbfchar\n"
            for code, text in block:
                yield f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>\n"
            yield "endbfchar\n"
        yield FOOT
