"""A worker whose processes are killed where a test says: a real kill, in a real process."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from redactor.jobs import child, perform
from redactor.jobs.bench import open_bench
from redactor.jobs.engines import open_engine
from redactor.jobs.worker import run_worker
from redactor.settings import Settings


class Deadly(perform.Progressing):
    """Kills at the stage that ``deaths.json`` names for the job: the child, the whole worker, or nobody."""

    folder = Path()

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> None:
        super().__call__(stage, done, total)
        plan = json.loads((self.folder / "deaths.json").read_text()).get(self._lease.job)
        if not plan or plan["stage"] != stage or self._lease.attempt > plan["times"]:
            return
        with (self.folder / "killed").open("a") as log:
            log.write(f"{self._lease.job} {stage} {self._lease.attempt}\n")
        if plan["who"] == "nobody":  # the worker is asked to stop while this one hangs
            os.kill(int((self.folder / "worker.pid").read_text()), signal.SIGTERM)
            time.sleep(600)
        if plan["who"] == "worker":
            os.kill(int((self.folder / "worker.pid").read_text()), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, pipe: Connection, settings: Settings) -> None:
    """As a child of a worker, with death in it."""
    Deadly.folder = folder
    perform.Progressing = Deadly  # type: ignore[misc]
    child.main(pipe, settings)


def work(given: dict[str, Any]) -> None:
    """Run a worker of these settings until it is told to stop, or killed."""
    settings, stop = Settings(**given), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    (settings.data_dir / "worker.pid").write_text(str(os.getpid()))
    entry = partial(main, settings.data_dir)
    run_worker(open_bench(settings), open_engine(settings), stop, entry=entry)


if __name__ == "__main__":
    work(json.loads(sys.argv[1]))
