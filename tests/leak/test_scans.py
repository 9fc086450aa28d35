"""Names in scans: large print, the comma behind a name, a reader's slips."""

from __future__ import annotations

import cv2
import numpy as np
import pymupdf
import pypdfium2
import pytest
from PIL import Image

from redactor.ocr.colours import part
from redactor.ocr.large import headings, off_letters
from redactor.ocr.prepare import prepare, ruling_lines, to_grey
from redactor.pdf.open import open_case_file
from redactor.pdf.sanitize import strip
from redactor.people.misread import misread
from redactor.pipeline import run
from redactor.reading import read
from redactor.settings import Settings
from redactor.types import Box, Page, Reading, Source, Word
from tests.conftest import make_request
from tests.leak.test_alignment import BODY

NAME = "Thessaly Quillfeather"
BOX = 48.0  # points; the one width of every box
SETTINGS = Settings(ocr_strategy="fast")


def scan(*lines: tuple[float, str, str, float], dpi: int = 200) -> pymupdf.Document:
    """A page of lines (height, text, font, size) as a picture."""
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    for y, text, font, size in lines:
        page.insert_text((60, y), text, fontname=font, fontsize=size)
    for n, body in enumerate(BODY):
        page.insert_text((60, 400 + 16 * n), body, fontname="tiro", fontsize=12)
    drawn = page.get_pixmap(dpi=dpi, colorspace="gray")
    picture = pymupdf.open()
    picture.new_page(width=612, height=792).insert_image((0, 0, 612, 792), pixmap=drawn)
    return picture


def released(document: pymupdf.Document) -> np.ndarray:
    """The released page in grey, at 144 dpi."""
    request = make_request("inv_alleged_perpetrator", must_hide=(NAME,), holds="hide")
    release = run(document.tobytes(), request, settings=SETTINGS)
    assert release.outcome == "released", [(c.name, c.detail) for c in release.verdict.failing]
    pdf = pypdfium2.PdfDocument(release.document or b"")
    return np.asarray(pdf[0].render(scale=2).to_pil().convert("L"))


def read_by_ocr(text: str) -> Reading:
    """A line that OCR read."""
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        words.append(Word(word, Box(0, start * 6.0, 10, start * 6.0 + 30, 20), start, Source.OCR))
        at = start + len(word)
    return Reading(text, (Page(0, 612.0, 792.0, 0, len(text), tuple(words)),))


def coloured_scan(angle: float, colour: tuple[float, float, float]) -> bytes:
    """A typed page with a line written aslant across it in colour, as JPEG of 200 dpi."""
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    for n in range(36):
        page.insert_text((60, 100 + 16 * n), BODY[n % len(BODY)], fontname="tiro", fontsize=12)
    turned = (pymupdf.Point(130, 400), pymupdf.Matrix(angle))
    text = f"Called in by {NAME}"
    page.insert_text((130, 400), text, fontname="helv", fontsize=18, color=colour, morph=turned)
    drawn = page.get_pixmap(dpi=200).tobytes("jpeg", jpg_quality=80)
    picture = pymupdf.open()
    picture.new_page(width=612, height=792).insert_image((0, 0, 612, 792), stream=drawn)
    return picture.tobytes()


@pytest.mark.parametrize(
    ("angle", "colour"),
    [
        (0, (0.1, 0.2, 0.7)),
        (12, (0.8, 0.1, 0.1)),
        (-40, (0.8, 0.1, 0.1)),
        (25, (0.1, 0.5, 0.2)),
    ],
)
def test_writing_in_colour_across_print_goes_whole(
    angle: float, colour: tuple[float, float, float]
) -> None:
    """No coloured ink of it stays, and the lines of print that it does not touch do."""
    request = make_request("inv_alleged_perpetrator", must_hide=(NAME,), holds="hide")
    release = run(coloured_scan(angle, colour), request, settings=SETTINGS)
    assert release.outcome == "released", [(c.name, c.detail) for c in release.verdict.failing]
    page = pypdfium2.PdfDocument(release.document or b"")[0]
    picture = np.asarray(page.render(scale=2).to_pil().convert("RGB")).astype(int)
    assert int((picture.max(axis=2) - picture.min(axis=2) > 60).sum()) < 40
    text = page.get_textpage().get_text_bounded()
    assert text.count("The worker visited the home") >= 8
    for piece in ("Called", "Thes", "saly", "Quill", "feather"):
        assert piece not in text
        assert piece not in release.text


def test_colour_alone_parts_nothing() -> None:
    """Blue type beside black type, and black type over the blue lines of a form."""
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    for n, body in enumerate(BODY):
        page.insert_text((60, 100 + 40 * n), body, fontsize=12)
        page.insert_text((60, 120 + 40 * n), body, fontsize=12, color=(0.1, 0.2, 0.7))
        page.draw_line((60, 101 + 40 * n), (500, 101 + 40 * n), color=(0.1, 0.2, 0.7))
    drawn = page.get_pixmap(dpi=200)
    image = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.width, 3)
    assert part(image, to_grey(image), 200.0) is None
    assert part(to_grey(image), to_grey(image), 200.0) is None


def ink(picture: np.ndarray, top: float, foot: float) -> tuple[float, float]:
    """Where the ink between two heights begins and ends, in points."""
    columns = np.flatnonzero((picture[int(2 * top) : int(2 * foot)] < 200).any(0))
    return (columns[0] / 2, (columns[-1] + 1) / 2) if len(columns) else (0.0, 0.0)


@pytest.mark.parametrize("font", ["tiro", "hebo"])
@pytest.mark.parametrize("size", [24, 40, 48])
def test_a_heading_is_read_whatever_its_size(font: str, size: float) -> None:
    """Nothing but the box is left of a line of large print that is a name."""
    start, end = ink(released(scan((150.0, NAME, font, size))), 60, 240)
    assert end - start == pytest.approx(BOX, abs=1.5)


def test_a_heading_of_two_lines() -> None:
    first, last = NAME.split()
    picture = released(scan((120.0, first, "hebo", 60), (200.0, last, "hebo", 60)))
    for top, foot in ((50, 140), (140, 240)):
        start, end = ink(picture, top, foot)
        assert end - start == pytest.approx(BOX, abs=1.5)


@pytest.mark.parametrize("sign", [",", ".", ";", "'s", ")"])
def test_no_letter_stays_before_a_sign(sign: str) -> None:
    """Between the box and the next word there is paper."""
    picture = released(scan((150.0, f"The caller {NAME}{sign} said so.", "tiro", 12)))
    columns = (picture[2 * 138 : 2 * 156] < 200).any(0)
    dark = (picture[2 * 138 : 2 * 156] < 60).mean(0) > 0.6  # the box
    end = np.flatnonzero(dark)[-1] + 1
    gap = int(np.flatnonzero(columns[end + 1 :])[0])  # one column is the box's own edge
    assert gap >= 3, "something hangs on the box"


def test_strokes_of_large_letters_are_no_ruled_lines() -> None:
    """A line under a heading and the sides of a box to tick are."""
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    page.insert_text((60, 150), "Illinois HELP", fontname="hebo", fontsize=48)
    page.draw_line((60, 200), (400, 200), width=1)
    page.draw_rect((60, 250, 90, 280), width=1)
    drawn = page.get_pixmap(dpi=200, colorspace="gray")
    grey = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.width)
    ready = prepare(grey, 200).image
    lines = headings(ready, 200)
    rules = off_letters(ruling_lines(ready, 200), lines)

    assert len(lines) == 1
    assert {round(r[1] * 72 / 200) for r in rules if r[2] - r[0] > 400} == {199}
    assert all(r[1] * 72 / 200 > 190 for r in rules)


@pytest.mark.parametrize(
    ("read", "found"),
    [
        ("By Quillfcathor today", "Quillfcathor"),
        ("By Qui lifeather today", "Qui lifeather"),
        ("By Thessaly Quilfeather", "Thessaly Quilfeather"),
        ("THESSALYQUILLFEATHER", "THESSALYQUILLFEATHER"),
        ("By Quilter today", ""),
        ("The feather of a quill", ""),
    ],
)
def test_a_name_that_ocr_read_almost(read: str, found: str) -> None:
    reading = read_by_ocr(read)
    assert " ".join(read[a:b] for a, b in sorted(misread(reading, (NAME,)))) == found
    typed = tuple(Word(w.text, w.box, w.start) for w in reading.words)
    page = Page(0, 612.0, 792.0, 0, len(read), typed)
    assert list(misread(Reading(read, (page,)), (NAME,))) == []  # typed text is as it is


@pytest.mark.parametrize(
    ("read", "found"),
    [
        ("and Ton Fex says", "Ton Fex"),
        ("and Tom Fox says", "Tom Fox"),
        ("the ton for us", ""),  # small letters on a level line are words
        ("and Tim Fix", "Tim Fix"),  # may be somebody else's: the request's name must not be missed
        ("and Ton Fexes", ""),
    ],
)
def test_a_short_name_that_ocr_read_almost(read: str, found: str) -> None:
    places = sorted(misread(read_by_ocr(read), ("Tom Fox",)))
    assert " ".join(read[a:b] for a, b in places) == found


@pytest.mark.parametrize("angle", [10, 20, 35, 90, 250, 270, 350])
def test_a_note_aslant_is_hidden_whole(angle: int) -> None:
    """What is dark where the note stood is the box; no letter is left of it, or beside it."""
    page = scan()[0]
    note = pymupdf.open()
    note.new_page(width=200, height=30).insert_text((10, 20), NAME, fontname="tiro", fontsize=13)
    drawn = note[0].get_pixmap(dpi=200, colorspace="gray")
    grey = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.width)
    sheet = np.full((600, 600), 255, np.uint8)
    sheet[260 : 260 + drawn.height, 20 : 20 + drawn.width] = grey
    turn = cv2.getRotationMatrix2D((300, 300), angle, 1.0)
    turned = cv2.warpAffine(sheet, turn, (600, 600), flags=cv2.INTER_CUBIC, borderValue=255)
    _, data = cv2.imencode(".png", turned)
    page.insert_image((200, 100, 416, 316), stream=data.tobytes())
    once = page.get_pixmap(dpi=200, colorspace="gray")
    document = pymupdf.open()
    document.new_page(width=612, height=792).insert_image((0, 0, 612, 792), pixmap=once)

    dark = (released(document)[2 * 90 : 2 * 330, 2 * 190 : 2 * 430] < 128).astype(np.uint8)

    _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
    boxes = [s for s in stats[1:] if s[4] >= 1500]
    for x, y, w, h, _ in boxes:  # with the law's name in them
        dark[y : y + h, x : x + w] = 0
    assert boxes
    assert int(dark.sum()) <= 12


def test_an_underline_goes_with_the_name() -> None:
    """It is as long as the name was; a line of the form that goes on beyond the words stays."""
    text = f"The neighbor {NAME} told it."
    start = pymupdf.get_text_length("The neighbor ", "tiro", 12)
    end = start + pymupdf.get_text_length(NAME, "tiro", 12)
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    page.insert_text((60, 150), text, fontname="tiro", fontsize=12)
    page.draw_line((60 + start, 153), (60 + end, 153), width=0.8)
    page.insert_text((60, 250), f"Name {NAME}", fontname="tiro", fontsize=12)
    page.draw_line((60, 254), (500, 254), width=0.8)
    for n, body in enumerate(BODY):
        page.insert_text((60, 400 + 16 * n), body, fontname="tiro", fontsize=12)
    drawn = page.get_pixmap(dpi=200, colorspace="gray")
    once = pymupdf.open()
    once.new_page(width=612, height=792).insert_image((0, 0, 612, 792), pixmap=drawn)

    picture = released(once)

    assert ink(picture, 156, 170) == (0.0, 0.0)
    below = (picture[2 * 151 : 2 * 156, 2 * 60 : 2 * 560] < 160).mean(1).max()
    assert below < 48 / 500 + 0.02  # the box's foot and no more
    ruled = (picture[2 * 252 : 2 * 257, 2 * 62 : 2 * 498] < 200).mean(1).max()
    assert ruled > 0.85


def test_dithered_paper_does_not_show_where_a_line_ended() -> None:
    """Behind a line that was set anew the dots are gone up to the margin, however long it was."""
    ends = []
    for name in ("Al Ox", NAME):
        document = pymupdf.open()
        page = document.new_page(width=612, height=792)
        page.insert_text((60, 150), f"The neighbor {name} told it.", fontname="tiro", fontsize=12)
        for n, body in enumerate(BODY):
            page.insert_text((60, 400 + 16 * n), body, fontname="tiro", fontsize=12)
        drawn = page.get_pixmap(dpi=200, colorspace="gray")
        grey = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.width)
        dots = Image.fromarray(np.minimum(grey, 225)).convert("1").convert("L")
        _, data = cv2.imencode(".png", np.asarray(dots))
        once = pymupdf.open()
        once.new_page(width=612, height=792).insert_image((0, 0, 612, 792), stream=data.tobytes())
        request = make_request("inv_alleged_perpetrator", must_hide=(name,), holds="hide")
        release = run(once.tobytes(), request, settings=SETTINGS)
        assert release.outcome == "released", [(c.name, c.detail) for c in release.verdict.failing]
        pdf = pypdfium2.PdfDocument(release.document or b"")
        row = np.asarray(pdf[0].render(scale=2).to_pil().convert("L"))[2 * 143 : 2 * 148]
        plain = np.flatnonzero((row > 250).all(0))
        ends.append(int(plain[-1]))
    assert abs(ends[0] - ends[1]) <= 4
    assert ends[0] > 2 * 500


def test_no_stroke_of_a_spaced_name_stays() -> None:
    """OCR's box of letters set apart begins behind the first one's stem."""
    spaced = "   ".join(" ".join(word) for word in NAME.split())
    picture = released(scan((150.0, f"Reporter: {spaced}", "tiro", 14)))
    band = picture[2 * 136 : 2 * 152]
    box = np.flatnonzero((band < 60).mean(0) > 0.6)
    before = np.flatnonzero((band[:, : box[0] - 1] < 200).any(0))
    label = 2 * (60 + pymupdf.get_text_length("Reporter:", "tiro", 14))
    assert before[-1] <= label + 4


def form(*, gap: float = 0.0) -> pymupdf.Document:
    """A scan of a form: boxes to tick, and a comb with the reporter's name, a letter a cell."""
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    for n, answer in enumerate(("Yes", "No", "N/A")):
        page.draw_rect((60 + 90 * n, 100, 70 + 90 * n, 110), width=0.8)
        page.insert_text((74 + 90 * n, 109), answer, fontname="helv", fontsize=10)
    page.insert_text((58, 102 + 6), "X", fontname="helv", fontsize=8)
    for n, letter in enumerate(NAME.upper()):
        x = 60 + 18 * n
        page.draw_rect((x, 200, x + 18 - gap, 222), width=0.8)
        page.insert_text((x + 5, 216), letter, fontname="helv", fontsize=11)
    for n, body in enumerate(BODY):
        page.insert_text((60, 400 + 16 * n), body, fontname="tiro", fontsize=12)
    drawn = page.get_pixmap(dpi=200, colorspace="gray")
    once = pymupdf.open()
    once.new_page(width=612, height=792).insert_image((0, 0, 612, 792), pixmap=drawn)
    return once


@pytest.mark.parametrize("gap", [0.0, 4.0])
def test_a_comb_is_hidden_whole_and_answers_stay(gap: float) -> None:
    """No reader makes a name of letters in cells; the answers beside boxes to tick are no names."""
    picture = released(form(gap=gap))
    comb = picture[2 * 203 : 2 * 219, 2 * 63 : 2 * (57 + 18 * len(NAME))]
    assert float((comb < 60).mean()) > 0.9
    answers = picture[2 * 96 : 2 * 114, 2 * 56 : 2 * 290]
    black = cv2.morphologyEx((answers < 60).astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9)))
    assert int(black.sum()) == 0


def test_the_stems_of_a_heading_are_no_comb() -> None:
    page = scan((150.0, "HHHH IIII HILL HILTI", "hebo", 11))
    plain = read_all(page)
    assert [r for r in plain.pages[0].regions if "cell" in r.why] == []


def read_all(document: pymupdf.Document) -> Reading:
    case = open_case_file(document.tobytes(), password="", settings=SETTINGS)
    return read(strip(case.pdf), SETTINGS, lambda *_: None)


def test_white_words_on_a_low_bar_are_read() -> None:
    """A table's head: the bar below the letters is thinner than a stroke may be."""
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    page.draw_rect((60, 100, 540, 117), color=(0.24, 0.31, 0.5), fill=(0.24, 0.31, 0.5))
    for n, head in enumerate(("Room", "State", "Seen", "Note")):
        page.insert_text((80 + 115 * n, 113), head, fontname="hebo", fontsize=10, color=(1, 1, 1))
        page.insert_text((80 + 115 * n, 133), "Kitchen", fontname="helv", fontsize=10)
    drawn = page.get_pixmap(dpi=200)
    once = pymupdf.open()
    once.new_page(width=612, height=792).insert_image((0, 0, 612, 792), pixmap=drawn)

    found = read_all(once)

    assert {"Room", "State", "Seen", "Note"} <= {w.text for w in found.words}
    assert found.pages[0].regions == ()
