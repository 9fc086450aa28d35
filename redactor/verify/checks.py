"""Every check of the gate: what each counts on the saved bytes of a release.

A check is a function of the case and says how many faults it found, and on which pages; never
their text. The engines are PDFium and qpdf; nothing here shares code with the writer
(docs/decisions/second-engine.md).
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pikepdf

from redactor.text import squash
from redactor.types import Box
from redactor.verify.boxes import images_under, spoilt, uneven
from redactor.verify.expectation import Expectation
from redactor.verify.look import CHANGED, TELLING, around, changed, unexplained
from redactor.verify.match import Matcher
from redactor.verify.objects import carved, named, streams, strings, unexpected
from redactor.verify.operators import fills_under, odd_operators
from redactor.verify.pages import DPI, Pages, lost_words
from redactor.verify.typed import typed
from redactor.verify.typefaces import odd_fonts

LOST = 0.005  # share of kept words that may be missing from the text layer
READ_DPI = 200  # at which a reader is shown a page of the release
CUT = 8  # letters; a run of so many of a label is what the sides of a narrow box leave of it
ReadImage = Callable[[Any, float], str]
Found = tuple[int, str]  # how many faults, and where


class Overdue(Exception):
    """The time for the checks is up."""


@dataclass
class Case:
    """A saved release, what it promises, and its pages as PDFium sees them."""

    data: bytes
    expected: Expectation
    read_image: ReadImage | None
    until: float
    pages: Pages = field(init=False)

    def __post_init__(self) -> None:
        self.pages = Pages(self.data)

    @cached_property
    def matcher(self) -> Matcher:
        """What finds the protected texts."""
        return matcher(self.expected)

    def numbers(self) -> Iterator[int]:
        """Every page, as long as there is time."""
        for n in range(len(self.pages)):
            if time.monotonic() > self.until:
                raise Overdue
            yield n

    def boxes(self, number: int) -> list[Box]:
        """The painted boxes of a page."""
        return self.expected.boxes_on(number)


def matcher(expected: Expectation) -> Matcher:
    """What finds the protected texts of a release."""
    words = [t for _, t in expected.kept]
    scanned = [t for box, t in expected.kept if box.page in expected.scans]
    before = Pages(expected.before) if expected.before else ()
    typed = (before.text(n) for n in range(len(before))) if isinstance(before, Pages) else ()
    said = (*expected.allowed, *expected.labels)
    return Matcher(expected.protected, words, said, (*typed, *scanned))


def _page_sizes(case: Case) -> Found:
    sizes = [case.pages.size(n) for n in case.numbers()]
    if len(sizes) != len(case.expected.sizes):
        return 1, "the number of pages changed"
    bad = sum(
        abs(a[0] - b[0]) > 0.5 or abs(a[1] - b[1]) > 0.5
        for a, b in zip(sizes, case.expected.sizes, strict=True)
    )
    return bad, "pages of another size" if bad else ""


def _structure(case: Case) -> Found:
    found = unexpected(case.data, vector=bool(case.expected.vector))
    return len(found), "; ".join(sorted(set(found))[:4])


def _text(case: Case) -> Found:
    pages, count, sideways = case.pages, case.matcher.count, case.expected.sideways
    return _sum(
        (n, count(pages.text(n)) + count(pages.sorted_text(n, sideways=n in sideways)))
        for n in case.numbers()
    )


def _typed(case: Case) -> Found:
    return _sum((n, case.matcher.count(text)) for n, text in enumerate(typed(case.data)))


def _objects(case: Case) -> Found:
    seen = case.matcher.raw_count
    count = sum(seen(s) for s in streams(case.data)) + seen(named(case.data))
    return count + sum(case.matcher.count(s) for s in strings(case.data)), ""


def _carved(case: Case) -> Found:
    return sum(case.matcher.plain_count(s) for s in carved(case.data)), ""


def _boxes(case: Case) -> Found:
    return _sum(
        (n, spoilt(case.pages.image(n), boxes, DPI, sideways=n in case.expected.sideways))
        for n in case.numbers()
        if (boxes := case.boxes(n))
    )


def _operators(case: Case) -> Found:
    return _sum(odd_operators(case.data))


def _fonts(case: Case) -> Found:
    return _sum(odd_fonts(case.data))


def _beneath(case: Case) -> Found:
    """Rectangles and letters under the boxes of vector pages; labels apart."""
    with pikepdf.open(io.BytesIO(case.data)) as pdf:
        fills = [
            (n, fills_under(page, case.boxes(n)))
            for n, page in enumerate(pdf.pages)
            if n in case.expected.vector
        ]
    letters = [
        (b.page, 1)
        for b in case.expected.boxes
        if b.page in case.expected.vector and squash(_unlabelled(case, b))
    ]
    return _sum([*fills, *letters])


def _images(case: Case) -> Found:
    return _sum(
        (n, images_under(case.pages.document[n], boxes, sideways=n in case.expected.sideways))
        for n in case.numbers()
        if (boxes := case.boxes(n))
    )


def _under_boxes(case: Case) -> Found:
    """Text that can still be selected where a protected word stood, labels apart."""
    return _sum(
        (b.page, 1) for b in case.expected.removed if case.matcher.count(_unlabelled(case, b))
    )


def _unlabelled(case: Case, box: Box) -> str:
    """What can be selected in a box, without what labels say."""
    text = case.pages.inside(_core(box, sideways=box.page in case.expected.sideways))
    for label in case.expected.labels:
        text = text.replace(label, "").replace(label.strip("[]"), "")
    left = squash(text)
    cut = len(left) >= CUT and any(left in squash(label) for label in case.expected.labels)
    return "" if cut else text


def _core(box: Box, *, sideways: bool) -> Box:
    long, low = (box.height, box.width) if sideways else (box.width, box.height)
    dx, dy = min(0.1 * long, 1.0), 0.2 * low
    dx, dy = (dy, dx) if sideways else (dx, dy)
    return Box(box.page, box.x0 + dx, box.y0 + dy, box.x1 - dx, box.y1 - dy)


def _seen(case: Case) -> Found:
    """Protected texts that OCR still reads on the page as it is shown."""
    read = case.read_image
    if read is None:
        return 0, "not asked for"
    return _sum(
        (n, case.matcher.count(read(picture, READ_DPI)))
        for n in case.numbers()
        for picture in _to_read(case, n)
    )


def _to_read(case: Case, number: int) -> Iterator[Any]:
    """A page with boxes that was read by OCR, or the marks that no typed word makes."""
    boxes = case.boxes(number)
    if number in case.expected.scans:
        yield from [case.pages.picture(number, READ_DPI)] if boxes else []
        return
    known = [*boxes, *case.expected.words_on(number)]
    marks = unexplained(case.pages.image(number), known, DPI)
    if len(marks) >= TELLING:
        cut = case.pages.picture(number, READ_DPI)[around(marks, DPI, READ_DPI)]
        yield cut
        if cut.shape[0] > cut.shape[1]:
            yield from (np.ascontiguousarray(np.rot90(cut, turns)) for turns in (1, 3))


def _kept(case: Case) -> Found:
    lost = lost_words(case.pages, case.expected.kept)
    allowed = LOST * len(case.expected.kept)
    return (lost, "kept words are missing") if lost > max(allowed, 2) else (0, "")


def _outside(case: Case) -> Found:
    """Pages that show other ink than the original beside their boxes and what was set anew."""
    if not case.expected.before:
        return 0, "not asked for"
    before, expected = Pages(case.expected.before), case.expected
    return _sum(
        (n, differ > CHANGED)
        for n in case.numbers()
        if (differ := changed(before.image(n), case.pages.image(n), expected.apart_on(n), DPI))
    )


def _widths(case: Case) -> Found:
    sideways = case.expected.sideways
    boxes = [b.turned(1) if b.page in sideways else b for b in case.expected.fixed]
    return uneven(boxes, DPI), ""


def _sum(found: Iterable[tuple[int, int]]) -> Found:
    """The count of all faults, and the pages they stand on."""
    bad: Sequence[tuple[int, int]] = [(n, c) for n, c in found if c]
    where = ", ".join(str(n + 1) for n in sorted({n for n, _ in bad}))
    return sum(c for _, c in bad), f"pages {where}" if bad else ""


CHECKS: dict[str, Callable[[Case], Found]] = {
    "page_sizes": _page_sizes,
    "structure": _structure,
    "text": _text,
    "typed": _typed,
    "objects": _objects,
    "carved": _carved,
    "boxes": _boxes,
    "operators": _operators,
    "fonts": _fonts,
    "beneath": _beneath,
    "images": _images,
    "under_boxes": _under_boxes,
    "seen": _seen,
    "kept_words": _kept,
    "outside": _outside,
    "widths": _widths,
}
