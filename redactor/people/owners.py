"""Whose contact, number or employer a mention is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from redactor.people.agency import REACH, SEAT, of_agency, with_further
from redactor.people.desks import PRIVATE, in_their_office
from redactor.people.link import NAMES
from redactor.stretches import begun
from redactor.types import Mention, Person

AGENCY = "agency"
UNNAMED = "reporter"
NEED_OWNER = frozenset(
    {
        "address", "place_detail", "phone", "office_phone", "fax", "email", "url", "handle", "employer", "school",
        "occupation", "ssn", "dob", "drivers_licence", "state_id", "account_number", "benefit_id", "vehicle_id",
        "medical_record_number", "other_number", "medical", "sud_treatment", "hiv_sti", "mental_health_notes",
    }
)  # fmt: skip
HEALTH = {"medical", "sud_treatment", "hiv_sti", "mental_health_notes"}
IN_OFFICE = ("caseworker", "attorney", "judge", "law_enforcement", "professional")
SURE = 0.6  # confidence of a role that tells whose health is told
CONTACT = {"address", "phone", "fax", "email", "url", "office_phone"}
TELLS_WHERE = CONTACT | {"employer", "school", "occupation"}  # where somebody is to be met
# Somebody beside the child of whom a sentence may tell the health.
OTHER_PATIENT = re.compile(
    r"\b(?:mom|mother|dad|father|parents?|grand\w+|gram|aunt|uncle|cousin|sister|brother|sibling|step\w+|boyfriend|girlfriend|"
    r"husband|wife|partner|neighbou?r|callers?|RP|rptr|reporters?|teacher|foster|landlord|AP|ALP|perpetrator|worker)\b",
    re.IGNORECASE,
)
OFFICE = re.compile(r"\b(?:office|desk|work|ofc|direct|o)\b[\s:.#]*$", re.IGNORECASE)
LONGEST = 200  # characters, no name and no way from it to its contact is longer
OWN = 60  # characters between the requester's name and a contact that is surely theirs
OTHERS = re.compile(
    r"[.;!?]\s+[A-Z]|\b(?:she|he|they|her|his|their|mom|mother|dad|father|wife|husband|grandmother|aunt|sister|brother|"
    r"victim|child|moved|fled|staying|hiding)\b",
    re.IGNORECASE,
)


def give_owners(
    text: str, mentions: Sequence[Mention], people: Mapping[str, Person]
) -> list[Mention]:
    """The mentions, those that need one with the person they belong to."""
    names = [m for m in mentions if m.kind in NAMES and m.person]
    patients = [m for m in names if not _in_office(people[m.person])]
    owned = [
        _owned(text, m, patients if m.kind in HEALTH else names, people)
        if m.kind in NEED_OWNER and not m.person
        else m
        for m in mentions
    ]
    return with_further(text, [_beside(text, m, owned) for m in owned], AGENCY)


def _beside(text: str, mention: Mention, mentions: Sequence[Mention]) -> Mention:
    """A contact that no name is near, with the owner of another one on its line."""
    if mention.kind not in CONTACT or mention.person:
        return mention
    start, stop = text.rfind("\n", 0, mention.start) + 1, text.find("\n", mention.end)
    line = begun(mentions, start, stop if stop >= 0 else len(text))
    owners = {m.person for m in line if m.kind in CONTACT and m.person} - {AGENCY}
    return replace(mention, person=owners.pop()) if len(owners) == 1 else mention


def _in_office(person: Person) -> bool:
    """Whether somebody is spoken of in an office: health told beside the name is a patient's."""
    return any(person.roles.get(r, 0.0) >= SURE for r in IN_OFFICE)


def _sentence(text: str, mention: Mention) -> str:
    """The words around a mention up to the next stops."""
    start = max(text.rfind(stop, 0, mention.start) for stop in (". ", "\n\n", "\f", "; ")) + 1
    ends = [text.find(stop, mention.end) for stop in (". ", "\n\n", "\f", "; ")]
    return text[start : min([e for e in ends if e >= 0], default=len(text))]


def _subject(people: Mapping[str, Person]) -> str:
    """The child the file is about, where there is just one."""
    found = [p.id for p in people.values() if p.roles.get("child_victim", 0.0) >= SURE]
    return found[0] if len(found) == 1 else ""


def _owned(
    text: str, mention: Mention, names: Sequence[Mention], people: Mapping[str, Person]
) -> Mention:
    if mention.kind in CONTACT and of_agency(text, mention, names):
        return replace(mention, person=AGENCY)
    if mention.roles.get("reporter", 0.0) >= 0.5:
        return replace(mention, person=_reporter(people) or UNNAMED)
    owner = _near(text, mention, names)
    if owner and mention.kind in TELLS_WHERE and "requester" in people[owner].roles:
        owner = owner if _surely(text, mention, names) else ""
    if not owner and mention.kind in HEALTH and not OTHER_PATIENT.search(_sentence(text, mention)):
        owner = _subject(people)
    if owner and mention.kind in SEAT and in_their_office(text, mention, names, people[owner]):
        return replace(mention, person=AGENCY)
    if owner and mention.kind == "phone" and "caseworker" in people[owner].roles:
        before = text[max(mention.start - 20, 0) : mention.start]
        if OFFICE.search(before) and not PRIVATE.search(before):
            return replace(mention, person=owner, kind="office_phone")
    return replace(mention, person=owner)


def _surely(text: str, mention: Mention, names: Sequence[Mention]) -> bool:
    """Whether a contact stands right behind the requester's name, so that it may stay as theirs.

    Somebody else's address under the requester's name would tell them where to go.
    """
    before = begun(names, mention.start - LONGEST, mention.start)
    between = text[before[-1].end : mention.start] if before else ""
    return bool(before) and len(between) <= OWN and not OTHERS.search(between)


def _reporter(people: Mapping[str, Person]) -> str:
    """The person most surely the reporter, if any is at all."""
    best = max(people.values(), key=lambda p: p.roles.get("reporter", 0.0), default=None)
    return best.id if best and best.roles.get("reporter", 0.0) >= 0.25 else ""


def _near(text: str, mention: Mention, names: Sequence[Mention]) -> str:
    """The nearest name before the mention in its block, else the next one in it."""
    start = max(text.rfind("\n\n", 0, mention.start), text.rfind("\f", 0, mention.start)) + 1
    before = begun(names, max(start, mention.start - REACH), mention.start)
    if before:
        return before[-1].person
    stop = text.find("\n\n", mention.end)
    stop = min(stop if stop >= 0 else len(text), mention.end + REACH)
    after = begun(names, mention.end, stop)
    return after[0].person if after else ""
