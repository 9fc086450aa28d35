"""The trail: rows that are only added, each sealed over the one before it.

With ``audit_key`` the seals are HMACs, and nobody without the key can write a row that fits;
without it they are plain digests, which find accidents and clumsy hands only. That whole rows
at the end are gone shows against ``audit_head``; that the database was put back to an older copy
shows only against a head kept elsewhere (``redactor audit head``).

A row holds ids, counts and digests; ``FACTS`` lists every key, and a value is a word without
blanks, so that no text of a case file fits in.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from redactor.store.db import Base, Database
from redactor.store.tables import DIGEST, ID, WORD

START = "0" * 64
VALUE = re.compile(r"[A-Za-z0-9._:*@,+/-]{0,128}")
ACTIONS = frozenset({
    "key.issued", "key.revoked", "key.first",
    "account.created", "account.changed", "account.locked", "account.login", "account.logout",
    "account.refused",
    "job.uploaded", "job.cancelled", "job.retried", "job.deleted", "job.purged", "job.expired",
    "job.failed", "job.quarantined", "job.held", "case.analyzed",
    "findings.read", "page.viewed", "internal_log.read",
    "decision.made", "decision.overridden", "review.approved",
    "release.made", "release.withheld", "release.downloaded",
    "policy.changed", "webhook.made", "webhook.deleted", "audit.exported", "service.started",
})  # fmt: skip
FACTS = frozenset({
    "roles", "unit", "days", "name", "changed", "category", "jurisdiction", "digest", "policy",
    "program", "pages", "page", "files", "file", "outcome", "check", "count", "decision", "reason",
    "mention", "person", "version", "state", "error", "attempt", "second", "host", "row", "batch",
})  # fmt: skip


class AuditRow(Base):
    """One act. ``seal`` covers every other column."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(WORD)
    action: Mapped[str] = mapped_column(WORD)
    subject: Mapped[str] = mapped_column(WORD, index=True)  # id of the job, key or account
    unit: Mapped[str] = mapped_column(WORD, index=True)
    request: Mapped[str] = mapped_column(WORD)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(DIGEST)
    seal: Mapped[str] = mapped_column(DIGEST)


class AuditHead(Base):
    """Where the trail ends: one row, moved with every act."""

    __tablename__ = "audit_head"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    seq: Mapped[int]
    last: Mapped[str] = mapped_column(DIGEST)
    seal: Mapped[str] = mapped_column(DIGEST)


HEAD = Base.metadata.tables["audit_head"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the trail, and at which row."""

    row: int
    what: str


class Audit:
    """The trail of one database."""

    def __init__(self, database: Database, key: str = "") -> None:
        """Seal with the key, where there is one."""
        self._database = database
        self._key = key.encode()

    def record(
        self,
        session: Session,
        actor: str,
        action: str,
        subject: str = "",
        *,
        unit: str = "",
        request: str = "",
        facts: Mapping[str, str | int] | None = None,
    ) -> None:
        """Add an act within the session that does it: both are kept or neither.

        Raises:
            ValueError: an act or a fact that the lists do not have, or a value with a blank.
        """
        facts = dict(facts or {})
        _refuse_text(action, facts, (actor, subject, unit, request))
        one_more = update(HEAD).values(seq=HEAD.c.seq + 1).returning(HEAD.c.seq, HEAD.c.last)
        head = session.execute(one_more).one()  # its lock makes every other writer wait
        row = AuditRow(
            seq=head.seq,
            at=datetime.now(UTC).isoformat(timespec="microseconds"),
            actor=actor,
            action=action,
            subject=subject,
            unit=unit,
            request=request,
            facts=facts,
            previous=head.last,
        )
        row.seal = self._seal(row)
        session.add(row)
        end = self._digest(f"{row.seq}:{row.seal}")
        session.execute(update(HEAD).values(last=row.seal, seal=end))

    def last(self, session: Session, action: str, subject: str) -> AuditRow | None:
        """The newest row of an act on a subject."""
        wanted = select(AuditRow).where(AuditRow.subject == subject, AuditRow.action == action)
        return session.scalars(wanted.order_by(AuditRow.seq.desc()).limit(1)).first()

    def note(self, actor: str, action: str, subject: str = "", **more: Any) -> None:
        """Add an act that changes nothing else, such as a look at a page."""
        with self._database.writing() as session:
            self.record(session, actor, action, subject, **more)

    def rows(
        self, *, after: int = 0, limit: int | None = None, unit: str = "*", subject: str = ""
    ) -> Iterator[AuditRow]:
        """Rows in order, behind one; of one unit, of one subject."""
        wanted = select(AuditRow).where(AuditRow.seq > after).order_by(AuditRow.seq).limit(limit)
        if unit != "*":
            wanted = wanted.where(AuditRow.unit == unit)
        if subject:
            wanted = wanted.where(AuditRow.subject == subject)
        with self._database.reading() as session:
            yield from session.scalars(wanted.execution_options(yield_per=1000))

    def head(self) -> str:
        """``row:seal`` of the last row, to be kept elsewhere."""
        with self._database.reading() as session:
            head = session.scalars(select(AuditHead)).one()
            return f"{head.seq}:{head.last}"

    def verify(self, kept: str = "") -> list[Fault]:
        """Every fault of the trail, in order; ``kept`` is an earlier ``head``."""
        with self._database.reading() as session:
            heads = list(session.scalars(select(AuditHead)))
        faults, previous, seq, seals = [], START, 0, {}
        for row in self.rows():
            faults += [Fault(n, "is missing") for n in range(seq + 1, row.seq)][:100]
            seq += len(range(seq, row.seq - 1))
            if row.seal != self._seal(row):
                faults.append(Fault(row.seq, "does not fit its seal: it was changed or put in"))
            elif row.previous != previous:
                faults.append(Fault(row.seq, "does not follow the row before it"))
            previous, seq = row.seal, row.seq
            if kept.startswith(f"{seq}:"):
                seals[seq] = row.seal
        return [*faults, *self._ends(heads, seq, previous), *_against(kept, seals)]

    def _ends(self, heads: list[AuditHead], seq: int, last: str) -> Iterator[Fault]:
        if len(heads) != 1:
            yield Fault(seq, "is the last, but the record of the end is gone")
            return
        (head,) = heads
        new = (head.seq, head.last, head.seal) == (0, START, START)  # as the migration made it
        if not new and head.seal != self._digest(f"{head.seq}:{head.last}"):
            yield Fault(head.seq, "is named as the end by a record that does not fit its seal")
        for n in range(seq + 1, head.seq + 1)[:100]:
            yield Fault(n, "is missing at the end")
        if head.seq < seq:
            yield Fault(head.seq + 1, "stands behind the end: it was put in")
        elif head.seq == seq and head.last != last:
            yield Fault(seq, "is not the row that was added last")

    def _seal(self, row: AuditRow) -> str:
        told = [row.seq, row.at, row.actor, row.action, row.subject, row.unit, row.request,
                row.facts, row.previous]  # fmt: skip
        return self._digest(json.dumps(told, sort_keys=True, separators=(",", ":")))

    def _digest(self, text: str) -> str:
        if self._key:
            return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()
        return hashlib.sha256(text.encode()).hexdigest()


def as_dict(row: AuditRow) -> dict[str, Any]:
    """A row as plain values, in the order of its columns."""
    return {c.name: getattr(row, c.name) for c in AuditRow.__table__.columns}


def _refuse_text(action: str, facts: Mapping[str, str | int], words: tuple[str, ...]) -> None:
    if action not in ACTIONS or not facts.keys() <= FACTS:
        raise ValueError("not an act or a fact of the trail")
    values = [v for v in facts.values() if not isinstance(v, int)]
    if not all(VALUE.fullmatch(v) for v in (*words, *values)):
        raise ValueError("a value of the trail is a word without blanks")


def _against(kept: str, seals: dict[int, str]) -> Iterator[Fault]:
    if kept:
        number, _, seal = kept.partition(":")
        if not number.isdigit() or (int(number) and seals.get(int(number)) != seal):
            yield Fault(
                int(number) if number.isdigit() else 0, "is not what was kept of it elsewhere"
            )
