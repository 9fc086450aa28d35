"""Paths as MuPDF writes them into SVG: outlines of glyphs, rectangles, level and upright lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

Point = tuple[float, float]
Segment = tuple[str, tuple[Point, ...]]  # M, L or C with its points, Z with none
Matrix = tuple[float, float, float, float, float, float]

TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6}
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MATRIX = re.compile(r"matrix\(([^()]*)\)")


class NotUnderstood(Exception):
    """The page draws something that a vector page is not made of; says what, never its text."""


@lru_cache(maxsize=4096)  # the letters of a font come again on every page
def segments(path: str) -> tuple[Segment, ...]:
    """The segments of a path, all coordinates absolute.

    Raises:
        NotUnderstood: it is made of more than straight lines and cubic curves.
    """
    if TOKEN.sub("", path).strip(" ,\n"):
        raise NotUnderstood("a path")
    return tuple(_segments(path))


def _segments(path: str) -> Iterator[Segment]:
    x = y = 0.0
    command, numbers = "", list[float]()
    for part in (*TOKEN.findall(path), ""):
        if part and not part.isalpha():
            numbers.append(float(part))
            continue
        for n in range(0, len(numbers), size := COUNT.get(command, 0) or 1):
            points = _points(command, numbers[n : n + size], x, y)
            x, y = points[-1]
            yield ("L" if command in "HV" or (command == "M" and n) else command), points
        if part == "Z":
            yield "Z", ()
        elif part and part not in COUNT:
            raise NotUnderstood("a path")
        command, numbers = part, []


def _points(command: str, numbers: Sequence[float], x: float, y: float) -> tuple[Point, ...]:
    if len(numbers) != COUNT.get(command):
        raise NotUnderstood("a path")
    if command in "HV":
        return ((numbers[0], y),) if command == "H" else ((x, numbers[0]),)
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def matrix(text: str | None) -> Matrix:
    """The six numbers of a ``transform``.

    Raises:
        NotUnderstood: it is no matrix.
    """
    if text is None:
        return IDENTITY
    match = MATRIX.fullmatch(text)
    numbers = tuple(map(float, match[1].split(","))) if match else ()
    if len(numbers) != 6:
        raise NotUnderstood("a transformation")
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def placed(points: Sequence[Point], m: Matrix) -> list[Point]:
    """The points under a matrix."""
    return [(m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]) for x, y in points]


def polygons(path: Sequence[Segment]) -> Iterator[tuple[list[Point], bool]]:
    """The corners of every part of a path of straight lines, and whether it is closed.

    Raises:
        NotUnderstood: a part is curved.
    """
    corners: list[Point] = []
    for kind, points in path:
        if kind == "C":
            raise NotUnderstood("a curve")
        if kind in "MZ" and len(corners) > 1:
            yield corners, kind == "Z"
        if kind == "M":
            corners = []
        corners = corners[:1] if kind == "Z" else [*corners, *points]
    if len(corners) > 1:
        yield corners, False
