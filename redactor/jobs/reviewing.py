"""What a person who reviews may ask of a job that waits for one."""

from __future__ import annotations

from redactor.draft import Draft
from redactor.errors import Conflict, NotFound, NotReady, Outdated
from redactor.jobs.bench import Bench
from redactor.jobs.drafts import load_draft, load_request, plain_pdf, save_next
from redactor.jobs.engines import Engine
from redactor.jobs.states import move
from redactor.jobs.sweeper import hand_over
from redactor.store.jobs import Job, JobTable


class Reviewing:
    """Drafts of one deployment's jobs. Where ``unit`` is given, another unit's is not found."""

    def __init__(self, bench: Bench, engine: Engine) -> None:
        """Serve from a bench, and hand work to an engine."""
        self._bench, self._engine = bench, engine
        self._table, self._files = bench.table, bench.files

    @property
    def table(self) -> JobTable:
        """The table of the jobs, to be looked at."""
        return self._table

    def get(self, identifier: str, unit: str | None = None) -> Job:
        """The job as it stands.

        Raises:
            NotFound: there is none, or it is another unit's.
        """
        job = self._table.get(identifier)
        if unit is not None and job.unit != unit:
            raise NotFound
        return job

    def draft(self, identifier: str, unit: str | None = None) -> tuple[Draft, int]:
        """What waits for a person, and its version.

        Raises:
            NotReady: the job has no draft: it runs, or its request was held before it was read.
            StaleDraft: the policy was changed meanwhile.
        """
        job = self.get(identifier, unit)
        if not job.draft or job.purged:
            raise NotReady(state=job.state)
        request, _ = load_request(self._files, identifier)
        found = load_draft(self._files, identifier, job.draft, request, self._bench.settings)
        return found, job.draft

    def change(self, identifier: str, version: int, draft: Draft, unit: str | None = None) -> int:
        """The version of the changed draft; places and decisions may differ, words may not.

        Raises:
            Conflict: it is not that version any more, or not open to change.
        """
        self.get(identifier, unit)
        with self._table.locked(identifier) as row:
            if row.state != "needs_review" or row.draft != version or not version:
                raise Conflict(state=row.state, version=row.draft)
            save_next(self._files, identifier, version, version + 1, draft)
            row.draft = version + 1
        return version + 1

    def plain_pdf(self, identifier: str, unit: str | None = None) -> bytes:
        """The pages that wait for a person, without their reading, so that one is shown at once.

        Raises:
            NotReady: the job has no draft.
        """
        job = self.get(identifier, unit)
        if not job.draft or job.purged:
            raise NotReady(state=job.state)
        return plain_pdf(self._files, identifier, job.draft)

    def journal(self, identifier: str, version: int, unit: str | None = None) -> str:
        """What officers did to that version of the draft, as text; empty for nothing yet."""
        self.get(identifier, unit)
        try:
            return self._files.get(f"jobs/{identifier}/journal.{version}.json").decode()
        except NotFound:
            return ""

    def keep_journal(
        self, identifier: str, version: int, before: str, after: str, unit: str | None = None
    ) -> None:
        """Put a longer journal in the place of the one that was read before.

        Raises:
            Outdated: another one stands there by now.
            Conflict: the draft is another version, or not open to change.
        """
        with self._table.locked(identifier) as row:
            if row.state != "needs_review" or row.draft != version or not version:
                raise Conflict(state=row.state, version=row.draft)
            if self.journal(identifier, version, unit) != before:
                raise Outdated
            self._files.put(f"jobs/{identifier}/journal.{version}.json", after.encode())

    def approve(
        self,
        identifier: str,
        version: int,
        unit: str | None = None,
        *,
        reviewed: Draft | None = None,
        journal: str = "",
    ) -> Job:
        """The job, its draft approved: a worker applies it, hiding what is still held.

        ``reviewed`` is the draft as it stands after that ``journal``; both come to count in the one
        step that approves, so that nothing is released which the one who approves did not see.

        Raises:
            Conflict: it is not that version any more, or does not wait for approval.
            Outdated: an officer changed it since.
        """
        self.get(identifier, unit)
        with self._table.locked(identifier) as row:
            if row.draft != version or not version:
                raise Conflict(state=row.state, version=row.draft)
            if self.journal(identifier, version, unit) != journal:
                raise Outdated
            row.state = move(row.state, "approved")
            if reviewed is not None:
                save_next(self._files, identifier, version, version + 1, reviewed)
                row.draft = version + 1
            row.approved, row.submitted, row.outcome = row.draft, 0.0, ""
            row.forgiven = row.attempts
        hand_over(self._bench, self._engine, identifier)
        return self.get(identifier)
