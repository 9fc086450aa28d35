"""Watches the processes that work: beats for them, ends what runs too long, replaces what died."""

from __future__ import annotations

import multiprocessing
import queue
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from redactor.errors import MissingDependency, TimedOut, Unavailable
from redactor.jobs import child
from redactor.jobs.bench import Bench
from redactor.jobs.lease import Lease, LeaseLost, beat, claim, end, give_back, held
from redactor.settings import Settings
from redactor.store.jobs import Job

# models do not survive a fork, so children come from a server that has imported and loaded none
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["redactor.jobs.child", "redactor.pipeline"])
Entry = Callable[[Connection, Settings], None]
LOOK = 0.25  # seconds between looks at a child
FAILED = 1  # exit code of a child that ended by an error, not by a signal
RECYCLE = 200  # jobs after which a child is replaced, for libraries leak


@dataclass(eq=False)
class Child:
    """A working process and the way to talk to it."""

    process: BaseProcess
    pipe: Connection
    ready: bool = False
    jobs: int = 0

    def end(self) -> None:
        """Stop it at once, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Runner:
    """Runs jobs by their id, each in a child process, as many at once as threads call it."""

    def __init__(
        self, bench: Bench, again: Callable[[str], object], entry: Entry = child.main
    ) -> None:
        """Start no child yet. ``again`` hands a job that was given back to the engine."""
        self._bench, self._again, self._entry = bench, again, entry
        self._idle: queue.LifoQueue[Child] = queue.LifoQueue()
        self._all: set[Child] = set()
        self._stop_at = float("inf")
        self._stopping = threading.Event()

    def warm(self, count: int) -> None:
        """Start so many children and wait until they are ready.

        Raises:
            MissingDependency: one ended before it was, as where a model is not installed; one
                that was killed is replaced.
        """
        children = [self._start() for _ in range(count)]
        for each in children:
            try:
                each.ready = each.pipe.recv() == child.READY
            except EOFError:
                self._replace(each)
            else:
                self._idle.put(each)

    def _replace(self, dead: Child) -> None:
        dead.process.join()
        if dead.process.exitcode == FAILED:
            raise MissingDependency("A worker could not load what it needs.")
        self._drop(dead)
        self.warm(1)

    def handle(self, identifier: str) -> None:
        """Bring one job as far as it goes; return at once where there is nothing to do."""
        settings = self._bench.settings
        found = claim(
            self._bench.table, identifier, secrets.token_hex(8),
            now=self._bench.clock(), seconds=settings.lease_seconds, most=settings.max_attempts,
        )  # fmt: skip
        if found is not None:
            self._work(*found)

    def stop(self) -> None:
        """Give the jobs in hand the time of the settings, then put them back."""
        self._stop_at = time.monotonic() + self._bench.settings.stop_seconds
        self._stopping.set()

    def close(self) -> None:
        """End every child."""
        for each in list(self._all):
            self._drop(each)

    def _work(self, lease: Lease, job: Job) -> None:
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = self._start()
        try:
            worker.pipe.send((lease, job))
            fate = self._watch(worker, lease)
        except (EOFError, OSError):
            fate = "died" if worker.ready else "unready"
        if fate == "over" and worker.jobs < RECYCLE:
            self._idle.put(worker)
        else:
            self._drop(worker)
        self._settle(lease, fate)

    def _watch(self, worker: Child, lease: Lease) -> str:
        """How it went: over, lost, late or stopped. Raises EOFError where the child died."""
        settings, step = self._bench.settings, self._bench.settings.lease_seconds / 3
        alive = next_beat = time.monotonic()
        began, until = alive, alive + settings.seconds(0)
        while True:
            if worker.pipe.poll(min(LOOK, step)):
                if worker.pipe.recv() == child.OVER:
                    worker.jobs += 1
                    return "over"
                worker.ready = True
            now = time.monotonic()
            if now >= min(until, self._stop_at):
                return "late" if now >= until else "stopped"
            if now >= next_beat:
                next_beat = now + step
                try:
                    pages, alive = self._beat(lease), now
                    until = max(until, began + settings.seconds(pages))
                except LeaseLost:
                    return "lost"
                except Unavailable:
                    if now - alive > settings.lease_seconds:
                        return "lost"

    def _beat(self, lease: Lease) -> int:
        seconds = self._bench.settings.lease_seconds
        return beat(self._bench.table, lease, now=self._bench.clock(), seconds=seconds)

    def _settle(self, lease: Lease, fate: str) -> None:
        """Write down what the child could not."""
        if fate in ("over", "lost"):
            return
        if fate == "unready":
            self._stopping.wait(1.0)  # a child that cannot start must not make its parent spin
        most, now = self._bench.settings.max_attempts, self._bench.clock()
        try:
            with held(self._bench.table, lease) as row:
                if fate == "late":
                    end(row, "failed", now, TimedOut())
                else:
                    give_back(row, most=most, now=now, counted=fate == "died")
        except LeaseLost:
            return
        if fate != "late":
            self._again(lease.job)

    def _start(self) -> Child:
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(
            target=self._entry, args=(theirs, self._bench.settings), daemon=True
        )
        process.start()
        theirs.close()
        made = Child(process, ours)
        self._all.add(made)
        return made

    def _drop(self, worker: Child) -> None:
        self._all.discard(worker)
        worker.end()
