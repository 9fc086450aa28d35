"""The release as a file: every object of it is made here from pages that were made anew."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Protocol

import pikepdf

from redactor.pdf.tags import Tree
from redactor.pdf.textlayer import Typed

TITLE = "Redacted copy"


class Sheet(Protocol):
    """One page of a release, written one way or the other."""

    @property
    def width(self) -> float:
        """Width in points."""

    @property
    def height(self) -> float:
        """Height in points."""

    @property
    def words(self) -> tuple[Typed, ...]:
        """Its words in reading order."""

    def content(self, runs: Sequence[Sequence[Typed]]) -> bytes:
        """The operators of the page; its words come in runs of one marked content each."""

    def resources(self, pdf: pikepdf.Pdf, base: pikepdf.Object) -> pikepdf.Dictionary:
        """What the operators name; ``base`` is the standard font."""


def write(pages: Iterable[Sheet], *, language: str = "en-US") -> bytes:
    """A PDF of these pages; the same pages give the same bytes."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        tree = Tree(pdf)
        for page in pages:
            _add(pdf, page, font, tree)
        tree.finish()
        pdf.Root.Lang = pikepdf.String(language)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.docinfo["/Title"] = TITLE
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _add(pdf: pikepdf.Pdf, page: Sheet, font: pikepdf.Object, tree: Tree) -> None:
    runs = [list(run) for _, run in groupby(page.words, key=lambda w: (w.block, w.alt and w.box))]
    resources, content = page.resources(pdf, font), page.content(runs)
    pdf.pages.append(
        pikepdf.Page(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, round(page.width, 3), round(page.height, 3)],
                Resources=resources,
                Contents=pdf.make_stream(content),
            )
        )
    )
    tree.add(pdf.pages[-1].obj, page.height, runs)
