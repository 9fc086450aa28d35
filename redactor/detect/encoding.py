"""A text as word pieces and windows, the same at training and at run time.

Layout becomes tokens of its own: a cell boundary, a block boundary, a page boundary, and a line
that ended before it was full (in an address or a signature block). A line that wrapped because
it was full reads as a space, so that the width of a column does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

CELL, BLOCK, PAGE, LINE = "[unused1]", "[unused2]", "[unused3]", "[unused4]"
_BREAK = re.compile(r"[ ]*(?:\f|\n\n|\t|\n)[\s]*")
FULL = 0.9  # a line is full when the next word would have gone past this share of its block


@dataclass(frozen=True)
class Pieces:
    """Word pieces of a text, layout included: vocabulary id, character offsets, running word."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    words: NDArray[np.int64]

    def __len__(self) -> int:
        """Number of pieces."""
        return len(self.ids)


@dataclass(frozen=True)
class Window:
    """Pieces ``start:end`` are read together; those of ``keep_start:keep_end`` count."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def _kind(gap: str) -> str:
    gap = gap.replace(" ", "")
    if "\f" in gap:
        return PAGE
    if "\n\n" in gap:
        return BLOCK
    return CELL if "\t" in gap else LINE


def _strips(text: str) -> Iterator[tuple[int, int, str]]:
    """Stretches between breaks, and the layout token (or nothing) that follows each."""
    start = 0
    for found in _BREAK.finditer(text):
        yield start, found.start(), _kind(found.group())
        start = found.end()
    yield start, len(text), ""


def _soften(strips: list[tuple[int, int, str]], text: str) -> Iterator[tuple[int, int, str]]:
    """The same stretches, without the break where a line ended because it was full."""
    group: list[tuple[int, int, str]] = []
    for strip in strips:
        group.append(strip)
        if strip[2] == LINE:
            continue
        width = max(end - start for start, end, _ in group) * FULL
        for (start, end, kind), after in zip(group, [*group[1:], None], strict=True):
            first = len(text[after[0] : after[1]].partition(" ")[0]) if after else 0
            full = after is not None and end - start + 1 + first > width
            yield start, end, "" if kind == LINE and full else kind
        group = []


def _mark(tokenizer: Tokenizer, token: str) -> int:
    """Vocabulary id of a layout token; raises ValueError for a tokenizer without it."""
    found = tokenizer.token_to_id(token)
    if found is None:
        raise ValueError(f"The tokenizer lacks {token}.")
    return found


def encode(tokenizer: Tokenizer, text: str) -> Pieces:
    """Every word piece of the text in order, with layout tokens between."""
    strips = list(_soften(list(_strips(text)), text))
    codes = tokenizer.encode_batch([text[a:b] for a, b, _ in strips], add_special_tokens=False)
    rows: list[tuple[int, int, int, int]] = []
    word = 0
    for (start, end, kind), code in zip(strips, codes, strict=True):
        found = zip(code.ids, code.offsets, code.word_ids, strict=True)
        rows += [(i, start + a, start + b, word + (w or 0)) for i, (a, b), w in found]
        word = rows[-1][3] + 1 if rows else 0
        if kind:
            rows.append((_mark(tokenizer, kind), end, end, word))
            word += 1
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return Pieces(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def _snap(at: int, cuts: NDArray[np.int64], reach: int) -> int:
    if not len(cuts):
        return at
    near = int(cuts[np.argmin(np.abs(cuts - at))])
    return near if abs(near - at) <= reach else at


def cut(pieces: Pieces, cuts: NDArray[np.int64], size: int, overlap: int) -> Iterator[Window]:
    """Windows of at most ``size`` pieces that share about ``overlap``; every piece counts once.

    They begin and end at one of ``cuts`` (places behind a block boundary) where one is near, and
    are as equal in length as that allows.
    """
    total = len(pieces)
    count = max(1, -(-(total - overlap) // (size - overlap)))
    step = (total - overlap) / count
    reach = overlap // 4 - 1
    inner = (_snap(round(i * step + overlap / 2), cuts, reach) for i in range(1, count))
    seams = [0, *inner, total]
    half = overlap // 2
    for a, b in pairwise(seams):
        spare = max(size - (b - a), 0)
        before = min(half, a, max(spare // 2, spare - min(half, total - b)))
        after = min(half, total - b, spare - before)
        yield Window(a - before, b + after, a, b)


def block_starts(tokenizer: Tokenizer, pieces: Pieces) -> NDArray[np.int64]:
    """Places in ``pieces`` that stand behind a block or page boundary."""
    marks = [_mark(tokenizer, BLOCK), _mark(tokenizer, PAGE)]
    return np.flatnonzero(np.isin(pieces.ids, marks)) + 1
