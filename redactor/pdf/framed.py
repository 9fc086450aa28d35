"""What holds a stretch of a line that stands in a frame, a cell or between walls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from redactor.pdf.runs import Run

FRAME, HUGS = 1.0, 0.6  # heights from a frame's left side, and from its right, of what it holds
CENTRED = 2.0  # points by which the two may differ where it stands in the middle


def held(run: Run, left: int, right: int, zoom: float) -> tuple[int, int]:
    """Where the run starts when its left edge holds it, and its room."""
    start, at = round(run.box.x0 * zoom), round(run.at * zoom)
    if run.hold == "middle":
        return start, 2 * min(at - left, right - at)
    if run.hold == "right":
        return start, at - left
    start = max(min(at, start), min(left, start))
    return start, right - start


def parted(run: Run, walls: Sequence[float]) -> Iterator[Run]:
    """The run cut at walls that stand between its tokens."""
    for a, b in pairwise(sorted({0.0, *walls, inf})):
        tokens = tuple(t for t in run.tokens if a <= (t.box.x0 + t.box.x1) / 2 < b)
        if not tokens:
            continue
        gone = tuple(r for r in run.gone if a <= (r.box.x0 + r.box.x1) / 2 < b)
        part = replace(
            run, tokens=tokens, gone=gone, left=max(run.left, a), right=min(run.right, b)
        )
        whole = len(tokens) == len(run.tokens)
        part = part if whole else replace(part, hold="left", at=part.box.x0)
        yield _framed(part, max(a, run.left), b) if a > 0 and b < inf else part


def _framed(run: Run, left: float, right: float) -> Run:
    """The run, held by the right side or the middle of its frame if it stands there.

    A field set to the right, or a caption in the middle of a button, begins where it does because
    of how long it is.
    """
    before, behind = run.box.x0 - left, right - run.box.x1
    if run.hold != "left" or before <= FRAME * run.height:
        return run
    if abs(before - behind) < CENTRED:
        return replace(run, hold="middle", at=(left + right) / 2)
    return replace(run, hold="right", at=run.box.x1) if behind < HUGS * run.height else run
