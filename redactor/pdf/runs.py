"""Stretches of a line that are set anew together, each with its room.

Nothing here may depend on how wide a hidden text was (Bland, Iyer, Levchenko, PETS 2023). A
neighbour on the same line that nothing holds (``alignment``) stood where it stood because of the
text before it, and moves along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from statistics import median

from redactor.pdf.alignment import hold_of, is_held
from redactor.pdf.pieces import Piece, pieces, same_line, touches
from redactor.pdf.segments import Segment, is_free
from redactor.types import Box, Page, Reading, Removal

LEADER = re.compile(r"[._…·=~*-]{4,}|…+|[\u2010-\u2015]{4,}")


@dataclass(frozen=True)
class Token:
    """What keeps its order on a line set anew: a kept piece, or removals that become one box.

    ``gap`` is what stands before it: nothing (0), a word gap (1) or more (2).
    """

    box: Box
    piece: Piece | None
    removals: tuple[Removal, ...]
    gap: int


@dataclass(frozen=True)
class Run:
    """Tokens to set anew. ``hold`` is left, middle or right, and ``at`` where that is.

    ``left`` and ``right`` bound the room by what stands beside it on the line. ``gone`` are all
    removals of the stretch, ``dropped`` the pieces that go with them.
    """

    tokens: tuple[Token, ...]
    hold: str
    at: float
    left: float
    right: float
    gone: tuple[Removal, ...] = ()
    dropped: tuple[Piece, ...] = ()

    @property
    def box(self) -> Box:
        """The box of all tokens, removals and dropped pieces as they stood."""
        lost = (*(r.box for r in self.gone), *(p.box for p in self.dropped))
        return reduce(Box.union, (*(t.box for t in self.tokens), *lost))

    @property
    def hidden_ends(self) -> list[tuple[float, int]]:
        """Where the run begins or ends with what is hidden, and which way it goes on there."""
        first, last = self.tokens[:1], self.tokens[-1:]
        begins = [(self.box.x0, -1) for t in first if t.removals]
        return begins + [(self.box.x1, 1) for t in last if t.removals]

    @property
    def height(self) -> float:
        """Type height, told by the words that stay where there are any."""
        kept = [t.box.height for t in self.tokens if t.piece]
        return median(kept or [t.box.height for t in self.tokens])


def runs(
    page: Page,
    reading: Reading,
    parts: Sequence[Segment],
    fixed: Sequence[Removal],
    removals: Sequence[Removal],
) -> Iterator[Run]:
    """The stretches of a page that hold a fixed box, each with its room. Every one is in one.

    A line wrapped behind a box is one of them, so that nobody sees whether a part of what is
    hidden stood on it.
    """
    homes: dict[int, list[Removal]] = {}
    for removal in fixed:
        homes.setdefault(_home(removal, parts), []).append(removal)
    alone = [(Segment((), r.box), [r]) for r in homes.pop(-1, ())]
    for n in list(homes):
        if n + 1 < len(parts) and n >= 0 and _wraps(parts[n], parts[n + 1], reading, homes[n]):
            homes.setdefault(n + 1, [])
    free = [p for p in parts if is_free(p, fixed)]
    taken: set[int] = set()
    for n in sorted(homes, key=lambda n: parts[n].box.x0):
        if n in taken:
            continue
        chain, following = [n], _next(parts, parts[n])
        while following is not None and not is_held(parts[following], parts):
            chain.append(following)
            following = _next(parts, parts[following])
        taken.update(chain)
        inner = [(parts[i], homes.get(i, [])) for i in chain]
        yield _run(page, inner, parts, free, removals, following)
    for segment, mine in alone:
        yield _run(page, [(segment, mine)], parts, free, removals, _next(parts, segment))


def _wraps(a: Segment, b: Segment, reading: Reading, mine: Sequence[Removal]) -> bool:
    """True when a box ends line ``a`` and the paragraph goes on with ``b``."""
    last, following = a.words[-1], b.words[0]
    ends = any(touches(last.box, r.box) and r.box.x1 > last.box.x1 - 1 for r in mine)
    return ends and reading.text[last.end : following.start] == "\n"


def _home(removal: Removal, parts: Sequence[Segment]) -> int:
    """The segment whose words the removal takes most of; -1 where there is none."""

    def share(n: int) -> float:
        b, r = parts[n].box, removal.box
        if not any(touches(w.box, r) for w in parts[n].words):
            return 0.0
        return min(b.x1, r.x1) - max(b.x0, r.x0)

    best = max(range(len(parts)), key=share, default=-1)
    return best if best >= 0 and share(best) > 0 else _behind(removal.box, parts)


def _behind(box: Box, parts: Sequence[Segment]) -> int:
    """The segment that a box stands right behind, as one over white letters does; -1 for none."""
    near = [n for n, p in enumerate(parts) if same_line(p.box, box)]
    ends = [n for n in near if -1 < box.x0 - parts[n].box.x1 < box.height]
    return max(ends, key=lambda n: parts[n].box.x1, default=-1)


def _next(parts: Sequence[Segment], segment: Segment) -> int | None:
    """The nearest segment to the right on the same line."""
    beside = [
        n
        for n, p in enumerate(parts)
        if same_line(p.box, segment.box) and p.box.x0 > segment.box.x1 - 1 and p is not segment
    ]
    return min(beside, key=lambda n: parts[n].box.x0, default=None)


def _run(
    page: Page,
    inner: Sequence[tuple[Segment, Sequence[Removal]]],
    parts: Sequence[Segment],
    free: Sequence[Segment],
    removals: Sequence[Removal],
    following: int | None,
) -> Run:
    rows = [_items(s, mine, removals) for s, mine in inner]
    left = [_without_leaders(_begun(row)) for row in rows]
    tokens = [t for n, row in enumerate(left) for t in _tokens(row, first=n == 0)]
    whole = Segment(inner[0][0].words, reduce(Box.union, (s.box for s, _ in inner)))
    hold, at = hold_of(page, whole, free)
    box = whole.box
    beside = [p.box.x1 for p in parts if same_line(p.box, box) and p.box.x1 < box.x0 + 1]
    right = parts[following].box.x0 if following is not None else page.width
    gone = tuple(r for _, mine in inner for r in mine)
    stay = {t.piece for t in tokens}
    dropped = (i for row in rows for i in row if isinstance(i, Piece) and i not in stay)
    return Run(tuple(tokens), hold, at, max(beside, default=0.0), right, gone, tuple(dropped))


def _items(
    segment: Segment, mine: Sequence[Removal], removals: Sequence[Removal]
) -> list[Piece | Removal]:
    """Kept pieces and removals from left to right."""
    items: list[Piece | Removal] = [p for w in segment.words for p in pieces(w, removals)]
    return sorted([*items, *mine], key=lambda i: (i.box.x0 + i.box.x1) / 2)


def _begun(items: list[Piece | Removal]) -> list[Piece | Removal]:
    """The items without the end of a stretch that began on an earlier line.

    One box at its beginning stands for the whole, so that nobody sees where it was wrapped; signs
    that hung on its end go too. A line of which nothing else is left keeps its box.
    """
    rest = items
    while rest and _is_end(rest[0]):
        rest = rest[1:]
    if rest is not items:
        while rest and isinstance(rest[0], Piece) and rest[0].cut_left and not _says(rest[0]):
            rest = rest[1:]
    return rest or items


def _without_leaders(items: list[Piece | Removal]) -> list[Piece | Removal]:
    """The items without dots or dashes that fill a line up to a box: more of them, less of it."""
    beside = pairwise([None, *items, None])
    by_box = {n for n, pair in enumerate(beside) for i in pair if isinstance(i, Removal)}
    filled = {n for n, i in enumerate(items) if isinstance(i, Piece) and LEADER.fullmatch(i.text)}
    return [i for n, i in enumerate(items) if n not in filled or not by_box & {n, n + 1}]


def _is_end(item: Piece | Removal) -> bool:
    return isinstance(item, Removal) and item.continues


def _says(piece: Piece) -> bool:
    return any(c.isalnum() for c in piece.text)


def _tokens(items: Sequence[Piece | Removal], *, first: bool) -> Iterator[Token]:
    """The items as tokens; neighbouring removals of one label are one."""
    before: Token | None = None
    for item in items:
        gap = 1 if before or first else 2
        if isinstance(item, Piece):
            glued = before is not None and before.piece is None and item.cut_left
            token = Token(item.box, item, (), 0 if glued else gap)
        elif before and before.removals and before.removals[0].prints == item.prints:
            before = Token(before.box.union(item.box), None, (*before.removals, item), before.gap)
            continue
        else:
            glued = before is not None and before.piece is not None and before.piece.cut_right
            token = Token(item.box, None, (item,), 0 if glued else gap)
        if before:
            yield before
        before = token
    if before:
        yield before
