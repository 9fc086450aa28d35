"""What an address on line says of its owner: an agency's own domain, or a private mailbox."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from redactor.text import squash
from redactor.types import Mention, Person

AGENCY = re.compile(
    r"\b(?:dss|dhs|dhhs|dhr|dcf|dcfs|dfcs|dfs|dcs|dcyf|dfps|cyfd|ocfs|ocs|cys|cps|mdcps|\w*childprotect\w*|\w*children\w*services)\b",
    re.IGNORECASE,
)
PRIVATE = re.compile(
    r"\b(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|aol|proton(?:mail)?|gmx|fastmail|comcast|att|verizon|charter|"
    r"sbcglobal|bellsouth|centurylink|\w+mail)\b\.",
    re.IGNORECASE,
)
SHORTEST = 3  # letters of a name that an address spells


def at_agencies(text: str, mentions: Sequence[Mention], people: Mapping[str, Person]) -> set[str]:
    """Ids of people one of whose names stands in an address of a child-welfare agency."""
    return _owners(text, mentions, people, AGENCY)


def at_home(text: str, mentions: Sequence[Mention], people: Mapping[str, Person]) -> set[str]:
    """Ids of people one of whose names stands in an address at a private mailbox."""
    return _owners(text, mentions, people, PRIVATE)


def _owners(
    text: str, mentions: Sequence[Mention], people: Mapping[str, Person], domain: re.Pattern[str]
) -> set[str]:
    written = (text[m.start : m.end].partition("@") for m in mentions if m.kind == "email")
    locals_ = [squash(local) for local, _, rest in written if domain.search(rest)]
    return {p.id for p in people.values() if any(_spelt(p, local) for local in locals_)}


def _spelt(person: Person, local: str) -> bool:
    """Whether an address spells the surname or the given name in full."""
    words = {squash(w) for name in person.names for w in re.split(r"[\s,.]+", name)}
    return any(len(w) >= SHORTEST and w in local for w in words)
