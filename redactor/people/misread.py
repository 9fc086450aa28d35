"""A wanted name where OCR read it almost: "Quillfcathor", "Qui lifeather", "QUlLLFEATHER".

Only words that OCR read are searched, and only for what must not be missed. One letter in six may
be another; of a short name a changed letter would make somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from redactor.people.hidden import likely_reporters
from redactor.people.names import parse
from redactor.stretches import Taken
from redactor.text import squash
from redactor.types import Mention, Person, Reading, Source
from redactor.writing import is_ordinary

SHORTEST = 8  # letters of a name that is looked for so
WRONG = 6  # letters for each that may be wrong
MOST = 4  # words into which a reader may break a name
PAIR = 2  # wrong letters of a given name and a surname together
ALIKE = 2  # letters; of so short a name none may be wrong


def misread(reading: Reading, wanted: Iterable[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of every run of words of one line that is nearly one of the wanted names."""
    wanted = list(wanted)
    targets = {t for name in wanted for t in _targets(name)}
    taken = Taken(())
    found = [*(_runs(reading, targets) if targets else ()), *_pairs(reading, wanted)]
    for _, start, end in sorted(found):
        if taken.free(start, end):
            taken.add(start, end)
            yield start, end


def _runs(reading: Reading, targets: Iterable[str]) -> Iterator[tuple[int, int, int]]:
    """(wrong letters, start, end) of every run that is near enough."""
    words = [w for w in reading.words if w.source in (Source.OCR, Source.OCR2)]
    for n, first in enumerate(words):
        read = ""
        for word in words[n : n + MOST]:
            if "\n" in reading.text[first.start : word.start]:
                break
            read += squash(word.text)
            wrong = _wrong(read, targets)
            if wrong is not None:
                yield wrong, first.start, word.end


def _pairs(reading: Reading, wanted: Iterable[str]) -> Iterator[tuple[int, int, int]]:
    """Given name and surname side by side with a letter wrong in each: "Ton Fex" for Tom Fox."""
    names = {(squash(n.given[0]), squash(n.last)) for n in map(parse, wanted) if n.full}
    words = [w for w in reading.words if w.source in (Source.OCR, Source.OCR2)] if names else []
    for a, b in pairwise(words):
        if reading.text[a.end : b.start] != " ":
            continue
        named = not a.level or (a.text[0].isupper() and b.text[0].isupper())
        for given, last in names:
            wrong = _letters(squash(a.text), given) + _letters(squash(b.text), last)
            if named and wrong <= PAIR:
                yield wrong, a.start, b.end


def _letters(read: str, name: str) -> int:
    """How many letters of a short word are wrong; far too many where more than one is."""
    most = 1 if len(name) > ALIKE else 0
    wrong = Levenshtein.distance(read, name, score_cutoff=most)
    return wrong if wrong <= most else MOST


def reporters_misread(
    reading: Reading, mentions: Sequence[Mention], people: Mapping[str, Person]
) -> Iterator[Mention]:
    """Mentions of kind name wherever OCR read a likely reporter's name almost."""
    taken = Taken((m.start, m.end) for m in mentions)
    for person in likely_reporters(people):
        for start, end in misread(reading, person.names):
            if taken.free(start, end):
                yield Mention(
                    "name", start, end, 0.6, "misread", "as OCR read it", person=person.id
                )


def _targets(name: str) -> Iterator[str]:
    """The name run together, and its words that are long enough, if no ordinary ones."""
    parsed = parse(name)
    words = [squash(w) for w in (*parsed.given, *parsed.last.split())]
    if not parsed.full or not all(map(str.isalpha, words)):
        return
    yield from (w for w in words if len(w) >= SHORTEST and not is_ordinary(w))
    if len("".join(words)) >= SHORTEST:
        yield "".join(words)


def _wrong(read: str, targets: Iterable[str]) -> int | None:
    """How many letters are wrong in the nearest target; None where none is near."""
    if len(read) < SHORTEST - 1 or is_ordinary(read):
        return None
    near = (
        (Levenshtein.distance(read, t, score_cutoff=len(t) // WRONG), len(t) // WRONG)
        for t in targets
    )
    return min((wrong for wrong, most in near if wrong <= most), default=None)
