"""A box of absurd size is painted as far as the page goes."""

from __future__ import annotations

import numpy as np

from redactor.pdf.paint import paint
from redactor.types import Box, Removal


def test_a_box_wider_than_any_picture_is_painted_to_the_edge() -> None:
    white = np.full((40, 60, 3), 255, np.uint8)
    far = Removal(Box(0, 10, 10, 1e15, 20), "ID", "", ())
    made = paint(white, [far], 72)
    assert not made[10:20, 10:].any()
    assert made[25:].all()
