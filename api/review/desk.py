"""One case file on the desk: opened, changed step by step, shown, and handed on for release.

What is slow to make (the reading, the policy's decisions) is kept for the files looked at last;
the journal is the truth and is read anew each time.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from api.review.office import Office
from redactor.draft import Draft
from redactor.errors import BadEdit, NotFound
from redactor.pdf.preview import page_png, preview_png
from redactor.people.requester import mark
from redactor.policy import check
from redactor.review import Edit, Journal, Judged, Step, Subject, judge, read_journal, record
from redactor.review.log import review_log
from redactor.review.marks import gather
from redactor.settings import Settings
from redactor.types import Findings

KEPT = 4  # case files whose reading stays in memory
MARKS = {"requester", "requester_child"}
FOR_ONE = {"mark_requester", "decide_person", "answer_hold", "open"}  # decided for one requester


@dataclass(frozen=True)
class Opened:
    """A case file on the desk: one version of its draft at one revision of its journal."""

    version: int
    draft: Draft
    subject: Subject
    journal: Journal
    judged: Judged


class Shelf:
    """The case files looked at last, shared by every officer of this process."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._lock = threading.Lock()
        self._opened: OrderedDict[tuple[str, int], Opened] = OrderedDict()
        self._pdfs: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._others: OrderedDict[tuple[Any, ...], Judged] = OrderedDict()

    def get(self, key: tuple[str, int]) -> Opened | None:
        """What is kept of it."""
        with self._lock:
            return self._opened.get(key)

    def put(self, key: tuple[str, int], opened: Opened) -> Opened:
        """Keep it, and let go of what was looked at longest ago."""
        with self._lock:
            _keep(self._opened, key, opened)
            _keep(self._pdfs, key, opened.draft.analysis.stripped.pdf)
        return opened

    def judged(self, key: tuple[Any, ...]) -> Judged | None:
        """What is kept of a file as another requester would get it."""
        with self._lock:
            return self._others.get(key)

    def keep_judged(self, key: tuple[Any, ...], judged: Judged) -> Judged:
        """Keep it for the next page."""
        with self._lock:
            _keep(self._others, key, judged)
        return judged

    def pdf(self, key: tuple[str, int], office: Office) -> bytes:
        """The pages alone, which are there before the reading is."""
        with self._lock:
            kept = self._pdfs.get(key)
        if kept is None:
            kept = office.plain_pdf(key[0])
            with self._lock:
                _keep(self._pdfs, key, kept)
        return kept


def _keep(shelf: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    shelf[key] = value
    shelf.move_to_end(key)
    while len(shelf) > KEPT:
        shelf.popitem(last=False)


class Desk:
    """The case files under review that one officer may open."""

    def __init__(self, office: Office, shelf: Shelf, settings: Settings) -> None:
        """Work on the requests of an office."""
        self._office, self._shelf, self._settings = office, shelf, settings

    def open(self, identifier: str) -> Opened:
        """The case file with every edit so far.

        Raises:
            NotFound, NotReady: there is none, or it has no draft yet.
        """
        version = self._office.version(identifier)
        journal = read_journal(self._office.journal(identifier, version))
        kept = self._shelf.get((identifier, version))
        if kept and kept.journal == journal:
            return kept
        draft = kept.draft if kept else self._office.draft(identifier)
        subject = kept.subject if kept else subject_of(draft, self._settings)
        judged = judge(subject, journal.edits)
        opened = Opened(version, draft, subject, journal, judged)
        return self._shelf.put((identifier, version), opened)

    def take(self, identifier: str, step: Step, expected: int, by: str) -> Opened:
        """The case file after one more step.

        Raises:
            Outdated, BadEdit, OverrideNeeded: the step was not taken.
        """
        now = self.open(identifier)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        journal, judged = record(now.subject, now.journal, step, expected, by=by, at=at)
        self._office.keep_journal(identifier, now.version, _kept(now.journal), journal.as_json())
        opened = replace(now, journal=journal, judged=judged)
        return self._shelf.put((identifier, now.version), opened)

    def page(self, identifier: str, number: int, dpi: float, *, as_requester: bool) -> bytes:
        """A page as a PNG: as it is, or as the requester will see it."""
        version = self._office.version(identifier)
        if not as_requester:  # needs no reading, so the first page is there at once
            pdf = self._shelf.pdf((identifier, version), self._office)
            return page_png(pdf, number, dpi, self._settings)
        now = self.open(identifier)
        if number >= len(now.judged.reading.pages):
            raise NotFound
        pdf, judged = now.draft.analysis.stripped.pdf, now.judged
        gone = judged.removals_on(number)
        return preview_png(pdf, number, gone, judged.reading, dpi, self._settings)

    def another(self, identifier: str, category: str) -> Judged:
        """The case file as a requester of another category would get it now.

        Who is who, as officers set it, is kept; what they decided for this requester is not.
        """
        now = self.open(identifier)
        key = (identifier, now.version, now.journal.revision, category)
        kept = self._shelf.judged(key)
        if kept is None:
            other = as_another(now.subject, category)
            kept = self._shelf.keep_judged(key, judge(other, _fitting(now.journal.edits, other)))
        return kept

    def page_of_another(self, identifier: str, number: int, dpi: float, category: str) -> bytes:
        """A page as a requester of another category would get it, as a PNG."""
        judged = self.another(identifier, category)
        if number >= len(judged.reading.pages):
            raise NotFound
        pdf = self._shelf.pdf((identifier, self._office.version(identifier)), self._office)
        gone = judged.removals_on(number)
        return preview_png(pdf, number, gone, judged.reading, dpi, self._settings)

    def approve(self, identifier: str, opened: Opened) -> None:
        """Hand the case file on for release as it was opened.

        Raises:
            Outdated: somebody changed it since.
        """
        self._office.approve(identifier, opened.version, reviewed(opened), _kept(opened.journal))


def _kept(journal: Journal) -> str:
    """The journal as it is stored; nothing is, before the first step."""
    return journal.as_json() if journal.entries else ""


def subject_of(draft: Draft, settings: Settings) -> Subject:
    """The ground of a review: what was found, without what the sweep for hidden texts added."""
    found = draft.analysis.findings
    plain = tuple(m for m in found.mentions if m.recognizer != "sweep")
    findings = Findings(plain, found.people)
    reading = draft.analysis.reading
    return Subject(draft.policy, draft.ruling, draft.request, reading, findings, settings)


def as_another(subject: Subject, category: str) -> Subject:
    """The same case file for another kind of requester, with the same answers.

    The requester is then whoever the file itself calls so; nobody is named.
    """
    request = replace(subject.request, category=category, requester_names=(), relation="", known=())
    ruling = check(subject.policy, request)
    people = {
        p.id: replace(p, roles={r: c for r, c in p.roles.items() if r not in MARKS})
        for p in subject.findings.people
    }
    findings = replace(subject.findings, people=tuple(mark(people, request).values()))
    return replace(subject, request=request, ruling=ruling, findings=findings)


def _fitting(edits: Sequence[Edit], other: Subject) -> list[Edit]:
    """The edits that were not decided for one requester and that can be made for the other."""
    kept: list[Edit] = []
    for edit in edits:
        if edit.do in FOR_ONE:
            continue
        try:
            gather(other, [*kept, edit])
        except BadEdit:
            continue
        kept.append(edit)
    return kept


def reviewed(opened: Opened) -> Draft:
    """The draft as the officer leaves it."""
    judged = opened.judged
    analysis = replace(opened.draft.analysis, reading=judged.reading, findings=judged.findings)
    return replace(
        opened.draft,
        analysis=analysis,
        decisions=judged.decisions,
        holds=(),
        review=tuple(review_log(judged, opened.journal)),
    )
