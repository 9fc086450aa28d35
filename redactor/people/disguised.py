"""A known name in disguise: spelled out, masked, cut off, made into a user name.

"L I M", "O tt" with a large initial, "F****e", "Fitt..." in a list, "ilim" in a path, "Winterbo" at
the edge of a page: each tells the name to whoever knows the family.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from redactor.people.names import Name
from redactor.text import fold
from redactor.types import Reading
from redactor.writing import is_ordinary

L = r"[^\W\d_]"  # a letter
SHORT = 2  # letters; a name so short is not looked for in pieces
CUT = 3  # letters of a word that a page or a list cut off
HANDLE = 4  # letters of a user name
EDGE = 4.0  # points from the page's edge within which a word is cut off
SIGNS = r"*\u2022\u2588\u25cf_#"  # of a masked name
WITHIN = r"[\u00ad\u200b\u200c\u2011\u2060-]"  # stands unseen within a word
SPELLED = r"(?:[ ](?:as[ ]in|for|like)[ ]\w+)"


def apart(text: str, plain: str, word: str) -> Iterator[tuple[int, int]]:
    """The word with its letters set apart, with a sign in it that nobody sees, or a large initial."""
    if len(word) <= SHORT or not word.isalpha():
        return
    spread = r"[\s.\u00b7-]{1,2}".join(word)
    unseen = rf"{WITHIN}*\n?".join(word)
    for m in re.finditer(rf"(?<!{L})(?:{spread}|{unseen})(?!{L})", plain):
        if m.group() != word:
            yield m.span()
    for m in re.finditer(rf"(?<!{L}){word[0]}[\s-]{{1,2}}{word[1:]}(?!{L})", plain):
        if text[m.start()].isupper() and text[m.end() - len(word) + 1 : m.end()].islower():
            yield m.span()
    for m in re.finditer(rf"(?<!{L}){word[0]}{SPELLED}", plain):
        if text[m.start()].isupper():
            yield m.span()


def masked(plain: str, word: str) -> Iterator[tuple[int, int]]:
    """Places like "F****e" and "Fitt...": the beginning of the word and what hides the rest of it."""
    starts = "|".join(re.escape(word[:n]) for n in range(len(word) - 1, CUT - 1, -1))
    if starts:
        yield from (
            m.span() for m in re.finditer(rf"(?<!{L})(?:{starts})(?:\.{{3}}|\u2026)", plain)
        )
    ends = "|".join(re.escape(word[n:]) for n in range(1, len(word)))
    begins = "|".join(re.escape(word[:n]) for n in range(len(word) - 1, 0, -1))
    hidden = rf"(?<!\w)(?:{begins})[{SIGNS}]{{2,}}(?:{ends})?(?!{L})"
    yield from (m.span() for m in re.finditer(hidden, plain))


def handles(plain: str, own: Name) -> Iterator[tuple[int, int]]:
    """User names that are made of a name: ilim, lim_i has its own rule, renatakow, rkowal84."""
    given, last = own.given[0], own.last.replace(" ", "").replace("-", "")
    made = {given + last[:n] for n in range(1, len(last) + 1)}
    made |= {last + given[:n] for n in range(1, len(given) + 1)}
    made |= {given[0] + last[:n] for n in range(CUT, len(last) + 1)}
    made = {m for m in made if len(m) >= HANDLE and not is_ordinary(m)}
    if made:
        either = "|".join(map(re.escape, sorted(made, key=len, reverse=True)))
        yield from (m.span() for m in re.finditer(rf"(?<!{L})(?:{either})(?!{L})", plain))


def cut_off(reading: Reading, alone: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The beginning of a word at the right edge of a page, which cut the rest off."""
    for page in reading.pages:
        for w in (w for w in page.words if w.box.x1 > page.width - EDGE):
            cut = fold(w.text)
            if len(cut) >= CUT and not is_ordinary(cut) and any(a.startswith(cut) for a in alone):
                yield w.start, w.end
