"""What a run has done so far, kept in the output folder, so that the next run goes on from there.

SQLite, one row an output name, written by one process. A row that says ``running`` when a run
begins was cut off, and is done again.
"""

from __future__ import annotations

import fcntl
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from redactor.batch.intake import Row
from redactor.errors import Busy, CannotWrite

NAME = "manifest.sqlite"
ENDED = frozenset({"released", "held", "withheld", "letter"})  # nothing to do again
_SCHEMA = """create table if not exists file (
  name text primary key, path text, stamp text, asked text, category text, state text,
  attempts integer, began real, ended real, outcome text, detail text, seconds real,
  pages integer, scanned integer, boxes integer, explained real, least real, verdict text,
  digest text)"""


@dataclass(frozen=True)
class Result:
    """How one row ended; nothing in it repeats text of a case file.

    ``outcome`` is released, held, withheld, letter or failed; "already done" when nothing was to
    do, "already there" when a file that no run is known to have written stands in the place of the
    output. ``explained`` is the mean, ``least`` the smallest share of a page's ink that was read.
    """

    name: str
    outcome: str
    detail: str = ""
    seconds: float = 0.0
    pages: int = 0
    scanned: int = 0
    boxes: int = 0
    explained: float = 1.0
    least: float = 1.0
    verdict: str = ""
    digest: str = ""

    @property
    def failed(self) -> bool:
        """True when this run has not brought the row to an end that stands."""
        return self.outcome == "failed"


@dataclass(frozen=True)
class Entry(Result):
    """A row of the manifest."""

    path: str = ""
    stamp: str = ""
    asked: str = ""
    category: str = ""
    state: str = ""
    attempts: int = 0

    def covers(self, row: Row) -> bool:
        """Whether the row, as it is now, was brought to its end."""
        same = (self.path, self.stamp, self.asked) == (row.source.path, row.source.stamp, row.asked)
        return same and bool(self.stamp) and self.outcome in ENDED and self.state == "done"


class Manifest:
    """The manifest of one output folder; one run at a time holds it."""

    def __init__(self, out: Path) -> None:
        """Open or begin it.

        Raises:
            Busy: another run is writing to this folder.
            CannotWrite: the folder cannot be written.
        """
        with _writing():
            out.mkdir(parents=True, exist_ok=True)
            self._lock = (out / f".{NAME}.lock").open("w")
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                self._lock.close()
                raise Busy("Another run is writing to this output folder.") from None
            self._db = sqlite3.connect(out / NAME, isolation_level=None, check_same_thread=False)
            (out / NAME).chmod(0o600)
            self._db.row_factory = sqlite3.Row
            self._db.execute(_SCHEMA)

    def get(self, name: str) -> Entry | None:
        """The entry of an output name."""
        with _writing():
            found = self._db.execute("select * from file where name = ?", (name,)).fetchone()
        return _entry(found) if found else None

    def all(self) -> list[Entry]:
        """Every entry, in order of name."""
        with _writing():
            return [_entry(f) for f in self._db.execute("select * from file order by name")]

    def begin(self, row: Row) -> None:
        """Note that the row is being worked on, and how often it was."""
        known = self.get(row.name)
        attempts = known.attempts if known and known.asked == row.asked else 0
        facts = (row.name, row.source.path, row.source.stamp, row.asked, row.request.category,
                 attempts + 1, time.time())  # fmt: skip
        with _writing():
            self._db.execute(
                "insert or replace into file (name, path, stamp, asked, category, attempts, began,"
                " state) values (?, ?, ?, ?, ?, ?, ?, 'running')",
                facts,
            )

    def end(self, result: Result) -> None:
        """Note how the row ended."""
        facts = asdict(result)
        sets = ", ".join(f"{k} = :{k}" for k in facts)
        with _writing():
            self._db.execute(
                f"update file set {sets}, ended = :now, state = 'done' where name = :name",  # noqa: S608
                {**facts, "now": time.time()},
            )

    def close(self) -> None:
        """Let go of the folder."""
        self._db.close()
        self._lock.close()


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise CannotWrite("The manifest cannot be written.", reason=type(error).__name__) from None
    except OSError as error:
        raise CannotWrite(reason=error.strerror or "") from None


def _entry(found: sqlite3.Row) -> Entry:
    defaults: dict[str, Any] = {f.name: f.default for f in fields(Entry)}
    facts = {k: found[k] for k in found.keys() if k in defaults}  # noqa: SIM118 - Row iterates values
    return Entry(**{k: defaults[k] if v is None and k != "name" else v for k, v in facts.items()})
