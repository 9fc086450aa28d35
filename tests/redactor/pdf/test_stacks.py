"""A column of letters is a name down the margin, or what a form or a school report is full of."""

from __future__ import annotations

import pytest

from redactor.pdf.rawpage import RawPage
from redactor.pdf.stacks import with_stacks
from redactor.types import Box, Source, Word


@pytest.mark.parametrize(
    ("letters", "step", "told"),
    [
        ("QUILLFEATHER", 14, True),
        ("DENISE", 20, True),
        ("MFMMFMF", 14, False),
        ("ABCDEFGH", 14, False),  # the items of a list
        ("BACABDFA", 14, False),  # the marks of a school report
        ("ANNE", 14, False),  # too few to be sure of
        ("QUILLFEATHER", 60, False),  # so far apart that they belong to their lines
    ],
)
def test_a_column_of_letters_that_spells_something_is_ink(
    letters: str, step: int, told: bool
) -> None:
    words = [
        Word(letter, Box(0, 500, 100 + step * n, 507, 110 + step * n), 0, Source.OCR)
        for n, letter in enumerate(letters)
    ]
    line = Word("Narrative", Box(0, 72, 100, 120, 110), 0, Source.OCR)
    seen = with_stacks(RawPage(0, 612.0, 792.0, (line, *words)))
    assert bool(seen.regions) is told
    assert (len(seen.words) == 1) is told
    assert line in seen.words
