"""The initials of who must be hidden, found where entries and notes are signed with them.

"NEP" behind an entry of a ward's log tells as much as the name in full to whoever knows the ward.
RSMo 210.109.3(3) keeps all "personally identifiable information" of a reporter confidential.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from redactor.people.hidden import hidden_people
from redactor.people.names import CREDENTIALS, parse
from redactor.stretches import Taken
from redactor.types import Mention, Person
from redactor.writing import ABBREVIATIONS, is_ordinary

ANYWHERE = 3  # letters that are no abbreviation by chance
# Where an entry is signed: a cell or a line to itself, the end of one behind a stop or a dash,
# before or after the initials of a second hand.
BEFORE = r"(?:^|[\t\n/|]|[.\u2013\u2014-][ ]|\b(?:by|typed|cc|dict(?:ated)?|initials?):?[ ])[ ]?"
AFTER = r"(?=[ ]?(?:$|[\t\n/|.]))"
SAID = r"(?=[ ]?[:,]|[ ](?:is|are|on|in|was)\b)"  # behind letters that mean nothing else


def initialled(
    text: str, mentions: Sequence[Mention], people: Mapping[str, Person]
) -> Iterator[Mention]:
    """Mentions of kind initials for every place where somebody who must be hidden signs with them."""
    taken = Taken((m.start, m.end) for m in mentions)
    hidden = hidden_people(text, mentions, people)
    for person in (p for p in people.values() if p.id in hidden):
        for letters in _initials(person):
            for match in _places(text, letters):
                if taken.free(*match.span("it")):
                    start, end = match.span("it")
                    yield Mention(
                        "initials", start, end, 0.6, "initialled", "signs so", person=person.id
                    )


def _initials(person: Person) -> set[str]:
    """What a person may sign with: first and last letters, and the middle ones if they are known."""
    names = [n for n in map(parse, person.names) if n.full and len(n.given[0]) > 1]
    whole = {(*(g[0] for g in n.given), *(w[0] for w in n.last.split("-"))) for n in names}
    short = {(n.given[0][0], n.last[0]) for n in names}
    return {"".join(letters) for letters in whole | short}


def _places(text: str, letters: str) -> Iterator[re.Match[str]]:
    if len(letters) >= ANYWHERE and not _means_something(letters):
        yield from re.finditer(rf"(?<![\w.])(?P<it>{letters.upper()})(?![\w])", text)
    for written in (letters.upper(), letters):
        plain = not _means_something(letters)
        if written.isupper() or plain:
            after = rf"(?:{AFTER}|{SAID})" if plain else AFTER
            yield from re.finditer(rf"{BEFORE}(?P<it>{written}){after}", text, re.MULTILINE)


def _means_something(letters: str) -> bool:
    return letters in ABBREVIATIONS or letters in CREDENTIALS or is_ordinary(letters)
