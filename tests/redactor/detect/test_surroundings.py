"""Context look-ups find what Presidio's walk through the whole text finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from presidio_analyzer import LemmaContextAwareEnhancer

from redactor.detect.surroundings import Surroundings

GAPS_AND_LENGTHS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 6)), min_size=1, max_size=30
)


@given(GAPS_AND_LENGTHS, st.data())
def test_the_token_is_the_one_presidio_finds(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    """For every start from the first token to the last, in it or before it."""
    tokens, starts, at = [], [], 0
    for gap, length in pairs:
        starts.append(at + gap)
        tokens.append("x" * length)
        at += gap + length
    start = data.draw(st.integers(0, at - 1))

    theirs = LemmaContextAwareEnhancer._find_index_of_match_token("w", start, tokens, starts)

    assert Surroundings._find_index_of_match_token("w", start, tokens, starts) == theirs


def test_a_start_behind_the_text_tells_nothing() -> None:
    """Presidio would raise an error that holds the word."""
    assert Surroundings._find_index_of_match_token("secret", 99, ["a", "b"], [0, 2]) == 1
