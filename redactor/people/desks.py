"""Which contacts are of an official's desk, and so an office's: what follows a name and a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from redactor.people.agency import REACH, TELLS_A_CONTACT
from redactor.people.offices import OF_A_TITLE, WELFARE
from redactor.stretches import begun
from redactor.types import Mention, Person

PRIVATE = re.compile(r"\b(?:cell|home|mobile|personal|c|h)\b[\s:.#]*$", re.IGNORECASE)
OTHER_NUMBER = re.compile(  # "c 816-555-0143" before a fax
    r"\b(?:[a-z]\b[\s:.]*)?\(?\d{3}\)?[\s.-]{0,2}\d{3}[\s.-]\d{4}\b|\bf[\s:.]*$", re.IGNORECASE
)
SWORN = ("caseworker", "judge", "law_enforcement")  # an attorney's office is their own
SEATED, CREDIBLE = 0.85, 0.2  # who is surely an official; who may be the reporter
TITLE = re.compile(
    rf"\b(?:supervisor|caseworker|worker|director|specialist|investigator|manager|clerk|"
    rf"officer|judge|commissioner|SS[CSWA]|CS[WS]|CPSW|CPI|division|department|dept|office|{WELFARE})(?!\w)",
    re.IGNORECASE,
)


def in_their_office(text: str, mention: Mention, names: Sequence[Mention], owner: Person) -> bool:
    """Whether a contact follows an official's name and title, as in a signature or an addressee.

    A sentence about somebody's home has words in small letters between the two.
    """
    before = begun(names, mention.start - REACH, mention.start)
    between = text[before[-1].end : mention.start] if before else ""
    plain = TELLS_A_CONTACT.sub(" ", OTHER_NUMBER.sub(" ", between))
    told = re.sub(r"[^\w'\u2019.&\s-]", " ", plain).split()
    return (
        bool(before)
        and before[-1].person == owner.id
        and "\n\n" not in between
        and max(owner.roles.get(r, 0.0) for r in SWORN) >= SEATED
        and owner.roles.get("reporter", 0.0) < CREDIBLE
        and bool(TITLE.search(between) or mention.kind == "fax")
        and not PRIVATE.search(between)
        and all(map(OF_A_TITLE.fullmatch, told))
    )
