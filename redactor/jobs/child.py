"""The process that does the work. It may die of a file; the one that watches it goes on."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection

from redactor.errors import CannotWrite, RedactorError, Unavailable
from redactor.isolation import confine
from redactor.jobs.bench import Bench, open_bench
from redactor.jobs.lease import Lease, LeaseLost, end, give_back, held
from redactor.jobs.perform import Unproved, perform
from redactor.settings import Settings
from redactor.store.jobs import Job
from redactor.store.scratch import claim_scratch

READY, OVER = "ready", "over"
NICE = 5  # what a person waits for, answers of the service, goes before work of minutes


def main(pipe: Connection, settings: Settings) -> None:
    """Load the model once, then work on what comes through the pipe until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to end
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.nice(NICE)
    confine(settings)
    claim_scratch(settings)
    bench = open_bench(settings)
    from redactor.detect.engine import engine  # noqa: PLC0415 - after the limit on memory

    engine(settings).recognizers()
    pipe.send(READY)
    while True:
        try:
            lease, job = pipe.recv()
        except EOFError:
            return
        work(bench, lease, job)
        pipe.send(OVER)


def work(bench: Bench, lease: Lease, job: Job) -> None:
    """Run one job; every way it can end is written down."""
    try:
        try:
            perform(bench, lease, job)
        except (CannotWrite, Unavailable):
            _again(bench, lease)
        except RedactorError as error:
            with held(bench.table, lease) as row:
                end(row, "failed", bench.clock(), error)
        except (LeaseLost, MemoryError, Unproved):
            raise  # the last two end this process; the job is tried again in a fresh one
        except Exception:  # noqa: BLE001 - its text may be protected, so it is not kept
            _again(bench, lease)
    except LeaseLost:
        return
    except Unavailable:
        return  # the lease runs out, and the sweeper gives the job to another


def _again(bench: Bench, lease: Lease) -> None:
    with held(bench.table, lease) as row:
        give_back(row, most=bench.settings.max_attempts, now=bench.clock(), counted=True)
