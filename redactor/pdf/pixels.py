"""Pages written anew as pictures with a typed layer of the words that were kept.

Nothing of the case file's own objects goes into the release: each page is one image and one
content stream of invisible words in a standard font (ISO 32000-1, 9.3.6 text rendering mode 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary

from redactor.pdf.imaging import embed
from redactor.pdf.render import Image
from redactor.pdf.textlayer import Typed, marked


@dataclass(frozen=True)
class PixelPage:
    """One page of the release: its size in points, its picture, its words in reading order."""

    width: float
    height: float
    image: Image
    words: tuple[Typed, ...]

    def content(self, runs: Sequence[Sequence[Typed]]) -> bytes:
        """The operators of the page."""
        size = b"%.3f 0 0 %.3f 0 0" % (self.width, self.height)
        content = b"/Artifact BMC q %s cm /P Do Q EMC\n" % size
        return content + b"\n".join(marked(n, run, self.height) for n, run in enumerate(runs))

    def resources(self, pdf: pikepdf.Pdf, base: pikepdf.Object) -> Dictionary:
        """What the operators name; ``base`` is the standard font."""
        image = pdf.make_indirect(embed(pdf, self.image))
        return Dictionary(XObject=Dictionary(P=image), Font=Dictionary(T=base))
