"""Which mentions mean one human being."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import log2

from redactor.people.names import (
    Name,
    garbled,
    initials_of,
    parse,
    same_given,
    same_last,
    same_word,
    short_of,
)
from redactor.types import Mention

NAMES = {"name", "alias", "initials", "signature"}
SURNAME_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Judge|Hon|Officer|Ofc|Det|Detective|Sgt|Sergeant|Cpl|Lt|Capt|Deputy|Trooper|Nurse)\.?\s+$",
    re.IGNORECASE,
)
SHE = re.compile(r"\b(?:Mrs|Ms|Miss)\.?\s+$", re.IGNORECASE)
HE = re.compile(r"\bMr\.?\s+$", re.IGNORECASE)
KIN = r"\b(?:(?:step|grand|god|great-?)?(?:{})|{}),?\s+$"
WOMAN = re.compile(
    KIN.format("mother|daughter|mom|aunt", "sister|niece|wife|girlfriend|MGM|PGM"), re.IGNORECASE
)
MAN = re.compile(
    KIN.format("father|son|dad|uncle", "brother|nephew|husband|boyfriend|MGF|PGF"), re.IGNORECASE
)
SHARED = re.compile(r"\s+(?:and|&)\s+")
TITLES = 20  # characters before a name in which its title stands
NEAR = 200.0  # characters within which two mentions are close
LIKE = 0.3  # likeness of roles from which two may be one
FAR = 1e9  # characters; more than any file has
AWAY = 0.08  # of likeness that each doubling of the distance costs
WANTED = 0.7  # of likeness by which a namesake must fit better than who the request says to hide


@dataclass
class Cluster:
    """The mentions of one person while they are being gathered."""

    names: list[Name] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)  # numbers, in order of place
    titles: set[str] = field(default_factory=set)  # f of a Ms., m of a Mr.
    kin: set[str] = field(default_factory=set)  # f of a mother, m of a brother
    wanted: bool = False  # the request says that the person must be hidden
    read: int = 0  # mentions of which the model read a role
    roles: Counter[str] = field(default_factory=Counter)  # and their sums

    def add(
        self, number: int, mention: Mention, name: Name, title: str = "", kin: str = ""
    ) -> bool:
        """Take in one mention; whether its form of the name is new."""
        insort(self.mentions, number)
        new = name not in self.names
        if new:
            self.names.append(name)
        self.titles |= {title} - {""}
        self.kin |= {kin} - {""}
        self.wanted |= mention.recognizer == "must_hide" and name.full
        if mention.roles and mention.recognizer == "ModelRecognizer":
            self.read += 1
            self.roles.update(mention.roles)
        return new

    def fits(self, name: Name) -> bool:
        """Whether a full name can mean this person."""
        return any(_agree(name, own) for own in self.names if own.full)

    def has_given(self, word: str) -> bool:
        """Whether the word is one of the person's given names, or a short form."""
        return any(same_word(word, g) for n in self.names for g in n.given if len(g) > 1)

    def has_pet_name(self, word: str) -> bool:
        """Whether the word looks like a short form of one of the person's given names."""
        return any(short_of(word, g) for n in self.names for g in n.given[:2] if len(g) > 1)

    def has_last(self, word: str) -> bool:
        """Whether the word is the person's surname."""
        return any(n.last and same_last(word, n.last) for n in self.names)

    def is_called(self, word: str) -> bool:
        """Whether the word is the whole of the person's surname, letter for letter."""
        return any(n.last == word for n in self.names)

    def is_abbreviated(self) -> bool:
        """Whether every form is initials, or an initial and a surname."""
        return all(n.initials or (n.full and len(n.given[0]) == 1) for n in self.names)

    def may_be(self, short: Cluster) -> bool:
        """Whether an abbreviated cluster can mean this person, whose surname is not known."""
        if any(n.last and len(n.last) > 1 for n in self.names):
            return False
        first = {g[0] for n in self.names for g in n.given[:1] if len(g) > 1}
        return all((n.initials or n.given[0])[0] in first for n in short.names)

    def take(self, other: Cluster) -> None:
        """Take in all mentions of another cluster."""
        self.mentions = sorted([*self.mentions, *other.mentions])
        self.read += other.read
        self.roles.update(other.roles)
        self.names += [n for n in other.names if n not in self.names]
        self.titles |= other.titles
        self.kin |= other.kin
        self.wanted |= other.wanted

    def has_initials(self, initials: str) -> bool:
        """Whether the person's names begin with these letters."""
        return any(initials == n.initials or initials in initials_of(n) for n in self.names)


def _agree(a: Name, b: Name) -> bool:
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return False
    if same_last(a.last, b.last) and same_given(a.given, b.given):
        return True
    if any(_middle_last(x, y) for x, y in ((a, b), (b, a))):  # "Travis W." of Travis Wayne Stroud
        return True
    if garbled(a, b):
        return True
    # "Whitmore Kendra", "WHITMORE K" without its comma
    return any(_turned(x, y) for x, y in ((a, b), (b, a)))


def _turned(turned: Name, name: Name) -> bool:
    first = name.given[0]
    return same_word(turned.given[0], name.last) and (
        same_word(turned.last, first) or (len(turned.last) == 1 and first.startswith(turned.last))
    )


def _middle_last(short: Name, full: Name) -> bool:
    return (
        len(short.last) == 1
        and len(short.given) == 1
        and len(full.given) > 1
        and same_word(short.given[0], full.given[0])
        and full.given[1].startswith(short.last)
    )


def link(text: str, mentions: Sequence[Mention]) -> list[Cluster]:
    """One cluster a person, in order of first mention. Only name mentions take part."""
    numbered = _parsed(text, mentions)
    clusters: list[Cluster] = []
    known: dict[tuple[Name, bool], list[Cluster]] = {}  # candidates, until a form is new
    ordered = sorted(numbered, key=lambda t: _telling(t[2]))
    for n, m, name in ordered:
        before = text[max(m.start - TITLES, 0) : m.start]
        title = "f" if SHE.search(before) else "m" if HE.search(before) else ""
        kin = "f" if WOMAN.search(before) else "m" if MAN.search(before) else ""
        key = (name, bool(SURNAME_TITLE.search(before)))
        if key not in known:
            known[key] = _candidates(clusters, name, titled=key[1])
        found = known[key]
        if title:
            found = _titled(found, title)
        if name.initials:  # those of two people are often the same
            found = [c for c in found if not c.is_abbreviated() or _may_join(m, c)]
        if not found:
            found = [Cluster()]
            clusters += found
        if _nearest(found, n, mentions).add(n, m, name, title, kin):
            known.clear()
    return sorted(_joined(clusters, mentions), key=lambda c: c.mentions[0])


def _titled(found: list[Cluster], title: str) -> list[Cluster]:
    """Those who are called so, else those of whom nothing tells another title, else all."""
    found = [c for c in found if not c.kin or title in c.kin] or found
    return [c for c in found if title in c.titles] or [c for c in found if not c.titles] or found


def _parsed(text: str, mentions: Sequence[Mention]) -> list[tuple[int, Mention, Name]]:
    """(number, mention, name) of every name; "Dale E. and Rosie Hutcherson" are both Hutchersons."""
    found: list[tuple[int, Mention, Name]] = []
    for n, m in enumerate(mentions):
        if m.kind not in NAMES:
            continue
        name = parse(text[m.start : m.end])
        if found and name.full and len(name.last) > 1:
            number, before, first = found[-1]
            if len(first.last) < 2 and SHARED.fullmatch(text, before.end, m.start) and first.given:
                found[-1] = (number, before, replace(first, last=name.last))
        found.append((n, m, name))
    return found


def _telling(name: Name) -> tuple[int, int]:
    """Full names first, the longest given names first of all; single words, initials last."""
    if name.full:
        return (0 if len(name.given[0]) > 1 else 1, -sum(map(len, name.given)))
    return (3 if name.initials else 2, 0)


def _candidates(clusters: Iterable[Cluster], name: Name, *, titled: bool) -> list[Cluster]:
    if name.full:
        return [c for c in clusters if c.fits(name)]
    if name.initials:
        return [c for c in clusters if c.has_initials(name.initials)]
    word = name.single
    if not word:
        return []
    if len(word) == 1:
        return [
            c for c in clusters if any(g.startswith(word) for n in c.names for g in n.given[:1])
        ][:1]
    given = [c for c in clusters if c.has_given(word)]
    last = [c for c in clusters if c.is_called(word)] or [c for c in clusters if c.has_last(word)]
    if titled and last:
        return last
    return given or last or [c for c in clusters if c.has_pet_name(word)]


def _joined(clusters: Sequence[Cluster], mentions: Sequence[Mention]) -> list[Cluster]:
    """The clusters, those known by initials alone with the one person they can be.

    "T. Stroud" or "Z.J." joins Travis or Zaire whose surname nobody wrote, if there is but one and
    both are read in a like role: a witness must not stay under a child's name.
    """
    kept = [c for c in clusters if not c.is_abbreviated()]
    for short in (c for c in clusters if c.is_abbreviated()):
        bare = [c for c in kept if c.may_be(short) and _alike(short, c, mentions)]
        if len(bare) == 1:
            bare[0].take(short)
        else:
            kept.append(short)
    return kept


def _nearest(found: Sequence[Cluster], number: int, mentions: Sequence[Mention]) -> Cluster:
    """The candidate that fits best: read in a like role, and spoken of lately."""
    here = mentions[number]

    def fit(cluster: Cluster) -> float:
        at = bisect_left(cluster.mentions, number)
        before, after = cluster.mentions[max(at - 1, 0) : at], cluster.mentions[at : at + 1]
        away = min(
            *(here.start - mentions[n].start for n in before),
            *(2 * (mentions[n].start - here.start) for n in after),
            FAR,
        )
        wanted = WANTED if cluster.wanted else 0.0
        return _likeness(here, cluster) + wanted - AWAY * log2(1 + away / NEAR)

    return max(found, key=fit) if len(found) > 1 else found[0]


def _may_join(mention: Mention, cluster: Cluster) -> bool:
    return not mention.roles or not cluster.read or _likeness(mention, cluster) >= LIKE


def _alike(short: Cluster, cluster: Cluster, mentions: Sequence[Mention]) -> bool:
    """Whether nothing that was read of their roles speaks against one person."""
    read = [mentions[n] for n in short.mentions if mentions[n].roles]
    return all(_likeness(m, cluster) >= LIKE for m in read) or not any(
        mentions[n].roles for n in cluster.mentions
    )


def _likeness(mention: Mention, cluster: Cluster) -> float:
    """How far two readings of a role agree, 0 to 1; 0 where a side has none."""
    if not cluster.read or not mention.roles:
        return 0.0
    pairs = [(p, cluster.roles[r] / cluster.read) for r, p in mention.roles.items()]
    return sum(min(pair) for pair in pairs) / max(sum(max(pair) for pair in pairs), 1e-6)
