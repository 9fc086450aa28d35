"""Worker processes of this machine, one task each at a time.

A crash of a C library costs the task that crashed, whichever else is being worked on; a worker
that says nothing for the time of its file's pages is ended. Workers end with their parent, however
it ends, and leave Ctrl-C to it.
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from redactor.batch.intake import Task
from redactor.batch.manifest import Result
from redactor.isolation import confine
from redactor.settings import Settings

Told = Callable[[int, int], None]  # pages done, pages in all


class Engine(Protocol):
    """Whoever does the work; ``run`` is called from as many threads as tasks run at once."""

    def run(self, task: Task, told: Told) -> list[Result]:
        """The results of the task's rows; never raises."""

    def close(self, *, kill: bool = False) -> None:
        """Let the workers go, or end them at once."""


class LocalEngine:
    """Tasks worked on by processes of this machine."""

    def __init__(self, out: Path, settings: Settings, jobs: int) -> None:
        """Start nothing yet: each worker starts with its first task."""
        self._settings = settings
        self._all = [_Slot(out, settings) for _ in range(jobs)]
        self._idle: queue.SimpleQueue[_Slot] = queue.SimpleQueue()
        for slot in self._all:
            self._idle.put(slot)

    def run(self, task: Task, told: Told) -> list[Result]:
        """See ``Engine``."""
        slot = self._idle.get()
        try:
            return slot.run(task, told)
        finally:
            self._idle.put(slot)

    def close(self, *, kill: bool = False) -> None:
        """See ``Engine``."""
        for slot in self._all:
            slot.close(kill=kill)


class _Slot:
    """One worker process and the line to it."""

    def __init__(self, out: Path, settings: Settings) -> None:
        self._given = (out, settings)
        self._patience = settings.seconds
        self._process: multiprocessing.process.BaseProcess | None = None
        self._line: Connection | None = None

    def run(self, task: Task, told: Told) -> list[Result]:
        try:
            line = self._ready()
            line.send(task)
            pages = 0
            while line.poll(self._patience(pages)):
                message = line.recv()
                if isinstance(message, list):
                    return message
                pages = max(pages, message[1])
                told(*message)
            why = "timed_out"
        except (EOFError, OSError):
            why = "crashed"
        self.close(kill=True)
        return [Result(row.name, "failed", why) for row in task]

    def _ready(self) -> Connection:
        if self._process is None or self._line is None or not self._process.is_alive():
            context = multiprocessing.get_context("spawn")  # models do not survive a fork
            self._line, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, *self._given))
            self._process.start()
            theirs.close()
        return self._line

    def close(self, *, kill: bool = False) -> None:
        process, line = self._process, self._line
        self._process = self._line = None
        if line is not None:
            line.close()  # an idle worker ends when its line does
        if process is not None:
            if kill:
                process.kill()
            process.join()


def _serve(line: Connection, out: Path, settings: Settings) -> None:
    """Work on tasks until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine(settings)
    from redactor.batch.work import work  # noqa: PLC0415 - in the worker

    def listen(stage: str, done: int = 0, total: int = 0) -> None:
        del stage
        line.send((done, total))

    while True:
        try:
            task = line.recv()
        except EOFError:
            return
        line.send(work(task, out, settings, listen))
