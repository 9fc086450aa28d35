"""What the edges may ask of jobs. An answer is a value, a refusal an error of the tree."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from redactor.errors import (
    Busy,
    Conflict,
    EmptyInput,
    Forbidden,
    NotReady,
)
from redactor.jobs.drafts import load_request, save_request
from redactor.jobs.lease import let_go
from redactor.jobs.reviewing import Reviewing
from redactor.jobs.states import ENDED, RESTING, WAITING, WORKING, move
from redactor.jobs.sweeper import hand_over, purge
from redactor.packet import digest_of
from redactor.store.jobs import Filters, Job, numbered
from redactor.store.tables import JobRow
from redactor.types import Request

POLL = (0.05, 0.5)  # seconds between looks at a job that is waited for: at first, at last


@dataclass(frozen=True)
class Sender:
    """Who sends a job, for whom, and how it is to be treated."""

    unit: str = ""
    submitter: str = ""
    passwords: tuple[str, ...] = ()  # one for each file, or one for all of them
    priority: int = 0
    review: bool = False  # a person looks before the release, whatever is held
    deadline: date | None = None


class JobService(Reviewing):
    """Jobs of one deployment. Where ``unit`` is given, another unit's job is not found."""

    def submit(
        self,
        data: bytes | BinaryIO | list[BinaryIO] | list[bytes],
        request: Request,
        sender: Sender | None = None,
    ) -> Job:
        """The job, accepted: once this returns, it is in the table and comes to an end.

        A list of files is a packet: they share their people and end together.

        Raises:
            Busy: as many jobs wait as the settings allow.
            EmptyInput: a file without bytes.
            CannotWrite, Unavailable: it was not accepted.
        """
        given = sender or Sender()
        self.refuse_if_full()
        identifier = secrets.token_hex(16)
        digests = self._keep(identifier, data if isinstance(data, list | tuple) else [data])
        save_request(self._files, identifier, request, given.passwords)
        job = Job(
            identifier, given.unit, given.submitter, priority=given.priority, review=given.review,
            jurisdiction=request.jurisdiction, category=request.category,
            received=request.received, deadline=given.deadline,
            created=self._bench.clock(), source_digest=digest_of(digests),
            documents=[{"source": d} for d in digests],
        )  # fmt: skip
        self._table.add(job)
        hand_over(self._bench, self._engine, identifier, given.priority)
        return job

    def refuse_if_full(self) -> None:
        """Return where a job would be taken; costs one look, and is asked before dearer things.

        Raises:
            Busy: as many jobs wait as the settings allow.
        """
        if self.waiting() >= self._bench.settings.max_queue:
            raise Busy

    def _keep(self, identifier: str, data: Sequence[bytes | BinaryIO]) -> list[str]:
        """The digest of each file, which is kept from now on."""
        digests = []
        for number, file in enumerate(data, 1):
            stored = self._files.put(f"jobs/{identifier}/{numbered('input', number)}", file)
            if not stored.size:
                self._files.delete(f"jobs/{identifier}")
                raise EmptyInput
            digests.append(stored.digest)
        return digests

    def wait(self, identifier: str, seconds: float, unit: str | None = None) -> Job:
        """The job when nothing more happens by itself, or as it stands when the time is up."""
        until, pause = time.monotonic() + seconds, POLL[0]
        job = self.get(identifier, unit)
        while job.state not in RESTING and time.monotonic() < until:
            time.sleep(pause)
            pause = min(pause * 1.3, POLL[1])
            job = self.get(identifier, unit)
        return job

    def list(
        self, filters: Filters | None = None, cursor: str = "", limit: int = 50
    ) -> tuple[list[Job], str]:
        """Jobs, the newest first, and the cursor of the next page; empty after the last."""
        return self._table.page(filters or Filters(), cursor, limit)

    def waiting(self) -> int:
        """How many jobs wait or are worked on."""
        return self._table.count(WAITING | WORKING)

    def position(self, job: Job) -> int:
        """How many waiting jobs are before this one; 0 where it does not wait."""
        return self._table.ahead(job, WAITING) if job.state in WAITING else 0

    def cancel(self, identifier: str, unit: str | None = None) -> Job:
        """The job, cancelled; a worker that has it stops.

        Raises:
            Conflict: it has ended already.
        """
        self.get(identifier, unit)
        with self._table.locked(identifier) as row:
            row.state, row.ended = move(row.state, "cancelled"), self._bench.clock()
            let_go(row)
        return self.get(identifier)

    def retry(self, identifier: str, unit: str | None = None, *, withheld: bool = False) -> Job:
        """A failed or quarantined job, waiting anew with all its tries; also a ``withheld`` one.

        A draft that a person approved is applied again; one that has gone stale is made anew. A
        withheld job is read anew, under the policy and model of now; what a person had decided on
        is put before a person again.

        Raises:
            Forbidden: the job was withheld, and ``withheld`` was not given.
            Conflict: it is in another state.
            NotReady: its original was purged.
        """
        if self.get(identifier, unit).purged:
            raise NotReady("The original was purged; send the case file again.")
        with self._table.locked(identifier) as row:
            if row.state == "done":
                _reopen(row, allowed=withheld)
            if row.error_code == "stale_draft":
                row.approved = 0
            row.state = move(row.state, "approved" if row.approved else "queued")
            row.forgiven, row.ended, row.submitted = row.attempts, 0.0, 0.0
            row.error_code, row.error, row.outcome = "", None, ""
        hand_over(self._bench, self._engine, identifier)
        return self.get(identifier)

    def delete(self, identifier: str, unit: str | None = None) -> None:
        """Nothing is left of the job; a worker that has it stops."""
        self.get(identifier, unit)
        self._table.delete(identifier)
        self._files.delete(f"jobs/{identifier}")

    def purge(self, identifier: str, unit: str | None = None) -> Job:
        """The job without its original, its request and its drafts; the release stays.

        Raises:
            Conflict: it has not ended.
        """
        job = self.get(identifier, unit)
        if job.state not in ENDED:
            raise Conflict(state=job.state)
        if not job.purged:
            purge(self._bench, job)
        return self.get(identifier)

    def request(self, identifier: str, unit: str | None = None) -> Request:
        """Who asked for what. Holds protected text."""
        self.get(identifier, unit)
        return load_request(self._files, identifier)[0]

    def original(self, identifier: str, unit: str | None = None, number: int = 1) -> BinaryIO:
        """The case file of that number as it was sent, as a stream to be closed."""
        self.get(identifier, unit)
        return self._files.open(f"jobs/{identifier}/{numbered('input', number)}")

    def open_file(self, identifier: str, ending: str, unit: str | None = None) -> BinaryIO:
        """A file of the release, as a stream to be closed.

        Raises:
            NotReady: the job has no such file.
        """
        job = self.get(identifier, unit)
        if ending not in job.files:
            raise NotReady(state=job.state, outcome=job.outcome)
        return self._files.open(f"jobs/{identifier}/{job.published}.{ending}")


def _reopen(row: JobRow, *, allowed: bool) -> None:
    """Make a withheld job one that was never read."""
    if row.outcome != "withheld":
        raise Conflict(state=row.state, outcome=row.outcome)
    if not allowed:
        raise Forbidden(needs="job.reopen")
    row.review, row.approved = row.review or bool(row.approved), 0
    row.files, row.published, row.verdict, row.reasons = [], 0, None, []
    row.release_digest, row.policy_digest = "", ""
    row.documents = [{"source": d["source"]} for d in row.documents]


__all__ = ["Filters", "Job", "JobService", "Sender"]
