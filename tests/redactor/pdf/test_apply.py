"""The writer: what lies under a box is gone from picture and text, what lies beside it stays."""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pymupdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.pdf.apply import apply
from redactor.pdf.layout import compose
from redactor.pdf.paint import grow
from redactor.pdf.pixels import PixelPage
from redactor.pdf.sanitize import strip
from redactor.pdf.textlayer import Typed, winansi
from redactor.pdf.words import read_text_pages
from redactor.pdf.writing import write
from redactor.settings import Settings
from redactor.types import Box, Reading, Removal
from tests.conftest import make_pdf

SETTINGS = Settings(render="pixels")


def read(pdf: bytes) -> Reading:
    return compose(read_text_pages(pdf, SETTINGS))


def removal(box: Box) -> Removal:
    return Removal(box, "ID", "RSMo 210.150", ("MO 210.150.1",))


def without(pdf: bytes, word: str) -> tuple[bytes, Reading, Box]:
    """The release of a file with every place of one word removed."""
    plain = strip(pdf).pdf
    reading = read(plain)
    places = [w.box for w in reading.words if word in w.text]
    return apply(plain, [removal(b) for b in places], reading, SETTINGS).pdf, reading, places[0]


def text(pdf: bytes) -> str:
    return " ".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(pdf))


@pytest.mark.parametrize("leading", [9, 11, 12, 14, 16])
def test_word_goes_and_neighbours_stay(leading: int) -> None:
    """Tight lines above and below lose nothing."""
    with pymupdf.open() as document:
        page = document.new_page()
        for n, line in enumerate(
            ("gypsy above jumps", "before Quillfeather after", "below quickly gypsy")
        ):
            page.insert_text((60, 100 + n * leading), line, fontsize=11)
        pdf = document.tobytes()

    released, reading, _ = without(pdf, "Quillfeather")
    shown = text(released)

    assert "Quillfeather" not in shown
    for word in reading.words:
        assert word.text == "Quillfeather" or word.text in shown


def test_picture_under_the_box_is_black_and_the_rest_unchanged() -> None:
    """Looked at in the image object itself, not only on the page."""
    released, _, box = without(make_pdf("before Quillfeather after"), "Quillfeather")
    with pikepdf.open(io.BytesIO(released)) as pdf:
        image = np.asarray(pikepdf.PdfImage(pdf.pages[0].images["/P"]).as_pil_image().convert("L"))
    zoom = image.shape[1] / 612
    inside = image[
        int(box.y0 * zoom) + 1 : int(box.y1 * zoom) - 1,
        int(box.x0 * zoom) + 1 : int(box.x1 * zoom) - 1,
    ]

    assert (inside < 60).mean() > 0.5  # black, but for the printed label
    assert np.median(image) > 240


@pytest.mark.parametrize("font", ["tiit", "heit", "tiro", "cour"])
@pytest.mark.parametrize("size", [8, 11, 16, 24])
def test_no_ink_of_the_word_hangs_out_of_its_box(font: str, size: int) -> None:
    """Not even the tail of an italic f; the words beside it lose none."""

    def line(middle: str) -> bytes:
        with pymupdf.open() as document:
            page, x = document.new_page(), 60.0
            for word in ("before ", "fjQuillyfeatherf", " after"):
                if word.strip() in ("before", "after", middle):
                    page.insert_text((x, 300), word, fontname=font, fontsize=size)
                x += pymupdf.get_text_length(word, font, size)
            return document.tobytes()

    plain = strip(line("fjQuillyfeatherf")).pdf
    reading = read(plain)
    box = next(w.box for w in reading.words if "Quill" in w.text)
    applied = apply(plain, [removal(box)], reading, SETTINGS)
    after, bare = (
        pypdfium2.PdfDocument(b)[0].render(scale=200 / 72, grayscale=True).to_numpy().astype(int)
        for b in (applied.pdf, apply(line(""), [], read(line("")), SETTINGS).pdf)
    )
    after, bare = after.reshape(after.shape[:2]), bare.reshape(bare.shape[:2])
    black, zoom = applied.boxes[0].box, 200 / 72
    rows = slice(int(black.y0 * zoom) - 1, int(black.y1 * zoom) + 2)
    columns = slice(int(black.x0 * zoom) - 1, int(black.x1 * zoom) + 2)

    assert (bare[rows, columns] < 120).sum() == 0
    after[rows, columns] = bare[rows, columns] = 255
    assert (bare - after > 150).sum() == 0


def test_part_of_a_word_can_go() -> None:
    """A label glued to a name keeps its letters."""
    plain = strip(make_pdf("Worker/Quillfeather")).pdf
    reading = read(plain)
    word = reading.words[0]
    box = word.part(word.start + 7, word.end)

    shown = text(apply(plain, [removal(box)], reading, SETTINGS).pdf)

    assert "Worker/" in shown
    assert "Quill" not in shown


def test_typed_words_lie_where_the_words_stood() -> None:
    """PDFium gives every word back at its own place."""
    plain = strip(make_pdf()).pdf
    reading = read(plain)
    released = apply(plain, [], reading, SETTINGS).pdf
    page = pypdfium2.PdfDocument(released)[0]
    textpage = page.get_textpage()

    for word in reading.words:
        b = word.box
        assert word.text in textpage.get_text_bounded(
            b.x0 - 1, 792 - b.y1 - 1, b.x1 + 1, 792 - b.y0 + 1
        )


def test_same_pages_give_the_same_bytes() -> None:
    """No date, no random id."""
    page = PixelPage(100, 50, np.full((100, 200), 255, np.uint8), (Typed("a", Box(0, 1, 1, 9, 9)),))

    assert write([page]) == write([page])


@given(st.text(max_size=30))
def test_any_text_can_be_typed(typed: str) -> None:
    """Signs the font lacks are replaced or dropped, never a crash; the string stays one string."""
    page = PixelPage(
        100, 50, np.full((10, 20), 255, np.uint8), (Typed(typed, Box(0, 1, 1, 90, 20)),)
    )

    assert pypdfium2.PdfDocument(write([page]))[0].get_textpage().count_chars() >= 0
    assert b"\n" not in winansi(typed)


BOXES = st.builds(
    lambda x, y, w, h: Box(0, x, y, x + w, y + h),
    st.floats(5, 400), st.floats(5, 600), st.floats(4, 120), st.floats(6, 20),
)  # fmt: skip


@given(BOXES, st.lists(BOXES, max_size=6))
def test_a_grown_box_stays_on_the_page_and_covers_its_middle(box: Box, others: list[Box]) -> None:
    """Whatever stands around it: at least nine tenths of the width and three fifths of the height."""
    apart = [o for o in others if o.x1 < box.x0 or o.x0 > box.x1 or o.y1 < box.y0 or o.y0 > box.y1]

    grown = grow(box, apart, 612, 792)

    assert 0 <= grown.x0 <= grown.x1 <= 612
    assert 0 <= grown.y0 <= grown.y1 <= 792
    assert grown.x0 <= box.x0 + 0.31 and grown.x1 >= box.x1 - 0.31
    assert (
        grown.y0 <= box.y0 + 0.2 * box.height + 0.01
        and grown.y1 >= box.y1 - 0.2 * box.height - 0.01
    )


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_rotated_pages_come_out_as_displayed(turn: int) -> None:
    """The word is found and removed where the reader sees it."""
    with pymupdf.open(stream=make_pdf("before Quillfeather after")) as document:
        document[0].set_rotation(turn)
        pdf = document.tobytes()

    released, _, _ = without(pdf, "Quillfeather")
    size = pypdfium2.PdfDocument(released)[0]

    assert "Quillfeather" not in text(released)
    assert "before" in text(released)
    assert (size.get_width() > size.get_height()) == (turn in (90, 270))
