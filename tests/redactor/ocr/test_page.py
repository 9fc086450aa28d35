"""A page is read whichever way it lies, and its words are put back where they stand."""

import numpy as np
import pytest

from redactor.ocr.page import read_page
from redactor.settings import Settings
from redactor.types import Source
from tests.redactor.ocr.sheet import DPI, askew, distance, sheet, turned

FAST = Settings(ocr_strategy="fast")


def check_places(image, words, place, slope, tolerance):
    page = read_page(image, DPI, FAST)
    assert page.angle == pytest.approx(slope, abs=0.3)
    found = 0
    for text, (x0, y0, x1, y1) in words:
        want = place((x0 + x1) / 2, (y0 + y1) / 2)
        near = [
            w
            for w in page.words
            if w.text == text and distance(((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2), want) < tolerance
        ]
        found += bool(near)
    assert found >= 0.9 * len(words)
    return page


@pytest.mark.parametrize("degrees", [-3.0, 0.0, 1.2, 4.0])
def test_words_of_a_skewed_page_stand_where_they_are_seen(degrees):
    image, words = sheet()
    crooked, place = askew(image, degrees)
    check_places(crooked, words, place, degrees, 9)


@pytest.mark.parametrize(("quarters", "slope"), [(1, 90), (2, -180), (3, -90)])
def test_words_of_a_turned_page_stand_where_they_are_seen(quarters, slope):
    image, words = sheet()
    sideways, place = turned(image, quarters)
    page = check_places(sideways, words, place, slope, 12)
    assert all(w.edges == () for w in page.words)


def test_words_are_placed_on_their_page_in_points():
    image, words = sheet()
    (text, (x0, y0, x1, y1)) = next(w for w in words if w[0] == "Pickett,")
    placed = read_page(image, DPI, FAST).place(3, DPI, left=10, top=20)
    word = next(w for w in placed if w.text == text)
    assert word.source is Source.OCR
    assert word.box.page == 3
    assert word.box.x0 == pytest.approx(10 + x0 * 72 / DPI, abs=3)
    assert word.box.x1 == pytest.approx(10 + x1 * 72 / DPI, abs=3)
    assert 20 + y0 * 72 / DPI - 3 < word.box.y0 < word.box.y1 < 20 + y1 * 72 / DPI + 3
    assert len(word.edges) == len(text) + 1
    assert word.part(word.start, word.start + 3).x1 < word.box.x1


def test_words_of_a_line_share_its_height():
    image, _ = sheet(["once Lynn saw", "gypsy on a rug", "Lynn once saw us"])
    page = read_page(image, DPI, FAST)
    for line in {w.line for w in page.words}:
        heights = [w.y1 - w.y0 for w in page.words if w.line == line]
        assert max(heights) < 1.35 * min(heights)


def test_a_second_reader_is_asked_when_told_to_and_its_findings_stand_behind():
    image, _ = sheet()
    page = read_page(image, DPI, Settings(ocr_strategy="thorough"))
    assert page.readers == ("tesseract", "rapid")
    assert read_page(image, DPI, FAST).readers == ("tesseract",)
    assert read_page(image, DPI, Settings(ocr_strategy="auto")).readers == ("tesseract",)
    seen = page.place(0, DPI)
    assert {w.source for w in seen} <= {Source.OCR, Source.OCR2}
    assert sum(w.source is Source.OCR2 for w in seen) < len(seen) / 2


def test_in_doubt_the_second_reader_is_asked():
    image, _ = sheet(["Verna Sue Pickett called"], inches=(4, 1))
    noisy = np.where(np.random.default_rng(2).random(image.shape) < 0.25, 0, image).astype(np.uint8)
    assert "rapid" in read_page(noisy, DPI, Settings(ocr_strategy="auto")).readers


def test_ruling_lines_come_along_and_are_no_words():
    image, _ = sheet(["Dobbs, Kaysen      victim", "Beasley, Tonya     worker"], font="cour")
    ruled = image.copy()
    ruled[80:83, 90:900] = 0
    ruled[240:243, 90:900] = 0
    ruled[80:243, 90:93] = 0
    ruled[80:243, 897:900] = 0
    page = read_page(ruled, DPI, FAST)
    assert len(page.rules) == 4
    assert {"Dobbs,", "Kaysen", "Beasley,"} <= {w.text for w in page.words}
    assert not any(set(w.text) <= set("|_-") for w in page.words)


@pytest.mark.parametrize("kind", ["empty", "black", "tiny"])
def test_nothing_to_read_gives_nothing(kind):
    image = {
        "empty": np.full((400, 300), 255, np.uint8),
        "black": np.zeros((400, 300), np.uint8),
        "tiny": np.full((3, 3), 255, np.uint8),
    }[kind]
    page = read_page(image, DPI, Settings())
    assert page.words == ()
    assert page.angle == 0.0
