"""A database with its tables, once in a file and once on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from redactor.settings import Settings
from redactor.store.db import Base, Database, open_database
from redactor.store.upgrade import upgrade
from tests.servers import postgres


@pytest.fixture(scope="session")
def served() -> Iterator[Database]:
    """One PostgreSQL database for all tests of the run."""
    with postgres() as url:
        made = Database(url)
        upgrade(made)
        yield made
        made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Both databases that are served, empty."""
    if request.param == "sqlite":
        made = open_database(Settings(data_dir=tmp_path / "data"))
        upgrade(made)
        yield made
        made.close()
        return
    served = request.getfixturevalue("served")
    _empty(served)
    yield served


def _empty(database: Database) -> None:
    start = "0" * 64
    names = ", ".join(Base.metadata.tables)
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        connection.execute(text(f"TRUNCATE {names}"))
        connection.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))
        connection.execute(text(f"INSERT INTO audit_head VALUES ('head', 0, '{start}', '{start}')"))
