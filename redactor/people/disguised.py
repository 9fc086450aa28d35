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
SIGNS = r"*\u2022\u2588\u25cf#"  # of a masked name
WITHIN = r"[\u00ad\u200b\u200c\u2011\u2060-]"  # stands unseen within a word
SPELLED = re.compile(r"\b([A-Z])[ ](as[ ]in|for|like)[ ](?i:\1)\w*")  # "F as in Frank"
BETWEEN = re.compile(r"[,;. ]{1,3}(?:(?:[A-Z][,;. ]{1,3})*)")  # "F as in Frank, U, N as in Nora"
LETTER = re.compile(r"[,; ]{1,3}[A-Z](?=[,;.]|\s*$)")
LOGIN = re.compile(r"[@\\/_\d]")  # beside a user name that could be a name of its own


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
        rest = text[m.end() - len(word) + 1 : m.end()]
        if text[m.start()].isupper() and rest.islower() and not is_ordinary(rest):
            yield m.span()


def spelled(text: str) -> Iterator[tuple[int, int]]:
    """Names that are spelled letter by letter; "I like it" spells nothing."""
    chain: list[re.Match[str]] = []
    for piece in (*SPELLED.finditer(text), None):
        if piece and chain and BETWEEN.fullmatch(text, chain[-1].end(), piece.start()):
            chain.append(piece)
            continue
        if len(chain) > 1 or (chain and chain[0][2] == "as in"):
            end = chain[-1].end()
            while letter := LETTER.match(text, end):
                end = letter.end()
            yield chain[0].start(), end
        chain = [piece] if piece else []


def masked(text: str, plain: str, word: str) -> Iterator[tuple[int, int]]:
    """Places like "F****e" and "Fitt...": the beginning of the word and what hides the rest of it."""
    starts = "|".join(re.escape(word[:n]) for n in range(len(word) - 1, CUT - 1, -1))
    for m in re.finditer(rf"(?<!{L})({starts or '(?!)'})(?:\.{{3}}|\u2026)", plain):
        if text[m.start()].isupper() or not is_ordinary(m[1]):
            yield m.span()
    ends = "|".join(re.escape(word[n:]) for n in range(1, len(word)))
    begins = "|".join(re.escape(word[:n]) for n in range(len(word) - 1, 0, -1))
    two = "|".join(re.escape(word[:n]) for n in range(len(word) - 1, 1, -1)) or "(?!)"
    hidden = rf"(?<!\w)(?:(?:{begins})[{SIGNS}]{{2,}}(?:{ends})?|(?:{two})_{{2,}})(?!{L})"
    yield from (m.span() for m in re.finditer(hidden, plain))


def handles(plain: str, own: Name) -> Iterator[tuple[int, int]]:
    """User names that are made of a name: ilim, lim_i has its own rule, renatakow, rkowal84."""
    given, last = own.given[0], own.last.replace(" ", "").replace("-", "")
    long = {given + last[:n] for n in range(CUT, len(last) + 1)} | {given[0] + last}
    long |= {last + given[:n] for n in range(CUT, len(given) + 1)}
    short = {given + last[:n] for n in range(1, CUT)} | {last + given[:n] for n in range(1, CUT)}
    short |= {given[0] + last[:n] for n in range(CUT, len(last))}
    made = {m for m in long | short if len(m) >= HANDLE and not is_ordinary(m)}
    either = "|".join(map(re.escape, sorted(made, key=len, reverse=True))) or "(?!)"
    for m in re.finditer(rf"(?<!{L})(?:{either})(?!{L})", plain):
        beside = plain[max(m.start() - 1, 0) : m.start()] + plain[m.end() : m.end() + 1]
        if m.group() in long or LOGIN.search(beside):
            yield m.span()


def cut_off(reading: Reading, alone: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The beginning of a word at the right edge of a page, which cut the rest off."""
    for page in reading.pages:
        for w in (w for w in page.words if w.box.x1 > page.width - EDGE):
            cut = fold(w.text)
            if len(cut) >= CUT and not is_ordinary(cut) and any(a.startswith(cut) for a in alone):
                yield w.start, w.end
