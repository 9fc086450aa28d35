"""Badly read lines on a well read page explain no ink."""

from __future__ import annotations

import pytest

from redactor.pdf.doubted import without_doubted
from redactor.pdf.lines import Item
from redactor.types import Box, Source, Word


def line(y: float, confidence: float, *texts: str, source: Source = Source.OCR) -> list[Item]:
    items, x = [], 60.0
    for text in texts:
        wide = 6.0 * len(text)
        word = Word(text, Box(0, x, y, x + wide, y + 10), 0, source, confidence)
        items.append(Item(x, y, x + wide, y + 10, word))
        x += wide + 4
    return items


PRINT = [i for n in range(8) for i in line(60 + 14 * n, 0.96, "The", "school", "nurse", "measured")]


@pytest.mark.parametrize(
    ("items", "doubted"),
    [
        ([*PRINT, *line(300, 0.6, "Fron", "Ton", "IF")], {"Fron", "Ton", "IF"}),
        ([*PRINT, *line(300, 0.9, "from", "Tom"), *line(320, 0.6, "7", "lb", "3", "oz")], set()),
        ([*line(60, 0.7, "The", "school", "nurse"), *line(300, 0.6, "Fron", "Ton")], set()),
        ([*PRINT, *line(300, 0.6, "Fron", "Ton", source=Source.TEXT)], set()),
    ],
    ids=["handwriting", "a number", "a bad scan", "typed"],
)
def test_a_badly_read_line_of_a_well_read_page_is_doubted(
    items: list[Item], doubted: set[str]
) -> None:
    left = without_doubted(items)
    assert [i.word.text for i in left] == [i.word.text for i in items]
    assert {i.word.text for i in left if i.word.confidence == 0} == doubted
