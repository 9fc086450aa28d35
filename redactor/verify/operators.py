"""Which operators a page of a release is made of, and what they draw under its boxes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from redactor.types import Box

NUMBERS = {"q": 0, "Q": 0, "cm": 6, "rg": 3, "re": 4, "f": 0, "BT": 0, "ET": 0, "Tr": 1, "Tz": 1,
           "Tm": 6, "EMC": 0}  # fmt: skip
NAMES = {"Do": r"/P\d{0,3}", "BMC": "/Artifact", "Tf": "/[FT]", "BDC": "/P|/Figure"}
INSET = 0.75  # points by which what lies beside a box may reach into it
SAME = 1.0  # points by which a painted box may differ from what it must cover
DARK = 0.02


def odd_operators(data: bytes) -> Iterator[tuple[int, int]]:
    """(page, operators) of every page that is made of more than a release is."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages):
            steps: Any = pikepdf.parse_content_stream(page)
            yield number, sum(not _known(str(s.operator), s.operands) for s in steps)


def _known(operator: str, operands: Any) -> bool:
    if operator in NUMBERS:
        return len(operands) == NUMBERS[operator] and all(map(_is_number, operands))
    if operator in NAMES and len(operands):
        return bool(re.fullmatch(NAMES[operator], str(operands[0]))) and _more(operator, operands)
    if operator == "Tj":
        return len(operands) == 1 and isinstance(operands[0], pikepdf.String)
    return operator == "TJ" and all(
        _is_number(part) or isinstance(part, pikepdf.String) for part in operands[0]
    )


def _more(operator: str, operands: Any) -> bool:
    """Whether what stands beside the name belongs there."""
    if operator == "Tf":
        return len(operands) == 2 and _is_number(operands[1])
    if operator == "BDC":
        return len(operands) == 2 and list(operands[1].keys()) == ["/MCID"]
    return len(operands) == 1


def _is_number(thing: Any) -> bool:
    try:
        return float(thing) is not None
    except (TypeError, ValueError):
        return False


def fills_under(page: Any, boxes: Sequence[Box]) -> int:
    """How many rectangles of a page lie under a box and are not the box itself."""
    height, colour, bad = float(page.MediaBox[3]), [0.0], 0
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) == "rg":
            colour = [float(v) for v in step.operands]
        elif str(step.operator) == "re":
            x, y, w, h = (float(v) for v in step.operands)
            fill = Box(0, x, height - y - h, x + w, height - y)
            dark = max(colour) <= DARK
            bad += any(_under(fill, b) and not (dark and _is_box(fill, boxes)) for b in boxes)
    return bad


def _under(fill: Box, box: Box) -> bool:
    wide = min(fill.x1, box.x1) - max(fill.x0, box.x0)
    high = min(fill.y1, box.y1) - max(fill.y0, box.y0)
    return wide > min(INSET, 0.3 * box.width) and high > min(INSET, 0.3 * box.height)


def _is_box(fill: Box, boxes: Sequence[Box]) -> bool:
    return any(
        abs(fill.x0 - b.x0) < SAME
        and abs(fill.y0 - b.y0) < SAME
        and abs(fill.x1 - b.x1) < SAME
        and abs(fill.y1 - b.y1) < SAME
        for b in boxes
    )
