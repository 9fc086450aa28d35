"""Stretches of a text that are taken, looked up without going through all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from redactor.types import Mention

START = attrgetter("start")


class Taken:
    """Stretches (start, end) of which none lies over another; a file may hold 100,000 of them."""

    def __init__(self, stretches: Iterable[tuple[int, int]] = ()) -> None:
        """Begin with these."""
        self._held = sorted(stretches)

    def add(self, start: int, end: int) -> None:
        """Take a stretch that nothing holds yet."""
        insort(self._held, (start, end))

    def meeting(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Those that share a character with the stretch, in order of place."""
        first = max(bisect_right(self._held, (start, start)) - 1, 0)
        for held in self._held[first : bisect_left(self._held, (end, end))]:
            if held[0] < end and start < held[1]:
                yield held

    def free(self, start: int, end: int) -> bool:
        """Whether none of them shares a character with the stretch."""
        return next(self.meeting(start, end), None) is None


def begun(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Those of the mentions, in order of place, that begin from ``start`` on and before ``end``."""
    return mentions[bisect_left(mentions, start, key=START) : bisect_left(mentions, end, key=START)]
