"""The text layer is read whole: also what a person looking at the page does not see."""

import io

import numpy as np
import pikepdf
import pymupdf
import pytest
from PIL import Image

from redactor.pdf.layer import layer_words
from redactor.pdf.words import read_text_pages
from redactor.settings import Settings
from redactor.types import Source

SETTINGS = Settings()
LINE = "The caller said that she saw it from her porch and that it was not the first time."


def page_with(draw, *, size=(612, 792)):
    document = pymupdf.open()
    page = document.new_page(width=size[0], height=size[1])
    page.insert_text((72, 72), LINE, fontsize=11)
    draw(page)
    return read_text_pages(document.tobytes(), SETTINGS)[0]


def raw_page(content, cmap=b""):
    """A page of the given operators, with Helvetica as /F1."""
    file = pikepdf.new()
    file.add_blank_page(page_size=(612, 792))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    if cmap:
        font.ToUnicode = file.make_indirect(pikepdf.Stream(file, cmap))
        font.Encoding = pikepdf.Name.WinAnsiEncoding
    page = file.pages[0].obj
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pikepdf.Stream(file, content)
    out = io.BytesIO()
    file.save(out)
    return read_text_pages(out.getvalue(), SETTINGS)[0]


def sources(page, text):
    return {w.source for w in page.words if text in w.text}


def picture(size=(400, 100), tone=255):
    out = io.BytesIO()
    Image.new("L", size, tone).save(out, "PNG")
    return out.getvalue()


def test_plain_words_are_text_with_a_place_for_every_character():
    page = page_with(lambda _: None)
    assert " ".join(w.text for w in page.words) == LINE
    assert page.kind == "text"
    assert page.areas == ()
    for word in page.words:
        assert word.source is Source.TEXT
        assert len(word.edges) == len(word.text) + 1
        assert word.edges == tuple(sorted(word.edges))
        assert word.box.x0 == pytest.approx(word.edges[0])
        assert word.box.x1 == pytest.approx(word.edges[-1])
        assert word.box.y0 < 72 < word.box.y1
        assert word.box.height < 11 * 1.6


def test_character_edges_stand_where_the_characters_stand():
    page = page_with(lambda p: p.insert_text((100, 300), "Pickett", fontsize=20))
    word = next(w for w in page.words if w.text == "Pickett")
    for n in range(1, 7):
        expected = 100 + pymupdf.get_text_length("Pickett"[:n], fontsize=20)
        assert word.edges[n] == pytest.approx(expected, abs=0.1)


HIDDEN = {
    "invisible mode": lambda p: p.insert_text((72, 200), "Pickett", render_mode=3),
    "transparent": lambda p: p.insert_text((72, 200), "Pickett", fill_opacity=0),
    "white on white": lambda p: p.insert_text((72, 200), "Pickett", color=(1, 1, 1)),
    "too small": lambda p: p.insert_text((72, 200), "Pickett", fontsize=0.5),
    "above the page": lambda p: p.insert_text((72, -30), "Pickett"),
    "beside the page": lambda p: p.insert_text((700, 200), "Pickett"),
    "under a white box": lambda p: (
        p.insert_text((72, 200), "Pickett"),
        p.draw_rect((60, 180, 200, 210), color=(1, 1, 1), fill=(1, 1, 1)),
    ),
    "under somebody's black box": lambda p: (
        p.insert_text((72, 200), "Pickett"),
        p.draw_rect((60, 180, 200, 210), color=(0, 0, 0), fill=(0, 0, 0)),
    ),
    "under a picture": lambda p: (
        p.insert_text((72, 200), "Pickett"),
        p.insert_image((60, 180, 200, 210), stream=picture()),
    ),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_text_is_read_and_known_as_hidden(how):
    page = page_with(HIDDEN[how])
    assert sources(page, "Pickett") == {Source.HIDDEN}
    assert "hidden text" in page.doubts
    assert sources(page, "caller") == {Source.TEXT}


def test_text_under_a_clip_is_read():
    page = raw_page(b"q 0 0 10 10 re W n BT /F1 12 Tf 72 700 Td (Pickett) Tj ET Q")
    assert sources(page, "Pickett") == {Source.HIDDEN}


def test_text_over_a_background_picture_is_text():
    def draw(page):
        page.insert_image((50, 180, 400, 320), stream=picture(tone=225))
        page.insert_text((72, 200), "Pickett")

    page = page_with(draw)
    assert sources(page, "Pickett") == {Source.TEXT}
    assert page.kind == "text"


def test_actual_text_that_lies_is_read_both_ways():
    page = raw_page(
        b"/Span <</ActualText (weather)>> BDC BT /F1 12 Tf 72 700 Td (Pickett) Tj ET EMC"
    )
    assert sources(page, "Pickett") == {Source.TEXT}
    assert sources(page, "weather") == {Source.HIDDEN}


def test_fake_bold_is_read_once():
    def draw(page):
        page.insert_text((72, 200), "Pickett")
        page.insert_text((72.3, 200), "Pickett")

    assert sum(w.text == "Pickett" for w in page_with(draw).words) == 1


def test_a_shadow_in_a_lower_font_is_read_once():
    """Two fonts claim different heights for one place; the word's box holds both."""

    def line(top, bottom, left=72.0, text="guest"):
        chars = [
            {"c": c, "bbox": (left + 6 * n, top, left + 6 * n + 6, bottom), "origin": (0, 98)}
            for n, c in enumerate(text)
        ]
        look = {"size": 12, "font": "F", "alpha": 255, "char_flags": 16}
        return {"dir": (1.0, 0.0), "spans": [{**look, "chars": chars}]}

    low, tall, elsewhere = line(90, 100), line(86, 102), line(90, 100, left=80.0)
    for lines in ((low, tall), (tall, low)):
        [word] = layer_words({"blocks": [{"lines": lines}]}, 0)
        assert (word.box.y0, word.box.y1) == (86, 102)
    assert len(layer_words({"blocks": [{"lines": (low, elsewhere)}]}, 0)) == 2


def test_the_same_word_twice_on_a_line_is_read_twice():
    page = page_with(lambda p: p.insert_text((72, 200), "no no", fontsize=5))
    assert sum(w.text == "no" for w in page.words) == 2


@pytest.mark.parametrize(
    ("written", "meaning", "read"),
    [
        (b"Quillxfeather", "200B", "Quillfeather"),
        (b"Quillxfeather", "00AD", "Quillfeather"),
        (b"Josex", "0301", "Jos\u00e9"),
        (b"Annx", "0020", "Ann"),
        (b"AnnxLee", "00A0", "Ann Lee"),
        (b"Grixn", "00660066 0069".replace(" ", ""), "Griffin"),
    ],
)
def test_characters_that_only_look_different_are_read_alike(written, meaning, read):
    """The letter x is given another meaning by the font's ToUnicode map."""
    cmap = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <78> <%s> endbfchar"
    page = raw_page(b"BT /F1 12 Tf 72 700 Td (%s) Tj ET" % written, cmap=cmap % meaning.encode())
    assert " ".join(w.text for w in page.words) == read
    for word in page.words:
        assert word.edges == () or len(word.edges) == len(word.text) + 1


def test_a_font_without_a_meaning_is_left_to_ocr():
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox((72, 72, 500, 200), f"<p>{LINE}</p>")
    for xref in range(1, document.xref_length()):
        if document.xref_get_key(xref, "Subtype")[1] == "/Type0":
            document.xref_set_key(xref, "ToUnicode", "null")
    read = read_text_pages(document.tobytes(), SETTINGS)[0]
    assert read.areas == (read.box,)
    assert "unreadable text layer" in read.doubts
    assert read.front == ()


def test_a_layer_that_is_no_language_is_left_to_ocr():
    shifted = " ".join(LINE.translate({n: n + 1 for n in range(97, 122)}) for _ in range(6))

    def draw(page):
        page.insert_textbox((72, 150, 500, 500), shifted)

    document = pymupdf.open()
    draw(document.new_page())
    page = read_text_pages(document.tobytes(), SETTINGS)[0]
    assert page.areas == (page.box,)
    assert page.front == ()


def test_a_page_under_one_image_is_a_scan_at_the_image_resolution():
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    page.insert_image(page.rect, stream=picture((1275, 1650)))
    read = read_text_pages(document.tobytes(), SETTINGS)[0]
    assert read.kind == "scan"
    assert read.areas == (read.box,)
    assert read.dpi == pytest.approx(150)


def test_a_scan_in_strips_is_a_scan():
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    for n in range(8):
        page.insert_image((0, n * 99, 612, (n + 1) * 99), stream=picture((1700, 275), 250 - n))
    assert read_text_pages(document.tobytes(), SETTINGS)[0].kind == "scan"


def noise(size):
    grey = np.random.default_rng(1).integers(0, 255, size[::-1], dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(grey).save(out, "PNG")
    return out.getvalue()


def test_an_image_among_text_is_an_area_and_an_empty_one_is_not():
    def draw(page):
        page.insert_image((72, 200, 272, 300), stream=noise((200, 100)))
        page.insert_image((300, 200, 500, 300), stream=picture((200, 100)))

    page = page_with(draw)
    assert page.kind == "mixed"
    assert len(page.areas) == 1
    assert page.areas[0].x0 == pytest.approx(72)


def test_drawn_shapes_that_may_be_text_are_left_to_ocr():
    def draw(page):
        shape = page.new_shape()
        for n in range(12):
            x = 72 + 14 * n
            shape.draw_bezier((x, 220), (x + 3, 190), (x + 9, 240), (x + 12, 195))
        shape.finish(width=2)
        shape.commit()

    page = page_with(draw)
    assert page.areas
    assert "shapes that may be text" in page.doubts


def test_rules_of_a_form_are_kept_and_checkboxes_are_not():
    def draw(page):
        page.draw_rect((72, 200, 300, 240))
        page.draw_rect((320, 200, 330, 210))
        page.draw_line((72, 260), (300, 260))

    rules = page_with(draw).rules
    assert len(rules) == 5
    assert all(r.x1 <= 301 for r in rules)


def test_slanted_text_is_a_doubt():
    page = raw_page(b"BT /F1 12 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (Pickett) Tj ET")
    assert "slanted text" in page.doubts
    upright = raw_page(b"BT /F1 12 Tf 0 1 -1 0 200 300 Tm (Pickett) Tj ET")
    assert "slanted text" not in upright.doubts


def test_progress_is_told_for_every_page():
    document = pymupdf.open()
    for _ in range(3):
        document.new_page()
    told = []
    read_text_pages(document.tobytes(), SETTINGS, lambda *a: told.append(a))
    assert told == [("read", 1, 3), ("read", 2, 3), ("read", 3, 3)]
