"""What the saved release must and must not be, as the pipeline tells the verifier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from redactor.types import Box

Boxes = dict[int, list[Box]]


@dataclass(frozen=True, slots=True)
class Protected:
    """A text that must be gone everywhere, and its kind."""

    text: str
    kind: str


@dataclass(frozen=True)
class Expectation:
    """What a release promises.

    ``sizes`` are page sizes in points; ``boxes`` the painted boxes; ``removed`` the places of the
    protected words; ``kept`` the words that must still be extractable, with their boxes.
    ``before`` is the normalised file: outside the boxes and the ``moved`` stretches a release looks
    like it. ``vector`` names pages that are not pictures. ``fixed`` boxes hide a width: those of
    one line are of one width.
    ``scans`` are the pages that were read by OCR, and are read so again; the lines of the
    ``sideways`` ones run up or down.
    """

    sizes: tuple[tuple[float, float], ...]
    protected: tuple[Protected, ...]
    boxes: tuple[Box, ...]
    removed: tuple[Box, ...]
    kept: tuple[tuple[Box, str], ...]
    labels: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()  # texts of mentions that were decided to stay
    before: bytes = b""
    vector: frozenset[int] = frozenset()
    scans: frozenset[int] = frozenset()
    fixed: tuple[Box, ...] = ()
    moved: tuple[Box, ...] = ()
    sideways: frozenset[int] = frozenset()

    def boxes_on(self, page: int) -> list[Box]:
        """The painted boxes of a page."""
        return self._boxes.get(page, [])

    def words_on(self, page: int) -> list[Box]:
        """Where the kept words of a page stand."""
        return self._words.get(page, [])

    def apart_on(self, page: int) -> list[Box]:
        """Where a page may look other than it did."""
        return self._apart.get(page, [])

    @cached_property
    def _boxes(self) -> Boxes:
        return _by_page(self.boxes)

    @cached_property
    def _words(self) -> Boxes:
        return _by_page(box for box, _ in self.kept)

    @cached_property
    def _apart(self) -> Boxes:
        return _by_page((*self.boxes, *self.removed, *self.moved))


def _by_page(boxes: Iterable[Box]) -> Boxes:
    found: Boxes = {}
    for box in boxes:
        found.setdefault(box.page, []).append(box)
    return found
