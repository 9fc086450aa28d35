"""Where parts of a must-hide name stand alone: "Ms. Ott", "the Otts", "Fitt...", "O tt", KimFile, ilim.

A name that the request gives must not be missed, so its words are looked for in every way in which
people, programs and page edges leave them; only what is somebody else's name in the file, or an
ordinary word used as one, is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from redactor.people.disguised import L, apart, cut_off, handles, masked, spelled
from redactor.people.hidden import likely_reporters
from redactor.people.names import PARTICLES, TITLES, Name, parse, same_given, same_last
from redactor.people.parted import halves
from redactor.people.propagate import NOT_AFTER, PLACES
from redactor.stretches import Taken
from redactor.text import fold
from redactor.types import Mention, Person, Reading
from redactor.writing import is_ordinary, wordset

SMALL_WORDS = PARTICLES | wordset("las los den ter ibn saint san santa")  # of a surname
SHORT = 2  # letters; so short a name counts only as it is written
HALVED = 4  # letters of a word that a line's end cuts in two
OPENS = re.compile(r"(?:[.!?:][ ]+|[\n\t\f]|\A)[\"'\u201c\u2018(\[ ]*(?=\w)")
BACK = 400  # characters back to where a sentence begins
LONGEST_TITLE = 16
SMALL = 4  # letters; so short a word in small letters counts where the sentence begins small
TITLED = re.compile(r"\b(?:" + "|".join(sorted(TITLES)) + r")\.?[ ]$", re.IGNORECASE)
POLITE = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})  # before a name and nothing else
HANDLED = re.compile(r"[\w/\\@]$")  # before or behind a piece of a path or a user name
SPOKE = re.compile(
    r"[ ](?:said|says|stated|states|told|called|calls|rang|phoned|wrote|reported|reports|advised|asked|denied|heard|saw|"
    r"came|went|left|was|has|had|lives|lived|works|worked|knows|knew)\b"
)


def wanted_words(
    reading: Reading, wanted: Sequence[str], others: Iterable[str]
) -> Iterator[Mention]:
    """Mentions by the request of what stands for a wanted name without being it.

    ``others`` are all names of the file; a word that is the surname or first given name of
    somebody else is left to them.
    """
    for start, end in _places(reading, wanted, list(others), sure=True):
        yield Mention("name", start, end, 1.0, "must_hide", "named in the request")


def reporters_words(
    reading: Reading, mentions: Sequence[Mention], people: Mapping[str, Person]
) -> Iterator[Mention]:
    """Mentions of what stands for a likely reporter's name, as for one that the request gives."""
    taken = Taken((m.start, m.end) for m in mentions)
    for person in likely_reporters(people):
        full = [name for name in person.names if parse(name).full]
        others = [n for p in people.values() if p is not person for n in p.names]
        for start, end in sorted(_places(reading, full, others)):
            if taken.free(start, end):
                taken.add(start, end)
                yield Mention("name", start, end, 0.6, "wanted", "a known name", person=person.id)


def _places(
    reading: Reading, wanted: Iterable[str], others: Sequence[str], *, sure: bool = False
) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    plain = fold(reading.text)
    names = [n for n in map(parse, others) if n.full]
    for own in dict.fromkeys(map(_parsed, wanted)):
        words = _words(own)
        if not words or any(c.isdigit() for w in words for c in w):
            continue
        elses = [n for n in names if not _one(n, own)]
        taken = {n.last for n in elses} | {n.given[0] for n in elses}
        alone = sorted(w for w in words if w not in taken)
        found |= {*_found(reading.text, plain, own, alone, sure=sure), *cut_off(reading, alone)}
    return found


def _parsed(term: str) -> Name:
    """The term as a name, whatever its words are."""
    name, words = parse(term), fold(term).split()
    if name.full or len(words) < 2 or not all(w.isalpha() for w in words):
        return name
    return Name(tuple(words[:-1]), words[-1], "", "")


def _words(name: Name) -> set[str]:
    """The words of a name, parts of double surnames on their own."""
    parts = [
        w for w in re.split(r"[\s'\u2019-]+", name.last) if len(w) > 1 and w not in SMALL_WORDS
    ]
    later = [g for g in name.given[1:] if len(g) > SHORT]
    return {w for w in (*name.given[:1], *later, *parts, name.last) if len(w) > 1}


def _one(a: Name, own: Name) -> bool:
    """Whether a name of the file is the wanted one, some of its words, or what an edge left of it."""
    cut = len(a.last) > SHORT and own.last.startswith(a.last)
    same = (same_last(a.last, own.last) or cut) and same_given(a.given, own.given)
    return same or {*a.given, *a.last.split()} <= {*own.given, *_words(own), *SMALL_WORDS}


def _found(
    text: str, plain: str, own: Name, alone: Sequence[str], *, sure: bool
) -> Iterator[tuple[int, int]]:
    if own.full:
        turned = r"[\s,]+".join(map(re.escape, (own.last, *own.given)))
        yield from (m.span() for m in re.finditer(rf"(?<!{L}){turned}(?!{L})", plain))
        yield from handles(plain, own)
    for word in alone:
        for m in re.finditer(re.escape(word).replace(r"\ ", r"\s+"), plain):
            end = _bounded(text, *m.span())
            if end and _is_name(text, m.start(), end, word, sure=sure):
                yield m.start(), end
        yield from apart(text, plain, word)
        yield from masked(text, plain, word)
    first = {word[0] for word in alone}
    yield from ((a, z) for a, z in spelled(text) if text[a].casefold() in first)
    shortest = dict.fromkeys((w for w in alone if not is_ordinary(w)), "")
    yield from ((a, z) for a, z, _ in halves(text, shortest, HALVED))


def _bounded(text: str, start: int, end: int) -> int:
    """Where a name ends that begins and ends as a word does, "Lims" and "KimFile" among them; or 0."""
    before, behind = text[start - 1 : start], text[end : end + 2]
    if before.isalpha() and not (before.islower() and text[start].isupper()):
        return 0
    small = text[end - 1].islower()
    if small and text[start].isupper() and behind[:1] == "s" and not behind[1:].isalpha():
        return end + 1
    return 0 if behind[:1].isalpha() and not (small and behind[:1].isupper()) else end


def _is_name(text: str, start: int, end: int, word: str, *, sure: bool) -> bool:
    """Whether the word is used as a name there; a ``sure`` one in small letters too."""
    found, plain = text[start:end], not is_ordinary(word) and (sure or word not in PLACES)
    if not (sure and plain and word not in PLACES) and NOT_AFTER.match(text[end:][:16]):
        return False
    title = TITLED.search(text, max(start - LONGEST_TITLE, 0), start)
    handled = HANDLED.search(text[start - 1 : start]) or HANDLED.match(text[end : end + 1])
    if title or handled:
        polite = title and title.group().strip(" .").casefold() in POLITE
        return bool(polite) or not found.islower() or (plain and len(word) > SHORT)
    opened = _sentence(text, start)
    label = opened == start and text[end : end + 1] == ":"
    if len(word) <= SHORT:
        return found == word.title() and (label or opened < start or not is_ordinary(word))
    if found.islower():
        return label or (plain and (sure or text[opened].islower() or len(word) > SMALL))
    shouted = found.isupper() and text[max(start - 30, 0) : end + 30].isupper()
    return plain or label or bool(SPOKE.match(text, end)) or (opened < start and not shouted)


def _sentence(text: str, at: int) -> int:
    """Where the sentence, line or cell begins in which something stands."""
    first = max(at - BACK, 0)
    return max((m.end() for m in OPENS.finditer(text, first, at + 1)), default=first)
