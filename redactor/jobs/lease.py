"""Who works on a job: one worker at a time, for as long as it shows that it lives.

A lease is the id of a claim and its number. Every change that a worker makes asks for it, so
that one who was thought dead and comes back can change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from redactor.errors import NotFound, Quarantined, RedactorError
from redactor.jobs.states import WAITING, WORKING, move
from redactor.store.jobs import Job, JobTable, frozen
from redactor.store.tables import JobRow


@dataclass(frozen=True)
class Lease:
    """The right to work on a job."""

    job: str
    owner: str
    attempt: int
    tries_left: int = 0  # after this one, before the job is quarantined


class LeaseLost(Exception):
    """The job is no longer this worker's: cancelled, removed, or given to another."""


def claim(
    table: JobTable, identifier: str, owner: str, *, now: float, seconds: float, most: int
) -> tuple[Lease, Job] | None:
    """A lease on the job, or None where it is done, removed, or another's.

    ``owner`` is new for each claim. A job that was claimed ``most`` times and never brought to an
    end is quarantined instead.
    """
    try:
        with table.locked(identifier) as row:
            free = row.state in WAITING or (row.state in WORKING and row.lease_until <= now)
            if not free or _quarantined(row, most, now):
                return None
            row.state = move(row.state, "applying" if row.approved else "detecting")
            row.attempts += 1
            row.started = row.started or now
            row.lease_owner, row.lease_until, row.heartbeat = owner, now + seconds, now
            row.stage, row.page = "open", 0
            left = most - (row.attempts - row.forgiven)
            return Lease(identifier, owner, row.attempts, left), frozen(row)
    except NotFound:
        return None


@contextmanager
def held(table: JobTable, lease: Lease) -> Iterator[JobRow]:
    """The row of a job, to be changed by the one who holds the lease.

    Raises:
        LeaseLost: it is not held any more.
    """
    try:
        with table.locked(lease.job) as row:
            if (row.lease_owner, row.attempts) != (lease.owner, lease.attempt):
                raise LeaseLost
            yield row
    except NotFound:
        raise LeaseLost from None


def beat(table: JobTable, lease: Lease, *, now: float, seconds: float) -> int:
    """Show that the worker lives; the pages that the job is known to have.

    Raises:
        LeaseLost: as ``held``.
    """
    with held(table, lease) as row:
        row.heartbeat, row.lease_until = now, now + seconds
        return int(row.pages)


def let_go(row: JobRow) -> None:
    """End the lease on a row that is being changed."""
    row.lease_owner, row.lease_until, row.stage = "", 0.0, ""


def give_back(row: JobRow, *, most: int, now: float, counted: bool) -> None:
    """Put a job back for another try; quarantine it where its tries are used up.

    The next sweep hands it to the engine, if nobody does so sooner.
    """
    if not counted:
        row.forgiven += 1
    row.submitted = 0.0
    let_go(row)
    if not _quarantined(row, most, now):
        row.state = move(row.state, "approved" if row.approved else "queued")


def end(row: JobRow, state: str, now: float, error: RedactorError | None = None) -> None:
    """Bring a job to its end."""
    let_go(row)
    row.state, row.ended = move(row.state, state), now
    if error is not None:
        row.error_code = error.code
        row.error = {"code": error.code, "status": error.http_status, "title": error.title,
                     "detail": error.detail, "advice": error.advice}  # fmt: skip


def _quarantined(row: JobRow, most: int, now: float) -> bool:
    if row.attempts - row.forgiven < most:
        return False
    end(row, "quarantined", now, Quarantined())
    return True
