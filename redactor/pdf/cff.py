"""A font program of given outlines and nothing else: CFF, its glyphs numbered.

After Adobe's notes 5176 and 5177. It holds no names of glyphs, no subroutines, no hints, no text;
every byte follows from the outlines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from redactor.pdf.outlines import Point, Segment

UNITS = 1000  # of the type size
NAME = b"R"
ROS, CID_COUNT, FD_ARRAY, FD_SELECT = (b"\x0c\x1e", b"\x0c\x22", b"\x0c\x24", b"\x0c\x25")
CHARSET, CHARSTRINGS, PRIVATE = b"\x0f", b"\x11", b"\x12"
NO_HINTS = b"\x8b\x14"  # a private dictionary that says: the usual width is 0
FIRST_STRING = 391  # numbers below are the standard's own strings
HEIGHT, DEPTH = 730, -220  # of a line of text
MOVE, LINE, CURVE, END = b"\x15", b"\x05", b"\x08", b"\x0e"


def program(glyphs: Sequence[tuple[int, Sequence[Segment]]]) -> bytes:
    """The font program of (width, outline) pairs, which get the numbers 1, 2, 3 ... in order."""
    strings = [charstring(0, ()), *(charstring(w, tuple(o)) for w, o in glyphs)]
    count = len(strings)
    charset = b"\x02\x00\x01" + (count - 2).to_bytes(2) if count > 1 else b"\x00"
    select = b"\x03\x00\x01\x00\x00\x00" + count.to_bytes(2)
    before = b"\x01\x00\x04\x02" + index([NAME])
    text = index([b"Adobe", b"Identity"]) + index([])
    size = len(index([_top(0, 0, 0, 0, count)]))
    at = len(before) + size + len(text)
    at_select = at + len(charset)
    at_strings = at_select + len(select)
    at_array = at_strings + len(index(strings))
    top = _top(at, at_select, at_strings, at_array, count)
    at_private = at_array + len(index([_offset(0) + _offset(0) + PRIVATE]))
    array = index([_offset(len(NO_HINTS)) + _offset(at_private) + PRIVATE])
    return before + index([top]) + text + charset + select + index(strings) + array + NO_HINTS


def _top(charset: int, select: int, strings: int, array: int, count: int) -> bytes:
    ros = _number(FIRST_STRING) + _number(FIRST_STRING + 1) + _number(0) + ROS
    return (
        ros
        + (_number(count) + CID_COUNT)
        + (_offset(charset) + CHARSET)
        + (_offset(select) + FD_SELECT)
        + (_offset(strings) + CHARSTRINGS)
        + (_offset(array) + FD_ARRAY)
    )


def index(items: Sequence[bytes]) -> bytes:
    """An INDEX: how many, where each begins, and the items one after the other."""
    if not items:
        return b"\x00\x00"
    ends = [1]
    for item in items:
        ends.append(ends[-1] + len(item))
    size = (ends[-1].bit_length() + 7) // 8
    offsets = b"".join(e.to_bytes(size) for e in ends)
    return len(items).to_bytes(2) + bytes([size]) + offsets + b"".join(items)


@lru_cache(maxsize=4096)  # the letters of a font come again on every page
def charstring(width: int, outline: tuple[Segment, ...]) -> bytes:
    """One glyph as a Type 2 charstring."""
    out, at = bytearray(_number(width)), (0, 0)
    for kind, points in (*_struts(outline), *outline):
        numbers = bytearray()
        for point in points:
            new = _whole(point)
            numbers += _number(new[0] - at[0]) + _number(new[1] - at[1])
            at = new
        out += numbers + {"M": MOVE, "L": LINE, "C": CURVE, "Z": b""}[kind]
    return bytes(out + END)


def _struts(outline: Sequence[Segment]) -> Iterator[Segment]:
    """Two strokes without area at the height and the depth of a line.

    They show nothing, and give every letter a box as high as its line: readers that gather
    letters to lines by their boxes then take a comma, a quote and a capital for one line.
    """
    if outline:
        left = outline[0][1][0][0]
        for y in (HEIGHT / UNITS, DEPTH / UNITS):
            yield "M", ((left, y),)
            yield "L", ((left + 1 / UNITS, y),)


def _whole(point: Point) -> tuple[int, int]:
    return round(point[0] * UNITS), round(point[1] * UNITS)


def _number(value: int) -> bytes:
    """An integer as charstrings and dictionaries hold it."""
    if -107 <= value <= 107:
        return bytes([value + 139])
    if 108 <= value <= 1131:
        high, low = divmod(value - 108, 256)
        return bytes([high + 247, low])
    if -1131 <= value <= -108:
        high, low = divmod(-value - 108, 256)
        return bytes([high + 251, low])
    return b"\x1c" + value.to_bytes(2, signed=True)


def _offset(value: int) -> bytes:
    """An integer of fixed length, so that offsets can be told before they are known."""
    return b"\x1d" + value.to_bytes(4)
