"""What an address on line says of its owner: nobody works for an agency from a private mailbox.

An agency's domain makes nobody a worker: relatives bear the names of workers, and would stay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from redactor.people.evidence import OFFICIAL
from redactor.people.roles import CREDIBLE, SEATED
from redactor.text import squash
from redactor.types import Mention, Person

PRIVATE = re.compile(
    r"\b(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|aol|proton(?:mail)?|gmx|fastmail|comcast|att|verizon|charter|"
    r"sbcglobal|bellsouth|centurylink|\w+mail)\b\.",
    re.IGNORECASE,
)
SHORTEST = 3  # letters of a name that an address spells


def at_home(text: str, mentions: Sequence[Mention], people: Mapping[str, Person]) -> set[str]:
    """Ids of people one of whose names stands in an address at a private mailbox."""
    written = (text[m.start : m.end].partition("@") for m in mentions if m.kind == "email")
    locals_ = [squash(local) for local, _, rest in written if PRIVATE.search(rest)]
    return {p.id for p in people.values() if any(_spelt(p, local) for local in locals_)}


def of_one_mailbox(
    text: str, mentions: Sequence[Mention], people: Mapping[str, Person]
) -> dict[str, Person]:
    """The people; who shares a mailbox with somebody who may be the reporter may be it as well.

    "To: T. Doyle <tq@...>" and "Tess <tq@...> wrote" are one, whatever they are called.
    """
    users: dict[str, set[str]] = defaultdict(set)
    for m in mentions:
        if m.kind == "email" and m.person in people:
            users[squash(text[m.start : m.end])].add(m.person)
    found = dict(people)
    for ids in users.values():
        most = max(found[i].roles.get("reporter", 0.0) for i in ids)
        if most >= CREDIBLE:
            found |= {i: _suspected(found[i], most) for i in ids}
    return found


def _suspected(person: Person, confidence: float) -> Person:
    """The person under suspicion; officials are beyond it, their desks answer for many."""
    if max(person.roles.get(r, 0.0) for r in OFFICIAL) >= SEATED:
        return person
    return replace(person, roles={**person.roles, "reporter": confidence})


def _spelt(person: Person, local: str) -> bool:
    """Whether an address spells the surname or the given name in full."""
    words = {squash(w) for name in person.names for w in re.split(r"[\s,.]+", name)}
    return any(len(w) >= SHORTEST and w in local for w in words)
