"""The letterhead of a paper that the reporter wrote tells where the reporter works.

Whoever signs a paper or stands in its line "From" wrote it. RSMo 210.109.3(3) keeps all
"personally identifiable information" of a reporter confidential.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from redactor.people.link import NAMES
from redactor.people.offices import OF_A_TITLE, is_agency
from redactor.people.writers import signs
from redactor.types import Mention, Person

WRITES = 0.5  # confidence of the reporter from which a paper is theirs
BLOCKS, LONGEST = 3, 400  # blocks and characters of the head of a paper
SHORTEST = 5  # letters of an office's name
OWN = {
    "address",
    "place_detail",
    "phone",
    "office_phone",
    "fax",
    "email",
    "url",
    "employer",
    "school",
}
PLACE = re.compile(
    r"\b(?:schools?|elementary|academy|college|university|preschool|day\s?care|head\s+start|kindergarten|learning|clinic|hospital|"
    r"health(?:care)?|medical|medicine|pediatrics?|dental|dentistry|eye|pharmacy|drugs?|\w+med|therapy|counseling|behavioral|hospice|"
    r"church|parish|ministr(?:y|ies)|temple|mosque|synagogue|cent(?:er|re)|associates|practice|partners|inc|llc|company|"
    r"department|dept|division|bureau|office|circuit|police|sheriff|fire|ems|library|ymca|ywca|wic|shelter|apartments|housing|"
    r"camp|club|transportation|district|physicians)\b",
    re.IGNORECASE,
)  # fmt: skip
NO_OFFICE = re.compile(
    r"\b(?:child|children|famil(?:y|ies)|human|social|protective)(?:'s|s|\u2019s)?\s+(?:and|&|services|protect\w+|welfare|division)\b|"
    r"^(?:in\s+the|state\s+of|county\s+of|commonwealth|to|dear|attn|cc|re|fax|date|page|from)\b|"
    r"\b(?:report|form|notice|statement|affidavit|petition|summary|notes?|records?|sheet|letter|referral|log|chart)$",
    re.IGNORECASE,
)
ENDS = re.compile(r"[\t,;(]|\s[\u2013\u2014\u2022\u00b7|/-]\s|\s(?=\d{2,}\s)")


# "24th Judicial Circuit \u00b7 Family Division": parts of an office behind its name.
FURTHER = r"\s[\u2013\u2014\u2022\u00b7|/-]\s(?:[A-Z][\w'\u2019.]*(?:\s(?:of|and|the|for|&)(?=\s))*[ ]?)+(?<! )(?=$|[\s,;(])"


@dataclass(frozen=True)
class Paper:
    """An office's name at the head of a page, the head's end, and where the next paper begins."""

    office: tuple[int, int]
    head: int
    until: int


def with_letterheads(
    text: str, mentions: Sequence[Mention], people: Mapping[str, Person]
) -> list[Mention]:
    """The mentions with those letterheads that are a reporter's; contacts in them are too."""
    signed = [m for m in mentions if m.kind in NAMES and _reports(people, m) and signs(text, m)]
    found = list(mentions)
    for paper in _papers(text):
        first = bisect_left(signed, paper.office[0], key=attrgetter("start"))
        if first < len(signed) and signed[first].start < paper.until:
            found = [*_headed(found, paper, signed[first].person)]
    return sorted(found, key=attrgetter("start"))


def _headed(mentions: Sequence[Mention], paper: Paper, writer: str) -> Iterator[Mention]:
    start, end = paper.office
    for m in mentions:
        here = start <= m.start < paper.head and m.kind in OWN and not m.person
        yield replace(m, person=writer) if here else m
    if not any(m.start < end and start < m.end for m in mentions):
        yield Mention(
            "employer", start, end, 0.6, "letterhead", "head of a reporter's paper", person=writer
        )


def _reports(people: Mapping[str, Person], mention: Mention) -> bool:
    person = people.get(mention.person)
    return person is not None and person.roles.get("reporter", 0.0) >= WRITES


def _papers(text: str) -> list[Paper]:
    heads = [
        h for page in re.finditer(r"[^\f]+", text) if (h := _head(text, page.start(), page.end()))
    ]
    ends = [*(office[0] for office, _ in heads), len(text)][1:] if heads else []
    return [Paper(office, head, until) for (office, head), until in zip(heads, ends, strict=True)]


def _head(text: str, start: int, end: int) -> tuple[tuple[int, int], int] | None:
    """The office that the first blocks of a page name, and where its own block ends."""
    stop = start
    for _ in range(BLOCKS):
        blank = text.find("\n\n", stop + 2, min(end, start + LONGEST))
        stop = blank if blank >= 0 else stop
    for line in re.finditer(r"[^\n]+", text[start:stop]):
        name = ENDS.split(line.group())[0].rstrip(" .:")
        if _is_office(name, line.group()):
            whole = re.match(rf"{re.escape(name)}(?:{FURTHER})*", line.group())
            name = whole.group() if whole else name
            first = start + line.start()
            blank = text.find("\n\n", first)
            return (first, first + len(name)), blank if blank >= 0 else end
    return None


def _is_office(name: str, line: str) -> bool:
    return (
        len(name) >= SHORTEST
        and bool(PLACE.search(name))
        and not NO_OFFICE.search(name)
        and not is_agency(line)
        and all(map(OF_A_TITLE.fullmatch, name.split()))
    )
