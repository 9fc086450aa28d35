"""Reads a font program of a release byte by byte: nothing may be in it but outlines.

Written from Adobe's notes 5176 (CFF) and 5177 (Type 2 charstrings), apart from the writer.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

HEADER, NAME, STRINGS = b"\x01\x00\x04\x02", [b"R"], [b"Adobe", b"Identity"]
PRIVATE = b"\x8b\x14"  # the usual width is 0
ROS, COUNT, CHARSET, SELECT, CHARSTRINGS, ARRAY = 0xC1E, 0xC22, 15, 0xC25, 17, 0xC24
DRAW = {21: 2, 5: 2, 8: 6}  # rmoveto, rlineto, rrcurveto and their numbers
END = 14


class Odd(Exception):
    """The program holds more than outlines, or something else."""


def glyph_count(data: bytes) -> int:
    """How many glyphs a font program holds besides the one for what is missing.

    Raises:
        Odd: some byte of it is not accounted for.
    """
    _demand(data.startswith(HEADER))
    names, at = _index(data, len(HEADER))
    tops, at = _index(data, at)
    strings, at = _index(data, at)
    subroutines, at = _index(data, at)
    _demand(names == NAME and len(tops) == 1 and strings == STRINGS and not subroutines)
    top = _dictionary(tops[0])
    _demand(set(top) == {ROS, COUNT, CHARSET, SELECT, CHARSTRINGS, ARRAY})
    (count,) = top[COUNT]
    charset = b"\x02\x00\x01" + (count - 2).to_bytes(2) if count > 1 else b"\x00"
    at = _expect(data, at, charset, top[CHARSET])
    at = _expect(data, at, b"\x03\x00\x01\x00\x00\x00" + count.to_bytes(2), top[SELECT])
    _demand(top[ROS] == [391, 392, 0] and top[CHARSTRINGS] == [at])
    glyphs, at = _index(data, at)
    _demand(len(glyphs) == count and top[ARRAY] == [at])
    for glyph in glyphs:
        _outline(glyph)
    fonts, at = _index(data, at)
    _demand(len(fonts) == 1 and _dictionary(fonts[0]) == {18: [len(PRIVATE), at]})
    _demand(data[at:] == PRIVATE)
    return count - 1


def _demand(holds: bool) -> None:
    if not holds:
        raise Odd


def _expect(data: bytes, at: int, what: bytes, said: list[int]) -> int:
    _demand(said == [at] and data[at : at + len(what)] == what)
    return at + len(what)


def _index(data: bytes, at: int) -> tuple[list[bytes], int]:
    """The items of an INDEX, one behind the other without a gap, and where it ends."""
    count, at = int.from_bytes(data[at : at + 2]), at + 2
    if not count:
        return [], at
    size, at = data[at], at + 1
    places = range(at, at + (count + 1) * size, size)
    ends = [int.from_bytes(data[p : p + size]) for p in places]
    start = at + (count + 1) * size - 1
    _demand(ends[0] == 1 and ends == sorted(ends) and start + ends[-1] <= len(data))
    items = [data[start + a : start + b] for a, b in pairwise(ends)]
    return items, start + ends[-1]


def _dictionary(data: bytes) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    numbers: list[int] = []
    at = 0
    while at < len(data):
        if data[at] <= 21:
            wide = data[at] == 12
            operator = 0xC00 + data[at + 1] if wide else data[at]
            _demand(operator not in found)
            found[operator], numbers, at = numbers, [], at + 1 + wide
        else:
            number, at = _number(data, at)
            numbers.append(number)
    _demand(not numbers)
    return found


def _number(data: bytes, at: int) -> tuple[int, int]:
    first = data[at]
    if first == 28:
        return int.from_bytes(data[at + 1 : at + 3], signed=True), at + 3
    if first == 29:
        return int.from_bytes(data[at + 1 : at + 5], signed=True), at + 5
    if 32 <= first <= 246:
        return first - 139, at + 1
    if 247 <= first <= 250:
        return (first - 247) * 256 + data[at + 1] + 108, at + 2
    _demand(251 <= first <= 254)
    return -(first - 251) * 256 - data[at + 1] - 108, at + 2


@lru_cache(maxsize=4096)  # what passed once passes again
def _outline(glyph: bytes) -> None:
    """Pass only a width, moves, lines and curves, and an end that is the end."""
    at, count, first = 0, 0, True
    while at < len(glyph) - 1:
        if glyph[at] in DRAW:
            _demand(count - DRAW[glyph[at]] == first)
            at, count, first = at + 1, 0, False
        else:
            _demand(glyph[at] != 29)
            _, at = _number(glyph, at)
            count += 1
    _demand(at == len(glyph) - 1 and glyph[at] == END and count == first)
