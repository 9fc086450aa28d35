"""The log that goes with a release: enough to contest each box, nothing that names anybody.

Every box of one label carries the same citation, the requester's own subdivision of the law, so
that no box can be told from another as the reporter's. There is no text, length, role, person,
score or rule in it, and boxes stand in the order of their place.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence

from redactor.policy import Policy, Ruling
from redactor.types import Removal

COLUMNS = ("page", "sequence", "x0", "y0", "x1", "y1", "label", "citation", "text_date")
REVIEW = (
    "You may ask the agency in writing to review any box in this copy. Name the page and the "
    "sequence number. If you disagree with the answer you may ask a court."
)


def requester_log(
    policy: Policy, ruling: Ruling, boxes: Sequence[Removal], pages: int, release_id: str
) -> dict[str, object]:
    """The requester's log as plain values; pages and sequence numbers count from 1."""
    category = policy.category(ruling.category)
    entries = []
    for sequence, removal in enumerate(_in_order(boxes), 1):
        b = removal.box
        entries.append(
            {
                "page": b.page + 1,
                "sequence": sequence,
                **{k: round(getattr(b, k), 1) for k in ("x0", "y0", "x1", "y1")},
                "label": removal.prints,
                "citation": category.cite,
                "text_date": policy.cite(category.cite).text_date,
            }
        )
    return {
        "release": release_id,
        "jurisdiction": policy.id,
        "category": ruling.category,
        "category_title": category.title,
        "citation": category.cite,
        "pages": pages,
        "boxes": entries,
        "boxes_by_page": {
            str(p): n for p, n in sorted(Counter(r.box.page + 1 for r in boxes).items())
        },
        "boxes_by_label": dict(sorted(Counter(r.prints for r in boxes).items())),
        "review": REVIEW,
    }


def _in_order(boxes: Sequence[Removal]) -> list[Removal]:
    return sorted(boxes, key=lambda r: (r.box.page, r.box.y0, r.box.x0))


def as_csv(log: Mapping[str, object]) -> str:
    """The boxes of a requester's log as CSV with a heading row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(log["boxes"])  # type: ignore[arg-type]
    return out.getvalue()
