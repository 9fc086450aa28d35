"""A worker: an engine's ids, brought to their ends by child processes, until told to stop."""

from __future__ import annotations

import threading
import time
from functools import partial

from redactor.jobs import child
from redactor.jobs.bench import Bench
from redactor.jobs.engines import Engine
from redactor.jobs.runner import Entry, Runner
from redactor.jobs.sweeper import Retention, hand_over, settings_retention, sweep, tidy
from redactor.jobs.webhooks import deliver
from redactor.store.audit import Audit
from redactor.store.files import keyring_of
from redactor.store.webhooks import Webhooks

HOUR = 3600.0
TELL = 2.0  # seconds between looks at what is to be told to portals


def run_worker(
    bench: Bench,
    engine: Engine,
    stop: threading.Event,
    *,
    retention: Retention | None = None,
    entry: Entry = child.main,
) -> None:
    """Work until ``stop`` is set, then finish what is in hand or put it back.

    Raises:
        MissingDependency: what the work needs is not installed.
    """
    settings = bench.settings
    runner = Runner(bench, partial(hand_over, bench, engine), entry)
    engine.periodic(partial(sweep, bench, engine), settings.sweep_seconds)
    engine.periodic(partial(tidy, bench, retention or settings_retention(bench)), HOUR)
    webhooks = webhooks_of(bench)
    engine.periodic(partial(deliver, webhooks, settings), TELL)
    engine.periodic(lambda: webhooks.forget(time.time()), HOUR)
    threading.Thread(target=_then, args=(stop, runner), daemon=True).start()
    try:
        runner.warm(settings.workers)
        engine.run_worker(runner.handle, concurrency=settings.workers, stop=stop)
    finally:
        runner.close()


def start_worker(bench: Bench, engine: Engine) -> threading.Event:
    """A worker in threads of this process, for the inline engine; set the event to stop it."""
    stop = threading.Event()
    threading.Thread(target=run_worker, args=(bench, engine, stop), daemon=True).start()
    return stop


def webhooks_of(bench: Bench) -> Webhooks:
    """The webhooks in the database of a bench."""
    database, settings = bench.table.database, bench.settings
    return Webhooks(database, Audit(database, settings.audit_key), keyring_of(settings))


def _then(stop: threading.Event, runner: Runner) -> None:
    stop.wait()
    runner.stop()
