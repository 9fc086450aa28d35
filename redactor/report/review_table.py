"""The boxes of a review as a table, for a spreadsheet; it repeats no text of the case file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

COLUMNS = (
    "id", "page", "x0", "y0", "x1", "y1", "state", "kind", "person", "label", "rule", "citations",
    "recognizer", "score", "looked_at", "by_officer",
)  # fmt: skip


def review_csv(rows: Iterable[Mapping[str, object]]) -> str:
    """The rows as CSV with a heading row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
