"""Finds what was lost or forgotten, and removes what is past its time. Any worker may sweep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from redactor.jobs.bench import Bench
from redactor.jobs.engines import Engine
from redactor.jobs.engines.base import quietly
from redactor.jobs.lease import give_back
from redactor.jobs.states import ENDED, WAITING, WORKING, move
from redactor.store.jobs import Job
from redactor.store.scratch import sweep_scratch

RESUBMIT = 300.0  # seconds after which a waiting job is handed to the engine once more
FORGOTTEN = 10.0  # the same, where the engine says that nothing waits
REMNANT = 3600.0  # age of files without a job, and of half-written ones, that are removed
DAY = 86400.0


@dataclass(frozen=True)
class Keep:
    """Seconds for which files are kept after the end of a job, or while it waits; 0 for ever."""

    originals: float
    releases: float
    reviews: float = 0.0  # since a worker put the job before a person


Retention = Callable[[str], Keep]  # of a unit


def hand_over(bench: Bench, engine: Engine, identifier: str, priority: int = 0) -> None:
    """Tell the engine of a waiting job. Where that fails, the sweeper does it again."""
    quietly(_hand_over, bench, engine, identifier, priority)


def _hand_over(bench: Bench, engine: Engine, identifier: str, priority: int) -> None:
    engine.submit(identifier, priority=priority)
    with bench.table.locked(identifier) as row:
        row.submitted = bench.clock()


def sweep(bench: Bench, engine: Engine) -> None:
    """Bring back every job that a worker or the engine lost."""
    now = bench.clock()
    for identifier in bench.table.lost(WORKING, now):
        with bench.table.locked(identifier) as row:
            if row.state not in WORKING or row.lease_until > now:
                continue  # somebody was quicker
            give_back(row, most=bench.settings.max_attempts, now=now, counted=True)
    patience = FORGOTTEN if engine.stats().queued == 0 else RESUBMIT
    for identifier in bench.table.waiting(WAITING, now - patience):
        hand_over(bench, engine, identifier)


def tidy(bench: Bench, retention: Retention) -> None:
    """Remove originals, drafts and releases that are past their time, and remnants of the dead."""
    now = bench.clock()
    for identifier in bench.table.unpurged(ENDED):
        job = bench.table.get(identifier)
        if _past(job.ended, retention(job.unit).originals, now):
            purge(bench, job)
    for identifier in bench.table.ids(ENDED - {"expired"}):
        job = bench.table.get(identifier)
        if _past(job.ended, retention(job.unit).releases, now):
            expire(bench, job)
    for identifier in bench.table.ids({"needs_review"}):
        job = bench.table.get(identifier)
        if _past(job.heartbeat, retention(job.unit).reviews, now):
            expire(bench, job)
    bench.files.clean(now - REMNANT)
    sweep_scratch(bench.settings)
    _orphans(bench)


def purge(bench: Bench, job: Job) -> None:
    """Original, request and drafts of a job are gone; its release stays."""
    kept = {f"jobs/{job.id}/{job.published}.{ending}" for ending in job.files}
    for name in list(bench.files.list(f"jobs/{job.id}")):
        if name not in kept:
            bench.files.delete(name)
    with bench.table.locked(job.id) as row:
        row.purged = bench.clock()


def expire(bench: Bench, job: Job) -> None:
    """Every file of a job is gone; what it was stays in the table.

    They go before the table says so: what a crash leaves is found again by the next round.
    """
    with bench.table.locked(job.id) as row:
        if row.state != job.state:
            return  # a person was quicker
        row.state, row.files = move(row.state, "expired"), []
        row.ended = row.ended or bench.clock()
        row.purged = row.purged or bench.clock()
        bench.files.delete(f"jobs/{job.id}")


def _past(since: float, keep: float, now: float) -> bool:
    return keep > 0 and since + keep <= now


def settings_retention(bench: Bench) -> Retention:
    """What the settings say, of a unit or of all."""
    given = bench.settings
    usual = (given.keep_originals_days, given.keep_releases_days, given.keep_reviews_days)
    single = {unit: (*days, given.keep_reviews_days)[:3] for unit, *days in given.keep_days_by_unit}

    def keep(unit: str) -> Keep:
        return Keep(*(days * DAY for days in single.get(unit, usual)))

    return keep


def _orphans(bench: Bench) -> None:
    """Files of jobs that are not in the table: an upload that broke off, a job removed."""
    found = {name.split("/")[1] for name in bench.files.list("jobs")}
    for identifier in found - bench.table.known(found):
        if bench.files.age(f"jobs/{identifier}", bench.clock()) > REMNANT:
            bench.files.delete(f"jobs/{identifier}")
