"""Requests that were sent before: the same key gets the same answer, and nothing is done twice."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

from sqlalchemy import Double, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from redactor.errors import InFlight, KeyReused
from redactor.store.db import Base, Database
from redactor.store.tables import DIGEST

KEPT = 86400.0  # seconds for which an answer is kept
IN_FLIGHT = 120.0  # seconds after which a request that never ended no longer stands in the way


class SentRow(Base):
    """A request under its key. ``status`` is 0 while it is worked on."""

    __tablename__ = "sent"

    key: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    body: Mapped[str] = mapped_column(DIGEST)
    at: Mapped[float] = mapped_column(Double, index=True)
    status: Mapped[int]
    answer: Mapped[str] = mapped_column(String(64))  # id of the job or batch that it made


@dataclass(frozen=True, slots=True)
class Before:
    """What came of the same request before."""

    status: int
    answer: str


class Sent:
    """The requests of one database."""

    def __init__(self, database: Database) -> None:
        """Keep them for a day."""
        self._database = database

    def begin(self, actor: str, route: str, key: str, body: str) -> Before | None:
        """None for a request that is new, and now is begun; else what came of it before.

        Raises:
            KeyReused: the same key with another body.
            InFlight: it is being worked on this moment.
        """
        name, now = _name(actor, route, key), time.time()
        with self._database.writing() as session:
            session.execute(delete(SentRow).where(SentRow.at < now - KEPT))
            row = session.get(SentRow, name, with_for_update=True)
            if row is None:
                session.add(SentRow(key=name, body=body, at=now, status=0, answer=""))
                return None
            if row.body != body:
                raise KeyReused
            if row.status:
                return Before(row.status, row.answer)
            if now - row.at < IN_FLIGHT:
                raise InFlight
            row.at = now
            return None

    def end(self, actor: str, route: str, key: str, status: int, answer: str) -> None:
        """Keep what came of it; a request that ended in an error may be sent again."""
        with self._database.writing() as session:
            row = session.get(SentRow, _name(actor, route, key))
            if row is not None and status < 400:
                row.status, row.answer = status, answer
            elif row is not None:
                session.delete(row)


def _name(actor: str, route: str, key: str) -> str:
    return hashlib.sha256(f"{actor}\n{route}\n{key}".encode()).hexdigest()
