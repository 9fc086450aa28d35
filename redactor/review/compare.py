"""The same case file as two requesters would get it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from redactor.review.edits import Span
from redactor.review.judge import Judged
from redactor.types import Action, Decision


@dataclass(frozen=True, slots=True)
class Difference:
    """A place that only one of two requesters may read; ``shown_to`` is first or second."""

    span: Span
    page: int
    kind: str
    person: str
    shown_to: str


@dataclass(frozen=True)
class Comparison:
    """Where two releases of one case file differ, and how often, by person and kind."""

    differences: tuple[Difference, ...]
    counts: tuple[tuple[str, str, str, int], ...]  # person, kind, shown to, places


def compare(first: Judged, second: Judged) -> Comparison:
    """What only one of the two requesters may read.

    Both must stand on the same reading; what is held counts as hidden.
    """
    one, other = _by_span(first), _by_span(second)
    found = []
    for span in sorted({*one, *other}):
        a, b = _shown(one.get(span)), _shown(other.get(span))
        if a != b:
            judged = first if span in one else second
            m = judged.findings.mentions[(one.get(span) or other[span]).mention]
            page = judged.reading.page_at(span[0])
            found.append(Difference(span, page, m.kind, m.person, "first" if a else "second"))
    counts = Counter((d.person, d.kind, d.shown_to) for d in found)
    return Comparison(tuple(found), tuple((*k, n) for k, n in sorted(counts.items())))


def _by_span(judged: Judged) -> dict[Span, Decision]:
    mentions = judged.findings.mentions
    return {
        (mentions[d.mention].start, mentions[d.mention].end): d
        for d in judged.decisions
        if mentions[d.mention].recognizer != "sweep"
    }


def _shown(decision: Decision | None) -> bool:
    return decision is None or decision.action is Action.KEEP
