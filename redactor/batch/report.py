"""The results of a run as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from redactor.batch.manifest import Entry

COLUMNS = (
    *("name", "path", "category", "outcome", "detail", "pages", "scanned", "boxes", "seconds"),
    *("explained", "least", "verdict", "attempts", "digest"),
)


def as_csv(entries: Iterable[Entry]) -> str:
    """One line a case file, with a heading row; cells that a spreadsheet would run are quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(getattr(e, c)) for c in COLUMNS] for e in entries)
    return out.getvalue()


def _cell(value: object) -> object:
    risky = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t")
    return f"'{value}" if risky else value
