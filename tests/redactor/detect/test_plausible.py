"""What the model calls a name and what is left of it."""

from __future__ import annotations

import pytest

from redactor.detect.plausible import plausible
from redactor.types import Mention

PLAIN = "On Monday the worker saw {} at the house, and She said that it was fine there."
LOUD = "ON MONDAY THE WORKER SAW {} AT THE HOUSE AND SHE SAID THAT IT WAS FINE."


def settle(frame: str, words: str, score: float, kind: str = "name") -> str | None:
    text = frame.format(words)
    start = text.index(words)
    mention = Mention(kind, start, start + len(words), score, "ModelRecognizer")
    kept = plausible(text, mention)
    return None if kept is None else text[kept.start : kept.end]


@pytest.mark.parametrize(
    ("words", "score", "left"),
    [
        ("Amber", 0.4, "Amber"),
        ("met Amber", 0.9, "Amber"),
        ("Worker\nT. Beasley", 0.9, "T. Beasley"),
        ("Rob loud", 0.9, "Rob"),
        ("Mary Jo", 0.9, "Mary Jo"),
        ("Page Dunavant", 0.9, "Page Dunavant"),
        ("Maria de la Cruz", 0.9, "Maria de la Cruz"),
        ("Hope", 0.9, "Hope"),
        ("sunny_h", 0.5, "sunny_h"),
        ("deer", 0.5, None),
        ("DJO", 0.7, None),
        ("Mrs", 0.4, None),
    ],
)
def test_names_in_ordinary_writing(words: str, score: float, left: str | None) -> None:
    """Capitals tell; words that cannot be part of a name are left out."""
    assert settle(PLAIN, words, score) == left


@pytest.mark.parametrize(("words", "left"), [("AMBER", "AMBER"), ("MGM", None)])
def test_names_in_capitals(words: str, left: str | None) -> None:
    """Where everything is in capitals they tell nothing; abbreviations are still none."""
    assert settle(LOUD, words, 0.5) == left


def test_what_a_rule_found_is_not_doubted() -> None:
    """A label has its own reasons."""
    text = PLAIN.format("deer")
    start = text.index("deer")
    mention = Mention("name", start, start + 4, 0.5, "NameRecognizer")

    assert plausible(text, mention) == mention


@pytest.mark.parametrize(
    ("kind", "words", "score", "kept"),
    [
        ("indirect_text", "and", 0.7, False),
        ("indirect_text", "the upstairs neighbor", 0.5, True),
        ("ssn", "504", 0.7, False),
        ("ssn", "6789", 0.7, True),
        ("medical", "steady", 0.4, False),
        ("medical", "a bruise on his arm", 0.9, False),  # anybody sees it: the allegation
        ("medical", "two linear 8 mm bruises", 0.9, True),
        ("medical", "periorbital hematoma, left eye", 0.9, True),
        ("dob", "2021", 0.6, False),
    ],
)
def test_crumbs_of_other_kinds(kind: str, words: str, score: float, kept: bool) -> None:
    """Too little of a kind is none of it."""
    assert (settle(PLAIN, words, score, kind) is not None) is kept


@pytest.mark.parametrize(
    ("kind", "text", "words", "kept"),
    [
        ("dob", "net income 35,078,254.69 less", "35", False),
        ("dob", "net income 35,078,254.69 less", "254.69", False),
        ("other_number", "a change of -0.0053 since", "0053", False),
        ("dob", "cash of 3,062.61 at the end", "3,062.61", False),
        ("dob", "born 3.4.2009, in Joplin", "3.4.2009", True),
        ("dob", "born on 12.03.2010", "12", True),
        ("dob", "born 5/12, a Sunday", "12", True),
        ("dob", "Tessa\tMar 4\tseen", "4", False),
        ("dob", "DOB\nMonth\t12\tDay\t03\tYear\t2010", "03", True),
        ("dob", "born March 14", "14", True),
        ("other_number", "case 4471, 1190 and 23", "4471", True),
        ("other_number", "(Mo. banc 2018)", "2018", False),
        ("other_number", "messages 61 of 61 shown", "of 61", False),
        ("other_number", "page 2 of 12, badge 4471", "12", False),
        ("other_number", "page 2 of 12, badge 4471", "4471", True),
    ],
)
def test_a_piece_of_an_amount_is_no_date_and_no_number(
    kind: str, text: str, words: str, kept: bool
) -> None:
    """Statements of account and statistics are full of them."""
    start = text.index(words)
    mention = Mention(kind, start, start + len(words), 0.75, "ModelRecognizer")
    assert (plausible(text, mention) is not None) is kept


@pytest.mark.parametrize("frame", ["Ryan v. {}, 547 S.W.3d 151", "so the {} dismissed it"])
def test_the_state_is_nobody(frame: str) -> None:
    """Who prosecutes has a capital in every court paper."""
    assert settle(frame, "State", 0.6) is None
