"""Words as operators of a page: invisible ones that fill a box, visible ones letter by letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from redactor.types import Box

FONT_UNITS = 1000.0
WIDTHS = [278] * 32 + [  # Helvetica, Adobe AFM, WinAnsi 32 to 126
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]  # fmt: skip
OTHER_WIDTH = 556
LOW = 0.25  # of a word's height; low and wide type keeps quotes and commas on one line with letters
BASELINE = 0.345  # of a word's height; puts the middle of low type at that of the word's letters
LABEL = 0.6  # of a box's height that its label may take
MOST_LABEL, LEAST_LABEL = 8.0, 2.5  # points
LABEL_FOOT = 0.27  # of the type size from the baseline to the middle of brackets


@dataclass(frozen=True, slots=True)
class Letter:
    """A glyph of a page's fresh font and its place; ``y`` counts down the page."""

    code: int
    advance: float
    x: float
    y: float
    size: float
    stretch: float
    slant: float
    colour: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of the text layer and the box it must fill.

    ``block`` counts the paragraphs of a page; ``alt`` is what a screen reader says of a box. With
    ``letters`` the word is shown by these, without it is there for reading machines alone. ``turn``
    counts the quarters by which an invisible word is turned right: 1 runs down the page.
    """

    text: str
    box: Box
    block: int = 0
    alt: str = ""
    letters: tuple[Letter, ...] = ()
    turn: int = 0


def marked(number: int, run: Sequence[Typed], height: float, *, labels: bool = False) -> bytes:
    """One marked content of the page: words of a paragraph, or the label of a box.

    With ``labels`` the label is shown, white on its box.
    """
    tag = b"/Figure" if run[0].alt else b"/P"
    code = _label(run[0], height) if labels and run[0].alt else b""
    return b"%s <</MCID %d>> BDC\n%s\nEMC" % (tag, number, code or _typed(run, height))


def _typed(words: Sequence[Typed], height: float) -> bytes:
    lines = [b"BT 3 Tr"]
    for seen, group in groupby(words, key=lambda w: bool(w.letters)):
        if seen:
            lines += [b"0 Tr", *(line for w in group for line in _lettered(w, height)), b"3 Tr"]
        else:
            lines += [line for w in group if (line := _invisible(w, height))]
    lines.append(b"ET")
    return b"\n".join(lines)


def _invisible(word: Typed, height: float) -> bytes:
    code = winansi(word.text)
    if not code or word.box.width <= 0 or word.box.height <= 0:
        return b""
    level = word.box.turned(word.turn)
    size = max(LOW * level.height, 1.0)
    natural = advance(code) * size
    scale = 100.0 * level.width / natural
    foot = level.y1 - BASELINE * level.height
    start = Box(0, level.x0, foot, level.x0, foot).turned(-word.turn)
    cos, sin = ((1, 0), (0, -1), (-1, 0), (0, 1))[word.turn % 4]
    place = (size, scale, cos, sin, -sin, cos, start.x0, height - start.y0, quoted(code))
    return b"/T %.2f Tf %.2f Tz %d %d %d %d %.2f %.2f Tm (%s ) Tj" % place


def _lettered(word: Typed, height: float) -> Iterator[bytes]:
    """The letters of a word, those of one line, size and colour at once."""
    runs = groupby(word.letters, key=lambda g: (g.y, g.size, g.stretch, g.slant, g.colour))
    for (y, size, stretch, slant, colour), run in runs:
        letters = list(run)
        yield b"%s rg /F %.2f Tf 100 Tz %.4f 0 %.4f 1 %.2f %.2f Tm [%s] TJ" % (
            rgb(colour), size, stretch, slant, letters[0].x, height - y, _spaced(letters),
        )  # fmt: skip


def _spaced(letters: Sequence[Letter]) -> bytes:
    """The codes of letters with the steps between them, in thousandths of the type size."""
    first = letters[0]
    unit = first.size * first.stretch / FONT_UNITS
    parts, pen = list[bytes](), 0
    for letter in letters:
        at = round((letter.x - first.x) / unit)
        if at != pen:
            parts.append(b"> %d <" % (pen - at))
        parts.append(b"%04X" % letter.code)
        pen = at + round(letter.advance * FONT_UNITS)
    return b"<%s>" % b"".join(parts)


def _label(word: Typed, height: float) -> bytes:
    """The label in the middle of its box; nothing where the box is too small for it."""
    code, box = winansi(word.text), word.box
    size = min(LABEL * box.height, MOST_LABEL, 0.95 * box.width / max(advance(code), 0.1))
    if size < LEAST_LABEL or not code:
        return b""
    x = (box.x0 + box.x1 - advance(code) * size) / 2
    y = height - (box.y0 + box.y1) / 2 - LABEL_FOOT * size
    return b"BT 0 Tr 1 1 1 rg /T %.2f Tf 100 Tz 1 0 0 1 %.2f %.2f Tm (%s) Tj ET" % (
        size, x, y, quoted(code),
    )  # fmt: skip


def rgb(colour: str) -> bytes:
    """The operands of a colour given as ``#rrggbb``."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return b"%.3f %.3f %.3f" % tuple(parts)


def quoted(code: bytes) -> bytes:
    """The text as it stands between the brackets of a string."""
    return code.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def winansi(text: str) -> bytes:
    """The text in the font's encoding; what it lacks becomes a base letter or a question mark."""
    out = bytearray()
    for char in text:
        for c in (char, *unicodedata.normalize("NFKD", char)):
            try:
                code = c.encode("cp1252")
            except UnicodeEncodeError:
                continue
            if code[0] > 31:
                out += code
                break
        else:
            out += b"?" if char.isalnum() else b""
    return bytes(out)


def advance(code: bytes) -> float:
    """Width of encoded text at size 1."""
    return sum(WIDTHS[c] if c < len(WIDTHS) else OTHER_WIDTH for c in code) / FONT_UNITS
