"""Carries job ids to workers. This one keeps its worker processes beside the server.

Other engines keep the same four methods; the job folder, not the engine, is the truth.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from redactor.errors import Busy, RedactorError, TimedOut
from redactor.jobs.folder import Job, JobFolder
from redactor.jobs.worker import start, work
from redactor.settings import Settings
from redactor.types import Request

POLL = 0.05  # seconds between looks at a job that is waited for


class Engine(Protocol):
    """What the service needs of an engine."""

    def submit(self, job: Job, request: Request, password: str) -> None:
        """Take in one job."""

    def waiting(self) -> int:
        """How many jobs are not over yet."""

    def stop(self) -> None:
        """Let the workers go."""


class InlineEngine:
    """Worker processes of this server. A crash of a C library costs one job, not the service."""

    def __init__(self, settings: Settings) -> None:
        """Start nothing yet: the first job starts the workers."""
        self._settings = settings
        self._jobs = JobFolder(settings.data_dir)
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._open: dict[str, Future[None]] = {}

    def submit(self, job: Job, request: Request, password: str) -> None:
        """Queue the job.

        Raises:
            Busy: as many jobs wait as ``settings.max_queue`` allows.
        """
        with self._lock:
            if len(self._open) >= self._settings.max_queue:
                raise Busy
            self._pool = self._pool or self._start()
            try:
                future = self._pool.submit(work, job.id, request, password, self._settings)
            except BrokenProcessPool:
                self._pool = self._start()
                future = self._pool.submit(work, job.id, request, password, self._settings)
            self._open[job.id] = future
        future.add_done_callback(lambda f: self._over(job.id, f))
        timer = threading.Timer(self._settings.max_seconds, self._late, (job.id,))
        timer.daemon = True
        timer.start()

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # models do not survive a fork
        return ProcessPoolExecutor(
            self._settings.workers,
            mp_context=context,
            initializer=start,
            initargs=(self._settings,),
        )

    def _over(self, identifier: str, future: Future[None]) -> None:
        with self._lock:
            self._open.pop(identifier, None)
        if not future.cancelled() and future.exception() is not None:
            self._failed(identifier, RedactorError("A worker was lost while it had this file."))

    def _late(self, identifier: str) -> None:
        """End a job that ran past its time; its worker is killed with it."""
        with self._lock:
            late, pool = identifier in self._open, self._pool
            if late:
                self._pool = None
        if late and pool is not None:
            for process in list(getattr(pool, "_processes", {}).values()):
                process.kill()
            self._failed(identifier, TimedOut())

    def _failed(self, identifier: str, error: RedactorError) -> None:
        job = self._jobs.get(identifier)
        if not job.over:
            facts = {"code": error.code, "status": error.http_status, "title": error.title,
                     "detail": error.detail, "advice": error.advice}  # fmt: skip
            self._jobs.change(identifier, "failed", error=facts, ended=time.time())

    def waiting(self) -> int:
        """How many jobs are queued or being worked on."""
        return len(self._open)

    def stop(self) -> None:
        """Wait for the jobs in hand, then let the workers go."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def wait_for(jobs: JobFolder, identifier: str, seconds: float) -> Job:
    """The job, over or as it stands when the time is up."""
    until = time.monotonic() + seconds
    job = jobs.get(identifier)
    while not job.over and time.monotonic() < until:
        time.sleep(POLL)
        job = jobs.get(identifier)
    return job
