"""The typed words of a page and the labels of its boxes in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from redactor.pdf.pieces import same_line
from redactor.pdf.textlayer import Typed
from redactor.types import Box, Removal

LEADING = 1.45  # of the height; lines further apart are of two paragraphs
CELL = 3.0  # of the height; words of a line further apart are of two cells


def in_blocks(words: Iterable[Typed]) -> list[Typed]:
    """The words with the numbers of their paragraphs.

    Told by where the words stand now, because the layout of the original depends on how long its
    lines were.
    """
    out: list[Typed] = []
    for word in words:
        last = out[-1] if out else None
        number = last.block + _parts(last.box, word.box) if last else 0
        out.append(replace(word, block=number))
    return out


def _parts(a: Box, b: Box) -> bool:
    if same_line(a, b):
        return not -CELL * a.height < b.x0 - a.x1 < CELL * a.height
    return not 0 < b.y0 - a.y0 < LEADING * max(a.height, b.height)


def with_labels(words: Sequence[Typed], boxes: Sequence[Removal]) -> tuple[Typed, ...]:
    """The words with every label where its box stands: behind the word left of it, if there is one.

    A box says which law hides, never whom.
    """
    keyed = [((float(n), 0.0), w) for n, w in enumerate(words)]
    for removal in boxes:
        if removal.prints:
            after = _after(removal.box, words)
            said = f"Hidden under {removal.prints}"
            label = Typed(f"[{removal.prints}]", removal.box, alt=said)
            keyed.append(((after, removal.box.x0), label))
    return tuple(w for _, w in sorted(keyed, key=lambda k: k[0]))


def _after(box: Box, words: Sequence[Typed]) -> float:
    """Half a place behind the word left of the box, before the one right of it, or below one."""
    high = [n for n, w in enumerate(words) if w.box.y0 < box.y1 and box.y0 < w.box.y1]
    beside = [n for n in high if same_line(words[n].box, box)]
    left = [n for n in beside if words[n].box.x0 < box.x0]
    if left:
        return max(left, key=lambda n: words[n].box.x1) + 0.5
    if beside:
        return min(beside, key=lambda n: words[n].box.x0) - 0.5
    above = [n for n, w in enumerate(words) if w.box.y1 <= box.y0 + 1]
    return max(above, key=lambda n: (words[n].box.y1, n)) + 0.5 if above else -0.5
