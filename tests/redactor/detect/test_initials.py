"""Initials of somebody in the file stay found; abbreviations do not pass for initials."""

from __future__ import annotations

import re

import pytest

from redactor.detect.initials import somebodys
from redactor.types import Mention

TEXT = "DUFRESNE, Carl Ray and Tyler Voss were seen. {} was there."


def left(capitals: str, score: float, recognizer: str = "ModelRecognizer") -> bool:
    text = TEXT.format(capitals)
    names = [m.span() for m in re.finditer(r"DUFRESNE, Carl Ray|Tyler Voss", text)]
    at = text.index(f"{capitals} was")
    found = [
        *(Mention("name", a, b, 0.9, "ModelRecognizer") for a, b in names),
        Mention("name", at, at + len(capitals), score, recognizer),
    ]
    return len(somebodys(text, found)) == 3


@pytest.mark.parametrize("capitals", ["TV", "CD", "CRD", "T", "LEE", "T.V.", "J.B."])
def test_somebodys(capitals: str) -> None:
    """In any order, with a middle name, or a short name in capitals."""
    assert left(capitals, 0.9)


@pytest.mark.parametrize(("capitals", "score"), [("TDY", 0.7), ("VGL", 0.75), ("SW", 0.6)])
def test_nobodys(capitals: str, score: float) -> None:
    """Nobody is called so, and the model is unsure."""
    assert not left(capitals, score)


def test_what_a_rule_found_is_left() -> None:
    """A field's label knows better."""
    assert left("VGL", 0.5, "NameRecognizer")


def test_sure_initials_of_the_unnamed_are_left() -> None:
    """A child may be known by them alone."""
    assert left("JB", 0.9)
