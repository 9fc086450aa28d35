"""The structure of a release for screen readers: paragraphs, and boxes that say which law hides.

Made anew from the typed words (ISO 32000-1, 14.7 and 14.8): one paragraph for each block of the
text, in reading order, one figure for each box. Nothing of the case file's own tags is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pikepdf
from pikepdf import Array, Dictionary, Name

from redactor.types import Box


class Spoken(Protocol):
    """A word of the typed layer; ``alt`` is what stands for it, empty for a word itself."""

    @property
    def box(self) -> Box:
        """Where it stands."""

    @property
    def block(self) -> int:
        """Which paragraph of the page it belongs to."""

    @property
    def alt(self) -> str:
        """Alternative text of a box."""


class Tree:
    """The structure tree of a file that is being written."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        """Begin an empty tree."""
        self.pdf = pdf
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = self._element("Document", self.root)
        self.parents: list[pikepdf.Object] = []

    def add(self, page: pikepdf.Object, height: float, runs: Sequence[Sequence[Spoken]]) -> None:
        """Tag a page; its marked contents count up from 0 as the runs do."""
        page.StructParents, page.Tabs = len(self.parents), Name.S
        owners: list[pikepdf.Object] = []
        block, paragraph = -1, self.document
        for number, run in enumerate(runs):
            first = run[0]
            if first.block != block:
                block, paragraph = first.block, self._element("P", self.document, page)
            if first.alt:
                owners.append(self._figure(paragraph, page, height, first, number))
            else:
                paragraph.K.append(number)
                owners.append(paragraph)
        self.parents.append(Array(owners))

    def finish(self) -> None:
        """Hang the tree into the file."""
        numbers = Array([x for n, owners in enumerate(self.parents) for x in (n, owners)])
        self.root.K = self.document
        self.root.ParentTree = Dictionary(Nums=numbers)
        self.root.ParentTreeNextKey = len(self.parents)
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(
        self, kind: str, parent: pikepdf.Object, page: pikepdf.Object | None = None
    ) -> pikepdf.Object:
        made = Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, K=Array())
        if page is not None:
            made.Pg = page
        element = self.pdf.make_indirect(made)
        if parent is not self.root:
            parent.K.append(element)
        return element

    def _figure(
        self,
        paragraph: pikepdf.Object,
        page: pikepdf.Object,
        height: float,
        box: Spoken,
        number: int,
    ) -> pikepdf.Object:
        figure = self._element("Figure", paragraph, page)
        b = box.box
        corners = [round(v, 2) for v in (b.x0, height - b.y1, b.x1, height - b.y0)]
        figure.K = number
        figure.Alt = pikepdf.String(box.alt)
        figure.A = Dictionary(O=Name.Layout, BBox=corners)
        return figure
