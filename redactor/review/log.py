"""The officer's part of the internal log: what was changed, by whom, when and why."""

from __future__ import annotations

from typing import Any

from redactor.review import edits as do
from redactor.review.journal import Entry, Journal
from redactor.review.judge import Judged
from redactor.review.reasons import REASONS, clean_note


def review_log(judged: Judged, journal: Journal) -> list[dict[str, Any]]:
    """One row a step, in order; nothing of it repeats text of the case file."""
    standing = {id(e) for e in journal.standing}
    return [_row(n, e, judged, id(e) in standing) for n, e in enumerate(journal.entries, 1)]


def _row(number: int, entry: Entry, judged: Judged, stands: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "revision": number, "step": entry.step.do, "by": entry.by, "at": entry.at, "stands": stands,
    }  # fmt: skip
    if isinstance(entry.step, do.Undo | do.Redo):
        return row
    note = clean_note(entry.step.note, judged.reading, judged.findings)
    return {
        **row,
        "what": _what(entry.step),
        "reason": entry.step.reason,
        "reason_text": REASONS[entry.step.reason],
        "note": note,
        "override": entry.step.override,
    }


def _what(edit: do.Edit) -> dict[str, Any]:
    """Ids, places and choices of an edit, without its reason."""
    return edit.model_dump(mode="json", exclude={"do", "reason", "note", "override"})
