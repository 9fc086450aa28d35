"""An engine within one process: a queue and threads. What it holds is gone when the process is."""

from __future__ import annotations

import itertools
import queue
import threading

from redactor.jobs.engines.base import Handler, Rounds, Stats, quietly

LOOK = 0.2  # seconds between looks whether to stop


class InlineEngine(Rounds):
    """For tests, and for a service that is one process."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._queue: queue.PriorityQueue[tuple[int, int, str]] = queue.PriorityQueue()
        self._order = itertools.count()

    def submit(self, job: str, *, priority: int = 0, delay: float = 0.0) -> None:
        """See Engine."""
        if delay > 0:
            timer = threading.Timer(delay, self.submit, (job,), {"priority": priority})
            timer.daemon = True
            timer.start()
        else:
            self._queue.put((-priority, next(self._order), job))

    def run_worker(self, handler: Handler, *, concurrency: int, stop: threading.Event) -> None:
        """See Engine."""
        self.start_rounds(stop)
        threads = [  # daemons: a web process that ends must not wait for them, its jobs survive
            threading.Thread(target=self._serve, args=(handler, stop), daemon=True)
            for _ in range(concurrency)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _serve(self, handler: Handler, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                job = self._queue.get(timeout=LOOK)[-1]
            except queue.Empty:
                continue
            quietly(handler, job)

    def stats(self) -> Stats:
        """See Engine."""
        return Stats(self._queue.qsize())
