"""Whose contact, number or employer a mention is; and which are the agency's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from redactor.people.link import NAMES
from redactor.people.offices import OF_A_TITLE, WELFARE, office_at_end
from redactor.stretches import begun
from redactor.types import Mention, Person

REACH = 160  # characters back to a name that may own a mention
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
HOUSE = re.compile(
    r"\b(?:division|department|dept|dss|dfs|hotline|unit|county\s+(?:office|courthouse)|office\s+of|field\s+office|"
    r"bureau|agency|administration|services|courthouse|juvenile\s+(?:office|court)|circuit|state\s+of)\b",
    re.IGNORECASE,
)
# A line that is nothing but the name of an office: what stands under it is the office's.
OFFICES = re.compile(
    rf"\b(?:Division|Department|Dept\.?|Bureau|Courthouse|(?:Area|Field|County|Juvenile|Circuit)\s+Office|{WELFARE})(?!\w)"
)
# An office whose name ends where its address begins: "Linn County DSS, 12 Elm Street".
BEFORE = re.compile(
    r"(?P<office>[^,;:()/|\n\t\u2022]+?)(?:,|\s[-\u2013\u2014\u2022|]|\s?\(|\s+at)?\s*$"
)
# The same as one stretch: "LeFlore Co DHS 511 N Harper".
WITHIN = re.compile(
    r"(?P<office>[^,;:()/|\n\t\d]+?)(?:,|\s[-\u2013\u2014]|\s?\()?\s*(?=\d|P\.?\s?O\.?\s)"
)
# Words before a contact by which it is somebody's who called or is spoken of; no letterhead has any.
SOMEBODYS = re.compile(
    r"\b(?:from|by|callers?|called|calls?|phoned|rang|RP|rptr|reporters?|reporting|reported|he|she|they|told|said|asked|is|was|were|has|had|her|his|their|my|home|cell|mobile|"
    r"mother|father|mom|dad|victim|neighbou?r|lives?|resides?|residence|staying|works?|worked|employe[dr]|employment)\b",
    re.IGNORECASE,
)
# Somebody beside the child of whom a sentence may tell the health.
OTHER_PATIENT = re.compile(
    r"\b(?:mom|mother|dad|father|parents?|grand\w+|gram|aunt|uncle|cousin|sister|brother|sibling|step\w+|boyfriend|girlfriend|"
    r"husband|wife|partner|neighbou?r|callers?|RP|rptr|reporters?|teacher|foster|landlord|AP|ALP|perpetrator|worker)\b",
    re.IGNORECASE,
)
PUBLIC = re.compile(
    r"\b(?:hotline|toll[ -]?free|main\s+(?:line|number|office)|crisis\s+line|poison(?:\s+control)?|TTY|helpline|switchboard)"
    r"(?:\s+(?:number|line|no\.?|phone|tel\.?|at|is))?[\s:.,#()|-]{0,4}$",
    re.IGNORECASE,
)
TOLL_FREE = re.compile(r"^\W*(?:1\W*)?8(?:00|33|44|55|66|77|88)\W")
OFFICE = re.compile(r"\b(?:office|desk|work|ofc|direct|o)\b[\s:.#]*$", re.IGNORECASE)
PRIVATE = re.compile(r"\b(?:cell|home|mobile|personal|c|h)\b[\s:.#]*$", re.IGNORECASE)
LONGEST = 200  # characters, no name and no way from it to its contact is longer
OWN = 60  # characters between the requester's name and a contact that is surely theirs
OTHERS = re.compile(
    r"[.;!?]\s+[A-Z]|\b(?:she|he|they|her|his|their|mom|mother|dad|father|wife|husband|grandmother|aunt|sister|brother|"
    r"victim|child|moved|fled|staying|hiding)\b",
    re.IGNORECASE,
)
ADDRESSEE = 70  # characters of a line that names an office
TOP, FOOT = 4, 3  # blocks of a page in which a letterhead or a footer stands


def give_owners(
    text: str, mentions: Sequence[Mention], people: Mapping[str, Person]
) -> list[Mention]:
    """The mentions, those that need one with the person they belong to."""
    names = [m for m in mentions if m.kind in NAMES and m.person]
    patients = [m for m in names if not _in_office(people[m.person])]
    return [
        _owned(text, m, patients if m.kind in HEALTH else names, people)
        if m.kind in NEED_OWNER and not m.person
        else m
        for m in mentions
    ]


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
    if owner and mention.kind in CONTACT and "requester" in people[owner].roles:
        owner = owner if _surely(text, mention, names) else ""
    if not owner and mention.kind in HEALTH and not OTHER_PATIENT.search(_sentence(text, mention)):
        owner = _subject(people)
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


def of_agency(text: str, mention: Mention, names: Sequence[Mention]) -> bool:
    """Whether a contact is the records agency's own: letterhead, hotline, toll-free number."""
    words = text[mention.start : mention.end]
    line = max(text.rfind("\n", 0, mention.start), text.rfind("\t", 0, mention.start)) + 1
    if mention.kind in ("phone", "fax") and (
        TOLL_FREE.match(words) or PUBLIC.search(text[max(line, mention.start - 50) : mention.start])
    ):
        return True
    if mention.roles.get("reporter", 0.0) >= 0.3:
        return False
    beside = mention.kind == "address" and _beside_office(text, line, mention)
    if beside or begun(names, line, mention.start):
        return beside
    blank = text.rfind("\n\n", 0, mention.start)
    start = blank + 2 if blank >= 0 else 0
    if SOMEBODYS.search(text[max(start, mention.start - 300) : mention.start]):
        return False
    if _under_agency(text, line, names):
        return True
    stop = text.find("\n\n", mention.end)
    block = text[max(start, mention.start - 300) : stop if stop >= 0 else len(text)]
    around = block.replace(words, " ")  # "604 Division St" is no office of itself
    return (
        bool(HOUSE.search(around)) and _at_edge(text, mention) and not _named(block, names, start)
    )


def _beside_office(text: str, line: int, mention: Mention) -> bool:
    """Whether an office's name ends right before the address, or is what it begins with."""
    own = WITHIN.match(text[mention.start : mention.end])
    before = BEFORE.search(text[max(line, mention.start - REACH) : mention.start])
    return any(office_at_end(found["office"]) for found in (own, before) if found)


def _under_agency(text: str, line: int, names: Sequence[Mention]) -> bool:
    """Whether the line above, with nobody named in it, is the agency's: an address block."""
    above = max(text.rfind("\n", 0, max(line - 1, 0)), 0)
    told = text[above:line]
    return (
        text[line - 1 : line] == "\n"
        and len(told) < ADDRESSEE
        and _is_office(told)
        and not begun(names, above, line)
    )


def _is_office(line: str) -> bool:
    """Whether a line is nothing but the name of an office."""
    words = re.split(r"[\s,\u00b7\u2022|]+", line.strip(" ,:\n\t"))
    return bool(OFFICES.search(line)) and all(OF_A_TITLE.fullmatch(w) for w in words)


def _named(block: str, names: Sequence[Mention], start: int) -> bool:
    return bool(begun(names, start, start + len(block)))


def _at_edge(text: str, mention: Mention) -> bool:
    """In the first or last blocks of a page."""
    top = max(text.rfind("\f", 0, mention.start), 0)
    foot = text.find("\f", mention.end)
    foot = foot if foot >= 0 else len(text)
    return (
        text.count("\n\n", top, mention.start) < TOP or text.count("\n\n", mention.end, foot) < FOOT
    )
