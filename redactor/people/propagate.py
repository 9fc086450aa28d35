"""Finds the names of known people again wherever the recognizers did not see them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from redactor.people.link import Cluster
from redactor.people.names import TITLES, same_word
from redactor.people.parted import halves
from redactor.stretches import Taken
from redactor.text import fold, orders, squash, squash_map
from redactor.types import Mention, Reading
from redactor.writing import is_ordinary, wordset

GIVEN = re.compile(r"(?<![\w.])(?P<first>[A-Z][a-z\u2019']+|[A-Z](?=\.))\.?(?: [A-Z]\.)? $")
FURTHEST = 40  # characters that a given name before a surname takes
LEAST = 3  # letters of a word that is looked for alone
SHORT = 4  # letters; a name this short counts only with a capital
# Names that are also places or months: like ordinary words, alone they count only capitalised,
# and not where a sentence begins.
PLACES = wordset(
    """
    april august madison jordan dallas austin houston lincoln jackson jefferson washington
    franklin nelson carter mason baker cook fisher hunter miller smith taylor ford brooks
    rivers christian angel destiny genesis
    """
)
NOT_AFTER = re.compile(
    r"^[ ](?:Elementary|School|County|Street|St\b|Ave|Road|Rd|Drive|Dr\b|Bridge|Program|Hospital|Park|Middle|High|period|City)"
)


def again(
    reading: Reading, clusters: Sequence[Cluster], taken: Sequence[Mention], ids: Mapping[int, str]
) -> Iterator[Mention]:
    """Mentions of linked people outside every mention that is there already."""
    forms: dict[str, str] = {}
    for n, cluster in enumerate(clusters):
        for name in cluster.names:
            for word in (*name.given, *name.last.split(), name.last.replace(" ", "-")):
                if len(word) >= LEAST and word.isascii() | word.isalpha():
                    forms.setdefault(word, ids[n])
    if not forms:
        return
    longest = sorted(forms, key=len, reverse=True)
    pattern = re.compile(
        r"(?<!\w)(" + "|".join(map(re.escape, longest)) + r")(?!\w)", re.IGNORECASE
    )
    held = Taken((m.start, m.end) for m in taken)
    for start, end, person in halves(reading.text, forms):
        if held.free(start, end):
            yield Mention(
                "name", start, end, 0.6, "propagation", "half a known name", person=person
            )
    people = {ids[n]: cluster for n, cluster in enumerate(clusters)}
    for match in pattern.finditer(fold(reading.text)):
        word = match.group()
        if held.free(*match.span()) and _named(reading.text, match, word):
            start = _given_before(reading.text, match, people[forms[word]])
            start = start if held.free(start, match.end()) else match.start()
            yield Mention(
                "name", start, match.end(), 0.6, "propagation", "a known name", person=forms[word]
            )


def _given_before(text: str, match: re.Match[str], person: Cluster) -> int:
    """Where a name begins of which the surname was found: at a given name that can be theirs."""
    given = GIVEN.search(text[max(match.start() - FURTHEST, 0) : match.start()])
    if not given or not person.has_last(match.group()):
        return match.start()
    first = fold(given["first"])
    known = [n.given[0] for n in person.names if n.last and n.given]
    fits = not known or any(
        same_word(first, k) or (first[0] == k[0] and 1 in (len(first), len(k))) for k in known
    )
    plain = is_ordinary(first) or first in TITLES
    return match.start() - len(given.group()) if fits and not plain else match.start()


def _named(text: str, match: re.Match[str], word: str) -> bool:
    """Whether the word is used as a name here."""
    found = text[match.start() : match.end()]
    if NOT_AFTER.match(text[match.end() :][:16]):
        return False
    if not is_ordinary(word) and word not in PLACES:
        return not found.islower() or len(found) > SHORT
    shouted = found.isupper() and text[max(match.start() - 30, 0) : match.end() + 30].isupper()
    if shouted or not found[0].isupper():
        return False
    before = text[: match.start()].rstrip(' \u201c"')
    return bool(before) and before[-1] not in ".!?\n\t\f:;"


def terms(
    reading: Reading, wanted: Sequence[str], recognizer: str, kind: str = "name"
) -> Iterator[Mention]:
    """Every place of the given terms, found on squashed characters, so also wrapped and spaced."""
    squashed, origin = squash_map(reading.text)
    for target in (squash(order) for term in wanted for order in orders(term)):
        start = squashed.find(target) if target else -1
        while start >= 0:
            first, last = origin[start], origin[start + len(target) - 1]
            if _whole(reading.text, first, last) or len(target) >= 8:
                yield Mention(kind, first, last + 1, 1.0, recognizer, "named in the request")
            start = squashed.find(target, start + 1)


def _whole(text: str, first: int, last: int) -> bool:
    before, after = text[first - 1 : first], text[last + 1 : last + 2]
    return not before.isalnum() and not after.isalnum()
