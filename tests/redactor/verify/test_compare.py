"""Two releases of one case: what one shows and the other hides."""

from __future__ import annotations

from redactor.verify.compare import Difference, compare, sentences
from tests.conftest import make_pdf

FIRST = make_pdf("Reporter: [RSMo 210.150] called.", "Mother: Nora Finch, Elm Street 4.")
SECOND = make_pdf("Reporter: Dana Orr called.", "Mother: [RSMo 210.150], Elm Street 4.")


def test_each_shows_what_the_other_hides() -> None:
    """Counted by page, never told."""
    found = compare(FIRST, SECOND)

    assert found == (Difference(0, only_first=2, only_second=2),)
    assert sentences(found, "A", "B") == [
        "Page 1: A shows 2 words that B hides.",
        "Page 1: B shows 2 words that A hides.",
    ]


def test_a_release_tells_nothing_beside_itself() -> None:
    """Nor beside one that hides more."""
    less = make_pdf("Reporter: [RSMo 210.150] called.", "Mother: [RSMo 210.150], Elm Street 4.")

    assert compare(FIRST, FIRST) == ()
    assert compare(FIRST, less) == (Difference(0, 2, 0),)


def test_a_page_that_one_lacks_counts_whole() -> None:
    """Whatever stands on it."""
    assert compare(FIRST, make_pdf(" "))[0].only_first > 4
