"""The redaction index: each box with its law and its ground, as courts ask for (a Vaughn index).

It is made from the requester's log and the table of citations, so it cannot say more than those:
no text, no role, no length.
"""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from redactor.policy import Policy
from redactor.report.typed import typed_pdf

COLUMNS = ("number", "page", "place", "label", "ground", "citation", "text_date")
WIDTHS = (6, 5, 14, 24, 46)


def index_rows(log: Mapping[str, Any], policy: Policy) -> Iterator[dict[str, object]]:
    """One row a box, in the order of the requester's log."""
    grounds = {v.print: v.meaning for v in policy.vocabulary.labels.values()}
    for box in log["boxes"]:
        yield {
            "number": box["sequence"],
            "page": box["page"],
            "place": f"{box['x0']:.0f},{box['y0']:.0f}",
            "label": box["label"],
            "ground": grounds.get(box["label"], ""),
            "citation": box["citation"],
            "text_date": box["text_date"],
        }


def index_csv(log: Mapping[str, Any], policy: Policy) -> str:
    """The index as CSV with a heading row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(index_rows(log, policy))
    return out.getvalue()


def index_pdf(log: Mapping[str, Any], policy: Policy) -> bytes:
    """The index as a PDF: a head with the law of the request, then a table."""
    lines = [
        "INDEX OF REDACTIONS",
        "",
        *textwrap.wrap(f"Agency: {policy.jurisdiction.agency}", 100),
        *textwrap.wrap(f"Requester category: {log['category_title']} ({log['citation']})", 100),
        f"Pages: {log['pages']}    Boxes: {len(log['boxes'])}    Release: {log['release']}",
        "",
        _line("No.", "Page", "Place (pt)", "Label on the box", "Ground"),
        "-" * sum(WIDTHS),
    ]
    for row in index_rows(log, policy):
        ground = textwrap.wrap(f"{row['ground']} ({row['citation']})", WIDTHS[-1]) or [""]
        first, *rest = ground
        lines.append(_line(row["number"], row["page"], row["place"], row["label"], first))
        lines += [_line("", "", "", "", more) for more in rest]
    return typed_pdf(lines, mono=True)


def _line(*cells: object) -> str:
    return "".join(f"{c!s:<{w}}"[: w - 1] + " " for c, w in zip(cells, WIDTHS, strict=True))
