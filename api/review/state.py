"""A case file on the desk as plain values for the page: people, questions, counts, boxes, words."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from api.review import plain
from api.review.desk import Opened
from redactor.review import View, boxes_on
from redactor.review.answers import rule_text
from redactor.review.judge import HELD
from redactor.types import Action, Page, Source

DOUBT = 0.75  # a role surer than this is told without a question mark


def overview(opened: Opened) -> dict[str, Any]:
    """Everything beside the pages: what changes with each step."""
    policy, judged = opened.subject.policy, opened.judged
    counts = _counts(opened)
    category = policy.category(opened.subject.ruling.category)
    return {
        "revision": opened.journal.revision,
        "undo": len(opened.journal.standing),
        "redo": len(opened.journal.undone),
        "category": {"id": category.id, "title": category.title, "cite": category.cite},
        "people": [_person(opened, p.id, counts["people"][p.id]) for p in judged.findings.people],
        "questions": [
            {
                "id": a.id,
                **plain.question(policy, judged, a),
                "citations": list(a.citations),
                "rules": list(a.rules),
                "person": a.person,
                "page": a.page if a.page >= 0 else _page_of(opened, a.mentions[0]),
                "places": [list(_span(opened, n)) for n in a.mentions[:1]],
            }
            for a in judged.asked
        ],
        "pages": counts["pages"],
        "totals": counts["totals"],
    }


def pages(opened: Opened) -> list[dict[str, Any]]:
    """Size, kind and file of every page; does not change with steps."""
    found = opened.subject.reading.pages
    files = plain.files_of([p.pages for p in opened.draft.parts]) or [""] * len(found)
    return [
        {"n": p.number, "w": round(p.width, 1), "h": round(p.height, 1), "kind": p.kind, "file": f}
        for p, f in zip(found, files, strict=True)
    ]


def _counts(opened: Opened) -> dict[str, Any]:
    judged = opened.judged
    starts = [p.start for p in judged.reading.pages]
    people: dict[str, Counter[str]] = defaultdict(Counter)
    by_page: dict[int, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for d in judged.decisions:
        m = judged.findings.mentions[d.mention]
        state = "hold" if d.action in HELD else d.action.value
        people[m.person][state] += 1
        by_page[max(bisect_right(starts, m.start) - 1, 0)][state] += 1
        totals[state] += 1
    for a in judged.asked:
        if a.page >= 0:
            by_page[a.page]["hold"] += 1
    return {
        "people": people,
        "pages": {n: dict(c) for n, c in sorted(by_page.items())},
        "totals": dict(totals),
    }


def _person(opened: Opened, identifier: str, counts: Counter[str]) -> dict[str, Any]:
    person = opened.judged.findings.person(identifier)
    assert person is not None  # noqa: S101 - the id comes from the list of people
    told = plain.roles(person)
    return {
        "id": person.id,
        "name": plain.name(person),
        "names": [n for n in person.names if n != plain.name(person)],
        "roles": [
            {"id": r, "name": plain.role(r), "confidence": round(person.roles[r], 2),
             "sure": person.roles[r] >= DOUBT}
            for r in told
        ],
        "why": list(person.why),
        "counts": dict(counts),
        "mentions": sum(counts.values()),
        "shielded": person.id in opened.judged.marks.shielded,
        "fixed": person.id in ("agency", "reporter"),
    }  # fmt: skip


def _page_of(opened: Opened, mention: int) -> int:
    return opened.judged.reading.page_at(opened.judged.findings.mentions[mention].start)


def _span(opened: Opened, mention: int) -> tuple[int, int]:
    m = opened.judged.findings.mentions[mention]
    return m.start, m.end


def boxes(opened: Opened, number: int) -> list[dict[str, Any]]:
    """The boxes of a page with their reasons."""
    policy = opened.subject.policy
    own = policy.rules(policy.category(opened.subject.ruling.category))
    rules = {r.id: rule_text(policy, r) for r in own}
    views = boxes_on(opened.judged, number)
    return [_box(opened, v, n, rules) for n, v in enumerate(views, 1)]


def _box(opened: Opened, v: View, number: int, rules: Mapping[str, str]) -> dict[str, Any]:
    judged = opened.judged
    person = judged.findings.person(v.person) if v.person else None
    text = judged.reading.text[slice(*v.span)] if v.span else ""
    cites = [
        {"id": c, "what": opened.subject.policy.cite(c).what,
         "date": opened.subject.policy.cite(c).text_date}
        for c in v.citations
    ]  # fmt: skip
    return {
        "id": v.id,
        "n": number,
        "box": [round(x, 2) for x in (v.box.x0, v.box.y0, v.box.x1, v.box.y1)],
        "state": v.state,
        "kind": plain.kind(v.kind),
        "text": " ".join(text.split()),
        "span": list(v.span) if v.span else None,
        "person": v.person,
        "who": plain.name(person) if v.person else "",
        "prints": v.prints,
        "rule": v.rule,
        "rule_text": rules.get(v.rule, ""),
        "cites": cites,
        "why": v.why,
        "recognizer": v.recognizer,
        "score": round(v.score, 2),
        "hold": v.hold,
        "confirmed": v.confirmed,
        "officer": v.officer,
        "drawn": v.id.startswith("b"),
    }


def words(page: Page) -> list[list[Any]]:
    """The words of a page that can be selected: start, end, box, text."""
    return [
        [w.start, w.end, *(round(x, 1) for x in (w.box.x0, w.box.y0, w.box.x1, w.box.y1)), w.text]
        for w in page.words
        if w.source in (Source.TEXT, Source.OCR)
    ]


def mentions_of(opened: Opened, person: str) -> list[dict[str, Any]]:
    """The places where a person is spoken of, with the words around, for splitting."""
    judged, text = opened.judged, opened.judged.reading.text
    found = []
    own = {(m.start, m.end) for m in opened.subject.findings.mentions}
    for d in judged.decisions:
        m = judged.findings.mentions[d.mention]
        if m.person != person or (m.start, m.end) not in own:
            continue
        around = text[max(m.start - 40, 0) : m.start], text[m.end : m.end + 40]
        found.append(
            {
                "span": [m.start, m.end],
                "page": judged.reading.page_at(m.start),
                "kind": plain.kind(m.kind),
                "text": " ".join(text[m.start : m.end].split()),
                "before": " ".join(around[0].split()),
                "after": " ".join(around[1].split()),
                "state": "keep" if d.action is Action.KEEP else "redact",
            }
        )
    return found
