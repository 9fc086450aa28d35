"""redactor worker: does the work that the service takes in."""

from __future__ import annotations

import os
import signal
import sys
import threading

import click

from redactor.settings import settings


@click.command()
def worker() -> None:
    """Work on jobs, as many at once as REDACTOR_WORKERS says, until told to stop.

    On SIGTERM or SIGINT the jobs in hand are finished; what is not done in REDACTOR_STOP_SECONDS
    is put back and lost to nobody.
    """
    from redactor.jobs.metrics import FOLDER, prepare  # noqa: PLC0415

    if FOLDER not in os.environ:  # alone, not beside a service; what counts must know it from birth
        prepare(settings(), wipe=True)
        os.execv(sys.executable, [sys.executable, "-m", "redactor", "worker"])  # noqa: S606
    from redactor.jobs.bench import open_bench  # noqa: PLC0415
    from redactor.jobs.engines import open_engine  # noqa: PLC0415 - the models load with it
    from redactor.jobs.start import note_start  # noqa: PLC0415
    from redactor.jobs.worker import run_worker  # noqa: PLC0415
    from redactor.store.scratch import claim_scratch  # noqa: PLC0415

    given, stop = settings(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    claim_scratch(given)
    bench = open_bench(given)
    note_start(bench, "worker")
    run_worker(bench, open_engine(given), stop)
