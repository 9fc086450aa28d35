"""Which words of an original can still be read in its release, told by PDFium alone.

Used to measure, not to gate: it needs to know where each word of the original stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pypdfium2

from redactor.text import squash
from redactor.types import Box

DPI = 110
LINE = 0.75  # a word may move along its line by this share of its height, up or down
SHORT = 3  # letters; a string this short may stand in a line by chance
LABEL = re.compile(r"\[[^\]\n]{2,40}\]")
INK = 0.5  # a word whose ink changed by more than this share is no longer seen


def readable(original: bytes, released: bytes, words: Sequence[tuple[Box, str]]) -> list[bool]:
    """For each (box, text) of the original, whether the release still shows or yields it.

    A word counts as readable when its ink still stands at its place, or when its characters can
    be extracted from its place or, moved, from its line.
    """
    before, after = pypdfium2.PdfDocument(original), pypdfium2.PdfDocument(released)
    by_page: dict[int, list[int]] = defaultdict(list)
    for number, (box, _) in enumerate(words):
        by_page[box.page].append(number)
    seen = [False] * len(words)
    for page, numbers in by_page.items():
        if page >= len(after):
            continue
        old, new = _grey(before[page]), _grey(after[page])
        lines = _lines(after[page])
        for n in numbers:
            box, text = words[n]
            seen[n] = _same_ink(old, new, box) or _extracted(lines, box, squash(text))
    return seen


def _grey(page: Any) -> Any:
    image = page.render(scale=DPI / 72, grayscale=True).to_numpy()
    return 255.0 - (image[..., 0] if image.ndim == 3 else image)


def _same_ink(old: Any, new: Any, box: Box) -> bool:
    if old.shape != new.shape:
        return False
    k = DPI / 72
    dx, dy = 0.06 * box.width, 0.15 * box.height
    rows = slice(int((box.y0 + dy) * k), int((box.y1 - dy) * k) + 1)
    columns = slice(int((box.x0 + dx) * k), int((box.x1 - dx) * k) + 1)
    a, b = old[rows, columns], new[rows, columns]
    ink = a.sum()
    return bool(a.size and ink >= 1 and np.abs(a - b).sum() <= INK * ink)


def _lines(page: Any) -> list[_Line]:
    """The lines of a page from top to bottom, printed labels apart."""
    textpage, height = page.get_textpage(), page.get_height()
    text = textpage.get_text_range(0, textpage.count_chars())
    labels = {n for m in LABEL.finditer(text) for n in range(*m.span())}
    spots = []
    for n, char in enumerate(text):
        if char.strip() and n not in labels:
            left, bottom, right, top = textpage.get_charbox(n, loose=True)
            first = n == 0 or not text[n - 1].strip() or n - 1 in labels
            spots.append(
                (height - (bottom + top) / 2, (left + right) / 2, top - bottom, char, first)
            )
    lines: list[_Line] = []
    for y, x, size, char, first in sorted(spots):
        if not lines or y - lines[-1].middle > LINE * size / 2:
            lines.append(_Line(y, []))
        lines[-1].characters.append((x, char, first))
    for line in lines:
        line.characters.sort()
    return lines


@dataclass
class _Line:
    """A line: its middle, and (x, character, whether a word begins with it) from left to right."""

    middle: float
    characters: list[tuple[float, str, bool]]

    def between(self, x0: float, x1: float) -> str:
        return squash("".join(c for x, c, _ in self.characters if x0 <= x <= x1))

    @cached_property
    def words(self) -> frozenset[str]:
        words = [""]
        for _, char, first in self.characters:
            if first:
                words.append("")
            words[-1] += char
        return frozenset(map(squash, words))

    @cached_property
    def whole(self) -> str:
        return squash("".join(c for _, c, _ in self.characters))


def _extracted(lines: list[_Line], box: Box, text: str) -> bool:
    """Whether the word can be extracted from its place or from its line, a short one as a word."""
    middle = (box.y0 + box.y1) / 2
    near = [line for line in lines if abs(line.middle - middle) < LINE * box.height]
    here = "".join(line.between(box.x0 - 1, box.x1 + 1) for line in near)
    if len(text) > SHORT:
        return text in here or any(text in line.whole for line in near)
    return bool(text) and (text in here or any(text in line.words for line in near))
