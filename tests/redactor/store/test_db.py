"""Both databases come to the same tables, and a write is one step."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from redactor.errors import BadSettings
from redactor.settings import Settings
from redactor.store.db import Database, open_database
from redactor.store.upgrade import drift, insist, newest, revision, upgrade
from tests.servers import postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    if request.param == "sqlite":
        database = open_database(Settings(data_dir=tmp_path / "new"))
        yield database
        database.close()
        return
    with postgres() as url:
        database = Database(url)
        yield database
        database.close()


def test_migrations_make_the_tables_of_the_program(empty: Database) -> None:
    """Nothing lacks and nothing is over; a second run changes nothing."""
    upgrade(empty)
    upgrade(empty)

    assert revision(empty) == newest()
    assert drift(empty) == []


def test_several_processes_may_upgrade_at_once(empty: Database) -> None:
    """Each has its own connection; one does the work and the others find it done."""
    faults: list[BaseException] = []

    def run() -> None:
        own = Database(empty.url)
        try:
            upgrade(own)
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)
        finally:
            own.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert drift(empty) == []


def test_only_an_embedded_database_is_upgraded_unasked(empty: Database) -> None:
    """A served one is the operator's: the program refuses to start on old tables."""
    if empty.embedded:
        insist(empty)
        assert revision(empty) == newest()
    else:
        with pytest.raises(BadSettings, match="redactor db upgrade"):
            insist(empty)


def test_embedded_database_survives_a_kill_and_serves_readers(tmp_path: Path) -> None:
    """Write-ahead log, full sync, foreign keys held."""
    database = open_database(Settings(data_dir=tmp_path))
    with database.reading() as session:
        found = {
            p: session.execute(text(f"PRAGMA {p}")).scalar()
            for p in ("journal_mode", "synchronous", "foreign_keys")
        }
    database.close()

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_writers_take_turns(empty: Database) -> None:
    """Eight threads that read, add one and write lose no step."""
    upgrade(empty)
    with empty.writing() as session:
        session.execute(text("CREATE TABLE tally (n INTEGER)"))
        session.execute(text("INSERT INTO tally VALUES (0)"))
    lock = "" if empty.embedded else " FOR UPDATE"

    def add() -> None:
        for _ in range(10):
            with empty.writing() as session:
                n = session.execute(text(f"SELECT n FROM tally{lock}")).scalar_one()
                session.execute(text("UPDATE tally SET n = :n"), {"n": n + 1})

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with empty.reading() as session:
        assert session.execute(text("SELECT n FROM tally")).scalar_one() == 80


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense"])
def test_other_databases_are_refused(url: str) -> None:
    """With what to correct, and never the URL itself, for it may hold a password."""
    with pytest.raises(BadSettings, match="REDACTOR_DATABASE_URL"):
        Database(url)
