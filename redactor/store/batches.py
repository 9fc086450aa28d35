"""Batches: jobs that were sent in one request, in the order of their files."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Double
from sqlalchemy.orm import Mapped, mapped_column

from redactor.errors import NotFound
from redactor.store.db import Base, Database
from redactor.store.tables import ID, WORD


class BatchRow(Base):
    """A batch. ``jobs`` are ids; ``refused`` say which file was not taken in, and why."""

    __tablename__ = "batch"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    unit: Mapped[str] = mapped_column(WORD, index=True)
    maker: Mapped[str] = mapped_column(WORD)
    created: Mapped[float] = mapped_column(Double)
    jobs: Mapped[list[str]] = mapped_column(JSON)
    refused: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as a value."""

    id: str
    created: float
    jobs: tuple[str, ...]
    refused: tuple[dict[str, Any], ...]


class Batches:
    """The batches of one database."""

    def __init__(self, database: Database) -> None:
        """Use its table."""
        self._database = database

    def add(
        self, unit: str, maker: str, jobs: Sequence[str], refused: Sequence[dict[str, Any]]
    ) -> str:
        """The id of a new batch."""
        identifier = secrets.token_hex(16)
        with self._database.writing() as session:
            session.add(
                BatchRow(
                    id=identifier,
                    unit=unit,
                    maker=maker,
                    created=time.time(),
                    jobs=list(jobs),
                    refused=list(refused),
                )
            )
        return identifier

    def get(self, identifier: str, unit: str | None) -> Batch:
        """The batch of that id.

        Raises:
            NotFound: there is none, or it is another unit's.
        """
        with self._database.reading() as session:
            row = session.get(BatchRow, identifier)
            if row is None or unit not in (None, row.unit):
                raise NotFound
            return Batch(row.id, row.created, tuple(row.jobs), tuple(row.refused))
