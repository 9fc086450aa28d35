"""The structure of a release: what a screen reader is told, in which order, and nothing else."""

from __future__ import annotations

import io

import pikepdf
import pymupdf

from redactor.pdf.apply import apply
from redactor.pdf.layout import compose
from redactor.pdf.sanitize import strip
from redactor.pdf.words import read_text_pages
from redactor.settings import Settings
from redactor.types import Removal

SETTINGS = Settings()


def release() -> bytes:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 100), "The call was made by Quillfeather on Monday.")
        page.insert_text((72, 114), "Nobody else knew of it.")
        page.insert_text((72, 200), "A second paragraph stands below.")
        document.new_page().insert_text((72, 100), "And a second page.")
        plain = strip(document.tobytes()).pdf
    reading = compose(read_text_pages(plain, SETTINGS))
    gone = [
        Removal(w.box, "REPORTER", "RSMo 210.150", (), fixed_width=True)
        for w in reading.words
        if "Quill" in w.text
    ]
    return apply(plain, gone, reading, SETTINGS).pdf


def test_paragraphs_and_boxes_stand_in_reading_order() -> None:
    """A box is a figure within its paragraph; its alternative text names the law and no role."""
    with pikepdf.open(io.BytesIO(release())) as pdf:
        document = pdf.Root.StructTreeRoot.K
        paragraphs = list(document.K)
        figure = next(k for k in paragraphs[0].K if isinstance(k, pikepdf.Dictionary))

        assert [p.S for p in paragraphs] == ["/P"] * 3
        assert str(figure.Alt) == "Hidden under RSMo 210.150"
        assert [k if isinstance(k, int) else "box" for k in paragraphs[0].K] == [0, "box", 2]
        assert paragraphs[2].Pg.objgen == pdf.pages[1].obj.objgen
        assert pdf.Root.MarkInfo.Marked


def test_every_marked_content_finds_its_element() -> None:
    """The parent tree and the numbers in the pages agree; the page's picture is an artifact."""
    with pikepdf.open(io.BytesIO(release())) as pdf:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        for n, page in enumerate(pdf.pages):
            content = page.Contents.read_bytes()
            owners = list(numbers[2 * n + 1])

            assert page.obj.StructParents == numbers[2 * n] == n
            assert content.startswith(b"/Artifact BMC q ")
            assert [b"/MCID %d>>" % m in content for m in range(len(owners) + 1)] == [True] * len(
                owners
            ) + [False]
            assert all(o.Pg.objgen == page.obj.objgen for o in owners)
