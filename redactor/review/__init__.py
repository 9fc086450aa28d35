"""An officer's last look: edits on what was found, and the policy deciding again after each."""

from redactor.review.boxes import View, boxes_on
from redactor.review.checklist import Item, checklist, ready
from redactor.review.compare import Comparison, compare
from redactor.review.edits import Edit, Step, as_plain, as_step
from redactor.review.find import find, spans_under
from redactor.review.journal import Entry, Journal, read_journal
from redactor.review.judge import Asked, Judged, judge
from redactor.review.record import record
from redactor.review.subject import Subject

__all__ = [
    "Asked",
    "Comparison",
    "Edit",
    "Entry",
    "Item",
    "Journal",
    "Judged",
    "Step",
    "Subject",
    "View",
    "as_plain",
    "as_step",
    "boxes_on",
    "checklist",
    "compare",
    "find",
    "judge",
    "read_journal",
    "ready",
    "record",
    "spans_under",
]
