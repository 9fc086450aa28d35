"""Made-up pages that each name one reporter, set in a known font, and the suspects of a line-up."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pymupdf

WORD = re.compile(r"\w+")
FIRST = WORD.findall("""
Ada Al Amos Bea Bo Bertram Carla Christopher Cy Dolores Dee Ed Eleanor Evangeline Fay Floyd Gus
Guinevere Hal Henrietta Ida Ike Imogen Jo Josephine Kit Kimberly Lew Lou Marguerite Max May Mo
Nell Nathaniel Oda Ottilie Pam Percival Ray Rosalind Sal Sy Theodora Ty Uma Vi Wilhelmina Wes
Zoe
""")
LAST = WORD.findall("""
Abel Ash Barrow Blythe Bramblewick Coe Cole Cunningham Dale Dew Dunwoody Eck Ellis Fairweather
Fox Fry Gill Granderson Hay Hill Hollingsworth Ives Jett Kay Kilpatrick Lamb Li Littlejohn Low
Mace Mott Montgomery Nash Null Oakes Ott Pike Poe Quillfeather Rye Reed Rutherford Sill Stone
Throckmorton Tully Ulm Vale Vandermeer Webb Witherspoon Yoe Zook
""")
WORDS = WORD.findall("""
the child was at home when the call came in and nobody had seen her since noon so a worker went
to the house that day and wrote down what was said by those who were there about the week before
""")
FONT, TYPE, LEFT, WIDE = "tiro", 12.0, 72.0, 440.0
SPACE = pymupdf.get_text_length(" ", FONT, TYPE)


@dataclass(frozen=True)
class Line:
    """The words of one line, each with its left edge."""

    words: tuple[str, ...]
    starts: tuple[float, ...]


@cache
def length(word: str) -> float:
    """Width in points."""
    return float(pymupdf.get_text_length(word, FONT, TYPE))


def typeset(words: Sequence[str], *, justified: bool) -> list[Line]:
    """The paragraph in lines, broken where the next word has no room."""
    rows: list[list[str]] = [[]]
    used = 0.0
    for word in words:
        if rows[-1] and used + length(word) > WIDE:
            rows.append([])
            used = 0.0
        rows[-1].append(word)
        used += length(word) + SPACE
    return [_line(row, justified=justified and row is not rows[-1]) for row in rows]


def _line(row: Sequence[str], *, justified: bool) -> Line:
    gap = SPACE
    if justified and len(row) > 1:
        gap = (WIDE - sum(map(length, row))) / (len(row) - 1)
    starts, at = [], LEFT
    for word in row:
        starts.append(at)
        at += length(word) + gap
    return Line(tuple(row), tuple(starts))


def draw(lines: Sequence[Line]) -> bytes:
    """The paragraph as a PDF of one page."""
    with pymupdf.open() as document:
        page = document.new_page(width=612, height=160)
        for n, line in enumerate(lines):
            for word, x in zip(line.words, line.starts, strict=True):
                page.insert_text((x, 40 + n * 15), word, fontname=FONT, fontsize=TYPE)
        return bytes(document.tobytes())


@dataclass(frozen=True)
class Trial:
    """A page and the place of the reporter's two words in it."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    lines: tuple[Line, ...]
    line: int
    at: int
    justified: bool

    def words(self, name: str) -> list[str]:
        """The paragraph with another name."""
        return [*self.before, *name.split(), *self.after]

    def expected(self, name: str, usual: float) -> float:
        """The gap that a name would leave on a line of this word gap."""
        first, last = name.split()
        return length(first) + length(last) + 3 * usual


def trials(count: int, rng: random.Random, *, justified: bool) -> Iterator[tuple[str, Trial]]:
    """Pages on which kept words stand on both sides of the name."""
    while count:
        name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        first, text = name.split(maxsplit=1)[0], [rng.choice(WORDS) for _ in range(60)]
        cut = rng.randrange(10, 45)
        before, after = tuple(text[:cut]), tuple(text[cut:])
        lines = tuple(typeset([*before, *name.split(), *after], justified=justified))
        for n, line in enumerate(lines):
            at = line.words.index(first) if first in line.words else -1
            if 2 <= at <= len(line.words) - 4 and n < len(lines) - 1:
                count -= 1
                yield name, Trial(before, after, lines, n, at, justified)


def lineup(name: str, size: int, rng: random.Random) -> list[str]:
    """The reporter among others, no name twice."""
    found = {name}
    while len(found) < size:
        found.add(f"{rng.choice(FIRST)} {rng.choice(LAST)}")
    return sorted(found)
