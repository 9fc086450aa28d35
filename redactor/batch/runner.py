"""Takes a run from its rows to its results: what is to do, who does it, what is written down."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from redactor.batch.intake import Row, Task, refuse_overwriting, tasks
from redactor.batch.manifest import Manifest, Result
from redactor.batch.slots import Engine
from redactor.batch.work import ENDINGS

FULL = "cannot_write"  # no other file would fare better


class Listener(Protocol):
    """Told of the run as it goes, from several threads."""

    def begun(self, name: str) -> None:
        """A row is being worked on."""

    def page(self, name: str, done: int, total: int) -> None:
        """Pages of it that are done with in the present step."""


@dataclass
class Run:
    """One run over rows into an output folder; iterate over ``results``, then ask how it ended."""

    rows: Sequence[Row]
    out: Path
    engine: Engine
    jobs: int = 1
    force: bool = False
    fail_fast: bool = False
    listener: Listener | None = None
    stopping: threading.Event = field(default_factory=threading.Event)
    left: int = 0  # rows that were not begun
    _enough: bool = False

    def results(self) -> Iterator[Result]:
        """The result of every row as they come; ends early when ``stopping`` is set.

        Raises:
            BadRequest: an output would be written over a case file.
            Busy, CannotWrite: the output folder cannot be used.
        """
        refuse_overwriting(self.rows, self.out)
        manifest = Manifest(self.out)
        try:
            _sweep(self.out)
            todo = []
            for task in tasks(self.rows):
                if self._done(task, manifest):
                    yield from (Result(row.name, "already done") for row in task)
                elif self._strange(task, manifest):
                    yield from (Result(row.name, "already there") for row in task)
                else:
                    todo.append(task)
            yield from self._work(todo, manifest)
        finally:
            manifest.close()

    def _done(self, task: Task, manifest: Manifest) -> bool:
        """Whether every row of it stands as it was asked for."""
        if self.force:
            return False
        for row in task:
            entry, document = manifest.get(row.name), self.out / f"{row.name}.pdf"
            if entry is None or not entry.covers(row):
                return False
            if entry.outcome == "released" and not document.exists():
                return False
        return True

    def _strange(self, task: Task, manifest: Manifest) -> bool:
        """Whether a document stands in its place that no run is known to have written."""
        return not self.force and any(
            manifest.get(row.name) is None and (self.out / f"{row.name}.pdf").exists()
            for row in task
        )

    def _work(self, todo: list[Task], manifest: Manifest) -> Iterator[Result]:
        running: dict[Future[list[Result]], Task] = {}
        waiting = iter(todo)
        self.left = sum(map(len, todo))
        with ThreadPoolExecutor(self.jobs, initializer=_leave_interrupts) as threads:
            ended: list[Result] = []
            while True:
                while len(running) < self.jobs and not self._enough and not self.stopping.is_set():
                    task = next(waiting, None)
                    if task is None:
                        break
                    self._begin(task, manifest)
                    running[threads.submit(self._run, task)] = task
                yield from ended  # told only when the workers have something to do again
                if not running:
                    return
                ended = []
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    del running[future]
                    ended += future.result()
                for result in ended:
                    manifest.end(result)
                    self._judge(result)

    def _begin(self, task: Task, manifest: Manifest) -> None:
        for row in task:
            known = manifest.get(row.name)
            if known and (known.path, known.asked) != (row.source.path, row.asked):
                for ending in ENDINGS:  # of another case file or another request
                    (self.out / f"{row.name}.{ending}").unlink(missing_ok=True)
            manifest.begin(row)
            if self.listener:
                self.listener.begun(row.name)
        self.left -= len(task)

    def _run(self, task: Task) -> list[Result]:
        def told(done: int, total: int) -> None:
            if self.listener:
                self.listener.page(task[0].name, done, total)

        return self.engine.run(task, told)

    def _judge(self, result: Result) -> None:
        if result.failed and (self.fail_fast or result.detail == FULL):
            self._enough = True


def _leave_interrupts() -> None:
    """Keep Ctrl-C from this thread and from the workers it starts: the main thread answers it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})


def _sweep(out: Path) -> None:
    """Remove what a run that was killed was just writing."""
    for path in out.rglob(".writing-*"):
        path.unlink(missing_ok=True)
