"""What the reporter is, found again: a job or a tie told once in a file tells everywhere.

"Reported by the school nurse" makes every other "the nurse" of the file point at the reporter.
RSMo 210.109.3(3) keeps any "personally identifiable information" of a reporter confidential.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from redactor.people.link import NAMES
from redactor.stretches import Taken, begun
from redactor.types import Mention, Person
from redactor.writing import wordset

HEADS = wordset(
    """
    nurse teacher counselor therapist principal secretary coach aide paraprofessional para doctor pediatrician dentist
    hygienist pharmacist physician paramedic interpreter translator librarian pastor minister priest chaplain landlord
    landlady neighbor neighbour babysitter sitter nanny clerk manager cashier housekeeper custodian janitor driver
    hairdresser stylist barber bartender waitress waiter cook tutor instructor director owner supervisor boss coworker
    co-worker roommate classmate friend grandmother grandfather grandma grandpa grandparent grandson granddaughter aunt
    uncle cousin niece nephew stepmother stepfather stepmom stepdad stepsister stepbrother sister-in-law brother-in-law
    mother-in-law father-in-law ex-husband ex-wife ex-boyfriend ex-girlfriend ex-roommate godmother godfather tenant
    lifeguard mechanic plumber electrician contractor deputy firefighter volunteer deacon bishop hospice midwife doula
    caregiver mentor advocate guard officer technician phlebotomist receptionist optometrist psychologist
    """
)
WHOSE = (
    r"(?:the|a|an|that|this|his|her|their|our|my|your|some|one|[\w.-]+['\u2019]s|[\w-]+s['\u2019])"
)
SURE = 0.5
LIKELY = 0.3  # confidence from which somebody counts as the reporter here
BESIDE = 45  # characters beside the reporter's name in which a job stands
CLOSE = 9  # characters up to a name that is the one meant
WORD = re.compile(r"[a-z][a-z-]+")
POINTS = "indirect_text"


def told_again(
    text: str, mentions: Sequence[Mention], people: Mapping[str, Person]
) -> Iterator[Mention]:
    """Mentions of kind indirect_text for every further "the nurse" once the nurse is the reporter."""
    heads = set(_heads(text, mentions, people))
    if not heads:
        return
    words = "|".join(sorted(map(re.escape, heads), key=len, reverse=True))
    again = re.compile(rf"\b(?:{WHOSE}\s+)(?:[\w'\u2019-]+\s+){{0,2}}?(?:{words})\b", re.IGNORECASE)
    taken = Taken((m.start, m.end) for m in mentions)
    names = [m for m in mentions if m.kind in NAMES]
    for match in again.finditer(text):
        start, end = match.span()
        if not taken.free(start, end) or "\n\n" in match.group():
            continue
        if not _somebody_else(text, end, names, people):
            yield Mention(POINTS, start, end, 0.6, "told_again", "a job or tie of the reporter")


def _heads(text: str, mentions: Sequence[Mention], people: Mapping[str, Person]) -> Iterator[str]:
    """Jobs and ties among the words that point at the reporter, and beside the reporter's name."""
    for m in mentions:
        if m.kind == POINTS and m.score >= SURE:
            yield from _in(text[m.start : m.end])
        elif m.kind in NAMES and _reports(people.get(m.person)):
            yield from _in(_before(text, m.start))
            yield from _in(_after(text, m.end))


def _reports(person: Person | None) -> bool:
    return person is not None and person.roles.get("reporter", 0.0) >= LIKELY


def _before(text: str, start: int) -> str:
    """The words right before a name that may be its title: "school nurse Jerusha"."""
    near = re.split(r"[.;:,\n\t(]", text[max(start - BESIDE, 0) : start])[-1]
    return " ".join(near.split()[-2:])


def _after(text: str, end: int) -> str:
    """What stands in apposition behind a name: ", second-grade teacher at Lincoln"."""
    told = re.match(r"\s?[,(\u2013\u2014-]\s?([^.;\n\t)]{3,45})", text[end : end + BESIDE])
    return told.group(1) if told else ""


def _in(words: str) -> Iterator[str]:
    yield from (w for w in WORD.findall(words.casefold()) if w in HEADS)


def _somebody_else(
    text: str, end: int, names: Sequence[Mention], people: Mapping[str, Person]
) -> bool:
    """Whether a name that is not the reporter's follows: "the nurse, Ms. Hill"."""
    for m in begun(names, end, end + CLOSE):
        if not text[end : m.start].strip(" ,(MrsDw."):
            return not _reports(people.get(m.person))
    return False
