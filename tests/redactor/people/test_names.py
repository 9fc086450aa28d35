"""Any text may have been taken for a name; its parts can always be compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.people.names import initials_of, parse, same_given, same_last

WRITTEN = st.text(alphabet="aB'\u2019-\u2013.,;:() \t\n/*1\u00e9", max_size=14)


@given(WRITTEN, WRITTEN)
def test_any_two_can_be_compared(one: str, other: str) -> None:
    """No part of a name is empty, and none makes the comparison fail."""
    a, b = parse(one), parse(other)

    assert all(any(map(str.isalnum, word)) for n in (a, b) for word in n.given)
    assert all(initials_of(n) for n in (a, b) if n.full)
    same_last(a.last, b.last)
    same_given(a.given, b.given)


@pytest.mark.parametrize("written", ["Denise -", "Denise \u2013", "- Denise", "Denise 's"])
def test_a_dash_is_no_surname(written: str) -> None:
    """What stands alone beside a name belongs to the layout."""
    assert parse(written) == parse("Denise")
