"""Places that were passed over or doubted are read again; what reads well is left alone."""

from dataclasses import replace

import numpy as np
import pytest

from redactor.ocr.base import OcrPage, OcrWord
from redactor.ocr.retry import DOUBT, UNBELIEVED, doubtful, read_again
from redactor.ocr.tesseract import ONE_BLOCK, Tesseract
from redactor.settings import Settings
from tests.redactor.ocr.sheet import DPI, sheet

IMAGE, KNOWN = sheet()
WORDS = tuple(OcrWord(text, *box, 0.95, n) for n, (text, box) in enumerate(KNOWN))
NAME = next(w for w in WORDS if w.text == "Pickett,")
READER = Tesseract(Settings(), ONE_BLOCK)


class Sure:
    """A reader that sees one word wherever it looks, and is always sure."""

    name = "sure"

    def __init__(self, text):
        self.text = text

    def read(self, image, dpi):
        high, wide = image.shape
        return OcrPage((OcrWord(self.text, 14, 14, wide - 14, high - 14, 0.99),))


def without(*gone):
    return tuple(w for w in WORDS if w not in gone)


def test_a_page_that_was_read_is_left_alone():
    assert list(doubtful(WORDS, IMAGE, DPI)) == []
    assert read_again(WORDS, IMAGE, DPI, READER) == WORDS


def test_a_word_that_was_passed_over_is_found():
    (place,) = doubtful(without(NAME), IMAGE, DPI)
    assert place[0] <= NAME.x0 + 6
    assert place[2] >= NAME.x1 - 12
    words = read_again(without(NAME), IMAGE, DPI, READER)
    found = next(w for w in words if w.text == "Pickett,")
    assert found.x0 == pytest.approx(NAME.x0, abs=6)
    assert found.x1 == pytest.approx(NAME.x1, abs=6)
    assert len(words) == len(WORDS)


def test_a_doubted_word_is_replaced_by_a_surer_reading():
    doubted = replace(NAME, text="Fickelt,", confidence=0.2)
    words = read_again((*without(NAME), doubted), IMAGE, DPI, READER)
    assert "Pickett," in {w.text for w in words}
    assert "Fickelt," not in {w.text for w in words}


def test_a_word_stays_when_no_reading_is_surer():
    scrawl = np.full((300, 500), 255, np.uint8)
    rng = np.random.default_rng(4)
    scrawl[100:160, 100:300] = np.where(rng.random((60, 200)) < 0.5, 0, 255)
    doubted = OcrWord("Xq", 100, 100, 300, 160, 0.3)
    assert doubted in read_again((doubted,), scrawl, DPI, READER)


@pytest.mark.parametrize(("second", "belief"), [("Picket,", DOUBT), ("weather", UNBELIEVED)])
def test_a_reader_that_is_always_sure_is_believed_as_far_as_the_first_agrees(second, belief):
    doubted = replace(NAME, confidence=0.2)
    words = read_again((*without(NAME), doubted), IMAGE, DPI, Sure(second), honest=False)
    assert next(w for w in words if w.text == second).confidence == belief


def test_specks_are_no_places():
    paper = np.full((400, 600), 255, np.uint8)
    rng = np.random.default_rng(9)
    paper[rng.random(paper.shape) < 0.002] = 0
    assert list(doubtful((), paper, DPI)) == []


def test_lines_keep_numbers_of_their_own():
    words = read_again(without(NAME), IMAGE, DPI, READER)
    found = next(w for w in words if w.text == "Pickett,")
    assert found.line not in {w.line for w in without(NAME)}
