"""What counts as a change between two pictures of a page."""

from __future__ import annotations

import cv2
import numpy as np

from redactor.types import Box
from redactor.verify.look import changed

DPI = 110.0


def page(paper: int = 255) -> np.ndarray:
    return np.full((440, 330), paper, np.uint8)


def test_an_edge_that_two_engines_round_differently_is_no_change() -> None:
    before, after = page(0), page(0)
    after[:, -1] = after[-1] = 255  # the page ends a third of a pixel earlier to one of them
    assert changed(before, after, (), DPI) == 0.0


def test_a_word_that_is_gone_is_a_change_and_none_where_it_was_to_go() -> None:
    before, after = page(), page()
    cv2.putText(before, "Okafor", (60, 200), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    assert changed(before, after, (), DPI) > 0.5
    whole = Box(0, 30, 100, 150, 160)
    assert changed(before, after, (whole,), DPI) == 0.0


def test_ink_close_to_the_edge_still_counts() -> None:
    before, after = page(), page()
    cv2.putText(after, "I", (6, 30), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 0, 2)
    assert changed(before, after, (), DPI) > 0.06


def test_a_page_of_a_few_pixels_shows_no_text() -> None:
    assert changed(np.zeros((6, 6), np.uint8), page()[:6, :6], (), 100.0) == 0.0
