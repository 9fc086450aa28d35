"""Pages whose writing lies on its side: read upright, redacted along their lines, shown as they lay."""

from __future__ import annotations

import pymupdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.pipeline import analyze, run
from redactor.settings import Settings
from redactor.types import Box, Release
from tests.conftest import make_request

LINES = """CONTACT LOG
Reporter: Dana Orr, 12 Elm Street, Joplin. Phone 573-555-0142.
RP states the child Milo Sand came to school without a coat on Monday.
Mother Nora Sand was interviewed on 03/04/2025 and denied it."""
SECRETS = ("Dana", "Orr", "Elm", "573-555-0142")
KEPT = ("CONTACT", "Milo", "Nora", "interviewed", "without")
SIDES = st.floats(10, 900)


def lying(turn: int, *, scanned: bool = False, stamp: str = "") -> bytes:
    """A page of the lines turned by so many degrees, and a level word at its head."""
    with pymupdf.open() as document, pymupdf.open() as upright:
        upright.new_page().insert_textbox(pymupdf.Rect(72, 72, 540, 700), LINES, fontsize=11)
        size = (792, 612) if turn % 180 else (612, 792)
        page = document.new_page(width=size[0], height=size[1])
        page.show_pdf_page(page.rect, upright, 0, rotate=turn)
        if stamp:
            page.insert_text((size[0] - 200, 40), stamp, fontsize=11)
        if not scanned:
            return bytes(document.tobytes())
        picture = page.get_pixmap(dpi=200)
        with pymupdf.open() as scan:
            sheet = scan.new_page(width=size[0], height=size[1])
            sheet.insert_image(sheet.rect, stream=picture.tobytes("jpeg"))
            return bytes(scan.tobytes())


def released(data: bytes, settings: Settings) -> Release:
    made = run(data, make_request("inv_alleged_perpetrator", "Carl Dufresne"), settings=settings)
    assert made.outcome == "released", [(c.name, c.detail) for c in made.verdict.failing]
    return made


@pytest.mark.parametrize("scanned", [False, True], ids=["born digital", "scanned"])
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_redacted_like_any_other(
    turn: int, scanned: bool, settings: Settings
) -> None:
    """The reporter goes and the story stays, in the text layer's reading order and in the picture."""
    made = released(lying(turn, scanned=scanned), settings)
    text = pypdfium2.PdfDocument(made.document)[0].get_textpage().get_text_bounded()
    assert [s for s in SECRETS if s in text] == []
    assert [k for k in KEPT if k not in text] == []
    assert "RP states the child Milo" in " ".join(made.text.split())


@pytest.mark.parametrize("turn", [90, 270])
def test_words_are_read_along_their_lines(turn: int, settings: Settings) -> None:
    """A level stamp on a page whose lines run up or down is a block of its own."""
    found = analyze(lying(turn, stamp="RECEIVED MAY"), settings=settings)
    blocks = found.reading.text.split("\n\n")
    assert "RECEIVED MAY" in blocks
    assert any("Reporter: Dana Orr, 12 Elm Street" in b for b in blocks)
    page = found.reading.pages[0]
    assert {w.turn for w in page.words if w.text in ("RECEIVED", "MAY")} == {0}
    runs = 3 if turn == 90 else 1  # up or down the page: the picture was turned left
    assert {w.turn for w in page.words if w.text in ("Reporter:", "Dana")} == {runs}


def test_a_name_on_its_side_is_one_box(settings: Settings) -> None:
    """Its words are hidden together, so that nothing counts them."""
    found = analyze(lying(90), settings=settings)
    start = found.reading.text.index("Dana Orr")
    [box] = found.reading.boxes(start, start + len("Dana Orr"))
    assert box.height > 3 * box.width


@given(st.integers(-8, 8), SIDES, SIDES, st.tuples(*[st.floats(0, 1)] * 4))
def test_turning_back_gives_the_box_again(
    quarters: int, width: float, height: float, place: tuple[float, ...]
) -> None:
    xs, ys = sorted(width * v for v in place[:2]), sorted(height * v for v in place[2:])
    box = Box(3, xs[0], ys[0], xs[1], ys[1])
    turned = box.turned(quarters, width, height)
    size = (height, width) if quarters % 2 else (width, height)
    assert turned.x1 <= size[0] + 1e-6 and turned.y1 <= size[1] + 1e-6
    back = turned.turned(-quarters, *size)
    near = pytest.approx((box.x0, box.y0, box.x1, box.y1), abs=1e-6)
    assert (back.x0, back.y0, back.x1, back.y1) == near
