"""What a reporter is called before the name: "Coach T", "Mamaw Jean", "Pastor Ruiz".

With the name hidden, the word still tells whose grandmother it is, or that it was the coach. RSMo
210.109.3(3) keeps all "personally identifiable information" of a reporter confidential.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from redactor.people.hidden import hidden_people
from redactor.people.link import NAMES
from redactor.stretches import Taken
from redactor.types import Mention, Person

CALLED = re.compile(
    r"(?<![\w-])(?:coach|pastor|father|fr|sister|brother|rev(?:erend)?|deacon|elder|rabbi|imam|nurse|doctor|dr|officer|deputy|"
    r"sgt|trooper|principal|grandm(?:a|other)|grandpa|granny|gram|grammy|gran|nana|nanny|mamaw|meemaw|memaw|maw[- ]?maw|mimi|"
    r"papaw|pawpaw|paw[- ]?paw|pappy|oma|opa|lola|lolo|abuel[ao]|abuelit[ao]|t[ií][ao]|aunt(?:ie|y)?|uncle|cousin|mama|big[ ]mama)[ ]$"
    r"|(?<![\w-])(?:fr|rev|dr|sgt|sr|br)\.[ ]$",
    re.IGNORECASE,
)
LONGEST = 12  # characters before a name in which such a word stands


def called(
    text: str, mentions: Sequence[Mention], people: Mapping[str, Person]
) -> Iterator[Mention]:
    """Mentions of kind indirect_text for what stands before the name of who must be hidden."""
    taken = Taken((m.start, m.end) for m in mentions)
    hidden = hidden_people(text, mentions, people)
    for m in (m for m in mentions if m.kind in NAMES and m.person in hidden):
        found = CALLED.search(text, max(m.start - LONGEST, 0), m.start)
        if found and taken.free(found.start(), found.end() - 1):
            yield Mention(
                "indirect_text", found.start(), found.end() - 1, 0.8, "called", "before the name", person=m.person
            )  # fmt: skip
