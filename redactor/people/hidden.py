"""Who must not be missed: the likely reporter, and whom the request names to be hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from redactor.people.names import parse
from redactor.types import Mention, Person

LIKELY = 0.5  # confidence from which somebody counts as the reporter here


def likely_reporters(people: Mapping[str, Person]) -> list[Person]:
    """The people who likely are the reporter."""
    return [p for p in people.values() if p.roles.get("reporter", 0.0) >= LIKELY]


def hidden_people(text: str, mentions: Sequence[Mention], people: Mapping[str, Person]) -> set[str]:
    """Ids of the likely reporters, and of those whom the request names to be hidden."""
    wanted = (m for m in mentions if m.recognizer == "must_hide" and m.person in people)
    named = {m.person for m in wanted if parse(text[m.start : m.end]).full}
    return named | {p.id for p in likely_reporters(people)}
