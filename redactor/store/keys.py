"""Keys of programs: shown once, kept as a hash, with an end, void once they are revoked.

``rdk_ab12cd34_<secret>``: the part in the middle is the id, under which the trail names the key.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Double, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from redactor.access import ALL_UNITS, Actor, Role, as_roles, as_unit
from redactor.errors import BadRequest, NotFound, Unauthenticated, Unavailable
from redactor.store.audit import Audit
from redactor.store.db import Base, Database
from redactor.store.secrets import KEYS, Checker
from redactor.store.tables import ID, WORD

SHAPE = re.compile(r"rdk_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")
NAME = re.compile(r"[A-Za-z0-9._-]{1,60}")
DAY = 86400.0
LONGEST = 366  # days
SEEN_EVERY = 600.0  # seconds between notes of when a key was last used


class KeyRow(Base):
    """A key. Times are seconds since the epoch, 0 for not yet."""

    __tablename__ = "api_key"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(WORD)
    hash: Mapped[str] = mapped_column(String(200))
    roles: Mapped[str] = mapped_column(String(120))  # names with commas between
    unit: Mapped[str] = mapped_column(WORD)
    maker: Mapped[str] = mapped_column(WORD)
    made: Mapped[float] = mapped_column(Double)
    ends: Mapped[float] = mapped_column(Double)
    revoked: Mapped[float] = mapped_column(Double)
    used: Mapped[float] = mapped_column(Double)

    @property
    def actor(self) -> Actor:
        """Who acts with this key."""
        return Actor(f"key:{self.id}", self.unit, as_roles(self.roles.split(",")))


@dataclass(frozen=True, slots=True)
class Issued:
    """A key as it is shown, once."""

    id: str
    text: str
    ends: float


class Keys:
    """The keys of one database."""

    def __init__(self, database: Database, audit: Audit) -> None:
        """Every change is put on the trail."""
        self._database = database
        self._audit = audit
        self._checker = Checker()
        self._noted: dict[str, float] = {}  # by this process, so that one request of many writes

    def issue(
        self, maker: Actor, name: str, roles: Iterable[str], unit: str, days: int = 90
    ) -> Issued:
        """A new key; its text is nowhere else.

        Raises:
            BadRequest: a name, role, unit or term that cannot be.
        """
        with self._database.writing() as session:
            return self._issue(session, "key.issued", maker, name, as_roles(roles), unit, days)

    def first(self) -> Issued | None:
        """The key of the first admin, where nobody has a key yet; else None."""
        house = Actor("house", ALL_UNITS, frozenset(Role))
        admin = frozenset({Role.ADMIN})
        with self._database.writing() as session:
            if session.scalar(select(func.count()).select_from(KeyRow)):
                return None
            return self._issue(session, "key.first", house, "first-admin", admin, ALL_UNITS, 30)

    def _issue(
        self,
        session: Session,
        action: str,
        maker: Actor,
        name: str,
        roles: frozenset[Role],
        unit: str,
        days: int,
    ) -> Issued:
        unit = as_unit(unit, roles)
        if not maker.sees(unit):
            raise BadRequest("A key is made for one's own unit.", field="unit")
        if not NAME.fullmatch(name):
            raise BadRequest("A key is named with letters, digits, dots and dashes.", field="name")
        if not 0 < days <= LONGEST:
            raise BadRequest(f"A key ends after 1 to {LONGEST} days.", field="days")
        identifier, secret, now = secrets.token_hex(4), secrets.token_urlsafe(32), time.time()
        words = ",".join(sorted(roles))
        row = KeyRow(
            id=identifier, name=name, hash=KEYS.hash(secret), roles=words, unit=unit,
            maker=maker.id, made=now, ends=now + days * DAY, revoked=0.0, used=0.0,
        )  # fmt: skip
        session.add(row)
        subject = f"key:{identifier}"
        facts: dict[str, str | int] = {"roles": words, "days": days, "name": name}
        self._audit.record(session, maker.id, action, subject, unit=unit, facts=facts)
        return Issued(identifier, f"rdk_{identifier}_{secret}", row.ends)

    def check(self, text: str) -> Actor:
        """Who acts with this key.

        Raises:
            Unauthenticated: no key of this house, or one that has ended or was revoked.
        """
        shape = SHAPE.fullmatch(text)
        now = time.time()
        with self._database.reading() as session:
            row = session.get(KeyRow, shape[1]) if shape else None
        fits = self._checker.fits(row.hash if row else "", shape[2] if shape else text)
        if row is None or not fits or row.revoked or row.ends <= now:
            raise Unauthenticated
        self._note_use(row, now)
        return row.actor

    def _note_use(self, row: KeyRow, now: float) -> None:
        """Keep when the key was last used, now and then; no request fails for it."""
        if now - max(row.used, self._noted.get(row.id, 0.0)) <= SEEN_EVERY:
            return
        self._noted[row.id] = now
        with suppress(Unavailable), self._database.writing() as session:
            session.merge(row).used = now

    def revoke(self, actor: Actor, identifier: str) -> None:
        """The key opens nothing from now on.

        Raises:
            NotFound: there is none of that id that the actor sees.
        """
        with self._database.writing() as session:
            row = session.get(KeyRow, identifier)
            if row is None or not actor.sees(row.unit):
                raise NotFound
            if not row.revoked:
                row.revoked = time.time()
                self._audit.record(
                    session, actor.id, "key.revoked", f"key:{identifier}", unit=row.unit
                )

    def all(self, actor: Actor) -> list[KeyRow]:
        """Every key that the actor sees, the newest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(KeyRow).order_by(KeyRow.made.desc(), KeyRow.id))
            return [r for r in rows if actor.sees(r.unit)]
