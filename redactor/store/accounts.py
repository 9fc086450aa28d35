"""Accounts of people: a password or single sign-on, a lock after wrong tries, and logins that end.

A login is a random token in a cookie; the table knows its digest only.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable

from sqlalchemy import Double, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from redactor.access import Actor, as_roles, as_unit
from redactor.errors import BadRequest, LockedOut, NotFound, Unauthenticated
from redactor.settings import Settings
from redactor.store.audit import Audit
from redactor.store.db import Base, Database
from redactor.store.secrets import PASSWORDS, digest, fits
from redactor.store.tables import DIGEST, WORD

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{2,59}")
SHORTEST = 12  # characters of a password
SEEN_EVERY = 60.0  # seconds between notes of when a login was last used


class AccountRow(Base):
    """A person who may come in. Times are seconds since the epoch, 0 for never."""

    __tablename__ = "account"

    login: Mapped[str] = mapped_column(WORD, primary_key=True)
    hash: Mapped[str] = mapped_column(String(200))  # empty: comes in by single sign-on only
    outside: Mapped[str] = mapped_column(String(300), index=True)  # issuer and subject of OIDC
    roles: Mapped[str] = mapped_column(String(120))
    unit: Mapped[str] = mapped_column(WORD)
    made: Mapped[float] = mapped_column(Double)
    disabled: Mapped[float] = mapped_column(Double)
    failures: Mapped[int]
    locked_until: Mapped[float] = mapped_column(Double)

    @property
    def actor(self) -> Actor:
        """Who acts with this account."""
        return Actor(f"account:{self.login}", self.unit, as_roles(self.roles.split(",")))


class LoginRow(Base):
    """One open login."""

    __tablename__ = "login"

    token: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.login"), index=True)
    made: Mapped[float] = mapped_column(Double)
    seen: Mapped[float] = mapped_column(Double)


class Accounts:
    """The accounts of one database."""

    def __init__(self, database: Database, audit: Audit, settings: Settings) -> None:
        """Limits come from the settings; every change is put on the trail."""
        self._database = database
        self._audit = audit
        self._settings = settings

    def create(
        self, maker: Actor, login: str, password: str, roles: Iterable[str], unit: str
    ) -> AccountRow:
        """A new account.

        Raises:
            BadRequest: taken, too short a password, or a role or unit that cannot be.
        """
        _password(login, password)
        with self._database.writing() as session:
            row = self._row(session, maker, login, roles, unit)
            row.hash = PASSWORDS.hash(password)
            self._record(session, maker.id, "account.created", row, roles=row.roles)
            return row

    def _row(
        self, session: Session, maker: Actor, login: str, roles: Iterable[str], unit: str
    ) -> AccountRow:
        if not LOGIN.fullmatch(login) or session.get(AccountRow, login) is not None:
            raise BadRequest("That login is taken or not a word of small letters.", field="login")
        known = as_roles(roles)
        if not maker.sees(as_unit(unit, known)):
            raise BadRequest("An account is made for one's own unit.", field="unit")
        row = AccountRow(
            login=login, hash="", outside="", roles=",".join(sorted(known)), unit=unit,
            made=time.time(), disabled=0.0, failures=0, locked_until=0.0,
        )  # fmt: skip
        session.add(row)
        return row

    def change(
        self,
        maker: Actor,
        login: str,
        *,
        password: str | None = None,
        roles: Iterable[str] | None = None,
        disabled: bool | None = None,
    ) -> AccountRow:
        """The account changed; its open logins end.

        Raises:
            NotFound: no such account that the actor sees.
            BadRequest: too short a password, or a role that cannot be.
        """
        with self._database.writing() as session:
            row = session.get(AccountRow, login)
            if row is None or not maker.sees(row.unit):
                raise NotFound
            changed = []
            if password is not None:
                _password(login, password)
                row.hash, row.failures, row.locked_until = PASSWORDS.hash(password), 0, 0.0
                changed.append("password")
            if roles is not None:
                row.roles = ",".join(sorted(as_roles(roles)))
                as_unit(row.unit, as_roles(row.roles.split(",")))
                changed.append("roles")
            if disabled is not None:
                row.disabled = time.time() if disabled else 0.0
                changed.append("disabled" if disabled else "enabled")
            session.execute(delete(LoginRow).where(LoginRow.account == login))
            facts = {"changed": ",".join(changed), "roles": row.roles}
            self._record(session, maker.id, "account.changed", row, **facts)
            return row

    def all(self, actor: Actor) -> list[AccountRow]:
        """Every account that the actor sees, by login."""
        with self._database.reading() as session:
            rows = session.scalars(select(AccountRow).order_by(AccountRow.login))
            return [r for r in rows if actor.sees(r.unit)]

    def enter(self, login: str, password: str) -> str:
        """The token of a new login.

        Raises:
            Unauthenticated: the login or the password is wrong, which of them is not told.
            LockedOut: too many wrong tries; the right password does not help now either.
        """
        now = time.time()
        with self._database.reading() as session:
            row = session.get(AccountRow, login)
        right = fits(
            PASSWORDS, row.hash if row else "", password
        )  # slow, so outside of the write below
        if row is None:
            raise Unauthenticated
        with self._database.writing() as session:
            row = session.get(AccountRow, login, with_for_update=True)
            if row is None or row.disabled or not right or row.locked_until > now:
                error = self._wrong(session, row, now)
            else:
                row.failures, error = 0, None
                token = self._open(session, row, now)
        if error:
            raise error
        return token

    def _wrong(
        self, session: Session, row: AccountRow | None, now: float
    ) -> Unauthenticated | LockedOut:
        if row is None:
            return Unauthenticated()
        if row.locked_until > now:
            return LockedOut(retry_after=round(row.locked_until - now) + 1)
        row.failures += 1
        self._record(session, f"account:{row.login}", "account.refused", row, count=row.failures)
        if row.failures >= self._settings.login_tries:
            row.failures, row.locked_until = 0, now + self._settings.login_lock
            self._record(session, f"account:{row.login}", "account.locked", row)
        return Unauthenticated()

    def enter_from_outside(self, outside: str, login: str, roles: Iterable[str], unit: str) -> str:
        """The token of a login that an OIDC provider vouches for; its roles are the provider's.

        Raises:
            Unauthenticated: the account is disabled, or another one has that login.
            BadRequest: no role that this house knows.
        """
        with self._database.writing() as session:
            row = session.scalars(select(AccountRow).where(AccountRow.outside == outside)).first()
            if row is None:
                if session.get(AccountRow, login) is not None:
                    raise Unauthenticated  # never take over an account by its name
                row = self._row(session, Actor("house", "*", frozenset()), login, roles, unit)
                row.outside = outside
                self._record(session, "house", "account.created", row, roles=row.roles)
            if row.disabled:
                raise Unauthenticated
            known = as_roles(roles)
            row.roles, row.unit = ",".join(sorted(known)), as_unit(unit, known)
            return self._open(session, row, time.time())

    def _open(self, session: Session, row: AccountRow, now: float) -> str:
        token = secrets.token_urlsafe(32)
        session.flush()
        session.add(LoginRow(token=digest(token), account=row.login, made=now, seen=now))
        self._record(session, f"account:{row.login}", "account.login", row)
        return token

    def actor(self, token: str) -> Actor | None:
        """Who is logged in with this token; None when the login has ended."""
        now = time.time()
        with self._database.reading() as session:
            login = session.get(LoginRow, digest(token))
            row = session.get(AccountRow, login.account) if login else None
        if login is None or row is None or row.disabled or not self._open_still(login, now):
            return None
        if now - login.seen > SEEN_EVERY:
            with self._database.writing() as session:
                if (again := session.get(LoginRow, login.token)) is not None:
                    again.seen = now
        return row.actor

    def _open_still(self, login: LoginRow, now: float) -> bool:
        limits = self._settings
        return now - login.seen < limits.login_idle and now - login.made < limits.login_longest

    def leave(self, token: str) -> None:
        """The login has ended."""
        with self._database.writing() as session:
            login = session.get(LoginRow, digest(token))
            if login is not None:
                row = session.get(AccountRow, login.account)
                session.delete(login)
                if row is not None:
                    self._record(session, f"account:{row.login}", "account.logout", row)

    def _record(
        self, session: Session, actor: str, action: str, row: AccountRow, **facts: str | int
    ) -> None:
        subject = f"account:{row.login}"
        self._audit.record(session, actor, action, subject, unit=row.unit, facts=facts)


def _password(login: str, password: str) -> None:
    if len(password) < SHORTEST or len(password) > 200 or login in password.lower():
        raise BadRequest(
            f"A password has {SHORTEST} to 200 characters and does not hold the login.",
            field="password",
        )
