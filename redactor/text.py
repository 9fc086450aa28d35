"""One way to compare characters, shared by finding and verifying."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SHAPED = re.compile(
    r"LATIN (?:SMALL LETTER|SMALL LIGATURE|CAPITAL LETTER|LETTER SMALL CAPITAL)"
    r"(?: DOTLESS| LONG| SCRIPT| REVERSED| OPEN)? (?P<letter>[A-Z]{1,2})(?: WITH [A-Z ]+)?"
)


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


def fold(text: str) -> str:
    """The text in small letters without accents and strokes, as long as it was."""
    return "".join(map(_folded, text))


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    plain = _plain(char) if char.isalpha() else char
    return plain if len(plain) == 1 else char


@lru_cache(maxsize=8192)  # a file has few different characters
def _plain(char: str) -> str:
    """What squashing leaves of one character."""
    return "".join(map(_letter, unicodedata.normalize("NFKD", char).casefold()))


def _letter(char: str) -> str:
    """A letter without its stroke, hook or small capital's shape, a digit as we write it, or none.

    Unicode decomposes an accent but no l with a stroke; its name tells the letter all the same.
    """
    if char.isascii() or not char.isalnum():
        return char if char.isalnum() else ""
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    shape = SHAPED.fullmatch(unicodedata.name(char, ""))
    return shape["letter"].lower() if shape else char


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
