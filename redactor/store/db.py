"""The database: SQLite in a file, or PostgreSQL by its URL; two ways in, to read and to write."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from redactor.errors import BadSettings, Unavailable
from redactor.settings import Settings

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
AGAIN = 0.5  # seconds between two tries to reach a database that is away
PRAGMAS = ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


class Base(DeclarativeBase):
    """Every table; constraints are named, so that migrations can change them."""

    metadata = MetaData(naming_convention=NAMES)


class Database:
    """One database.

    Sessions of ``writing`` take the write lock of SQLite at once, so that a read and the write
    that follows from it are one step; those of ``reading`` never wait for it.
    """

    def __init__(self, url: str, *, patience: float = 0.0) -> None:
        """Connect when first used; wait ``patience`` seconds for a database that is away.

        Raises:
            BadSettings: not the URL of a database that is served.
        """
        self._patience = patience
        self.url = url
        self.engine = _engine(url)
        self.embedded = self.engine.dialect.name == "sqlite"
        self._readers = sessionmaker(self.engine, expire_on_commit=False)
        writes = self.engine.execution_options(redactor_writes=True)
        self._writers = sessionmaker(writes, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads.

        Raises:
            Unavailable: the database does not answer.
        """
        with self._open(self._readers) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all kept when it ends, or none if it ends in an error.

        Raises:
            Unavailable: the database does not answer; a commit may yet have been kept.
        """
        with self._open(self._writers) as session:
            yield session
            session.commit()

    @contextmanager
    def _open(self, sessions: sessionmaker[Session]) -> Iterator[Session]:
        try:
            with self._begun(sessions) as session:
                yield session
        except (OperationalError, InterfaceError):
            raise Unavailable from None

    def _begun(self, sessions: sessionmaker[Session]) -> Session:
        until = time.monotonic() + self._patience
        while True:
            session = sessions()
            try:
                session.connection()
            except (OperationalError, InterfaceError):
                session.close()
                if time.monotonic() >= until:
                    raise
                time.sleep(AGAIN)
            else:
                return session

    def close(self) -> None:
        """Let every connection go."""
        self.engine.dispose()


def database_url(settings: Settings) -> str:
    """The URL of the settings, or of a file in the folder of the service."""
    return settings.database_url or f"sqlite:///{settings.data_dir / 'redactor.db'}"


def open_database(settings: Settings, *, patience: float = 0.0) -> Database:
    """The database of the settings; the folder of an embedded one is made."""
    database = Database(database_url(settings), patience=patience)
    if database.embedded:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return database


def _engine(url: str) -> Engine:
    try:
        parts = make_url(url)
    except ArgumentError:
        raise BadSettings("REDACTOR_DATABASE_URL is no URL of a database.") from None
    if parts.drivername == "postgresql":
        parts = parts.set(drivername="postgresql+psycopg")
    kind = parts.get_backend_name()
    if kind not in ("sqlite", "postgresql"):
        raise BadSettings("REDACTOR_DATABASE_URL must begin with sqlite:// or postgresql://.")
    if kind == "postgresql":
        return create_engine(parts, pool_pre_ping=True)
    engine = create_engine(parts)
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _pragmas(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # this program begins transactions itself, see _begin
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("redactor_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
