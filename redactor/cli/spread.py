"""Hands the tasks of a run to the workers of this deployment, through its table of jobs."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path

import structlog

from redactor.batch.intake import Task
from redactor.batch.manifest import Result
from redactor.batch.slots import Told
from redactor.batch.work import ENDINGS, guarded, publish, summarized
from redactor.errors import Busy
from redactor.jobs.bench import open_bench
from redactor.jobs.engines import open_engine
from redactor.jobs.service import JobService, Sender
from redactor.jobs.states import RESTING
from redactor.settings import Settings
from redactor.store.jobs import Job, numbered

UNIT = "batch"  # jobs of runs are no unit's to look at
FULL_QUEUE = 5.0  # seconds until a full queue is tried again


class JobsEngine:
    """Tasks worked on by `redactor worker` wherever one runs; a lost worker loses nothing."""

    def __init__(self, out: Path, settings: Settings) -> None:
        """Open the table of jobs, the files and the broker of the settings."""
        to_stderr = structlog.PrintLoggerFactory(sys.stderr)  # results have standard output
        structlog.configure(**{**structlog.get_config(), "logger_factory": to_stderr})
        self._out, self._settings = out, settings
        self._jobs = JobService(open_bench(settings), open_engine(settings))
        self._killed = threading.Event()

    def run(self, task: Task, told: Told) -> list[Result]:
        """See ``Engine``."""
        began = time.perf_counter()
        results = guarded([row.name for row in task], lambda: self._redact(task, told))
        seconds = round((time.perf_counter() - began) / len(task), 3)
        return [replace(r, seconds=seconds) for r in results]

    def close(self, *, kill: bool = False) -> None:
        """See ``Engine``; jobs that were handed over are still worked on."""
        if kill:
            self._killed.set()

    def _redact(self, task: Task, told: Told) -> list[Result]:
        data = [row.source.read(self._settings.max_bytes) for row in task]
        job = self._follow(self._submit(task, data), told)
        results = [self._fetch(row.name, job, n) for n, row in enumerate(task, 1)]
        if job.state != "needs_review":  # that one waits for a person
            self._jobs.delete(job.id)
        return results

    def _submit(self, task: Task, data: list[bytes]) -> Job:
        passwords = tuple(row.password for row in task)
        sender = Sender(unit=UNIT, submitter=UNIT, passwords=passwords)
        while True:
            try:
                return self._jobs.submit(data, task[0].request, sender)
            except Busy:
                if self._killed.wait(FULL_QUEUE):
                    raise

    def _follow(self, job: Job, told: Told) -> Job:
        while job.state not in RESTING:
            if self._killed.is_set():
                raise Busy
            job = self._jobs.wait(job.id, 2.0)
            told(job.page, job.pages)
        return job

    def _fetch(self, name: str, job: Job, number: int) -> Result:
        if job.state not in ("done", "needs_review"):
            return Result(name, "failed", job.error_code or job.state)
        made = {e: numbered(e, number) for e in ENDINGS if numbered(e, number) in job.files}
        files = {ending: self._read(job, stored) for ending, stored in made.items()}
        publish(self._out, name, files)
        return summarized(name, job.state, asdict(job), number, files)

    def _read(self, job: Job, ending: str) -> bytes:
        with self._jobs.open_file(job.id, ending) as file:
            return file.read()
