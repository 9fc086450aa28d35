"""Pictures of pages: their size, their place, their limits."""

import io

import numpy as np
import pymupdf
import pytest
from PIL import Image

from redactor.errors import TooLarge
from redactor.pdf.render import crop, image_dpi, reading_dpi, render_page
from redactor.settings import Settings
from redactor.types import Box

SETTINGS = Settings()


@pytest.fixture(scope="module")
def pdf():
    document = pymupdf.open()
    page = document.new_page(width=288, height=144)
    page.draw_rect((72, 36, 144, 72), color=None, fill=(1, 0, 0))
    return document.tobytes()


@pytest.mark.parametrize(("rgb", "shape"), [(False, (200, 400)), (True, (200, 400, 3))])
def test_a_page_is_drawn_at_its_resolution(pdf, rgb, shape):
    image = render_page(pdf, 0, 100, SETTINGS, rgb=rgb)
    assert image.shape == shape
    assert image.dtype == np.uint8
    inside, outside = image[75, 150], image[150, 300]
    assert np.all(outside == 255)
    assert tuple(np.atleast_1d(inside)) == ((255, 0, 0) if rgb else (inside,))
    assert rgb or 40 < inside < 150


def test_a_part_of_a_page_is_drawn_alone(pdf):
    image = render_page(pdf, 0, 144, SETTINGS, clip=Box(0, 72, 36, 144, 72))
    assert image.shape == (72, 144)
    assert len(np.unique(image)) == 1


def test_a_part_beyond_the_page_ends_at_its_edge(pdf):
    assert render_page(pdf, 0, 72, SETTINGS, clip=Box(0, 200, 100, 999, 999)).shape == (44, 88)


def test_too_many_pixels_are_refused_before_they_are_drawn(pdf):
    with pytest.raises(TooLarge):
        render_page(pdf, 0, 300, Settings(max_pixels=100_000))


def test_crops_are_never_empty_and_never_leave_the_image():
    image = np.arange(10_000, dtype=np.uint32).astype(np.uint8).reshape(100, 100)
    for box in (Box(0, 10, 10, 10, 10), Box(0, -50, -50, -40, -40), Box(0, 500, 500, 900, 900)):
        assert crop(image, box, 72).size >= 1
    assert crop(image, Box(0, 10, 20, 30, 50), 72).shape == (30, 20)
    assert crop(image, Box(0, 10, 20, 30, 50), 72, pad=2).shape == (34, 24)


@pytest.mark.parametrize(("scan", "wanted"), [(0, 200), (150, 200), (250, 250), (600, 300)])
def test_scans_are_read_at_their_own_resolution_within_reason(scan, wanted):
    assert reading_dpi(scan, SETTINGS) == wanted


@pytest.mark.parametrize("rotate", [0, 90])
def test_the_resolution_of_a_placed_image_is_that_of_its_pixels(rotate):
    out = io.BytesIO()
    Image.new("L", (600, 300), "white").save(out, "PNG")
    document = pymupdf.open()
    page = document.new_page()
    rect = (72, 72, 216, 144) if not rotate else (72, 72, 144, 216)
    page.insert_image(rect, stream=out.getvalue(), rotate=rotate)
    assert image_dpi(page.get_image_info()[0]) == pytest.approx(300, rel=0.01)
