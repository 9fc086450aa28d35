"""One way to compare characters, shared by finding and verifying."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def squash(text: str) -> str:
    """Letters and digits only: NFKD, combining marks dropped, casefolded, no spaces or dashes.

    Spaces go too, because text engines put them where none are and leave out others.
    """
    return "".join(map(_plain, text))


@lru_cache(maxsize=2)  # a case file under review is searched again after every edit
def squash_map(text: str) -> tuple[str, list[int]]:
    """The squashed text, and for each of its characters the offset it comes from."""
    found: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(text):
        for c in _plain(char):
            found.append(c)
            origin.append(offset)
    return "".join(found), origin


@lru_cache(maxsize=8192)  # a file has few different characters
def _plain(char: str) -> str:
    """What squashing leaves of one character."""
    return "".join(c for c in unicodedata.normalize("NFKD", char).casefold() if c.isalnum())


def orders(text: str) -> tuple[str, ...]:
    """The text in every order in which a file may keep its letters, as it is first.

    Where letters run from right to left a text engine gives them as spoken or as seen, and turns
    words round, or their order, or both.
    """
    if not any(unicodedata.bidirectional(c) in ("R", "AL") for c in text):
        return (text,)
    words = text.split()
    turned = " ".join(w[::-1] for w in words)
    return tuple(dict.fromkeys((text, text[::-1], turned, " ".join(reversed(words)))))
