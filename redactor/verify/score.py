"""Which words of an original can still be read in its release, told by PDFium alone.

Used to measure, not to gate: it needs to know where each word of the original stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pypdfium2

from redactor.text import squash
from redactor.types import Box

DPI = 110
LINE = 0.75  # a word may move along its line by this share of its height, up or down
SHORT = 3  # letters; a word this short may stand anywhere by chance
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


def _lines(page: Any) -> list[tuple[float, list[tuple[float, str]]]]:
    """(middle, [(x, character)]) of every line, printed labels apart."""
    textpage, height = page.get_textpage(), page.get_height()
    text = textpage.get_text_range(0, textpage.count_chars())
    labels = {n for m in LABEL.finditer(text) for n in range(*m.span())}
    spots = []
    for n, char in enumerate(text):
        if char.strip() and n not in labels:
            left, bottom, right, top = textpage.get_charbox(n, loose=True)
            spots.append((height - (bottom + top) / 2, (left + right) / 2, top - bottom, char))
    lines: list[tuple[float, list[tuple[float, str]]]] = []
    for y, x, size, char in sorted(spots):
        if not lines or y - lines[-1][0] > LINE * size / 2:
            lines.append((y, []))
        lines[-1][1].append((x, char))
    return [(y, sorted(line)) for y, line in lines]


def _extracted(lines: list[tuple[float, list[tuple[float, str]]]], box: Box, text: str) -> bool:
    """Whether the word can be extracted from its place, or, unless it is short, from its line."""
    middle = (box.y0 + box.y1) / 2
    near = [line for y, line in lines if abs(y - middle) < LINE * box.height]
    here = "".join(c for line in near for x, c in line if box.x0 - 1 <= x <= box.x1 + 1)
    anywhere = "".join(c for line in near for _, c in line) if len(text) > SHORT else ""
    return bool(text) and (text in squash(here) or text in squash(anywhere))
