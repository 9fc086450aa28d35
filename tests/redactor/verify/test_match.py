"""What counts as a protected text in what goes with a release."""

from __future__ import annotations

import pytest

from redactor.verify.expectation import Protected
from redactor.verify.match import Matcher


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"score": 0.06, "x0": 21.5}', 0),  # figures of a log in a row
        ('{"count": 10621}', 0),
        ("pager 0621", 1),
        ("pager (0621)", 1),
        ("hide\n0621d16367a413feecd5bae776eefd4cde82b979afdea27138f59e2ab8980b9e", 0),  # a digest
        ("0621 d16367a413feecd5bae776eefd4cde82b979afdea27138f59e2ab8980b9e", 1),
    ],
)
def test_a_short_number_is_looked_for_as_a_number_of_its_own(text: str, found: int) -> None:
    """A log is full of figures; run together they spell any four digits."""
    assert Matcher([Protected("0621", "phone")], ()).whole_count(text) == found


@pytest.mark.parametrize("text", ["555-0142", "at 555 0142.", "(555)0142", "5550142"])
def test_seven_digits_are_found_as_people_write_them(text: str) -> None:
    """With a dash, a space, brackets or none."""
    assert Matcher([Protected("555-0142", "phone")], ()).whole_count(text) == 1


def test_a_hidden_text_that_looks_like_a_digest_is_found() -> None:
    account = "4f2a9c0e7b11d8aa3301"
    assert Matcher([Protected(account, "account_number")], ()).whole_count(f"see {account}") == 1


def test_a_long_number_is_found_however_it_is_set() -> None:
    """Nine digits do not come about by chance."""
    matcher = Matcher([Protected("412-68-9023", "ssn")], ())

    assert matcher.whole_count("4126 89023") == 1


@pytest.mark.parametrize(("text", "found"), [("me ee ee Last", False), ("pa Teevenson ve", True)])
def test_one_letter_again_and_again_is_no_piece_of_a_name(text: str, found: bool) -> None:
    """OCR reads dots and rules as "eeee", and a drawing is full of them."""
    hidden = [Protected("Eeeeeeee", "name"), Protected("Steevenson", "name")]
    assert bool(Matcher(hidden, ()).count(text)) is found


BEFORE = ["BG Trammell was born to M. Trammell. G. Trammell called."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("seen by G. Trammell today", True),
        ("seen by G.Trammell today", True),
        ("calledbyG. Trammell today", True),  # no word of the file, so it hides one
        ("BG Trammell was born", False),  # a word that the file has, and another child
        ("BG Trammell was born, G. Trammell called", True),
    ],
)
def test_a_name_with_an_initial_does_not_stand_in_a_longer_word(text: str, found: bool) -> None:
    """What was decided to stay is the child and the surname; the caller is hidden."""
    hidden = [Protected("G. Trammell", "name")]
    assert bool(Matcher(hidden, (), ("BG", "Trammell"), BEFORE).count(text)) is found


@pytest.mark.parametrize(
    ("text", "found"), [("xG. Trammell", 1), ('{"G. Trammell": 1}', 1), ("BG Trammell", 0)]
)
def test_a_name_with_an_initial_is_found_whole_beside_a_release(text: str, found: int) -> None:
    """In a log however it stands; the text of the release may name the child."""
    hidden = [Protected("G. Trammell", "name")]
    assert Matcher(hidden, (), ("BG", "Trammell"), BEFORE).whole_count(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("he is THE ssvewatencom and", False),  # a label that OCR misread behind "THE"
        ("he is thess and", True),
        ("he is T H E S S and", True),
        ("he is the ssing and", True),
    ],
)  # fmt: skip
def test_a_piece_of_a_name_is_no_ordinary_word_and_another(text: str, found: bool) -> None:
    matcher = Matcher([Protected("THESSING", "name")], ["plain"], (), ["he is THE and"])
    assert bool(matcher.count(text)) is found
