"""The jobs of a database: read as frozen values, changed one row at a time under its lock."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from redactor.errors import BadRequest, NotFound
from redactor.store.db import Database
from redactor.store.tables import JobRow


@dataclass(frozen=True)
class Job:
    """One job as it is told to the world; the columns are explained in ``tables.py``."""

    id: str
    unit: str = ""
    submitter: str = ""
    state: str = "queued"
    priority: int = 0
    jurisdiction: str = ""
    category: str = ""
    received: date | None = None
    deadline: date | None = None
    created: float = 0.0
    started: float = 0.0
    ended: float = 0.0
    lease_owner: str = ""
    lease_until: float = 0.0
    heartbeat: float = 0.0
    attempts: int = 0
    forgiven: int = 0
    submitted: float = 0.0
    stage: str = ""
    page: int = 0
    pages: int = 0
    source_digest: str = ""
    policy_digest: str = ""
    release_digest: str = ""
    outcome: str = ""
    review: bool = False
    draft: int = 0
    approved: int = 0
    published: int = 0
    files: list[str] = field(default_factory=list)  # endings; see ``numbered``
    documents: list[dict[str, Any]] = field(default_factory=list)
    verdict: dict[str, Any] | None = None
    reasons: list[dict[str, Any]] = field(default_factory=list)
    holds: list[dict[str, Any]] = field(default_factory=list)
    error_code: str = ""
    error: dict[str, Any] | None = None
    purged: float = 0.0


@dataclass(frozen=True)
class Filters:
    """Which jobs to list; what is empty does not narrow. ``unit`` None is every unit's."""

    unit: str | None = None
    states: Collection[str] = ()
    jurisdiction: str = ""
    category: str = ""
    submitter: str = ""
    since: float = 0.0  # created at or after
    before: float = 0.0  # created before


def numbered(name: str, number: int) -> str:
    """What a name of the first file of a job is for the file of that number, counted from 1."""
    return name if number == 1 else f"{number}.{name}"


AT_ONCE = 500  # ids in one question; databases take no endless lists
Note = Callable[[Session, JobRow, str], None]
COLUMNS = tuple(f.name for f in fields(Job))


def unnoted(session: Session, row: JobRow, what: str) -> None:
    """Take no note of what happened to a job."""


class JobTable:
    """Every job of a database.

    ``note`` is called with the row and what happened to it (a new state, ``purged``, ``deleted``),
    in the transaction that did it, so that what it writes (audit, deliveries) is kept if and only
    if the change is.
    """

    def __init__(self, database: Database, note: Note = unnoted) -> None:
        """Use the table; it must be there."""
        self.database = database
        self._note = note

    def add(self, job: Job) -> None:
        """Keep a new job."""
        with self.database.writing() as session:
            row = JobRow(**{name: getattr(job, name) for name in COLUMNS})
            session.add(row)
            self._note(session, row, row.state)

    def get(self, identifier: str) -> Job:
        """The job of that id.

        Raises:
            NotFound: there is none.
        """
        with self.database.reading() as session:
            row = session.get(JobRow, identifier)
            if row is None:
                raise NotFound
            return frozen(row)

    @contextmanager
    def locked(self, identifier: str) -> Iterator[JobRow]:
        """The row, which nobody else changes meanwhile; what is set on it is kept at the end.

        Raises:
            NotFound: there is none.
        """
        with self.database.writing() as session:
            row = session.get(JobRow, identifier, with_for_update=True)
            if row is None:
                raise NotFound
            was, purged = row.state, row.purged
            yield row
            if row.purged != purged:
                self._note(session, row, "purged")
            if row.state != was:
                self._note(session, row, row.state)

    def delete(self, identifier: str) -> None:
        """Forget a job.

        Raises:
            NotFound: there is none.
        """
        with self.database.writing() as session:
            row = session.get(JobRow, identifier, with_for_update=True)
            if row is None:
                raise NotFound
            self._note(session, row, "deleted")
            session.delete(row)

    def known(self, identifiers: Collection[str]) -> set[str]:
        """Those ids that are of a job."""
        asked, found = list(identifiers), set[str]()
        with self.database.reading() as session:
            for n in range(0, len(asked), AT_ONCE):
                some = JobRow.id.in_(asked[n : n + AT_ONCE])
                found.update(session.scalars(select(JobRow.id).where(some)))
        return found

    def count(self, states: Collection[str], unit: str | None = None) -> int:
        """How many jobs are in one of the states."""
        query = select(func.count()).select_from(JobRow).where(JobRow.state.in_(states))
        if unit is not None:
            query = query.where(JobRow.unit == unit)
        with self.database.reading() as session:
            return session.execute(query).scalar_one()

    def counts(self) -> dict[str, int]:
        """How many jobs are in each state that has any."""
        query = select(JobRow.state, func.count().label("many")).group_by(JobRow.state)
        with self.database.reading() as session:
            return {row.state: row.many for row in session.execute(query)}

    def oldest(self, states: Collection[str]) -> float:
        """When the oldest job of the states was made, 0 for none."""
        query = select(func.min(JobRow.created)).where(JobRow.state.in_(states))
        with self.database.reading() as session:
            return session.execute(query).scalar_one() or 0.0

    def ahead(self, job: Job, states: Collection[str]) -> int:
        """How many jobs of the states come before this one."""
        sooner = or_(
            JobRow.priority > job.priority,
            and_(JobRow.priority == job.priority, JobRow.created < job.created),
        )
        query = select(func.count()).select_from(JobRow).where(JobRow.state.in_(states), sooner)
        with self.database.reading() as session:
            return session.execute(query).scalar_one()

    def lost(self, states: Collection[str], now: float) -> Sequence[str]:
        """Ids of jobs in the states whose lease has run out."""
        return self._ids(JobRow.state.in_(states), JobRow.lease_until <= now)

    def waiting(self, states: Collection[str], submitted_before: float) -> Sequence[str]:
        """Ids of jobs in the states that the engine was not told of since, the oldest first."""
        return self._ids(JobRow.state.in_(states), JobRow.submitted < submitted_before)

    def unpurged(self, states: Collection[str]) -> Sequence[str]:
        """Ids of jobs in the states whose original is still kept."""
        return self._ids(JobRow.state.in_(states), JobRow.purged == 0)

    def ids(self, states: Collection[str]) -> Sequence[str]:
        """Ids of jobs in the states, the oldest first."""
        return self._ids(JobRow.state.in_(states))

    def of_source(self, unit: str, digest: str) -> list[Job]:
        """Done jobs of a unit on the file or packet of that digest, the newest first."""
        query = select(JobRow).where(
            JobRow.unit == unit, JobRow.source_digest == digest, JobRow.state == "done"
        )
        with self.database.reading() as session:
            return [frozen(r) for r in session.scalars(query.order_by(JobRow.created.desc()))]

    def page(self, filters: Filters, cursor: str, limit: int) -> tuple[list[Job], str]:
        """Jobs, the newest first, and the cursor of the next page; empty after the last.

        Raises:
            BadRequest: no cursor of this list.
        """
        query = select(JobRow).order_by(JobRow.created.desc(), JobRow.id.desc())
        query = query.where(*_narrow(filters), *_after(cursor)).limit(limit + 1)
        with self.database.reading() as session:
            jobs = [frozen(row) for row in session.scalars(query)]
        more = len(jobs) > limit
        return jobs[:limit], _cursor(jobs[limit - 1]) if more else ""

    def _ids(self, *where: ColumnElement[bool]) -> Sequence[str]:
        query = select(JobRow.id).where(*where).order_by(JobRow.created)
        with self.database.reading() as session:
            return session.scalars(query).all()


def frozen(row: JobRow) -> Job:
    """The row as a value."""
    return Job(**{name: getattr(row, name) for name in COLUMNS})


def _narrow(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.unit is not None:
        yield JobRow.unit == filters.unit
    if filters.states:
        yield JobRow.state.in_(filters.states)
    for name in ("jurisdiction", "category", "submitter"):
        if value := getattr(filters, name):
            yield getattr(JobRow, name) == value
    if filters.since:
        yield JobRow.created >= filters.since
    if filters.before:
        yield JobRow.created < filters.before


def _cursor(job: Job) -> str:
    return base64.urlsafe_b64encode(json.dumps([job.created, job.id]).encode()).decode()


def _after(cursor: str) -> Iterator[ColumnElement[bool]]:
    if not cursor:
        return
    try:
        created, identifier = json.loads(base64.urlsafe_b64decode(cursor))
        place = (float(created), str(identifier))
    except (ValueError, TypeError, binascii.Error):
        raise BadRequest("That is no cursor of this list.", field="cursor") from None
    yield tuple_(JobRow.created, JobRow.id) < place
