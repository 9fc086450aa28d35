"""What is counted of the work, for Prometheus: numbers under fixed names, never text.

Every process writes into files of one folder (PROMETHEUS_MULTIPROC_DIR, which ``redactor serve``
and ``redactor worker`` set), so that children that come and go are counted too.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from redactor.jobs.states import WAITING
from redactor.logs import log
from redactor.settings import Settings
from redactor.store.jobs import JobTable, Note
from redactor.store.tables import JobRow
from redactor.traces import tell
from redactor.types import Reading, Release

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
STEPS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
JOBS = Counter("redactor_jobs", "Jobs that came to a state.", ["state"])
STAGES = Histogram("redactor_stage_seconds", "Time in a stage.", ["stage"], buckets=STEPS)
PAGES = Counter("redactor_pages", "Pages read; kind is text, scan or mixed.", ["kind"])
OUTCOMES = Counter("redactor_releases", "What jobs ended in.", ["outcome"])
WITHHELD = Counter("redactor_withheld", "Releases withheld, by the check that failed.", ["check"])
REQUESTS = Histogram(
    "redactor_request_seconds", "Time of an answer.", ["method", "route", "status"], buckets=STEPS
)


def prepare(settings: Settings, *, wipe: bool = False) -> None:
    """Choose the folder of this service; to be called before anything is counted."""
    folder = Path(os.environ.setdefault(FOLDER, str(settings.data_dir / "metrics")))
    if wipe:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


class Counted:
    """A note taker that counts and logs what happens to jobs, and hands on to another."""

    def __init__(self, note: Note) -> None:
        """Hand on to this one."""
        self._note = note

    def __call__(self, session: Any, row: JobRow, what: str) -> None:
        """Note it, count it, log it."""
        self._note(session, row, what)
        JOBS.labels(what).inc()
        log.info("job", job_id=row.id, state=what, outcome=row.outcome, error=row.error_code,
                 attempt=row.attempts, pages=row.pages)  # fmt: skip


class Stopwatch:
    """Measures the stages of one job, each from its first word to the first of the next."""

    def __init__(self, job: str, *, traced: bool) -> None:
        """Begin with the opening of the file."""
        self._job, self._traced = job, traced
        self._stage, self._since = "open", time.perf_counter()

    def __call__(self, stage: str) -> None:
        """The stage has begun; the one before it is over."""
        now = time.perf_counter()
        STAGES.labels(self._stage).observe(now - self._since)
        if self._traced:
            facts = {"job_id": self._job, "stage": self._stage}
            tell(f"stage {self._stage}", now - self._since, facts)
        self._stage, self._since = stage, now


def count_pages(reading: Reading) -> None:
    """Count the pages of a case file by how they were read."""
    for page in reading.pages:
        PAGES.labels(page.kind).inc()


def count_release(made: Release) -> None:
    """Count what a job ended in, and the checks that kept it back."""
    OUTCOMES.labels(made.outcome).inc()
    for check in made.verdict.failing:
        WITHHELD.labels(check.name.partition(":")[0]).inc()


class Queue(Collector):
    """How much waits and since when, read from the table at each look."""

    def __init__(self, table: JobTable) -> None:
        """Of this table."""
        self._table = table

    def collect(self) -> Iterator[Metric]:
        """Jobs by state, and the age of the one that waits longest."""
        depth = GaugeMetricFamily("redactor_queue_jobs", "Jobs in a state now.", labels=["state"])
        for state, count in self._table.counts().items():
            depth.add_metric([state], count)
        yield depth
        since = self._table.oldest(WAITING)
        age = max(0.0, time.time() - since) if since else 0.0
        yield GaugeMetricFamily("redactor_queue_oldest_seconds", "Age of what waits longest.", age)


def exposition(table: JobTable) -> bytes:
    """Everything that was counted, as Prometheus reads it."""
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        counted = generate_latest(registry)
    else:
        counted = generate_latest(REGISTRY)
    queue = CollectorRegistry()
    queue.register(Queue(table))
    return counted + generate_latest(queue)
