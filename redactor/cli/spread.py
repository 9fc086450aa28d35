"""Hands the tasks of a run to the workers of this deployment, through its table of jobs."""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import structlog

from redactor.batch.intake import Row, Task
from redactor.batch.manifest import Result
from redactor.batch.slots import Told
from redactor.batch.work import guarded, publish, summed
from redactor.errors import Busy
from redactor.jobs.engines import open_engine
from redactor.jobs.perform import open_bench
from redactor.jobs.service import JobService, Sender
from redactor.jobs.states import RESTING
from redactor.settings import Settings
from redactor.store.jobs import Job

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
        return [self._one(row, told) for row in task]

    def close(self, *, kill: bool = False) -> None:
        """See ``Engine``; jobs that were handed over are still worked on."""
        if kill:
            self._killed.set()

    def _one(self, row: Row, told: Told) -> Result:
        began = time.perf_counter()

        def redact() -> Result:
            data = row.source.read(self._settings.max_bytes)
            job = self._follow(self._submit(row, data), told)
            result = self._fetch(row.name, job, hashlib.sha256(data).hexdigest())
            if job.state != "needs_review":  # that one waits for a person
                self._jobs.delete(job.id)
            return result

        [result] = guarded([row.name], lambda: [redact()])
        return replace(result, seconds=round(time.perf_counter() - began, 3))

    def _submit(self, row: Row, data: bytes) -> Job:
        sender = Sender(unit=UNIT, submitter=UNIT, password=row.password)
        while True:
            try:
                return self._jobs.submit(data, row.request, sender)
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

    def _fetch(self, name: str, job: Job, digest: str) -> Result:
        if job.state not in ("done", "needs_review"):
            return Result(name, "failed", job.error_code or job.state)
        files = {ending: self._read(job, ending) for ending in job.files}
        publish(self._out, name, files)
        holds = [f"hold:{h['kind']}" for h in job.holds]
        log = json.loads(files.get("internal.json", b"{}"))
        outcome = "held" if job.state == "needs_review" else job.outcome
        return summed(name, outcome, [str(r["code"]) for r in job.reasons], holds, log, digest)

    def _read(self, job: Job, ending: str) -> bytes:
        with self._jobs.open_file(job.id, ending) as file:
            return file.read()
