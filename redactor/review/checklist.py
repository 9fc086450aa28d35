"""What must be settled before a file under review is released."""

from __future__ import annotations

from dataclasses import dataclass

from redactor.policy.gates import PROCEED
from redactor.review.journal import Journal
from redactor.review.judge import Judged


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list. ``count`` things are open; a blocking line with any stops a release."""

    code: str
    count: int
    blocking: bool

    @property
    def done(self) -> bool:
        """Nothing of this line is open."""
        return self.count == 0


def checklist(
    judged: Judged, journal: Journal, *, by: str, two_persons: bool, sender: str = ""
) -> tuple[Item, ...]:
    """Every line of the list; ``by`` is the officer who would release, ``sender`` who sent it."""
    asked = judged.asked
    people = sum(1 for a in asked if a.page < 0)
    ink = sum(1 for a in asked if a.id.startswith("region:"))
    pages = sum(1 for a in asked if a.id.startswith("page:"))
    own = by in {sender, *(e.by for e in journal.entries)}
    lines = (
        Item("request", int(judged.subject.ruling.effect != PROCEED), blocking=True),
        Item("people", people, blocking=True),
        Item("ink", ink, blocking=True),
        Item("pages", pages, blocking=True),
        Item("shield", len(judged.restored), blocking=False),
        Item("telltales", len(judged.telltales), blocking=False),
    )
    return (*lines, Item("second_person", int(own), blocking=True)) if two_persons else lines


def ready(items: tuple[Item, ...]) -> bool:
    """Whether nothing that blocks is open."""
    return all(i.done for i in items if i.blocking)
