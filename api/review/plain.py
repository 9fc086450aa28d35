"""Plain words for what the program knows by its own names."""

from __future__ import annotations

from collections.abc import Sequence

from redactor.policy import Policy
from redactor.review import Asked, Judged
from redactor.types import Person

ROLES = {
    "agency": "the agency itself",
    "professional": "a professional of unclear office",
    "requester": "the requester",
    "requester_child": "the requester's child",
    "at_risk": "named as at risk",
    "address_protected": "address protected",
    "reporter": "the reporter",
    "child_victim": "the child",
    "sibling": "a sibling",
    "other_child": "another child",
    "alleged_perpetrator": "the alleged perpetrator",
    "parent": "a parent",
    "household_member": "a household member",
    "relative": "a relative",
    "collateral": "a witness or source",
    "foster_parent": "a foster parent",
    "adoptive_parent": "an adoptive parent",
    "relinquishing_parent": "a relinquishing parent",
    "medical_provider": "medical staff",
    "school_staff": "school staff",
    "caseworker": "a caseworker",
    "guardian_ad_litem": "the guardian ad litem",
    "attorney": "an attorney",
    "judge": "a judge",
    "juvenile_officer": "a juvenile officer",
    "law_enforcement": "police",
    "prosecutor": "a prosecutor",
    "employee_subject": "the employee screened",
    "deceased": "deceased",
    "unknown": "not known",
}
KINDS = {
    "dob": "birth date",
    "ssn": "Social Security number",
    "indirect_text": "words that point at the reporter",
    "reporter_meta": "facts about the report",
    "photo_face": "face in a photograph",
    "officer": "box drawn by an officer",
    "page": "page that was not read well enough",
    "ink": "ink that no reader explains",
    "url": "web address",
    "hiv_sti": "HIV or STI record",
    "sud_treatment": "substance-use treatment",
}
LIKELY = 0.5  # confidence of a role that is told in a question
SHARED = 0.25  # confidence from which a role is told to the officer
NOBODY = "Nobody in particular"


def files_of(counts: Sequence[int]) -> list[str]:
    """Where each page of a packet stands in its file; nothing for a single file.

    Args:
        counts: How many pages each file has.
    """
    if len(counts) < 2:
        return []
    files = len(counts)
    return [
        f"file {f} of {files}, its page {n}"
        for f, pages in enumerate(counts, 1)
        for n in range(1, pages + 1)
    ]


def role(identifier: str) -> str:
    """A role in plain words."""
    return ROLES.get(identifier, identifier.replace("_", " "))


def kind(identifier: str) -> str:
    """A kind of mention in plain words."""
    return KINDS.get(identifier, identifier.replace("_", " "))


def name(person: Person | None) -> str:
    """The fullest form of a person's name, or what stands for it."""
    if person is None:
        return NOBODY
    if not person.names:
        return "The agency" if person.id == "agency" else "A reporter without a name"
    return max(person.names, key=len)


def roles(person: Person) -> list[str]:
    """The roles worth telling, the surest first."""
    told = sorted((r for r in person.roles.items() if r[1] >= SHARED), key=lambda r: -r[1])
    return [r for r, _ in told if r != "unknown"]


def question(policy: Policy, judged: Judged, asked: Asked) -> dict[str, str]:
    """What is asked, in a title and a sentence or two."""
    if asked.id.startswith("page:"):
        return {
            "title": f"Page {asked.page + 1} could not be read well enough",
            "text": "Look at the page. Hide all of it, or say that you have read it and it may be "
            "shown; words you then want hidden you mark yourself.",
        }
    if asked.id.startswith("region:"):
        return {
            "title": f"Page {asked.page + 1}: {kind(asked.kind)} that no reader explains",
            "text": "A signature, handwriting, stamp or photograph can name somebody. Hide it, or "
            "clear it if it tells nothing.",
        }
    return _of_a_person(policy, judged, asked)


def _of_a_person(policy: Policy, judged: Judged, asked: Asked) -> dict[str, str]:
    person = judged.findings.person(asked.person)
    kinds = sorted({kind(judged.findings.mentions[n].kind) for n in asked.mentions})
    count = len(asked.mentions)
    places = f"{count} place{'s' if count > 1 else ''} ({', '.join(kinds)})"
    notes = [r.note for r in policy.rules(policy.category(judged.subject.ruling.category))
             if r.id in asked.rules and r.note]  # fmt: skip
    note = f" {notes[0][0].upper()}{notes[0][1:]}." if notes else ""
    if person is None:
        return {
            "title": f"{NOBODY}: {', '.join(kinds)}",
            "text": f"May this requester see it? It stands in {places}.{note}",
        }
    seems = _seems(person)
    return {
        "title": f"{name(person)}",
        "text": f"{name(person)}{seems} May this requester see {places}?{note}",
    }


def _seems(person: Person) -> str:
    """The one or two roles that matter for a question: the reporter's, and the surest other."""
    sure = [r for r in roles(person) if person.roles[r] >= LIKELY]
    told = [role(r) for r in ("reporter",) if r in roles(person)]
    told += [role(r) for r in sure if r not in ("reporter", "professional", "requester")][:1]
    if not told:
        return ":"
    return f" seems to be {'both ' if len(told) > 1 else ''}{' and '.join(told)}."
