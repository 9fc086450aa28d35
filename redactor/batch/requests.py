"""A table of requests: one row, one case file, one requester."""

from __future__ import annotations

import csv
from pathlib import Path, PurePosixPath

from redactor.answers import as_answers, as_json_answers
from redactor.batch.intake import Row, named, sources, url_source
from redactor.batch.sources import Source
from redactor.errors import BadAnswer, BadRequest
from redactor.types import Request

NEEDED = ("file", "jurisdiction", "category")
KNOWN = (
    *NEEDED,
    *("requester_name", "relation", "answers", "case_id"),
    *("must_hide", "must_keep", "password"),
)


def read_requests(table: Path, holds: str, place: str = "") -> list[Row]:
    """The rows of a requests table.

    Files are found in ``place`` (a folder, an archive or a URL), or else beside the table; a file
    that is not there fails when its turn comes. A column that is not one of ``KNOWN`` is a question
    of the policy, its cells the answers. Several names or terms of one cell are parted by ``;``.

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
    found = dict(sources(place)) if place else {}
    return named(_row(n, line, table.parent, found, holds) for n, line in enumerate(lines, 2))


def _row(
    number: int, line: dict[str, str], folder: Path, found: dict[str, Source], holds: str
) -> Row:
    if None in line:
        raise BadRequest("A row has more cells than the table has columns.", row=number)
    cells = {k: (v or "").strip() for k, v in line.items()}
    file = cells["file"]
    source = found.get(file) or url_source(file if "://" in file else str(folder / file))
    request = Request(
        cells["jurisdiction"],
        cells["category"],
        _list(cells.get("requester_name", "")),
        cells.get("relation", ""),
        answers=_answers(cells, number),
        must_hide=_list(cells.get("must_hide", "")),
        must_keep=_list(cells.get("must_keep", "")),
        holds=holds,
    )
    name = PurePosixPath(file.replace("\\", "/")).stem
    return Row(source, name, request, cells.get("case_id", ""), cells.get("password", ""))


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _answers(cells: dict[str, str], number: int) -> dict[str, str]:
    columns = {k: v for k, v in cells.items() if k not in KNOWN and v}
    try:
        return {**as_answers(columns), **as_json_answers(cells.get("answers", ""))}
    except BadAnswer as error:
        raise BadRequest(error.detail, row=number) from None
