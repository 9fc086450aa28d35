"""A note aslant is read along its run, and takes no word of a level line with it."""

from __future__ import annotations

import cv2
import numpy as np

from redactor.ocr.aslant import Letters, read_aslant
from redactor.ocr.base import Image, OcrPage, OcrWord

DPI = 200.0


class Along:
    """A reader that sees one sure word over all of the line it is given."""

    name = "along"

    def read(self, image: Image, dpi: float) -> OcrPage:
        high, wide = image.shape
        return OcrPage((OcrWord("Quillfeather", 40, 20, wide - 40, high - 20, 0.95),))


def slanted(angle: float) -> Image:
    sheet = np.full((800, 800), 255, np.uint8)
    cv2.putText(sheet, "Quillfeather", (250, 410), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    turn = cv2.getRotationMatrix2D((400, 400), angle, 1.0)
    return np.asarray(cv2.warpAffine(sheet, turn, (800, 800), borderValue=255), np.uint8)


def test_only_what_leans_is_a_run() -> None:
    for angle in (20.0, -35.0, 90.0):
        [run] = Letters(slanted(angle), DPI).runs()
        assert abs((run.angle + angle + 90) % 180 - 90) < 4
    assert list(Letters(slanted(0.0), DPI).runs()) == []


def test_a_sure_word_beside_the_run_stays() -> None:
    """It would be read by nobody, and could be a name."""
    image = slanted(20.0)
    [run] = Letters(image, DPI).runs()
    x, y = run.middle
    piece = OcrWord("Quill", x - 60, y - 15, x + 60, y + 15, 0.9)
    doubted = OcrWord("~", x - 180, y + 50, x - 160, y + 70, 0.2)
    turn = np.deg2rad(run.angle)
    at = run.long / 2 - 6
    end_x, end_y = x + at * np.cos(turn), y + at * np.sin(turn)
    body = OcrWord("Ann", end_x - 4, end_y - 4, end_x + 4, end_y + 4, 0.9)
    assert run.holds(piece) and run.holds(body)

    words = read_aslant((piece, doubted, body), image, DPI, Along())

    assert [w.text for w in words if w.level] == ["~", "Ann"]  # the doubted one is not on the run
    assert [w.text for w in words if not w.level] == ["Quillfeather"]
