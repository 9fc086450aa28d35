"""Everything an officer did to a case file, in order; nothing is ever taken out of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from redactor.errors import BadEdit, Outdated
from redactor.review.edits import Edit, Redo, Step, Undo, as_plain, as_step

FORM = "redactor-journal/1"


@dataclass(frozen=True, slots=True)
class Entry:
    """One step: who took it and when (ISO 8601, UTC)."""

    step: Step
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """Entries in the order they were made. The revision counts them, so it only grows."""

    entries: tuple[Entry, ...] = ()

    @property
    def revision(self) -> int:
        """The number to send back with the next step."""
        return len(self.entries)

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The edits in force: those that were not taken back."""
        return self._stacks()[0]

    @property
    def undone(self) -> tuple[Entry, ...]:
        """The edits that a redo would bring back, the next one last."""
        return self._stacks()[1]

    def _stacks(self) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        done: list[Entry] = []
        back: list[Entry] = []
        for entry in self.entries:
            if isinstance(entry.step, Undo):
                back.append(done.pop())
            elif isinstance(entry.step, Redo):
                done.append(back.pop())
            else:
                done.append(entry)
                back.clear()
        return tuple(done), tuple(back)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits in force, without who and when."""
        return tuple(e.step for e in self.standing if not isinstance(e.step, Undo | Redo))

    def add(self, step: Step, expected: int, by: str = "", at: str = "") -> Journal:
        """The journal with one step more.

        Raises:
            Outdated: it is not at the expected revision any more.
            BadEdit: nothing is there to take back or to bring back.
        """
        if expected != self.revision:
            raise Outdated(revision=self.revision)
        done, back = self._stacks()
        if (isinstance(step, Undo) and not done) or (isinstance(step, Redo) and not back):
            raise BadEdit("There is nothing to take back or to bring back.")
        return replace(self, entries=(*self.entries, Entry(step, by, at)))

    def as_json(self) -> str:
        """The journal as text; ``read_journal`` gives it back."""
        rows = [{"step": as_plain(e.step), "by": e.by, "at": e.at} for e in self.entries]
        return json.dumps({"form": FORM, "entries": rows}, sort_keys=True)


def read_journal(text: str) -> Journal:
    """The journal that ``Journal.as_json`` wrote; an empty text gives an empty one.

    Raises:
        BadEdit: it is none, or cannot have come about step by step.
    """
    if not text.strip():
        return Journal()
    rows = _rows(text)
    journal = Journal(tuple(Entry(as_step(r["step"]), r["by"], r["at"]) for r in rows))
    try:
        len(journal.standing)
    except IndexError:
        raise BadEdit("The journal takes back more than was done.") from None
    return journal


def _rows(text: str) -> list[dict[str, Any]]:
    try:
        value = json.loads(text)
        if value["form"] != FORM:
            raise BadEdit("The journal is of another form.")
        return [{k: row[k] for k in ("step", "by", "at")} for row in value["entries"]]
    except (json.JSONDecodeError, KeyError, TypeError):
        raise BadEdit("The journal cannot be read.") from None
