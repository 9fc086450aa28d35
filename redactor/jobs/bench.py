"""What every process that has to do with jobs works with. Loads no model."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from redactor.jobs.metrics import Counted
from redactor.settings import Settings
from redactor.store.audit import Audit
from redactor.store.db import open_database
from redactor.store.files import SealedFiles, open_files
from redactor.store.jobs import JobTable, Note
from redactor.store.ledger import Ledger
from redactor.store.upgrade import insist


@dataclass(frozen=True)
class Bench:
    """What a worker works with."""

    settings: Settings
    table: JobTable
    files: SealedFiles
    clock: Callable[[], float] = time.time


def open_bench(settings: Settings, note: Note | None = None, *, patience: float = 30.0) -> Bench:
    """The bench of the settings; ``patience`` is how long a lost database is waited for.

    What happens to a job is noted on the trail and for webhooks, unless ``note`` does otherwise.
    """
    database = open_database(settings, patience=patience)
    insist(database)
    noted = note or Counted(Ledger(Audit(database, settings.audit_key)))
    return Bench(settings, JobTable(database, noted), open_files(settings))
