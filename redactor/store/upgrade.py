"""Brings a database to the tables of this version, one process at a time."""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from redactor.errors import BadSettings
from redactor.store import (  # noqa: F401 - register their tables
    accounts,
    audit,
    batches,
    idempotency,
    keys,
    tables,
    webhooks,
)
from redactor.store.db import Base, Database

FOLDER = Path(__file__).resolve().parent / "migrations"
HERE = threading.Lock()  # Alembic keeps its context in a global of the process
LOCK = 72_337_228  # of PostgreSQL's advisory locks; any number that nobody else takes


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision of this version's tables."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def revision(database: Database) -> str:
    """The revision that the database is at; empty for a new one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(database: Database) -> None:
    """The database has the tables of this version; of several callers one does it, all wait."""
    if revision(database) == newest():
        return
    writes = database.engine.execution_options(redactor_writes=True)
    with HERE, writes.begin() as connection:  # SQLite: the write lock; PostgreSQL: the lock below
        if not database.embedded:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": LOCK})
        command.upgrade(_config(connection), "head")


def insist(database: Database) -> None:
    """Return when the database fits this version; an embedded one is brought there.

    Raises:
        BadSettings: a served database is at another revision; upgrading it is the operator's act.
    """
    if database.embedded:
        upgrade(database)
    elif revision(database) != newest():
        raise BadSettings("The database lacks tables of this version: run `redactor db upgrade`.")


def drift(database: Database) -> list[object]:
    """What the tables of the program have and those of the database lack, or the reverse."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))
