"""A table of requests: one row, one case file, one requester."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from redactor.answers import as_json_answers
from redactor.errors import BadAnswer, BadRequest
from redactor.types import Request

NEEDED = ("file", "jurisdiction", "category")


@dataclass(frozen=True)
class Row:
    """One case file to redact. ``name`` is the stem of its outputs."""

    file: Path
    name: str
    request: Request


def read_requests(table: Path, holds: str) -> list[Row]:
    """The rows of a requests table; files are found beside it.

    Raises:
        BadRequest: no such table, a column is missing, or a row cannot be understood.
    """
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise BadRequest("The table of requests cannot be read as CSV.") from None
    missing = [c for c in NEEDED if not lines or c not in lines[0]]
    if missing:
        raise BadRequest("The table of requests lacks rows or columns.", missing=missing)
    seen: dict[str, int] = {}
    return [_row(n, line, table.parent, holds, seen) for n, line in enumerate(lines, 2)]


def _row(number: int, line: dict[str, str], folder: Path, holds: str, seen: dict[str, int]) -> Row:
    path = folder / (line["file"] or "").strip()
    stem = path.stem
    seen[stem] = seen.get(stem, 0) + 1
    name = stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"
    requester = (line.get("requester_name") or "").strip()
    request = Request(
        (line["jurisdiction"] or "").strip(),
        (line["category"] or "").strip(),
        tuple(n.strip() for n in requester.split(";") if n.strip()),
        (line.get("relation") or "").strip(),
        answers=_answers(line.get("answers") or "", number),
        holds=holds,
    )
    return Row(path, name, request)


def _answers(text: str, number: int) -> dict[str, str]:
    try:
        return as_json_answers(text)
    except BadAnswer as error:
        raise BadRequest(error.detail, row=number) from None
