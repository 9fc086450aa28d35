"""One page as read, before its words are put in order."""

from __future__ import annotations

from dataclasses import dataclass

from redactor.types import Box, Region, Source, Word

OCRED = frozenset({Source.OCR, Source.OCR2})
BEHIND = frozenset({Source.HIDDEN, Source.FIELD, Source.ANNOTATION, Source.LINK, Source.OCR2})


@dataclass(frozen=True)
class RawPage:
    """One page's words without offsets, and what is known of its looks.

    ``rules`` are ruling lines as thin boxes, on the page turned level about its middle; ``areas``
    the parts of the page that OCR must still read; ``angle`` the slope of the text lines in degrees
    (lines that fall to the right are positive, most of a page lying on its side run at 90 or -90).
    The other fields are those of ``types.Page``.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[Box, ...] = ()
    areas: tuple[Box, ...] = ()
    kind: str = "text"
    confidence: float = 1.0
    dpi: float = 0.0
    angle: float = 0.0
    explained: float = 1.0
    regions: tuple[Region, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def box(self) -> Box:
        """The whole page."""
        return Box(self.number, 0.0, 0.0, self.width, self.height)

    @property
    def quarters(self) -> int:
        """By how many quarters most of its lines are turned right."""
        return round(self.angle / 90) % 4

    def turn(self, word: Word) -> int:
        """The same for one of its words."""
        return self.quarters if word.source in OCRED else word.turn

    @property
    def front(self) -> tuple[Word, ...]:
        """Words that a person reads on the page."""
        return tuple(w for w in self.words if w.source not in BEHIND)

    @property
    def behind(self) -> tuple[Word, ...]:
        """Words that stand behind the page: hidden text, and what a second reader saw."""
        return tuple(w for w in self.words if w.source in BEHIND)


def needs_ocr(page: RawPage) -> bool:
    """True when some part of the page must be read by OCR."""
    return bool(page.areas)
