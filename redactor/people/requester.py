"""What the request itself tells: who asks, who is known, what must be hidden or kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from redactor.people.names import Name, parse, same_given, same_last, same_word
from redactor.types import KnownPerson, Person, Request

SURE = 0.6
GUESSED = 0.9  # confidence from which somebody is the requester whom nobody named ...
FAINT = 0.1  # ... unless this much speaks for the reporter
RELATIONS = {
    "alleged_perpetrator": ("alleged_perpetrator",),
    "parent": ("parent",),
    "victim": ("child_victim",),
    "foster_parent_placement": ("foster_parent",),
}


def mark(people: Mapping[str, Person], request: Request) -> dict[str, Person]:
    """The people with the roles requester and requester_child, and those the request knows."""
    marked = dict(people)
    for known in request.known:
        for person in _named(marked, known):
            roles = {**person.roles, **dict.fromkeys(known.roles, 1.0)}
            marked[person.id] = replace(
                person, roles=roles, why=(*person.why, "known to the agency")
            )
    asked = _role(request)
    found = [p for n in request.requester_names for p in _matching(marked, parse(n))]
    if not found and not request.requester_names and asked:
        likely = [p for p in marked.values() if p.roles.get(asked, 0.0) >= SURE]
        certain = len(likely) == 1 and likely[0].roles[asked] >= GUESSED
        found = likely if certain and likely[0].roles.get("reporter", 0.0) < FAINT else []
    for person in found:
        marked[person.id] = _requester(person, asked)
    if found and asked == "parent":
        for person in list(marked.values()):
            if person.roles.get("child_victim", 0.0) >= SURE and person not in found:
                marked[person.id] = replace(person, roles={**person.roles, "requester_child": 1.0})
    return marked


def _role(request: Request) -> str:
    """The role that category or relation gives the requester."""
    for words in (request.category, request.relation):
        for ending, (role, *_) in RELATIONS.items():
            if words.replace(" ", "_").endswith(ending):
                return role
    if any(w in request.relation for w in ("mother", "father", "guardian")):
        return "parent"
    return ""


def _requester(person: Person, asked: str) -> Person:
    """The person as requester; a faint suspicion of being the reporter is dropped."""
    roles = {r: c for r, c in person.roles.items() if r != "reporter" or c >= SURE}
    roles["requester"] = 1.0
    if asked:
        roles[asked] = 1.0
    return replace(person, roles=roles, why=(*person.why, "named in the request"))


def _named(people: Mapping[str, Person], known: KnownPerson) -> list[Person]:
    return [p for n in (known.name, *known.aliases) for p in _matching(people, parse(n))]


def _matching(people: Mapping[str, Person], wanted: Name) -> list[Person]:
    """People one of whose full names agrees; else those who share the only word there is."""
    full = [p for p in people.values() if any(_agree(wanted, parse(n)) for n in p.names)]
    if full or not wanted.given:
        return full
    words = [*wanted.given, wanted.last]
    return [
        p
        for p in people.values()
        if all(
            parse(n).single and any(same_word(parse(n).single, w) for w in words if w)
            for n in p.names
        )
    ]


def _agree(a: Name, b: Name) -> bool:
    return (
        a.full
        and b.full
        and not (a.suffix and b.suffix and a.suffix != b.suffix)
        and same_last(a.last, b.last)
        and same_given(a.given, b.given)
    )
