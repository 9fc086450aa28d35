"""A line of signs typed under a name: one "=" for each of its letters can be counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from redactor.people.link import NAMES
from redactor.types import Box, Mention, Reading

SIGNS = re.compile(r"[=_~*+.\u2014\u2013-]{3,}|\^{3,}")
BELOW = 1.2  # heights from the name to the line under it
APART = 1.5  # signs by which the two ends may differ


def underlined(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A mention of the same person for every line of signs as long as the name above it."""
    lines = [w for w in reading.words if SIGNS.fullmatch(w.text)]
    named = [m for m in mentions if m.kind in NAMES] if lines else []
    places = [(m, box) for m in named for box in reading.boxes(m.start, m.end)]
    for word in lines:
        near = APART * word.box.width / len(word.text)
        above = next((m for m, box in places if _under(box, word.box, near)), None)
        if above:
            yield replace(above, start=word.start, end=word.end, recognizer="underlined", why="")


def _under(name: Box, line: Box, near: float) -> bool:
    level = name.page == line.page and 0 < line.y1 - name.y1 < (1 + BELOW) * name.height
    return level and abs(line.x0 - name.x0) <= near and abs(line.x1 - name.x1) <= near
