"""Names in Hebrew and Arabic are found and removed in whatever order a file keeps their letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pymupdf
import pypdfium2
import pytest

from redactor.pipeline import run
from redactor.settings import Settings
from tests.conftest import make_request

FONT = next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None)  # comes with fontconfig
NAMES = {
    "Hebrew": "\u05e9\u05e8\u05d4 \u05db\u05d4\u05df",
    "Arabic": "\u0633\u0627\u0631\u0629 \u0643\u0648\u0647\u064a\u0646",
}
Write = Callable[[pymupdf.Page, str], object]


def line(page: pymupdf.Page, words: str, at: tuple[float, float] = (100, 70)) -> None:
    page.insert_text(at, words, fontname="D", fontsize=11)


def letter_by_letter(page: pymupdf.Page, name: str) -> None:
    for n, letter in enumerate(name):
        line(page, letter, (200 - 8 * n, 70))


ORDERS: dict[str, Write] = {
    "as spoken": line,
    "as seen": lambda page, name: line(page, name[::-1]),
    "letter by letter": letter_by_letter,
}


def file(name: str, write: Write) -> bytes:
    with pymupdf.open() as document:
        page = document.new_page(width=420, height=200)
        page.insert_font("D", fontfile=str(FONT))
        line(page, "The report was made on Monday by", (20, 40))
        write(page, name)
        line(page, "The child was seen at home.", (20, 100))
        return bytes(document.tobytes())


@pytest.mark.skipif(FONT is None, reason="DejaVu Sans, which has the letters, is not installed")
@pytest.mark.parametrize("way", ["pixels", "vector"])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("script", NAMES)
def test_no_letter_is_left(script: str, order: str, way: str) -> None:
    """Of the text; and where the name stood the page is a box."""
    name = NAMES[script]
    case = file(name, ORDERS[order])
    request = make_request("inv_alleged_perpetrator", must_hide=(name,))

    release = run(case, request, settings=Settings(ocr_strategy="fast", render=way))

    assert release.document is not None
    [page] = pypdfium2.PdfDocument(release.document)
    text = page.get_textpage().get_text_range()
    assert "seen at home" in text
    assert not set(name) & set(text) - set(" ")
    shown = page.render(scale=1, grayscale=True).to_numpy()
    assert (shown[58:80] < 20).sum() > 200  # the box; letters alone have no such black
