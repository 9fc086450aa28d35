"""Vector pages: what is understood is drawn anew and looks the same, all else stays a picture."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pikepdf
import pymupdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.pdf.alike import alike
from redactor.pdf.apply import Applied, apply
from redactor.pdf.cff import program
from redactor.pdf.fills import Fill, common, visible
from redactor.pdf.layout import compose
from redactor.pdf.outlines import NotUnderstood, segments
from redactor.pdf.sanitize import strip
from redactor.pdf.words import read_text_pages
from redactor.settings import ROOT, Settings
from redactor.types import Box, Removal
from redactor.verify.cff import Odd, glyph_count
from tests.leak.channels import ATTACKS
from tests.leak.planting import base

SETTINGS = Settings(render="vector", ocr_strategy="fast")
SAMPLES = ROOT / "samples"
TYPED = ("s-01-intake", "s-02-narrative", "s-03-letter", "s-04-email")
Draw = Callable[[pymupdf.Page], object]


def released(pdf: bytes, *words: str, fixed: bool = False) -> Applied:
    """The release of a file without some words."""
    plain = strip(pdf).pdf
    reading = compose(read_text_pages(plain, SETTINGS))
    gone = [
        Removal(w.box, "ID", "RSMo 210.150", ("MO 210.150.1",), fixed_width=fixed)
        for w in reading.words
        if any(word in w.text for word in words)
    ]
    return apply(plain, gone, reading, SETTINGS)


def drawn(draw: Draw) -> bytes:
    with pymupdf.open() as document:
        draw(document.new_page(width=400, height=300))
        return document.tobytes()


def line(page: pymupdf.Page, text: str = "Milo came home with Mina Quillfeather.") -> None:
    page.insert_text((40, 60), text, fontname="tiro", fontsize=12)


def contents(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return file.pages[0].Contents.read_bytes()


def picture(pdf: bytes, dpi: float = 100) -> np.ndarray:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72, grayscale=True).to_numpy()


@pytest.mark.parametrize("stem", TYPED)
def test_samples_are_vectors_and_look_the_same(stem: str) -> None:
    """To another engine too; the words can be searched, and nothing of the old file is there."""
    data = (SAMPLES / f"{stem}.pdf").read_bytes()
    applied = released(data)
    before, after = (picture(pdf).astype(int) for pdf in (strip(data).pdf, applied.pdf))

    assert applied.vector == {0}
    assert np.abs(before - after).mean() < 2
    words = " ".join(pypdfium2.PdfDocument(applied.pdf)[0].get_textpage().get_text_range().split())
    assert all(text in words for _, text in applied.kept if text.isascii())
    assert b"Charis" not in applied.pdf


def test_the_font_holds_what_the_page_shows() -> None:
    """A letter that only a hidden word had is in no table of it."""
    applied = released(drawn(lambda p: line(p, "Zoe Fox came home")), "Zoe", "Fox")
    with pikepdf.open(io.BytesIO(applied.pdf)) as pdf:
        font = pdf.pages[0].Resources.Font.F
        cmap = font.ToUnicode.read_bytes()
        (descendant,) = font.DescendantFonts
        count = glyph_count(descendant.FontDescriptor.FontFile3.read_bytes())

    assert count == len(descendant.W[1]) == len(set("came home"))
    assert all(b"<%04X>" % ord(c) in cmap for c in "came hom")
    assert not any(b"> <%04X>" % ord(c) in cmap for c in "ZoeFx" if c not in "came home")


def test_letters_of_a_line_have_boxes_of_one_height() -> None:
    """So that a reader that gathers lines by boxes keeps commas, quotes and capitals on them."""
    made = released(drawn(lambda page: line(page, 'He said, "Milo, go." Quickly.')))
    assert made.vector == {0}
    text = pypdfium2.PdfDocument(made.pdf)[0].get_textpage()
    letters = [n for n, c in enumerate(text.get_text_range()) if not c.isspace()]
    boxes = [text.get_charbox(n) for n in letters]
    assert len({(round(b[1], 1), round(b[3], 1)) for b in boxes}) == 1


def test_same_input_gives_the_same_bytes() -> None:
    """No time, no chance."""
    data = (SAMPLES / "s-01-intake.pdf").read_bytes()

    assert released(data, "Pratt", fixed=True).pdf == released(data, "Pratt", fixed=True).pdf


def test_ligatures_stay_whole_or_go() -> None:
    """A ligature is one shape for several letters, and can be copied as these."""
    data = (SAMPLES / "s-01-intake.pdf").read_bytes()
    kept, gone = released(data), released(data, "Jefferson")

    assert "Jefferson" in {t for _, t in kept.kept}
    assert gone.vector == {0}
    assert not any(t in ("f", "ff", "ﬀ") for _, t in gone.kept)


LOGO = ROOT / "docs" / "before-after.png"


def with_picture(page: pymupdf.Page) -> None:
    line(page)
    page.insert_image((60, 100, 260, 200), filename=str(LOGO), keep_proportion=False)


def test_pictures_are_cut_from_the_page_as_it_is_shown() -> None:
    """What lay under something else is not in them."""

    def covered(page: pymupdf.Page) -> None:
        with_picture(page)
        page.draw_rect((100, 120, 200, 160), fill=(0, 0.5, 0), color=None)

    with pikepdf.open(io.BytesIO(released(drawn(covered)).pdf)) as pdf:
        image = np.asarray(pikepdf.PdfImage(pdf.pages[0].Resources.XObject.P0).as_pil_image())
    zoom = image.shape[1] / 200
    rows, columns = (slice(int(a * zoom) + 3, int(b * zoom) - 3) for a, b in ((20, 60), (40, 140)))
    middle = image[rows, columns].reshape(-1, 3)

    assert middle.std(axis=0).max() < 3


def test_lines_and_frames_stay_where_they_are_seen() -> None:
    """Cut back at boxes; what another rectangle covers is gone from the file."""

    def framed(page: pymupdf.Page) -> None:
        page.draw_rect((30, 40, 370, 70), fill=(0.9, 0.9, 1), color=(0, 0, 0.5), width=1)
        page.draw_rect((300, 100, 340, 120), fill=(0, 0, 0), color=None)
        page.draw_rect((290, 90, 350, 130), fill=(1, 1, 1), color=None)
        line(page)

    applied = released(drawn(framed), "Quillfeather")
    code = contents(applied.pdf)

    assert applied.vector == {0}
    assert b"0.902 0.902 1.000 rg" in code or b"0.898 0.898 1.000 rg" in code
    assert code.count(b"0 0 0 rg") == 1 and b"0.000 0.000 0.000 rg 300.00" not in code


def circle(page: pymupdf.Page) -> None:
    line(page)
    page.draw_circle((200, 150), 30)


def dashed(page: pymupdf.Page) -> None:
    line(page)
    page.draw_line((40, 150), (300, 150), dashes="[3] 0")


def slanting(page: pymupdf.Page) -> None:
    line(page)
    page.draw_line((40, 150), (300, 170))


def upright(page: pymupdf.Page) -> None:
    page.insert_text((40, 160), "Milo came home", fontsize=12, rotate=90)


def pale(page: pymupdf.Page) -> None:
    page.insert_text((40, 160), "Milo came home", fontsize=12, fill_opacity=0.5)


def outlined(page: pymupdf.Page) -> None:
    page.insert_text((40, 160), "Milo came home", fontsize=12, render_mode=1)


def unseen(page: pymupdf.Page) -> None:
    line(page)
    page.insert_text((40, 160), "Milo came home", fontsize=12, render_mode=3)


def twice(page: pymupdf.Page) -> None:
    line(page)
    page.insert_text((40.2, 60), "Milo", fontname="tiro", fontsize=12)


def over_picture(page: pymupdf.Page) -> None:
    with_picture(page)
    page.insert_text((80, 150), "Milo", fontsize=12)


@pytest.mark.parametrize(
    "draw",
    [circle, dashed, slanting, upright, pale, outlined, unseen, twice, over_picture],
)
def test_what_is_not_understood_stays_a_picture(draw: Draw) -> None:
    """The page is released all the same, by the other way."""
    applied = released(drawn(draw))

    assert applied.vector == frozenset() and applied.doubts[0]
    assert b"/P Do" in contents(applied.pdf)


PICTURES = (
    "text in the glyph of a drawn font", "text in a soft mask", "text on a shading",
    "text drawn as outlines", "slanting text", "invisible text", "actual text that lies",
    "text in a hidden layer", "a stencil", "a soft mask",
)  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_odd_pages_stay_pictures(name: str) -> None:
    """Those of the attacks that plant something no vector page is made of."""
    plant = next(a.plant for a in ATTACKS if a.name == name)

    assert released(plant(base())).vector == frozenset()


def test_auto_is_for_plain_text() -> None:
    """A page that shows more stays a picture, unless vectors are asked for."""
    for draw, name, way in (
        (with_picture, "auto", 0),
        (with_picture, "vector", 1),
        (line, "auto", 1),
    ):
        settings = Settings(render=name, ocr_strategy="fast")
        plain = strip(drawn(draw)).pdf
        reading = compose(read_text_pages(plain, settings))
        assert len(apply(plain, [], reading, settings).vector) == way


def test_a_line_that_ends_among_moved_words_stays_a_picture() -> None:
    """An underline keeps its place, and so would tell where its word stood."""

    def underlined(page: pymupdf.Page) -> None:
        line(page, "Mina Quillfeather came home with Milo then")
        page.draw_line((180, 62), (210, 62))

    assert released(drawn(underlined), "Quillfeather").vector == {0}
    assert released(drawn(underlined), "Quillfeather", fixed=True).vector == frozenset()


BOXES = st.builds(
    lambda x, y, w, h: Box(0, x, y, x + w, y + h),
    *[st.integers(0, 60).map(float)] * 2,
    *[st.integers(1, 40).map(float)] * 2,
)


@given(st.lists(BOXES, max_size=6), st.lists(BOXES, max_size=3))
def test_no_rectangle_lies_under_another(boxes: list[Box], covers: list[Box]) -> None:
    """And what is seen stays seen: the same grid of points is coloured."""
    fills = [Fill(b, f"#{n:06x}") for n, b in enumerate(boxes)]
    found = visible(fills, covers)

    def top(x: float, y: float) -> str:
        inside = [f.colour for f in fills if f.box.x0 < x < f.box.x1 and f.box.y0 < y < f.box.y1]
        hidden = any(c.x0 < x < c.x1 and c.y0 < y < c.y1 for c in covers)
        return inside[-1] if inside and not hidden else ""

    for x, y in ((x + 0.5, y + 0.5) for x in range(0, 100, 7) for y in range(0, 100, 7)):
        at = [f.colour for f in found if f.box.x0 < x < f.box.x1 and f.box.y0 < y < f.box.y1]
        assert at == ([top(x, y)] if top(x, y) else [])
    assert not any(common(f.box, c) for f in found for c in covers)


POINTS = st.tuples(st.floats(-2, 2), st.floats(-2, 2))
OUTLINE = st.lists(
    st.one_of(
        st.tuples(st.just("L"), st.tuples(POINTS)),
        st.tuples(st.just("C"), st.tuples(POINTS, POINTS, POINTS)),
    ),
    max_size=8,
).map(lambda rest: (("M", ((0.0, 0.0),)), *rest, ("Z", ())))


@given(st.lists(st.tuples(st.integers(0, 2000), OUTLINE), max_size=300), st.binary(min_size=1))
def test_every_byte_of_a_font_program_is_accounted_for(glyphs: list, more: bytes) -> None:
    """By a reader that was written apart; another byte behind it is one too many."""
    made = program(glyphs)

    assert glyph_count(made) == len(glyphs)
    with pytest.raises(Odd):
        glyph_count(made + more)


@pytest.mark.parametrize("path", ["M0 0A1 1 0 0 1 2 2", "M0 0L1", "hello", "M0 0#"])
def test_other_paths_are_not_understood(path: str) -> None:
    """No arcs, no half points."""
    with pytest.raises(NotUnderstood):
        list(segments(path))


def test_a_small_difference_is_seen() -> None:
    """A dot of three pixels, a shade of eight levels; not a softer edge."""
    white = np.full((60, 60), 255, np.uint8)
    dot, shade, soft = white.copy(), white.copy(), white.copy()
    dot[10:13, 10:13], shade[20:40, 20:40], soft[30, 10:50] = 0, 247, 200

    assert not alike([white], dot, [], 72) and not alike([dot], white, [], 72)
    assert not alike([white], shade, [], 72)
    assert alike([white], soft, [], 72)
    assert alike([white], dot, [Box(0, 8, 8, 15, 15)], 72)
