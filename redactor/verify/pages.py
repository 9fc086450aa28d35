"""Reads a file page by page with PDFium: its text, and what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2

from redactor.text import squash
from redactor.types import Box

_Spot = tuple[float, float, float, float, str]  # a character: line, start, end, height, itself

DPI = 100
HELD = 64  # pictures kept at once; a megabyte each


class Pages:
    """The pages of a file as PDFium sees them; text and pictures are made once."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        """Open the file.

        Raises:
            pypdfium2.PdfiumError: PDFium cannot open it.
        """
        self.document = pypdfium2.PdfDocument(data, password)
        self._texts: dict[int, str] = {}
        self._images: dict[int, Any] = {}
        self._opened: tuple[int, Any] = (-1, None)

    def __len__(self) -> int:
        return len(self.document)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height in points."""
        return tuple(self.document.get_page_size(number))

    def text(self, number: int) -> str:
        """The text of the page in the order of its content."""
        if number not in self._texts:
            self._texts[number] = self._textpage(number).get_text_range()
        return self._texts[number]

    def sorted_text(self, number: int, *, sideways: bool = False) -> str:
        """The characters line by line from left to right, with spaces at gaps.

        Of a page whose lines run ``sideways`` from head to foot, and then from foot to head.
        """
        textpage = self._textpage(number)
        level, down, up = list[_Spot](), list[_Spot](), list[_Spot]()
        for n in range(textpage.count_chars()):
            char = chr(pypdfium2.raw.FPDFText_GetUnicode(textpage, n))
            left, bottom, right, top = textpage.get_charbox(n, loose=True)
            if char.strip():
                level.append((-(bottom + top) / 2, left, right, top - bottom, char))
                down.append((-(left + right) / 2, -top, -bottom, right - left, char))
                up.append(((left + right) / 2, bottom, top, right - left, char))
        return "\n".join(map(_lined, (down, up) if sideways else (level,)))

    def image(self, number: int) -> Any:
        """The page as a grey array at ``DPI``."""
        if number not in self._images:
            if len(self._images) >= HELD:
                self._images.clear()
            self._images[number] = self.picture(number, DPI)
        return self._images[number]

    def picture(self, number: int, dpi: float) -> Any:
        """The page as a grey array at any resolution."""
        image = self.document[number].render(scale=dpi / 72, grayscale=True).to_numpy()
        return image[..., 0] if image.ndim == 3 else image

    def inside(self, box: Box) -> str:
        """The text that can be selected inside a box of a page."""
        height = self.size(box.page)[1]
        textpage = self._textpage(box.page)
        return textpage.get_text_bounded(box.x0, height - box.y1, box.x1, height - box.y0)

    def _textpage(self, number: int) -> Any:
        """The text of a page as PDFium holds it; the last one stays open."""
        if self._opened[0] != number:
            self._opened = (number, self.document[number].get_textpage())
        return self._opened[1]


def _lined(spots: list[_Spot]) -> str:
    """Characters as lines."""
    lines: list[list[_Spot]] = []
    for spot in sorted(spots):
        if not lines or spot[0] - lines[-1][0][0] > 0.4 * spot[3]:
            lines.append([])
        lines[-1].append(spot)
    return "\n".join(_spaced(sorted(line, key=lambda s: s[1])) for line in lines)


def _spaced(line: Sequence[_Spot]) -> str:
    out: list[str] = []
    end = line[0][1]
    for _, left, right, height, char in line:
        if left - end > 0.18 * height:
            out.append(" ")
        out.append(char)
        end = max(end, right)
    return "".join(out)


def lost_words(pages: Pages, kept: Sequence[tuple[Box, str]]) -> int:
    """How many kept words can no longer be found in their page's text.

    Words of other scripts are not looked for: the font of the text layer cannot type them.
    """
    lost = 0
    texts = {n: squash(pages.text(n)) for n in range(len(pages))}
    for box, text in kept:
        wanted = squash(text)
        if wanted and _latin(wanted) and wanted not in texts.get(box.page, ""):
            lost += 1
    return lost


def _latin(text: str) -> bool:
    return text.isascii() or text.encode("cp1252", "ignore").decode("cp1252") == text
