"""huey: ids in a SQLite file of their own, or in Redis. The only file that knows huey.

The file is not the application's database, so that looking for work never holds up a change
of a job. huey takes an id off its queue before the work is done; what is lost with a worker
the sweeper hands over again.
"""

from __future__ import annotations

import logging
import threading

from huey import Huey, PriorityRedisHuey, SqliteHuey
from huey.consumer import Consumer

from redactor.errors import BadSettings
from redactor.jobs.engines.base import Handler, Rounds, Stats
from redactor.settings import Settings

logging.getLogger("huey").setLevel(logging.CRITICAL)  # its lines are not of our allow-list


class _Consumer(Consumer):
    """One that leaves signals to the process it runs in."""

    def _set_signal_handlers(self) -> None:
        pass


class HueyEngine(Rounds):
    """The embedded engine; no server is needed."""

    def __init__(self, settings: Settings) -> None:
        """Open the queue of the settings.

        Raises:
            BadSettings: a broker that this engine does not know.
        """
        super().__init__()
        self._handler: Handler = _nobody
        self._huey = _open(settings)
        self._task = self._huey.task(name="redactor.job")(self._run)

    def submit(self, job: str, *, priority: int = 0, delay: float = 0.0) -> None:
        """See Engine."""
        later = {"delay": delay} if delay > 0 else {}
        self._huey.enqueue(self._task.s(job, priority=priority, **later))

    def _run(self, job: str) -> None:
        self._handler(job)

    def run_worker(self, handler: Handler, *, concurrency: int, stop: threading.Event) -> None:
        """See Engine."""
        self._handler = handler
        self.start_rounds(stop)
        consumer = _Consumer(
            self._huey, workers=concurrency, periodic=False, max_delay=0.5, backoff=1.15
        )
        consumer.start()
        stop.wait()
        consumer.stop(graceful=True)

    def stats(self) -> Stats:
        """See Engine."""
        try:
            return Stats(self._huey.pending_count() + self._huey.scheduled_count())
        except Exception:  # noqa: BLE001 - a broker that is away
            return Stats(-1)


def _open(settings: Settings) -> Huey:
    url = settings.broker_url
    if not url:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        return SqliteHuey(
            settings.queue, filename=str(settings.data_dir / "queue.db"), results=False, fsync=True
        )
    if url.startswith(("redis://", "rediss://")):
        return PriorityRedisHuey(settings.queue, url=url, results=False)
    raise BadSettings("REDACTOR_BROKER_URL must begin with redis:// for huey, or be empty.")


def _nobody(job: str) -> None:
    """A process that only submits runs no job."""
