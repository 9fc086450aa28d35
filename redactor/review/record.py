"""Takes one step of an officer into the journal, or says why not."""

from __future__ import annotations

from redactor.errors import OverrideNeeded
from redactor.review.edits import Redo, Step, Undo
from redactor.review.journal import Journal
from redactor.review.judge import Judged, judge
from redactor.review.reasons import check_note
from redactor.review.subject import Subject


def record(
    subject: Subject, journal: Journal, step: Step, expected: int, *, by: str = "", at: str = ""
) -> tuple[Journal, Judged]:
    """The journal with the step, and the case file as the policy now decides it.

    Raises:
        Outdated: the journal is not at the expected revision any more.
        BadEdit: the step speaks of what is not there, or its note names somebody.
        OverrideNeeded: it would open what the law shields.
    """
    longer = journal.add(step, expected, by, at)
    if isinstance(step, Undo | Redo):
        return longer, judge(subject, longer.edits)
    check_note(step.note, subject.reading, subject.findings)
    judged = judge(subject, longer.edits)
    if judged.restored and not step.override:
        before = judge(subject, journal.edits).restored
        if judged.restored - before:
            raise OverrideNeeded(places=len(judged.restored - before))
    return longer, judged
