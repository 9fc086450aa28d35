"""The requests behind the desk: jobs as an officer of one unit sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from redactor.access import ALL_UNITS, Actor
from redactor.draft import Draft
from redactor.errors import NotFound
from redactor.jobs.service import Filters, Job, JobService, Sender
from redactor.policy import load
from redactor.policy.calendar import first_due
from redactor.settings import Settings
from redactor.types import Request

READING = frozenset({"queued", "detecting"})
WRITING = frozenset({"approved", "applying", "verifying"})
LISTED = 500  # requests that the inbox shows at most


@dataclass(frozen=True)
class Case:
    """One request as the inbox tells of it. Only ``requester`` is text of the request."""

    id: str
    state: str
    jurisdiction: str
    category: str
    requester: str = ""
    created: float = 0.0
    received: date | None = None
    due: date | None = None
    stage: str = ""
    page: int = 0
    pages: int = 0
    outcome: str = ""
    draft: int = 0
    questions: int = 0
    files: Sequence[str] = ()
    reasons: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    verdict: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None
    submitter: str = ""
    documents: Sequence[Mapping[str, Any]] = ()

    @property
    def busy(self) -> bool:
        """Whether the program is at work on it."""
        return self.state in READING | WRITING


class Office:
    """The requests that one officer may see."""

    def __init__(self, service: JobService, settings: Settings, actor: Actor) -> None:
        """Work with the jobs of the officer's unit."""
        self._service, self._settings, self._actor = service, settings, actor
        self._unit = None if actor.unit == ALL_UNITS else actor.unit

    def cases(self) -> Sequence[Case]:
        """Every request that the officer may see, the newest first."""
        jobs, _ = self._service.list(Filters(unit=self._unit), limit=LISTED)
        return [self._case(j) for j in jobs]

    def case(self, identifier: str) -> Case:
        """One request; NotFound where there is none."""
        return self._case(self._service.get(identifier, self._unit))

    def _case(self, job: Job) -> Case:
        return Case(
            job.id, job.state, job.jurisdiction, job.category, self._requester(job), job.created,
            job.received, job.deadline, job.stage, job.page, job.pages, job.outcome, job.draft,
            _questions(job), job.files, job.reasons, job.verdict, job.error,
            job.submitter, job.documents,
        )  # fmt: skip

    def _requester(self, job: Job) -> str:
        try:
            return "; ".join(self._service.request(job.id, self._unit).requester_names)
        except NotFound:  # purged with the original
            return ""

    def add(self, files: list[BinaryIO], request: Request, password: str) -> str:
        """A new request with its case files; its id. A person looks before its release."""
        policy = load(request.jurisdiction, self._settings.policies_dir)
        clocks = policy.category(request.category).deadlines
        sender = Sender(
            self._actor.unit,
            self._actor.id,
            (password,),
            review=True,
            deadline=first_due(policy, clocks, request.received),
        )
        return self._service.submit(files, request, sender).id

    def remove(self, identifier: str) -> None:
        """Stop and remove a request with every file of it."""
        self._service.delete(identifier, self._unit)

    def retry(self, identifier: str) -> None:
        """Try a request that failed once more; one that was withheld takes a supervisor."""
        may = self._actor.may("job.reopen")
        self._service.retry(identifier, self._unit, withheld=may)

    def file(self, identifier: str, ending: str) -> bytes:
        """One file of a release; NotReady where there is none."""
        with self._service.open_file(identifier, ending, self._unit) as stream:
            return stream.read()

    def version(self, identifier: str) -> int:
        """The version of the draft that waits, 0 for none."""
        return self._service.get(identifier, self._unit).draft

    def draft(self, identifier: str) -> Draft:
        """The draft that waits."""
        return self._service.draft(identifier, self._unit)[0]

    def plain_pdf(self, identifier: str) -> bytes:
        """The pages that wait, without anything else."""
        return self._service.plain_pdf(identifier, self._unit)

    def journal(self, identifier: str, version: int) -> str:
        """The journal as text, empty for none."""
        return self._service.journal(identifier, version, self._unit)

    def keep_journal(self, identifier: str, version: int, before: str, after: str) -> None:
        """Put one journal in the place of another; Outdated if it is not there."""
        self._service.keep_journal(identifier, version, before, after, self._unit)

    def approve(self, identifier: str, version: int, draft: Draft, journal: str) -> None:
        """Hand a reviewed draft on for release; Outdated if the journal is another by now."""
        self._service.approve(identifier, version, self._unit, reviewed=draft, journal=journal)


def _questions(job: Job) -> int:
    """One for each person that is asked about, and one for each place."""
    people = {h["person"] or h["rule"] for h in job.holds if h["mentions"]}
    return len(people) + sum(1 for h in job.holds if not h["mentions"])
