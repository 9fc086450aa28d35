"""The notices that the law sends along with a release, and the letter where it allows no page."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from redactor.policy import Policy, Ruling, deadlines
from redactor.report.typed import WIDE, typed_pdf
from redactor.types import Request


def notices(policy: Policy, ruling: Ruling) -> tuple[dict[str, str], ...]:
    """Id, text, citation and date of each notice of the category."""
    table = policy.jurisdiction.notices
    return tuple(
        {
            "id": name,
            "text": table[name].text,
            "citation": table[name].cite,
            "text_date": policy.cite(table[name].cite).text_date,
        }
        for name in ruling.notices
    )


def letter(policy: Policy, ruling: Ruling, request: Request) -> dict[str, object]:
    """The fields of the answer to a request that gets no page.

    A refusal names the rule and never the file; a record past its time reads as no record
    (RSMo 210.152.1: its destruction must not show).
    """
    category = policy.category(ruling.category)
    return {
        "kind": {"letter": "response", "hold": "held", "withhold": "refusal"}[ruling.effect],
        "category": ruling.category,
        "title": category.title,
        "citation": category.cite,
        "text_date": policy.cite(category.cite).text_date,
        "agency": policy.jurisdiction.agency,
        "received": request.received.isoformat() if request.received else "",
        "response_fields": dict.fromkeys(ruling.response_fields, ""),
        "sentence": _sentence(ruling, category.cite),
        "deadlines": [
            {
                "limit": d.limit,
                "from": d.from_,
                "citation": d.citation,
                "due": d.due.isoformat() if d.due else "",
            }
            for d in deadlines(policy, ruling.deadlines, request.received)
        ],
        "notices": list(notices(policy, ruling)),
    }


def _sentence(ruling: Ruling, cite: str) -> str:
    if any(r.code == "retention" and not r.waived for r in ruling.reasons):
        return "The agency has no record that it may release in answer to this request."
    if ruling.effect == "letter":
        return f"Under {cite} the agency answers this request with the fields below and no pages."
    if ruling.effect == "hold":
        return "The agency needs the facts listed before it can answer this request."
    cites = ", ".join(sorted({c for r in ruling.reasons for c in r.citations})) or cite
    return f"The agency may not release this record to this requester ({cites})."


def notice_pdf(texts: Sequence[dict[str, str]]) -> bytes:
    """The notices as a PDF in a standard font; the same texts give the same bytes."""
    lines = ["NOTICE TO THE RECIPIENT", ""]
    for notice in texts:
        lines += [*textwrap.wrap(f"{notice['text']} ({notice['citation']})", WIDE), ""]
    return typed_pdf(lines)
