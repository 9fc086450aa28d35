"""Why an officer changes something: a reason from a closed list, and a note that names nobody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from redactor.errors import BadEdit
from redactor.text import squash
from redactor.types import Findings, Reading

REASONS = {
    "wrong_role": "The role in the case was told wrongly",
    "wrong_find": "These words point at nobody",
    "missed": "The program missed this",
    "wrong_extent": "The box is too wide or too narrow",
    "same_person": "Two entries mean one person",
    "two_people": "One entry means two people",
    "law_opens": "The law lets this requester see it",
    "law_closes": "The law keeps it from this requester",
    "safety": "Somebody would be in danger",
    "court_order": "A court has ordered it",
    "consent": "The person has agreed in writing",
    "looked": "I have looked, and it is right",
    "correction": "I correct an earlier change of my own",
}
Reason = Literal[
    "wrong_role", "wrong_find", "missed", "wrong_extent", "same_person", "two_people", "law_opens",
    "law_closes", "safety", "court_order", "consent", "looked", "correction",
]  # fmt: skip
TELLING = 4  # squashed characters from which a word of a note can name somebody
NAMING = {"name", "alias", "initials", "ssn", "phone", "email", "address", "handle", "employer"}
HIDDEN = "[name]"


def check_note(note: str, reading: Reading, findings: Findings) -> None:
    """Pass only a note that repeats no name, number or address of the case file.

    Raises:
        BadEdit: it does; the note would stand in the internal log.
    """
    if any(True for _ in _named(note, reading, findings)):
        raise BadEdit(
            "The note repeats words of the case file. Say it without naming anybody.", field="note"
        )


def clean_note(note: str, reading: Reading, findings: Findings) -> str:
    """The note for the log, with every word that names somebody taken out."""
    named = set(_named(note, reading, findings))
    return " ".join(HIDDEN if word in named else word for word in note.split())


def _named(note: str, reading: Reading, findings: Findings) -> Iterable[str]:
    """The words of a note that stand in a name, number or address of the file."""
    if not note.strip():
        return
    texts = {
        squash(word)
        for m in findings.mentions
        if m.kind in NAMING
        for word in reading.text[m.start : m.end].split()
    }
    for word in note.split():
        bare = squash(word)
        plain = bare.removesuffix("s")
        if len(bare) >= TELLING and (bare in texts or plain in texts) and not word.islower():
            yield word
