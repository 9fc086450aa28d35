"""What is drawn as long as a hidden name was, or as what it left of its line: it goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from redactor.pdf.runs import Run
from redactor.pdf.spans import columns_of, filled, strokes
from redactor.types import Box

if TYPE_CHECKING:
    from redactor.pdf.sheet import Sheet

UNDER, RULED = 2.0, 0.8  # of the height beside an end; the share of it that a ruled line fills
NEAR, THIN = 0.8, 0.3  # of the height: between two dots of a leader; how thick it is at most
UNDERLINE, OVER, BELOW = 0.8, 0.25, 0.5  # of the height: how long one is, and where it runs
LONG = 2.0  # of the height; longer strokes are ruled lines or underlines
BEYOND = 4.0  # points past the words make a ruled line of a stroke


def wipe_leader(sheet: Sheet, run: Run, edge: float, way: int) -> None:
    """Take away dots or a stroke that fill the line from a hidden end on.

    The shorter what is hidden, the longer they are. A ruled line that runs on below what is
    hidden is none of them.
    """
    z, high = sheet.zoom, run.height * sheet.zoom
    rows = slice(max(int(run.box.y0 * z), 0), int(run.box.y1 * z) + 1)
    paper = sheet.paper(run, rows)
    ink = sheet.ink(rows, slice(None), paper)
    at = min(max(round(edge * z), 0), ink.shape[1])
    inside, outside = (ink[:, :at][:, ::-1], ink[:, at:])[::way]
    near = inside[:, : max(int(UNDER * high), 1)]
    ruled = near.mean(1) > RULED if near.size else np.zeros(len(ink), bool)
    beside = outside & ~ruled[:, None]
    end = filled(columns_of(beside), NEAR * high)
    thick = beside[:, :end].any(1).sum()
    if end < LONG * high or thick > THIN * high:
        return
    wiped = slice(at, at + end + 1) if way > 0 else slice(max(at - end - 1, 0), at)
    for row in np.flatnonzero(beside[:, :end].any(1)) + rows.start:
        sheet.image[max(row - 1, 0) : row + 2, wiped] = paper


def wipe_underline(sheet: Sheet, hidden: Box, run: Run) -> None:
    """Take away strokes drawn under what is hidden: they are as long as it was.

    Also those under words beside it; a ruled line that goes on beyond the run's words stays.
    """
    z, high = sheet.zoom, run.height * sheet.zoom
    top = max(int((hidden.y1 - OVER * run.height) * z), 0)
    rows = slice(top, int((hidden.y1 + BELOW * run.height) * z) + 1)
    paper = sheet.paper(run, rows)
    for n, a, e in strokes(sheet.ink(rows, slice(None), paper), UNDERLINE * high):
        own = min(e, hidden.x1 * z) - max(a, hidden.x0 * z)
        within = a >= (run.box.x0 - BEYOND) * z and e <= (run.box.x1 + BEYOND) * z
        if own > 0.5 * high and within:
            near = slice(max(rows.start + n - 1, 0), rows.start + n + 2)
            sheet.image[near, max(a - 1, 0) : e + 1] = paper
