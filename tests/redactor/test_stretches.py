"""Looking stretches up by halving gives what going through all of them gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redactor.stretches import Taken, begun
from redactor.types import Mention

PAIRS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=12)
STRETCH = st.tuples(st.integers(0, 60), st.integers(1, 20))


@given(PAIRS, STRETCH)
def test_what_is_taken_is_found_wherever_it_shares_a_character(pairs, asked):
    taken, held = Taken(), []
    for start, size in pairs:
        if taken.free(start, start + size):
            taken.add(start, start + size)
            held.append((start, start + size))
    start, end = asked[0], sum(asked)
    meeting = sorted((a, b) for a, b in held if a < end and start < b)
    assert list(taken.meeting(start, end)) == meeting
    assert taken.free(start, end) == (not meeting)
    assert not any(set(range(*a)) & set(range(*b)) for a in held for b in held if a != b)


@given(PAIRS, STRETCH)
def test_mentions_that_begin_in_a_stretch(pairs, asked):
    mentions = [Mention("name", a, a + n, 1.0, "test", "") for a, n in sorted(pairs)]
    start, end = asked[0], sum(asked)
    assert list(begun(mentions, start, end)) == [m for m in mentions if start <= m.start < end]
