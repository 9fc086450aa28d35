"""Where a line begins or ends tells nothing of how long the name in it was.

Two files that differ in nothing but the reporter's name come out as the same picture.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pymupdf
import pytest

from redactor.pipeline import run
from redactor.settings import Settings
from tests.conftest import make_request

NAMES = ("Al Ox", "Thessaly Quillfeather")
BODY = (
    "The Division received a report on March 3, 2024 about the home.",
    "The worker visited the home and spoke with the mother.",
    "The children were seen at school the next morning by staff.",
)
ROMAN, SIZE = "tiro", 12.0
LEFT, CENTRE, RIGHT = 72.0, 306.0, 540.0  # of a letter page with margins of an inch


def width(text: str) -> float:
    return float(pymupdf.get_text_length(text, ROMAN, SIZE))


def centred(name: str) -> tuple[float, str]:
    text = f"Interview of {name}, reporter"
    return CENTRE - width(text) / 2, text


def set_right(name: str) -> tuple[float, str]:
    text = f"Statement of {name}, reporter"
    return RIGHT - width(text), text


def alone(name: str) -> tuple[float, str]:
    return CENTRE - width(name) / 2, name


def alone_right(name: str) -> tuple[float, str]:
    return RIGHT - width(name), name


def filled_after(name: str) -> tuple[float, str]:
    return LEFT, f"Reporter: {name}" + "_" * (40 - len(name))


def filled_before(name: str) -> tuple[float, str]:
    dots = int((RIGHT - LEFT - width("Reporter  " + name)) / width("."))
    return LEFT, f"Reporter {'.' * dots} {name}"


def page_with(text: str, x: float) -> pymupdf.Document:
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    page.insert_text((x, 110), text, fontname=ROMAN, fontsize=SIZE)
    for n, body in enumerate(BODY):
        page.insert_text((LEFT, 200 + 16 * n), body, fontname=ROMAN, fontsize=SIZE)
    return document


def scanned(document: pymupdf.Document) -> pymupdf.Document:
    drawn = document[0].get_pixmap(dpi=200, colorspace="gray")
    scan = pymupdf.open()
    scan.new_page(width=612, height=792).insert_image((0, 0, 612, 792), pixmap=drawn)
    return scan


def picture(
    name: str, line: Callable[[str], tuple[float, str]], *, scan: bool = False
) -> np.ndarray:
    x, text = line(name)
    document = page_with(text, x)
    if scan:
        document = scanned(document)
    request = make_request("inv_alleged_perpetrator", must_hide=(name,), holds="hide")
    release = run(document.tobytes(), request, settings=Settings())
    assert release.outcome == "released", [c.name for c in release.verdict.failing]
    drawn = pymupdf.open(stream=release.document)[0].get_pixmap(dpi=100, colorspace="gray")
    return np.frombuffer(drawn.samples, np.uint8).reshape(drawn.h, drawn.stride)


@pytest.mark.parametrize(
    "line", [centred, set_right, alone, alone_right, filled_after, filled_before]
)
def test_names_of_two_lengths_give_one_picture(line: Callable[[str], tuple[float, str]]) -> None:
    short, long = (picture(name, line) for name in NAMES)
    assert (short < 128).sum() > 2000, "the rest of the page is gone"
    assert (short == long).all()


@pytest.mark.parametrize("middle", [300.0, 320.0])
def test_a_line_that_nothing_holds_begins_at_a_half_inch(middle: float) -> None:
    """In the middle of nothing that can be seen: half inches are all that can be learnt."""
    starts = set()
    for name in ("Al Ox", "Bo Reed", "Thea Quill", "Thessaly Quill", "Thessaly Quillfeather"):

        def odd(name: str) -> tuple[float, str]:
            return middle - width(name) / 2, name

        shown = picture(name, odd)
        rows = shown[round(95 * 100 / 72) : round(120 * 100 / 72)]
        starts.add(int(np.flatnonzero((rows < 128).any(0))[0]))
    steps = np.diff(sorted(starts))
    assert all(s % 50 in (0, 1, 49) for s in steps), steps
    assert len(starts) <= 3


def test_a_leader_of_a_scan_goes_and_a_ruled_line_stays() -> None:
    """Typed underscores end where the name begins to be missing; a form's line runs below it."""
    for name in NAMES:
        shown = picture(name, filled_after, scan=True)
        row = shown[round(100 * 100 / 72) : round(118 * 100 / 72)]
        dark = np.flatnonzero((row < 128).any(0))
        label = width("Reporter:  ") + LEFT
        assert dark.max() < (label + 60) * 100 / 72, name

    document = page_with("Reporter: Thessaly Quillfeather", LEFT)
    document[0].draw_line((LEFT + width("Reporter: "), 113), (500, 113))
    request = make_request("inv_alleged_perpetrator", must_hide=NAMES[1:], holds="hide")
    release = run(scanned(document).tobytes(), request, settings=Settings())
    drawn = pymupdf.open(stream=release.document)[0].get_pixmap(dpi=100, colorspace="gray")
    kept = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.h, drawn.stride)
    line = kept[round(111 * 100 / 72) : round(115 * 100 / 72), 400:690]
    assert ((line < 160).any(0)).mean() > 0.95


@pytest.mark.parametrize("quality", [60, 85])
def test_no_ring_of_a_jpeg_outlines_what_is_gone(quality: int) -> None:
    """A scanner's JPEG leaves faint rings around letters, above and below their line too."""
    document = page_with("Reporter: Thessaly Quillfeather called at noon on Monday.", LEFT)
    grey = document[0].get_pixmap(dpi=200, colorspace="gray")
    drawn = np.frombuffer(grey.samples, np.uint8).reshape(grey.h, grey.stride)[:, : grey.w]
    jpeg = cv2.imencode(".jpg", drawn, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    scan = pymupdf.open()
    scan.new_page(width=612, height=792).insert_image((0, 0, 612, 792), stream=jpeg.tobytes())
    request = make_request("inv_alleged_perpetrator", must_hide=NAMES[1:], holds="hide")
    release = run(scan.tobytes(), request, settings=Settings(ocr_strategy="fast"))
    made = pymupdf.open(stream=release.document)[0].get_pixmap(dpi=200, colorspace="gray")
    shown = np.frombuffer(made.samples, np.uint8).reshape(made.h, made.stride)[:, : made.w]
    band = shown[round(97 * 200 / 72) : round(117 * 200 / 72)].astype(np.int16)
    usual = np.median(band)
    ink = cv2.dilate((np.abs(band - usual) > 45).astype(np.uint8), np.ones((7, 7), np.uint8))
    rings = (np.abs(band - usual) > 1) & (ink == 0)
    assert ink.sum() > 5000
    assert int(rings.sum()) == 0


def test_a_name_cut_by_the_end_of_a_page_goes_on_both_pages() -> None:
    """A page number and a running head stand between its halves."""
    document = page_with("The neighbor told the worker that Thessaly Quill-", LEFT)
    document[0].insert_text((300, 770), "Page 1 of 2", fontname=ROMAN, fontsize=9)
    document.insert_file(page_with("feather had seen the boy at the fence.", LEFT))
    document[1].insert_text((LEFT, 50), "Case notes, continued", fontname=ROMAN, fontsize=9)
    request = make_request("inv_alleged_perpetrator", must_hide=(NAMES[1],), holds="hide")

    release = run(document.tobytes(), request, settings=Settings())

    assert release.outcome == "released"
    assert "Quill" not in release.text
    assert "feather" not in release.text
    assert "had seen the boy" in release.text
