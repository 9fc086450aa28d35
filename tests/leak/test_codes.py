"""Bar codes and letters set far apart: nothing that a telephone or a patient eye gets back."""

from __future__ import annotations

import cv2
import numpy as np
import pymupdf
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from redactor.pdf.codes import places, with_codes
from redactor.pdf.rawpage import RawPage
from redactor.pipeline import run
from redactor.settings import Settings
from redactor.types import Box, Region, Release
from tests.conftest import make_request
from tests.leak.test_alignment import BODY, page_with

SAYS = "THESSALY QUILLFEATHER"
CODES = ["QRCode", "PDF417", "DataMatrix", "Aztec", "Code39", "Code128"]
TURNED = 4.0  # degrees


def code(kind: str) -> np.ndarray:
    made = zxingcpp.create_barcode(SAYS, getattr(zxingcpp.BarcodeFormat, kind))
    return np.array(made.to_image(scale=6, add_quiet_zones=True))


def coded(kind: str) -> pymupdf.Document:
    """A page with a code below its text."""
    document = page_with("Hotline report of the third of March", 72.0)
    picture = code(kind)
    wide = 300.0 if picture.shape[1] > 2 * picture.shape[0] else 90.0
    high = max(wide * picture.shape[0] / picture.shape[1], 30.0)
    stream = cv2.imencode(".png", picture)[1].tobytes()
    document[0].insert_image((90, 300, 90 + wide, 300 + high), stream=stream, keep_proportion=False)
    return document


def drawn(document: pymupdf.Document) -> np.ndarray:
    pixmap = document[0].get_pixmap(dpi=200, colorspace="gray")
    return np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.h, pixmap.stride)[:, : pixmap.w]


def askew(document: pymupdf.Document) -> pymupdf.Document:
    image = Image.fromarray(drawn(document)).rotate(TURNED, fillcolor=255, resample=Image.BICUBIC)
    return scan(np.asarray(image))


def scan(image: np.ndarray) -> pymupdf.Document:
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    page.insert_image(page.rect, stream=cv2.imencode(".png", image)[1].tobytes())
    return document


def release(document: pymupdf.Document, holds: str) -> Release:
    request = make_request("inv_alleged_perpetrator", holds=holds)
    return run(document.tobytes(), request, settings=Settings(ocr_strategy="fast"))


@pytest.mark.parametrize("kind", CODES)
def test_no_code_can_be_read_off_a_release(kind: str) -> None:
    document = coded(kind)
    assert [c.text for c in zxingcpp.read_barcodes(drawn(document))] == [SAYS]
    assert release(document, "stop").outcome == "held"
    made = release(document, "hide")
    assert made.outcome == "released"
    assert BODY[0] in made.text
    assert not zxingcpp.read_barcodes(drawn(pymupdf.open(stream=made.document)))


@pytest.mark.parametrize("kind", ["PDF417", "Code128", "QRCode"])
def test_no_bar_of_a_code_in_a_crooked_scan_stays(kind: str) -> None:
    document = askew(coded(kind))
    made = release(document, "hide")
    assert made.outcome == "released", [c.name for c in made.verdict.failing]
    left = drawn(pymupdf.open(stream=made.document))[800:1300]
    box = cv2.morphologyEx(
        (left < 90).astype(np.uint8), cv2.MORPH_OPEN, np.ones((25, 60), np.uint8)
    )
    rows, columns = np.nonzero(box)
    bare = (left < 128).astype(np.uint8)
    bare[rows.min() - 2 : rows.max() + 3, columns.min() - 2 : columns.max() + 3] = 0
    assert int(bare.sum()) < 20, "bars beside the box"


def test_ink_that_goes_beyond_a_code_stays_hidden() -> None:
    """A signature around a code has its middle in the code, and its ends outside."""
    picture = drawn(coded("QRCode"))
    inner = Region("ink", Box(0, 100, 310, 160, 370), "marks")
    wide = Region("handwriting", Box(0, 40, 320, 240, 360), "strokes")
    seen = with_codes(RawPage(0, 612.0, 792.0, (), regions=(inner, wide)), picture, 200.0)
    assert [r.kind for r in seen.regions] == ["handwriting", "barcode"]
    assert wide in seen.regions


def test_text_is_no_code() -> None:
    assert not list(places(drawn(page_with("A page of text and nothing else", 72.0)), 200.0))


@pytest.mark.parametrize("way", ["row", "column"])
def test_letters_far_apart_in_a_scan_are_hidden(way: str) -> None:
    """OCR passes over such letters, or reads each alone; together they are a name."""
    image = Image.fromarray(drawn(page_with("Hotline report of the third of March", 72.0)))
    draw, font = ImageDraw.Draw(image), ImageFont.truetype("DejaVuSans.ttf", 30)
    for n, letter in enumerate("QUILLFEATHER"):
        draw.text(
            (300 + 95 * n, 1500) if way == "row" else (1500, 900 + 45 * n),
            letter,
            font=font,
            fill=0,
        )
    holds = release(scan(np.asarray(image)), "stop").holds
    assert len(holds) == 1  # one question for one place
    made = release(scan(np.asarray(image)), "hide")
    assert made.outcome == "released", [c.name for c in made.verdict.failing]
    shown = drawn(pymupdf.open(stream=made.document))
    place = shown[1490:1550, 290:1480] if way == "row" else shown[890:1480, 1480:1550]
    pieces = cv2.connectedComponentsWithStats((place < 128).astype(np.uint8))[2][1:]
    letters = [p for p in pieces if p[2] < 40 and p[3] < 40 and p[4] > 60]
    assert len(letters) <= 2, len(letters)
    assert BODY[0] in made.text
