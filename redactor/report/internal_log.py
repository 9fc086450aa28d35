"""The agency's own log: why each mention was hidden or kept, and under which versions.

The text itself is not in it. A keyed digest (HMAC-SHA-256, made by a presidio-anonymizer
operator) lets two entries be compared in a dispute by whoever holds the key.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from redactor.types import Decision, Findings, Page, Reading

COLUMNS = (
    "mention", "page", "kind", "person", "roles", "context", "action", "rule", "citations", "label", "recognizer",
    "score", "why", "also", "digest", "reviewer",
)  # fmt: skip


def internal_log(
    reading: Reading,
    findings: Findings,
    decisions: Sequence[Decision],
    facts: Mapping[str, object],
    key: str,
) -> dict[str, object]:
    """The internal log as plain values; ``facts`` are versions, digests, answers and verdict."""
    from redactor.report.digests import digests  # noqa: PLC0415 - a language library loads with it

    people = {p.id: p for p in findings.people}
    texts = [reading.text[m.start : m.end] for m in findings.mentions]
    keyed = digests(texts, key)
    entries = []
    for d in decisions:
        m = findings.mentions[d.mention]
        person = people.get(m.person)
        entries.append(
            {
                "mention": d.mention,
                "page": reading.page_at(m.start) + 1,
                "kind": m.kind,
                "person": m.person,
                "roles": {r: round(c, 2) for r, c in person.roles.items()} if person else {},
                "context": m.context.value,
                "action": d.action.value,
                "rule": d.rule,
                "citations": list(d.citations),
                "label": d.label,
                "recognizer": m.recognizer,
                "score": round(m.score, 3),
                "why": m.why or d.why,
                "also": list(d.also),
                "digest": keyed[d.mention],
                "reviewer": "",
            }
        )
    return {**facts, "pages": [_page(p) for p in reading.pages], "entries": entries}


def reviewed(
    log: Mapping[str, object], review: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    """The log with what an officer changed, and the officers beside what they decided by hand."""
    if not review:
        return dict(log)
    names = ", ".join(sorted({str(r["by"]) for r in review if r.get("stands") and r.get("by")}))
    rows: Any = log.get("entries", [])
    entries = [{**r, "reviewer": names} if r["rule"] == "officer" else r for r in rows]
    return {**log, "entries": entries, "review": [dict(r) for r in review]}


def _page(page: Page) -> dict[str, object]:
    return {
        "page": page.number + 1,
        "kind": page.kind,
        "reader_confidence": round(page.confidence, 3),
        "explained_ink": round(page.explained, 3),
        "dpi": round(page.dpi),
        "words": dict(sorted(Counter(w.source.value for w in page.words).items())),
        "regions": [{"kind": r.kind, "why": r.why} for r in page.regions],
    }


def as_csv(log: Mapping[str, object]) -> str:
    """The entries of an internal log as CSV with a heading row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(log["entries"])  # type: ignore[arg-type]
    return out.getvalue()
