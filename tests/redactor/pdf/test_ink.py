"""Ink that nobody read is found; forms, noise and pictures of text are left in peace."""

import io
import math

import cv2
import numpy as np
import pymupdf
import pytest
from PIL import Image, ImageDraw

from redactor.pdf.ink import examine
from redactor.pdf.rawpage import RawPage
from redactor.types import Box, Source, Word

DPI = 200
WIDE, HIGH = 1275, 1650  # pixels of 6.375 by 8.25 inches


def form():
    """A page of a form as a picture and its words, the ruling lines and boxes that forms have."""
    document = pymupdf.open()
    page = document.new_page(width=WIDE * 72 / DPI, height=HIGH * 72 / DPI)
    for n in range(14):
        page.insert_text(
            (50, 60 + 16 * n),
            "\u2022 The caller said that nobody was at home that day.",
            fontsize=11,
        )
    for y in (300, 330, 360):
        page.draw_line((50, y), (400, y))
    for x in (50, 180, 400):
        page.draw_line((x, 300), (x, 360))
    page.insert_text((54, 318), "Signature:", fontsize=11)
    page.insert_text((54, 345), "Date", fontsize=11)
    page.draw_rect((60, 380, 70, 390))
    page.insert_text((75, 389), "Urgent", fontsize=11)
    page.draw_rect((60, 400, 300, 420), color=None, fill=(0.88, 0.88, 0.88))
    page.draw_line((200, 500), (400, 500))
    words = tuple(Word(w[4], Box(0, *w[:4]), 0, Source.OCR, 0.95) for w in page.get_text("words"))
    pixmap = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
    image = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.width).copy()
    return image, RawPage(0, page.rect.width, page.rect.height, words, kind="scan")


def scribble(image, x, y, wide=420, high=70, seed=1):
    """A signature-like stroke, in pixels."""
    rng = np.random.default_rng(seed)
    t = np.linspace(0, 1, 400)
    xs = x + wide * t + 14 * np.sin(40 * t)
    ys = y + high / 2 * np.sin(26 * t + rng.random()) * (0.5 + 0.5 * np.cos(9 * t))
    points = np.stack([xs, ys], axis=1).astype(np.int32)
    cv2.polylines(image, [points], isClosed=False, color=20, thickness=4)


def photograph(size):
    rng = np.random.default_rng(5)
    rough = rng.random((6, 6)).astype(np.float32) * 200 + 20
    return np.clip(cv2.resize(rough, size, interpolation=cv2.INTER_CUBIC), 0, 235).astype(np.uint8)


def fax(image):
    rng = np.random.default_rng(3)
    rough = np.where(image + rng.normal(0, 25, image.shape) > 150, 255, 0).astype(np.uint8)
    specks = rng.random(image.shape)
    rough[specks < 0.0012] = 0
    return rough


def kinds(page):
    return [r.kind for r in page.regions]


def covers(region, x0, y0, x1, y1):
    """The region holds the pixels, and not much more."""
    s = 72 / DPI
    box = region.box
    inside = (
        box.x0 <= x0 * s + 6
        and box.y0 <= y0 * s + 6
        and box.x1 >= x1 * s - 6
        and box.y1 >= y1 * s - 6
    )
    return inside and box.width < (x1 - x0) * s + 30 and box.height < (y1 - y0) * s + 30


@pytest.mark.parametrize("look", ["clean", "grey", "fax", "skewed"])
def test_forms_and_noise_are_no_ink(look):
    image, page = form()
    if look == "grey":
        rough = image * 0.9 + 10 + np.random.default_rng(1).normal(0, 9, image.shape)
        image = np.clip(rough, 0, 255).astype(np.uint8)
    elif look == "fax":
        image = fax(image)
    elif look == "skewed":
        image, page = tilted(image, page, 1.5)
    read = examine(page, image, DPI)
    assert kinds(read) == []
    assert read.explained == 1.0


def tilted(image, page, degrees):
    high, wide = image.shape
    forth = cv2.getRotationMatrix2D((wide / 2, high / 2), -degrees, 1.0)
    turn, cx, cy = math.radians(degrees), page.width / 2, page.height / 2

    def place(b):
        points = [(x - cx, y - cy) for x in (b.x0, b.x1) for y in (b.y0, b.y1)]
        xs = [cx + u * math.cos(turn) - v * math.sin(turn) for u, v in points]
        ys = [cy + u * math.sin(turn) + v * math.cos(turn) for u, v in points]
        return Box(0, min(xs), min(ys), max(xs), max(ys))

    words = tuple(Word(w.text, place(w.box), 0, w.source, w.confidence) for w in page.words)
    crooked = cv2.warpAffine(image, forth, (wide, high), borderValue=255)
    return crooked, RawPage(0, page.width, page.height, words, kind="scan", angle=degrees)


@pytest.mark.parametrize("angle", [0.0, 1.5])
def test_a_signature_is_found_by_the_word_beside_it(angle):
    image, page = form()
    scribble(image, 560, 870)
    if angle:
        image, page = tilted(image, page, angle)
    read = examine(page, image, DPI)
    assert kinds(read) == ["signature"]
    assert read.explained < 1
    if not angle:
        assert covers(read.regions[0], 560, 840, 980, 900)


def test_handwriting_elsewhere_is_found():
    image, page = form()
    scribble(image, 300, 1550, wide=600)
    read = examine(page, image, DPI)
    assert kinds(read) == ["handwriting"]
    assert covers(read.regions[0], 300, 1520, 900, 1580)


def test_handwriting_on_a_fax_is_found():
    image, page = form()
    scribble(image, 300, 1550, wide=600)
    assert kinds(examine(page, fax(image), DPI)) == ["handwriting"]


def test_words_read_without_confidence_explain_nothing():
    image, page = form()
    scribble(image, 300, 1550, wide=600)
    guess = Word("Hnnv", Box(0, 105, 540, 328, 575), 0, Source.OCR, 0.2)
    assert kinds(examine(RawPage(**{**vars(page), "words": (*page.words, guess)}), image, DPI))
    sure = Word("Pickett", guess.box, 0, Source.OCR, 0.9)
    assert not kinds(examine(RawPage(**{**vars(page), "words": (*page.words, sure)}), image, DPI))


def test_a_photograph_is_found():
    image, page = form()
    image[1200:1550, 700:1150] = photograph((450, 350))
    read = examine(page, image, DPI)
    assert "photo" in kinds(read)
    photo = next(r for r in read.regions if r.kind == "photo")
    assert photo.box.width > 0.7 * 450 * 72 / DPI
    assert photo.box.height > 0.7 * 350 * 72 / DPI


def test_a_stamp_is_found():
    image, page = form()
    cv2.circle(image, (950, 1380), 130, 40, 8)
    cv2.circle(image, (950, 1380), 95, 40, 6)
    cv2.putText(image, "RECVD", (875, 1395), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 40, 6)
    assert "stamp" in kinds(examine(page, image, DPI))


def test_the_dark_edge_of_a_scanner_is_nothing():
    image, page = form()
    image[:, :14] = 0
    image[-10:, :] = 30
    assert kinds(examine(page, image, DPI)) == []


def test_a_shaded_field_is_no_photograph():
    image, page = form()
    image[1200:1550, 700:1150] = 200
    assert kinds(examine(page, image, DPI)) == []


def test_an_empty_page_is_explained():
    page = RawPage(0, 612, 792, kind="scan")
    read = examine(page, np.full((2200, 1700), 255, np.uint8), DPI)
    assert read.explained == 1.0
    assert read.regions == ()


def test_colour_pictures_are_examined_too():
    picture = Image.new("RGB", (WIDE, HIGH), "white")
    pen = ImageDraw.Draw(picture)
    for n in range(60):
        pen.line(
            (300 + 9 * n, 800 + 30 * math.sin(n), 309 + 9 * n, 800 + 30 * math.sin(n + 1)),
            fill="navy",
            width=4,
        )
    out = io.BytesIO()
    picture.save(out, "PNG")
    page = RawPage(0, WIDE * 72 / DPI, HIGH * 72 / DPI, kind="scan")
    assert kinds(examine(page, np.asarray(picture), DPI)) == ["handwriting"]
