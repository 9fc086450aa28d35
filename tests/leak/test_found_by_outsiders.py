"""What people who attacked the releases found and the channels of ``channels.py`` did not hold."""

from __future__ import annotations

import io
import math
from collections.abc import Callable

import cv2
import numpy as np
import pikepdf
import pymupdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from redactor.ocr.page import glance
from redactor.pdf.words import read_text_pages
from redactor.pipeline import run
from redactor.settings import Settings
from redactor.text import squash
from tests.conftest import make_request

NAME, PHONE = "Ottilie Quillfeather", "417-555-0142"
SETTINGS = Settings(ocr_strategy="fast")
PLAIN = (
    "The worker went to the home on Monday and spoke with both parents there.",
    "They said that he had lost his coat on the bus, and that a new one was bought.",
)


def released(
    document: pymupdf.Document, render: str = "auto", terms: tuple[str, ...] = (NAME, PHONE)
) -> bytes:
    request = make_request("inv_alleged_perpetrator", must_hide=terms)
    given = SETTINGS.model_copy(update={"render": render})
    release = run(document.tobytes(), request, settings=given)
    assert release.outcome == "released", [(c.name, c.detail) for c in release.verdict.failing]
    return release.document or b""


def page_of(*lines: str) -> pymupdf.Document:
    document = pymupdf.open()
    page = document.new_page()
    for n, line in enumerate((f"Reporter: {NAME}, phone {PHONE}", *PLAIN, *lines)):
        page.insert_text((60, 80 + 24 * n), line, fontsize=12)
    return document


def picture(pdf: bytes) -> np.ndarray:
    page = pypdfium2.PdfDocument(pdf)[0]
    image = page.render(scale=200 / 72, grayscale=True).to_numpy()
    return image[..., 0] if image.ndim == 3 else image


def words_of(pdf: bytes) -> str:
    return squash("".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf)))


@pytest.mark.parametrize("above", [-0.6, 0.0, 0.4, 2.0])
def test_no_foot_of_a_hidden_letter_stays_on_a_ruled_line(above: float) -> None:
    """A form's line under its field keeps one colour all along behind the box."""
    document = page_of()
    page = document[0]
    page.insert_text((60, 300), f"Caller: {NAME}, {PHONE}", fontsize=12)
    page.draw_line((50, 300 + above), (560, 300 + above), width=0.6)

    shown = picture(released(document, "pixels"))

    zoom = 200 / 72
    rows = slice(round((296 + above) * zoom), round((304 + above) * zoom))
    behind = shown[rows, round(240 * zoom) : round(540 * zoom)].astype(int)
    assert behind.min() < 200  # the line is still there
    assert (behind.max(axis=1) - behind.min(axis=1)).max() < 40


@pytest.mark.parametrize(
    "line",
    [
        "Sent from oquillfeather's phone",
        "posted as #quillfeather_77 there",
        "kept as quillfeather_milo_2024.pdf in it",
    ],
)
def test_a_name_is_found_within_whatever_word_it_stands(line: str) -> None:
    document = page_of(line)

    left = words_of(released(document, terms=()))

    assert "quillfeather" not in left
    assert squash(PLAIN[1]) in left


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Qui\u0142\u0142feather", "quillfeather"),
        ("Q\u1d1c\u026a\u029f\u029f\ua730\u1d07\u1d00\u1d1b\u029c\u1d07\u0280", "quillfeather"),
        ("\u0664\u0661\u0667-\u0665\u0665\u0665-\u0660\u0661\u0664\u0662", "4175550142"),
        ("\u00d8ystein \u0110or\u0111evi\u0107, K\u0131l\u0131\u00e7", "oysteindordevickilic"),
        ("\u00c6sir Stra\u00dfe", "aesirstrasse"),
        (
            "\u6797\u7f8e\u73b2 \u0410\u043d\u043d\u0430",
            "\u6797\u7f8e\u73b2\u0430\u043d\u043d\u0430",
        ),
    ],
)
def test_letters_with_a_stroke_small_capitals_and_foreign_digits_are_compared_as_plain_ones(
    written: str, plain: str
) -> None:
    assert squash(written) == plain


@pytest.mark.parametrize(
    "pieces",
    [
        [("Quil", 0, 11), ("zq", 1, 3), ("lfea", 0, 11), ("zq", 1, 0.5), ("ther", 0, 11)],
        [(c, n % 2, 11 if n % 2 == 0 else 1) for n, c in enumerate("QxuxixlxlxfxexaxtxhxexrX")],
    ],
    ids=["white and small", "white and tiny between all letters"],
)
def test_a_name_with_letters_in_it_that_nobody_sees_is_read_as_it_looks(
    pieces: list[tuple[str, int, float]],
) -> None:
    document = page_of()
    x = 60.0
    for text, white, size in pieces:
        document[0].insert_text((x, 240), text, fontsize=size, color=(white, white, white))
        x += pymupdf.get_text_length(text, fontsize=size)

    shown = picture(released(document))

    assert "quillfeather" not in squash(glance(shown, 200, SETTINGS))


def test_small_capitals_and_raised_letters_part_no_word() -> None:
    document = pymupdf.open()
    page = document.new_page()
    x = 60.0
    for text, size in (("S", 12), ("MITH", 9.6), (" 22", 12), ("nd", 7)):
        page.insert_text((x, 100), text, fontsize=size)
        x += pymupdf.get_text_length(text, fontsize=size)
    words = [w.text for w in read_text_pages(document.tobytes(), SETTINGS)[0].words]
    assert words == ["SMITH", "22nd"]


def scanned(
    draw: Callable[[ImageDraw.ImageDraw, ImageFont.FreeTypeFont], None],
) -> pymupdf.Document:
    """A page that is a picture of the usual lines and of what ``draw`` adds, at 200 dpi."""
    image = Image.new("RGB", (1700, 2200), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(34)
    for n, line in enumerate((f"Reporter: {NAME}, phone {PHONE}", *PLAIN)):
        pen.text((150, 200 + 70 * n), line, font=font, fill="black")
    draw(pen, font)
    data = io.BytesIO()
    image.save(data, "PNG")
    document = pymupdf.open()
    document.new_page().insert_image(pymupdf.Rect(0, 0, 612, 792), stream=data.getvalue())
    return document


@pytest.mark.parametrize(
    ("ground", "ink"),
    [
        ("white", "#d4d4d4"),
        ("white", "#ffff40"),
        ("white", "#ffc0cb"),
        ("#141414", "white"),
        ("#787878", "#141414"),
        ("#969696", "#d7d7d7"),
    ],
)
def test_no_name_stays_in_a_scan_because_it_is_pale_or_stands_on_a_bar(
    ground: str, ink: str
) -> None:
    """Pencil, a yellow pen, the white letters of a form's header: people read them all."""

    def draw(pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont) -> None:
        pen.rectangle((140, 700, 1300, 770), fill=ground)
        pen.text((150, 712), f"Caller: {NAME}", font=font, fill=ink)

    document = scanned(draw)
    page = pypdfium2.PdfDocument(released(document, "pixels"))[0]
    bar = page.render(scale=200 / 72).to_numpy()[690:780, 130:1310, :3].min(axis=2).astype(float)
    bar[bar < 12] = bar.max()  # the boxes themselves, so that what is pale can be stretched
    stretched = (bar - bar.min()) * 255 / max(float(np.ptp(bar)), 1.0)

    read = squash(glance(stretched.astype(np.uint8), 200, SETTINGS))
    assert "quillf" not in read
    assert "feather" not in read


def test_a_pale_picture_of_a_name_on_a_typed_page_is_hidden() -> None:
    document = page_of()
    image = Image.new("L", (900, 120), 255)
    font = ImageFont.load_default(40)
    ImageDraw.Draw(image).text((10, 30), f"Quillfeather {PHONE}", font=font, fill=215)
    data = io.BytesIO()
    image.save(data, "PNG")
    document[0].insert_image(pymupdf.Rect(60, 300, 384, 343), stream=data.getvalue())

    shown = picture(released(document, "pixels"))[round(300 * 200 / 72) : round(343 * 200 / 72)]

    pale = np.where((shown > 190) & (shown < 240), 0, 255).astype(np.uint8)
    assert "feather" not in squash(glance(pale, 200, SETTINGS))


def cmap(says: dict[int, str]) -> bytes:
    """A ToUnicode map."""
    rows = "\n".join(f"<{code:02x}> <{ord(letter):04x}>" for code, letter in says.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(says)} beginbfchar\n{rows}\nendbfchar endcmap end end"
    ).encode()


def lying(shows: str, says: str) -> pymupdf.Document:
    """A page on which one font shows a text and says another, letter by letter."""
    file = pikepdf.open(io.BytesIO(page_of().tobytes()))
    codes = {n + 33: (a, b) for n, (a, b) in enumerate(zip(shows, says, strict=True))}
    names = {" ": "space", "-": "hyphen", ",": "comma", ".": "period"}
    digits = "zero one two three four five six seven eight nine".split()  # noqa: SIM905
    names |= {str(n): name for n, name in enumerate(digits)}
    glyphs = [pikepdf.Name("/" + names.get(a, a)) for a, _ in codes.values()]
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    font.Encoding = pikepdf.Dictionary(Differences=pikepdf.Array([33, *glyphs]))
    font.ToUnicode = pikepdf.Stream(file, cmap({c: b for c, (_, b) in codes.items()}))
    page = file.pages[0]
    page.Resources.Font.LIE = font
    text = bytes(codes).hex()
    page.contents_add(f"BT /LIE 12 Tf 60 540 Td <{text}> Tj ET".encode())
    out = io.BytesIO()
    file.save(out)
    return pymupdf.open(stream=out.getvalue())


@pytest.mark.parametrize(
    ("shows", "says"),
    [
        ("told by Quillfeather", "was in the the house"),
        ("told by Quillfeather", "!#$% &' )*+,/:;<=>?@"),
        ("rang 417-555-0142 then", "rang 998-221-7003 then"),
    ],
    ids=["ordinary words", "no letters", "another number"],
)
def test_a_font_that_says_other_letters_than_it_shows_is_not_believed(
    shows: str, says: str
) -> None:
    shown = picture(released(lying(shows, says)))

    read = squash(glance(shown, 200, SETTINGS))
    assert "quillfeather" not in read
    assert "4175550142" not in read
    assert squash(PLAIN[1]) in read


@pytest.mark.parametrize("how", ["arc", "jumping"])
def test_letters_on_no_line_are_hidden(how: str) -> None:
    """A seal says a name that no reading order spells."""
    document = page_of()
    page = document[0]
    for n, letter in enumerate("OTTILIE QUILLFEATHER"):
        if how == "arc":
            turn = math.radians(180 - 9 * n)
            at = pymupdf.Point(300 + 90 * math.cos(turn), 400 - 90 * math.sin(turn))
            morph = (at, pymupdf.Matrix(1, 1).prerotate(90 - math.degrees(turn)))
            page.insert_text(at, letter, fontsize=13, morph=morph)
        else:
            page.insert_text((150 + 14 * n, 400 + 9 * (n % 2)), letter, fontsize=13)

    left = words_of(released(document))
    shown = picture(released(document))[round(290 * 200 / 72) : round(430 * 200 / 72)]

    assert "ttilie" not in left
    assert "eather" not in left
    marks = cv2.connectedComponentsWithStats((shown < 128).astype(np.uint8))[2][1:]
    boxes = [m for m in marks if m[4] > 2000]
    bare = [m for m in marks if not any(_holds(b, m) for b in boxes)]
    assert len(bare) < 5, bare  # of twenty letters no more than a few


def _holds(box: np.ndarray, mark: np.ndarray) -> bool:
    x, y = mark[0] + mark[2] / 2, mark[1] + mark[3] / 2
    return bool(box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3])


def test_a_column_of_marks_and_letters_set_apart_are_read() -> None:
    document = page_of(*(f"{mark}        line of a form" for mark in "XXNYXXNY"))
    document[0].insert_text((60, 500), "C O N F I D E N T I A L", fontsize=12)
    page = read_text_pages(document.tobytes(), SETTINGS)[0]
    assert page.kind == "text"
    assert page.regions == ()
