"""How a long run is shown: a board of bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from time import monotonic
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from redactor.batch.manifest import Result
from redactor.cli.console import say

WORDS = ("released", "held", "withheld", "letter", "failed")


class Board:
    """Told of a run as it goes; to be used in a ``with`` block."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        """``total`` rows are to come."""
        self._quiet, self._total = quiet, total
        self._count: Counter[str] = Counter()
        self._pages, self._began, self._done = 0, monotonic(), 0
        self._lock = threading.Lock()
        self._bars: Progress | None = None
        self._tasks: dict[str, int] = {}
        if not quiet and sys.stderr.isatty():
            columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
                       TimeRemainingColumn(), TextColumn("{task.fields[facts]}"))  # fmt: skip
            self._bars = Progress(*columns, console=Console(stderr=True), transient=True)
            self._main = self._bars.add_task("files", total=total, facts="")

    def __enter__(self) -> Self:
        if self._bars:
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars:
            self._bars.stop()

    def begun(self, name: str) -> None:
        """A row is being worked on."""
        if self._bars:
            self._tasks[name] = self._bars.add_task(f"  {name}", total=None, facts="")

    def page(self, name: str, done: int, total: int) -> None:
        """Pages of it that are done with."""
        if self._bars and name in self._tasks:
            self._bars.update(self._tasks[name], completed=done, total=total or None)  # type: ignore[arg-type]

    def ended(self, result: Result) -> None:
        """A row is over."""
        with self._lock:
            self._done += 1
            self._count[result.outcome] += 1
            self._pages += result.pages
        if self._bars:
            task = self._tasks.pop(result.name, None)
            if task is not None:
                self._bars.remove_task(task)  # type: ignore[arg-type]
            self._bars.update(self._main, completed=self._done, facts=self.facts())
            if result.failed:
                self._bars.console.print(self._line(result), highlight=False, markup=False)
        elif not self._quiet:
            say(self._line(result))

    def _line(self, result: Result) -> str:
        return f"{result.name}\t{result.outcome}\t{result.seconds:.1f} s\t{result.detail}"

    def facts(self) -> str:
        """Counts and speed so far, in one line."""
        speed = self._pages / max(monotonic() - self._began, 0.001)
        counts = [f"{self._count[w]} {w}" for w in WORDS if self._count[w]]
        passed = self._count["already done"] + self._count["already there"]
        counts += [f"{passed} passed over"] if passed else []
        return ", ".join([*counts, f"{self._pages} pages", f"{speed:.2f} pages/s"])
