"""Pages written anew as type and rectangles: the other way, beside pictures, to write a page.

Nothing of the case file's own objects goes into the release: a page is rectangles of one colour,
pieces of its picture, and words whose letters are shown by one fresh font.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name

from redactor.pdf.fills import Fill
from redactor.pdf.imaging import embed
from redactor.pdf.render import Image
from redactor.pdf.textlayer import Typed, marked, rgb
from redactor.pdf.typeface import Typeface
from redactor.types import Box


@dataclass(frozen=True)
class VectorPage:
    """One page of the release; ``fills`` lie under ``pictures``, these under the black boxes."""

    width: float
    height: float
    face: Typeface
    fills: tuple[Fill, ...]
    pictures: tuple[tuple[Box, Image], ...]
    boxes: tuple[Box, ...]
    words: tuple[Typed, ...]

    def content(self, runs: Sequence[Sequence[Typed]]) -> bytes:
        """The operators of the page."""
        words = (marked(n, run, self.height, labels=True) for n, run in enumerate(runs))
        return b"/Artifact BMC q " + b"\n".join([*self._drawing(), b"Q EMC", *words])

    def _drawing(self) -> Iterator[bytes]:
        for fill in self.fills:
            yield b"%s rg %s re f" % (rgb(fill.colour), self._placed(fill.box))
        for n, (b, _) in enumerate(self.pictures):
            size = (b.width, b.height, b.x0, self.height - b.y1)
            yield b"q %.2f 0 0 %.2f %.2f %.2f cm /P%d Do Q" % (*size, n)
        for box in self.boxes:
            yield b"0 0 0 rg %s re f" % self._placed(box)

    def _placed(self, b: Box) -> bytes:
        return b"%.2f %.2f %.2f %.2f" % (b.x0, self.height - b.y1, b.width, b.height)

    def resources(self, pdf: pikepdf.Pdf, base: pikepdf.Object) -> Dictionary:
        """What the operators name; ``base`` is the standard font."""
        fonts = Dictionary(T=base)
        if any(w.letters for w in self.words):
            fonts.F = self.face.embed(pdf)
        made = Dictionary(Font=fonts)
        images = [pdf.make_indirect(embed(pdf, image)) for _, image in self.pictures]
        if images:
            made[Name.XObject] = Dictionary({f"/P{n}": i for n, i in enumerate(images)})
        return made
