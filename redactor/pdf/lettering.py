"""The letters of a page's words: which glyph shows which, and where it stands in the release."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from redactor.pdf.drawing import Drawing, Glyph
from redactor.pdf.outlines import NotUnderstood
from redactor.pdf.pieces import Piece
from redactor.pdf.textlayer import Letter
from redactor.pdf.typeface import SPACE, Typeface
from redactor.types import Box, Word

NEAR = 0.1  # points between a letter and the place where the text layer has it
SAME = 0.01  # points; the further letters of a ligature stand where the next letter does
LINE = 0.5  # of the type size by which letters of one word may stand higher or lower
LONGEST = 3  # letters that one glyph may stand for
LEAST_SQUEEZE = 0.97  # of a word's width; less is squeezed to fit


class Letters:
    """Finds the glyphs of words, and sets those that stay."""

    def __init__(self, drawing: Drawing, face: Typeface) -> None:
        """Take the glyphs that show something."""
        self._glyphs = [g for g in drawing.glyphs if drawing.outlines.get(g.outline)]
        self._heights = sorted((g.y, n) for n, g in enumerate(self._glyphs))
        self._face = face
        self._free = set(range(len(self._glyphs)))
        self._found: dict[Word, dict[int, Glyph]] = {}

    def read(self, words: Sequence[Word]) -> None:
        """Find the glyph of every letter of the words a page shows; no glyph may be left over.

        Raises:
            NotUnderstood: letters and words are not the same.
        """
        for word in words:
            self._found[word] = self._of(word)
        if self._free:
            raise NotUnderstood("letters that are no words")

    def _of(self, word: Word) -> dict[int, Glyph]:
        if not word.edges:
            raise NotUnderstood("a word whose letters have no places")
        near = self._near(word.box)
        foot = max((self._glyphs[n].y for n in near), default=0.0)
        found: dict[int, Glyph] = {}
        for n in near:
            glyph = self._glyphs[n]
            far = [abs(edge - glyph.x) for edge in word.edges[:-1]]
            least = min(far) + SAME
            at = max(i for i, d in enumerate(far) if d < least)
            if glyph.y < foot - LINE * glyph.size or far[at] > NEAR:
                continue
            if at in found or not _same(glyph.text, word.text[at]):
                raise NotUnderstood("letters one over the other")
            found[at] = glyph
            self._free.remove(n)
        ends = [*sorted(found), len(word.text)]
        if ends[0] != 0 or any(z - a > LONGEST for a, z in pairwise(ends)):
            raise NotUnderstood("a word without its letters")
        return found

    def _near(self, box: Box) -> list[int]:
        """The free glyphs that stand in a box, in the order in which they are drawn."""
        low = bisect_right(self._heights, (box.y0, len(self._glyphs)))
        high = bisect_left(self._heights, (box.y1 + NEAR, -1))
        here = sorted(n for _, n in self._heights[low:high] if n in self._free)
        return [n for n in here if box.x0 - NEAR < self._glyphs[n].x < box.x1 + NEAR]

    def set(self, piece: Piece, moved: Box | None) -> tuple[Letter, ...]:
        """The letters of a piece of a word, where they stand, or anew from the edge of a box.

        Set anew they keep the widths of their font and nothing else: kerning and spacing of a line
        may tell how long it was.

        Raises:
            NotUnderstood: one of its letters is of a glyph that must go.
        """
        glyphs, end = self._found[piece.word], piece.first + len(piece.text)
        places = [n for n in sorted(glyphs) if piece.first <= n < end]
        nexts = [*sorted(glyphs), len(piece.word.text)]
        if not places or places[0] != piece.first or end not in nexts:
            raise NotUnderstood("half of a letter")
        texts = [piece.word.text[a:b] for a, b in zip(places, [*places[1:], end], strict=True)]
        shown = [(glyphs[n], text) for n, text in zip(places, texts, strict=True)]
        letters = [self._letter(g, text) for g, text in shown]
        if moved:
            letters = list(_anew(letters, moved))
        return (*letters, self._space(letters[-1]))

    def _letter(self, g: Glyph, text: str) -> Letter:
        code, wide = self._face.code(g.outline, text), self._face.advance(g.outline)
        size, stretch, slant = round(g.size, 2), round(g.stretch, 4), round(g.slant, 4)
        return Letter(code, wide, g.x, g.y, size, stretch, slant, g.colour)

    def _space(self, last: Letter) -> Letter:
        x = last.x + last.advance * last.size * last.stretch
        return replace(last, code=self._face.space(), advance=SPACE, x=x)


def _anew(letters: Sequence[Letter], box: Box) -> Iterator[Letter]:
    natural = sum(g.advance * g.size * g.stretch for g in letters)
    squeeze = round(box.width / natural, 2)
    squeeze = squeeze if squeeze < LEAST_SQUEEZE else 1.0
    x = box.x0
    for g in letters:
        stretch = round(g.stretch * squeeze, 4)
        yield replace(g, x=x, stretch=stretch)
        x += g.advance * g.size * stretch


def _same(shown: str, read: str) -> bool:
    """Whether a glyph means the character that was read there."""
    a, b = (unicodedata.normalize("NFKD", t)[:1] for t in (shown, read))
    return a == b


def advances(layer: dict[str, Any], glyphs: Sequence[Glyph]) -> dict[str, float]:
    """The width of every outline, in type sizes, as the text layer has it."""
    places = defaultdict[tuple[int, int], list[tuple[float, float, float]]](list)
    for block in layer["blocks"]:
        for span in (s for line in block.get("lines", ()) for s in line["spans"]):
            for char in span["chars"]:
                (x, y), (x0, _, x1, _) = char["origin"], char["bbox"]
                places[round(x), round(y)].append((x, y, x1 - x0))
    found: dict[str, float] = {}
    for g in glyphs:
        if g.outline in found:
            continue
        cells = [(round(g.x) + i, round(g.y) + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        here = (t for c in cells for t in places.get(c, ()))
        wide = [w for x, y, w in here if abs(x - g.x) < NEAR and abs(y - g.y) < NEAR]
        if wide and max(wide) > 0:
            found[g.outline] = max(wide) / (g.size * g.stretch)
    return found
