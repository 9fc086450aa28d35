"""What the policy says of a case file once the officer's edits stand in it.

Edits never decide past the policy: they change what is known (who is who, where words stand), and
the policy decides again. Where an officer decides directly, the shield stands behind: a reporter,
an SSN and words that point at a reporter are opened by an edit only with an override, which is
kept in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from redactor.policy import decide
from redactor.policy.decide import NEVER_OPENED
from redactor.removals import removals, unreadable
from redactor.review.edits import Edit, Span
from redactor.review.marks import OFFICER, Choice, Marks, gather
from redactor.review.subject import Subject
from redactor.sweep import swept
from redactor.telltales import Telltale, telltales
from redactor.text import squash
from redactor.types import Action, Decision, Findings, Mention, Page, Reading, Removal

HELD = (Action.HOLD, Action.WITHHOLD)
ACTIONS = {"keep": Action.KEEP, "redact": Action.REDACT}
DECIDED = "officer"  # rule of what an officer decided directly


@dataclass(frozen=True)
class Asked:
    """One question for the officer; its id is what ``AnswerHold`` names.

    ``person:p3`` asks about a person, ``nobody:R5`` about words that belong to nobody,
    ``region:2:0`` about ink (page, number), ``page:4`` about a page that was not read well.
    """

    id: str
    kind: str
    citations: tuple[str, ...]
    rules: tuple[str, ...] = ()
    person: str = ""
    page: int = -1
    mentions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Judged:
    """The case file as it would be released now. ``restored`` mentions were kept by the shield."""

    subject: Subject
    reading: Reading
    findings: Findings
    decisions: tuple[Decision, ...]
    asked: tuple[Asked, ...]
    marks: Marks
    restored: frozenset[Span]

    @property
    def removals(self) -> tuple[Removal, ...]:
        """Every box of the release."""
        s = self.subject
        return removals(s.policy, self.reading, self.findings, self.decisions, s.settings)

    @property
    def telltales(self) -> tuple[Telltale, ...]:
        """What stays and still tells of a hidden reporter."""
        return telltales(self.reading, self.findings, self.decisions)

    def removals_on(self, number: int) -> tuple[Removal, ...]:
        """The boxes of one page."""
        page = self.reading.pages[number]
        on = [
            d
            for d in self.decisions
            for m in [self.findings.mentions[d.mention]]
            if m.start < page.end and m.end > page.start
        ]
        alone = replace(self.reading, pages=(page,))
        s = self.subject
        return removals(s.policy, alone, self.findings, on, s.settings)


def judge(subject: Subject, edits: Sequence[Edit] = ()) -> Judged:
    """The case file under the edits.

    Raises:
        BadEdit: an edit speaks of what is not there.
    """
    marks = gather(subject, edits)
    placed = list(_placed(subject, marks))
    people = tuple(marks.people.values())
    findings = Findings(tuple(m for m, _ in placed), people)
    decisions = decide(
        subject.policy, subject.ruling.category, subject.request.answers, findings, subject.request
    )
    restored: frozenset[Span] = frozenset()
    if edits:
        decisions = tuple(_chosen(subject, marks, findings, decisions))
        decisions, restored = _shielded(subject, marks, placed, decisions)
    findings, decisions = swept(subject.reading, findings, decisions)
    reading = _marked_pages(subject, marks)
    asked = (*_people_asked(findings, decisions), *_places_asked(subject, marks))
    return Judged(subject, reading, findings, decisions, asked, marks, restored)


def _placed(subject: Subject, marks: Marks) -> Iterator[tuple[Mention, Mention | None]]:
    """Every mention with the officer's person and extent, and as it was found."""
    words = sorted(marks.words)
    for m in subject.findings.mentions:
        span = (m.start, m.end)
        start, end = marks.extents.get(span, span)
        person = marks.owner(m)
        for a, b in _outside((start, end), words):
            same = (a, b) == span and person == m.person
            yield (m if same else replace(m, start=a, end=b, person=person)), m
    for start, end in words:
        kind = marks.words[(start, end)].kind
        yield Mention(kind, start, end, 1.0, OFFICER, "marked by the officer"), None


def _outside(span: Span, words: Sequence[Span]) -> list[Span]:
    pieces = [span]
    for start, end in words:
        if end <= span[0] or start >= span[1]:
            continue
        pieces = [
            (a, b)
            for s, e in pieces
            for a, b in ((s, min(e, start)), (max(s, end), e))
            if b > a
        ]  # fmt: skip
    return pieces


def _chosen(
    subject: Subject, marks: Marks, findings: Findings, decisions: Iterable[Decision]
) -> Iterator[Decision]:
    """The decisions, with the officer's own in the place of the policy's."""
    texts = {c.text for c in marks.choices if c.text}
    identity = subject.policy.expand(["identity"])
    for d in decisions:
        m = findings.mentions[d.mention]
        if m.recognizer == OFFICER:
            label = marks.words[(m.start, m.end)].label
            yield _hidden(subject, d, label, "marked by the officer")
            continue
        text = squash(subject.reading.text[m.start : m.end]) if texts else ""
        choice = next((c for c in reversed(marks.choices) if _fits(c, m, d, text, identity)), None)
        if choice is None:
            yield d
        elif ACTIONS[choice.action] is Action.KEEP:
            yield replace(d, action=Action.KEEP, rule=DECIDED, label="", prints="", why=DECIDED)
        else:
            yield _hidden(subject, d, d.label, "hidden by the officer")


def _fits(c: Choice, m: Mention, d: Decision, text: str, identity: frozenset[str]) -> bool:
    if c.text:
        return c.text == text
    if c.person:  # shown are the names; what else is known of the person stays as the rules say
        return c.person == m.person and (c.action == "redact" or m.kind in identity)
    return d.action in HELD and c.hold == _hold_of(m, d)


def _hold_of(m: Mention, d: Decision) -> str:
    return f"person:{m.person}" if m.person else f"nobody:{d.rule}"


def _hidden(subject: Subject, d: Decision, label: str, why: str) -> Decision:
    span = subject.policy.vocabulary.defaults.span
    label = label or span.label
    cites = d.citations or (span.cite,)
    prints = subject.policy.prints(label)
    return Decision(d.mention, Action.REDACT, DECIDED, cites, label, prints, why, d.also)


def _shielded(
    subject: Subject,
    marks: Marks,
    placed: Sequence[tuple[Mention, Mention | None]],
    decisions: Iterable[Decision],
) -> tuple[tuple[Decision, ...], frozenset[Span]]:
    """The decisions, without those that open what the law shields and no override covers."""
    first = subject.first
    done: list[Decision] = []
    restored: set[Span] = set()
    for d in decisions:
        now, found = placed[d.mention]
        span = (found.start, found.end) if found else (-1, -1)
        opened = found and d.action is Action.KEEP and first[span].action is not Action.KEEP
        if found and opened and span not in marks.lifted and _is_shielded(now, found, marks):
            restored.add(span)
            why = "shielded: no override was given"
            done.append(
                _hidden(subject, replace(first[span], mention=d.mention), first[span].label, why)
            )
        else:
            done.append(d)
    return tuple(done), frozenset(restored)


def _is_shielded(now: Mention, found: Mention, marks: Marks) -> bool:
    return now.kind in NEVER_OPENED or bool({now.person, found.person} & marks.shielded)


def _marked_pages(subject: Subject, marks: Marks) -> Reading:
    """The pages with the officer's boxes as regions, and without what was cleared."""
    reading = subject.reading
    pages = tuple(_marked_page(p, marks) for p in reading.pages)
    same = all(a is b for a, b in zip(pages, reading.pages, strict=True))
    return reading if same else replace(reading, pages=pages)


def _marked_page(page: Page, marks: Marks) -> Page:
    answers = {c.hold: c.action for c in marks.choices if c.hold}
    kept = tuple(
        r for n, r in enumerate(page.regions) if answers.get(f"region:{page.number}:{n}") != "keep"
    )
    drawn = tuple(r for r in marks.boxes.values() if r.box.page == page.number)
    cleared = answers.get(f"page:{page.number}") == "keep"
    if len(kept) == len(page.regions) and not drawn and not cleared:
        return page
    return replace(page, regions=(*kept, *drawn), cleared=cleared)


def _people_asked(findings: Findings, decisions: Iterable[Decision]) -> Iterator[Asked]:
    """One question for each person, and for each rule that holds what is nobody's."""
    groups: dict[str, list[Decision]] = {}
    for d in decisions:
        if d.action in HELD:
            groups.setdefault(_hold_of(findings.mentions[d.mention], d), []).append(d)
    for name, held in groups.items():
        yield Asked(
            name,
            findings.mentions[held[0].mention].kind,
            tuple(dict.fromkeys(c for d in held for c in d.citations)),
            tuple(dict.fromkeys(d.rule for d in held)),
            person=findings.mentions[held[0].mention].person,
            mentions=tuple(d.mention for d in held),
        )


def _places_asked(subject: Subject, marks: Marks) -> Iterator[Asked]:
    """Questions about ink and pages that no reader explains, the unanswered ones."""
    cite = (subject.policy.vocabulary.defaults.span.cite,)
    answered = {c.hold for c in marks.choices}
    for page in subject.reading.pages:
        if unreadable(page, subject.settings):
            places = [(f"page:{page.number}", "page")]
        else:
            places = [(f"region:{page.number}:{n}", r.kind) for n, r in enumerate(page.regions)]
        for name, kind in places:
            if name not in answered:
                yield Asked(name, kind, cite, page=page.number)
