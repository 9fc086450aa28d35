"""What an address on line says of its owner: nobody works for an agency from a private mailbox.

An agency's domain makes nobody a worker: relatives bear the names of workers, and would stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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


def _spelt(person: Person, local: str) -> bool:
    """Whether an address spells the surname or the given name in full."""
    words = {squash(w) for name in person.names for w in re.split(r"[\s,.]+", name)}
    return any(len(w) >= SHORTEST and w in local for w in words)
