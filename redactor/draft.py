"""A request taken as far as the decisions, as values: what is reviewed, kept, and released from.

Loads no model, so that processes which only keep and show drafts stay small.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from redactor.packet import Part, decided, joined, together, torn
from redactor.pdf.packet import cut, join
from redactor.pdf.sanitize import Stripped
from redactor.policy import Policy, Ruling
from redactor.types import Box, Decision, Findings, Hold, Reading, Request


@dataclass(frozen=True)
class Analysis:
    """What stands in a case file, before anything is decided."""

    stripped: Stripped
    reading: Reading
    findings: Findings

    def as_dict(self) -> dict[str, object]:
        """People, roles and mentions with their boxes, ready for JSON. Holds protected text."""
        text = self.reading.text
        return {
            "pages": [
                {"number": p.number, "width": p.width, "height": p.height, "kind": p.kind,
                 "confidence": round(p.confidence, 3), "explained": round(p.explained, 3),
                 "regions": [
                     {"kind": r.kind, "box": place(r.box), "why": r.why} for r in p.regions
                 ]}
                for p in self.reading.pages
            ],
            "people": [
                {"id": p.id, "names": list(p.names), "roles": dict(p.roles), "why": list(p.why)}
                for p in self.findings.people
            ],
            "mentions": [
                {"id": n, "kind": m.kind, "text": text[m.start : m.end], "person": m.person,
                 "score": round(m.score, 3), "recognizer": m.recognizer, "why": m.why,
                 "context": m.context.value,
                 "boxes": [place(b) for b in self.reading.boxes(m.start, m.end)]}
                for n, m in enumerate(self.findings.mentions)
            ],
        }  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """A request taken as far as the decisions; a person may change them before the release."""

    request: Request
    policy: Policy
    ruling: Ruling
    analysis: Analysis
    decisions: tuple[Decision, ...]
    holds: tuple[Hold, ...]
    source_digest: str
    review: tuple[Mapping[str, object], ...] = ()  # what an officer changed, for the internal log
    parts: tuple[Part, ...] = ()  # the files of a packet; empty for a single file


def merged(found: Sequence[Analysis], files: Sequence[bytes]) -> tuple[Analysis, tuple[Part, ...]]:
    """The files of a packet as one, and what tells them apart again."""
    parts = tuple(map(_part, found, files))
    if len(found) == 1:
        return found[0], parts
    readings = [a.reading for a in found]
    counts = sum((Counter(a.stripped.counts) for a in found), Counter[str]())
    stripped = Stripped(join([a.stripped.pdf for a in found]), (), dict(counts))
    findings = joined([a.findings for a in found], readings)
    return Analysis(stripped, together(readings), findings), parts


def _part(analysis: Analysis, data: bytes) -> Part:
    reading, counts = analysis.reading, analysis.stripped.counts
    return Part(len(reading.pages), len(reading.text), hashlib.sha256(data).hexdigest(), counts)


def split(draft: Draft) -> tuple[Draft, ...]:
    """The drafts of the single files, decided as the whole was."""
    if not draft.parts:
        return (draft,)
    whole, parts = draft.analysis, draft.parts
    readings = tuple(torn(whole.reading, parts))
    pdfs = cut(whole.stripped.pdf, [p.pages for p in parts])
    made = []
    for part, reading, pdf, (findings, decisions) in zip(
        parts, readings, pdfs, decided(whole.findings, draft.decisions, readings), strict=True
    ):
        analysis = Analysis(Stripped(pdf, (), dict(part.counts)), reading, findings)
        made.append(
            replace(
                draft, analysis=analysis, decisions=decisions, holds=(),
                source_digest=part.digest, parts=(),
            )
        )  # fmt: skip
    return tuple(made)


def place(box: Box) -> list[float]:
    """A box as it is written down: page, x0, y0, x1, y1."""
    return [box.page, *(round(x, 2) for x in (box.x0, box.y0, box.x1, box.y1))]
