"""What somebody learns who holds two releases of one case, as two categories get them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from redactor.text import squash
from redactor.verify.pages import Pages

LABEL = re.compile(r"\[[^\]\n]{2,60}\]")
BOX = "\u25a0"


@dataclass(frozen=True, slots=True)
class Difference:
    """How many words of one page each release shows where the other has a box or nothing."""

    page: int
    only_first: int
    only_second: int


def compare(first: bytes, second: bytes) -> tuple[Difference, ...]:
    """The pages on which one release shows what the other hides; words are counted, never told.

    Raises:
        pypdfium2.PdfiumError: one of them cannot be opened.
    """
    a, b = Pages(first), Pages(second)
    found = []
    for n in range(max(len(a), len(b))):
        one = _words(a.text(n)) if n < len(a) else []
        other = _words(b.text(n)) if n < len(b) else []
        difference = Difference(n, *_apart(one, other))
        if difference.only_first or difference.only_second:
            found.append(difference)
    return tuple(found)


def _words(text: str) -> list[str]:
    """Squashed words in order, every label a box."""
    words = LABEL.sub(f" {BOX} ", text).split()
    return [w if w == BOX else squash(w) for w in words if w == BOX or squash(w)]


def _apart(one: list[str], other: list[str]) -> tuple[int, int]:
    first = second = 0
    for what, a0, a1, b0, b1 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what != "equal":
            first += sum(w != BOX for w in one[a0:a1])
            second += sum(w != BOX for w in other[b0:b1])
    return first, second


def sentences(differences: tuple[Difference, ...], first: str, second: str) -> list[str]:
    """The differences in plain words."""
    said = []
    for d in differences:
        for count, name, than in (
            (d.only_first, first, second),
            (d.only_second, second, first),
        ):
            if count:
                said.append(f"Page {d.page + 1}: {name} shows {count} words that {than} hides.")
    return said
