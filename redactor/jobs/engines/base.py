"""What an engine promises, which is little: it carries ids. The table of jobs is the truth.

An engine may lose an id (the sweeper hands it over again) and may bring it twice (the second
claim finds nothing to do).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from redactor.logs import log

Handler = Callable[[str], None]


@dataclass(frozen=True)
class Stats:
    """Ids that wait in the engine; -1 where it does not answer."""

    queued: int


class Engine(Protocol):
    """Four methods. ``submit`` and ``stats`` are for every process, the others for workers."""

    def submit(self, job: str, *, priority: int = 0, delay: float = 0.0) -> None:
        """Carry an id to a worker, no sooner than in ``delay`` seconds; higher priority first."""

    def run_worker(self, handler: Handler, *, concurrency: int, stop: threading.Event) -> None:
        """Call the handler with ids, in so many threads, until ``stop`` is set.

        Returns when the handlers in hand have returned. An error of a handler is not the end.
        """

    def periodic(self, act: Callable[[], object], every: float) -> None:
        """Call ``act`` every so many seconds while a worker runs."""

    def stats(self) -> Stats:
        """How much waits."""


class Rounds:
    """Acts to be done again and again while a worker runs; shared by the engines."""

    def __init__(self) -> None:
        """Begin with none."""
        self._acts: list[tuple[Callable[[], object], float]] = []

    def periodic(self, act: Callable[[], object], every: float) -> None:
        """See Engine."""
        self._acts.append((act, every))

    def start_rounds(self, stop: threading.Event) -> None:
        """Go round in threads until ``stop`` is set."""
        for act, every in self._acts:
            threading.Thread(target=_round, args=(act, every, stop), daemon=True).start()


def _round(act: Callable[[], object], every: float, stop: threading.Event) -> None:
    while not stop.is_set():
        quietly(act)
        stop.wait(every)


def quietly(act: Callable[..., object], *given: object) -> None:
    """Act, whatever comes of it: what failed is in the table and is done again."""
    try:
        act(*given)
    except Exception as error:  # noqa: BLE001 - its text may be protected, so its kind alone is told
        log.warning("fault", error=getattr(error, "code", type(error).__name__))
