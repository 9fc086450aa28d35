"""Images are made upright and level, and every point finds its way back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from redactor.ocr.base import OcrWord
from redactor.ocr.prepare import prepare, ruling_lines, skew, to_grey
from tests.redactor.ocr.sheet import DPI, LINES, askew, distance, sheet, turned

IMAGE = sheet()[0]


@trial(max_examples=15, deadline=None)
@given(st.floats(-7, 7))
def test_the_slope_of_the_lines_is_found(degrees):
    assert skew(askew(IMAGE, degrees)[0]) == pytest.approx(degrees, abs=0.15)


@pytest.mark.parametrize("tone", [0, 128, 255])
def test_an_even_page_has_no_slope(tone):
    assert skew(np.full((500, 400), tone, np.uint8)) == 0.0


@trial(max_examples=25, deadline=None)
@given(st.floats(-6, 6), st.sampled_from([0, 1, 2, 3]), st.floats(0.2, 0.8), st.floats(0.2, 0.8))
def test_points_come_back_to_where_they_were(degrees, quarters, u, v):
    """A mark drawn on the original is found in the prepared image at the place that maps to it."""
    crooked, _ = askew(IMAGE, degrees)
    image, _ = turned(crooked, quarters)
    ready = prepare(image, DPI, (4 - quarters) % 4 * 90)
    high, wide = ready.image.shape
    x, y = u * wide, v * high
    a, b = ready.point(x, y)
    # the same point by hand: level about the middle, then turn
    turn = np.radians(ready.angle)
    cx, cy = wide / 2, high / 2
    p = cx + (x - cx) * np.cos(turn) - (y - cy) * np.sin(turn)
    q = cy + (x - cx) * np.sin(turn) + (y - cy) * np.cos(turn)
    want = {0: (p, q), 1: (high - q, p), 2: (wide - p, high - q), 3: (q, wide - p)}[quarters]
    assert distance((a, b), want) < 0.5


def test_a_mark_is_found_again():
    image, _ = askew(IMAGE, 2.5)
    ready = prepare(image, DPI)
    assert ready.angle == pytest.approx(2.5, abs=0.15)
    assert ready.slope == ready.angle
    dark = np.argwhere(ready.image < 60)
    y, x = dark[0]
    a, b = ready.point(float(x), float(y))
    around = image[round(b) - 3 : round(b) + 4, round(a) - 3 : round(a) + 4]
    assert around.min() < 100


def test_boxes_grow_to_hold_a_tilted_word_and_edges_stay_in_order():
    ready = prepare(askew(IMAGE, 3.0)[0], DPI)
    word = OcrWord("Pickett", 200, 100, 300, 130, edges=(200, 214, 220, 232, 246, 260, 280, 300))
    back = ready.restore(word)
    assert back.x1 - back.x0 > 98
    assert back.y1 - back.y0 > 30
    assert len(back.edges) == 8
    assert list(back.edges) == sorted(back.edges)
    assert (back.edges[0], back.edges[-1]) == (back.x0, back.x1)


def test_a_fax_is_smoothed_and_a_scan_is_not():
    fax = np.where(IMAGE < 128, 0, 255).astype(np.uint8)
    assert len(np.unique(prepare(fax, DPI).image)) > 10
    scan = np.clip(IMAGE * 0.8 + 20, 0, 255).astype(np.uint8)
    assert np.array_equal(prepare(scan, DPI).image, scan)


def test_colour_becomes_grey():
    assert np.array_equal(to_grey(np.repeat(IMAGE[:, :, None], 3, axis=2)), IMAGE)


@pytest.mark.parametrize("font", ["helv", "hebo", "cour", "tiro"])
@pytest.mark.parametrize("size", [8, 11, 18])
def test_letters_are_no_ruling_lines(font, size):
    assert ruling_lines(sheet(LINES, size=size, font=font)[0], DPI) == []


def test_ruling_lines_are_found_where_they_stand():
    image = IMAGE.copy()
    image[650:653, 100:900] = 30
    image[600:690, 500:502] = 30
    found = ruling_lines(image, DPI)
    assert (100, 650, 900, 653) in found
    assert any(a == 500 and c == 502 and d - b >= 85 for a, b, c, d in found)
