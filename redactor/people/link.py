"""Which mentions mean one human being."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from redactor.people.names import (
    Name,
    initials_of,
    parse,
    same_given,
    same_last,
    same_word,
)
from redactor.types import Mention

NAMES = {"name", "alias", "initials", "signature"}
SURNAME_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Judge|Hon|Officer|Ofc|Det|Detective|Sgt|Sergeant|Cpl|Lt|Capt|Deputy|Trooper|Nurse)\.?\s+$",
    re.IGNORECASE,
)
SHE = re.compile(r"\b(?:Mrs|Ms|Miss)\.?\s+$", re.IGNORECASE)
HE = re.compile(r"\bMr\.?\s+$", re.IGNORECASE)


@dataclass
class Cluster:
    """The mentions of one person while they are being gathered."""

    names: list[Name] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)

    def add(self, number: int, name: Name, title: str = "") -> None:
        """Take in one mention."""
        self.mentions.append(number)
        if name not in self.names:
            self.names.append(name)
        if title:
            self.titles.add(title)

    def fits(self, name: Name) -> bool:
        """Whether a full name can mean this person."""
        return any(_agree(name, own) for own in self.names if own.full)

    def has_given(self, word: str) -> bool:
        """Whether the word is one of the person's given names, or a short form."""
        return any(same_word(word, g) for n in self.names for g in n.given if len(g) > 1)

    def has_last(self, word: str) -> bool:
        """Whether the word is the person's surname."""
        return any(n.last and same_last(word, n.last) for n in self.names)

    def has_initials(self, initials: str) -> bool:
        """Whether the person's names begin with these letters."""
        return any(initials in initials_of(n) for n in self.names)


def _agree(a: Name, b: Name) -> bool:
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return False
    if same_last(a.last, b.last) and same_given(a.given, b.given):
        return True
    # "Whitmore Kendra" without its comma
    return same_word(a.given[0], b.last) and same_word(a.last, b.given[0])


def link(text: str, mentions: Sequence[Mention]) -> list[Cluster]:
    """One cluster a person, in order of first mention. Only name mentions take part."""
    numbered = [
        (n, m, parse(text[m.start : m.end])) for n, m in enumerate(mentions) if m.kind in NAMES
    ]
    clusters: list[Cluster] = []
    ordered = sorted(numbered, key=lambda t: _telling(t[2]))
    for n, m, name in ordered:
        before = text[max(m.start - 14, 0) : m.start]
        title = "f" if SHE.search(before) else "m" if HE.search(before) else ""
        found = _candidates(clusters, name, titled=bool(SURNAME_TITLE.search(before)))
        if title:
            found = [c for c in found if not c.titles or title in c.titles] or found
        if found:
            _nearest(found, n, mentions).add(n, name, title)
        else:
            clusters.append(Cluster([name], [n], {title} if title else set()))
    for cluster in clusters:
        cluster.mentions.sort()
    return sorted(clusters, key=lambda c: c.mentions[0])


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
    last = [c for c in clusters if c.has_last(word)]
    return (last or given) if titled else (given or last)


def _nearest(found: Sequence[Cluster], number: int, mentions: Sequence[Mention]) -> Cluster:
    """The candidate mentioned last before the place, else first behind it."""

    def distance(cluster: Cluster) -> tuple[int, int]:
        before = [
            mentions[number].start - mentions[n].start for n in cluster.mentions if n < number
        ]
        after = [mentions[n].start - mentions[number].start for n in cluster.mentions if n > number]
        return (0, min(before)) if before else (1, min(after, default=0))

    return min(found, key=distance)
