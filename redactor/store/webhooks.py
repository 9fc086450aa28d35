"""Where portals want to be told, and what is still to be told them: an outbox in the database.

A delivery is written in the transaction that changes the job, so that none is lost and none is
made up. It holds ids and states, never text.
"""

from __future__ import annotations

import base64
import io
import json
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sqlalchemy import Double, Index, LargeBinary, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from redactor.access import Actor
from redactor.errors import BadRequest, NotFound
from redactor.store.audit import Audit
from redactor.store.cipher import seal, unseal
from redactor.store.db import Base, Database
from redactor.store.keyring import Keyring
from redactor.store.tables import ID, WORD, JobRow

EVENTS = ("job.needs_review", "job.done", "job.failed", "job.quarantined", "job.cancelled",
          "job.expired")  # fmt: skip
PATIENCE = (5, 60, 300, 1800, 7200, 18000, 36000, 36000)  # seconds before each further try
CLAIM = 60.0  # seconds that one worker has for a try
KEPT = 7 * 86400.0  # seconds for which a delivery that is over is kept


class WebhookRow(Base):
    """One place to tell."""

    __tablename__ = "webhook"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    unit: Mapped[str] = mapped_column(WORD, index=True)
    url: Mapped[str] = mapped_column(String(500))
    events: Mapped[str] = mapped_column(String(300))  # names with commas between
    secret: Mapped[bytes] = mapped_column(LargeBinary)  # sealed under the keyring of the files
    maker: Mapped[str] = mapped_column(WORD)
    made: Mapped[float] = mapped_column(Double)
    gone: Mapped[float] = mapped_column(Double)  # when the place said that it is no more


class DeliveryRow(Base):
    """One thing to tell one place. ``status`` is the last HTTP status, 0 for no answer."""

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_over_due", "over", "due"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    webhook: Mapped[str] = mapped_column(ID, index=True)
    job: Mapped[str] = mapped_column(ID)
    event: Mapped[str] = mapped_column(WORD)
    body: Mapped[str] = mapped_column(Text)
    made: Mapped[float] = mapped_column(Double)
    due: Mapped[float] = mapped_column(Double)
    tries: Mapped[int]
    status: Mapped[int]
    over: Mapped[str] = mapped_column(WORD)  # delivered, given_up or empty


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery with all that sending it takes."""

    id: str
    url: str
    secret: str
    body: str
    tries: int


class Webhooks:
    """The webhooks of one database."""

    def __init__(self, database: Database, audit: Audit, keys: Keyring) -> None:
        """Secrets are sealed under the keyring."""
        self._database = database
        self._audit = audit
        self._keys = keys

    def add(self, maker: Actor, url: str, events: Iterable[str], unit: str) -> tuple[str, str]:
        """The id and the secret of a new webhook; the secret is shown this once.

        Raises:
            BadRequest: an event nobody tells of, or another unit's.
        """
        wanted = sorted(set(events)) or list(EVENTS)
        if not set(wanted) <= set(EVENTS):
            raise BadRequest(f"Events are {', '.join(EVENTS)}.", field="events")
        if not maker.sees(unit):
            raise BadRequest("A webhook is made for one's own unit.", field="unit")
        identifier = secrets.token_hex(8)
        secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        row = WebhookRow(
            id=identifier, unit=unit, url=url, events=",".join(wanted), maker=maker.id,
            secret=self._sealed(identifier, secret), made=time.time(), gone=0.0,
        )  # fmt: skip
        host = urlsplit(url).hostname or ""
        with self._database.writing() as session:
            session.add(row)
            self._audit.record(
                session, maker.id, "webhook.made", identifier, unit=unit, facts={"host": host}
            )
        return identifier, secret

    def all(self, actor: Actor) -> list[WebhookRow]:
        """Every webhook that the actor sees."""
        with self._database.reading() as session:
            rows = session.scalars(select(WebhookRow).order_by(WebhookRow.made))
            return [r for r in rows if actor.sees(r.unit)]

    def delete(self, actor: Actor, identifier: str) -> None:
        """Nothing is told there any more.

        Raises:
            NotFound: there is none of that id that the actor sees.
        """
        with self._database.writing() as session:
            row = session.get(WebhookRow, identifier)
            if row is None or not actor.sees(row.unit):
                raise NotFound
            session.execute(delete(DeliveryRow).where(DeliveryRow.webhook == identifier))
            session.delete(row)
            self._audit.record(session, actor.id, "webhook.deleted", identifier, unit=row.unit)

    def deliveries(self, actor: Actor, identifier: str) -> list[DeliveryRow]:
        """The last hundred deliveries of a webhook, the newest first.

        Raises:
            NotFound: there is no such webhook that the actor sees.
        """
        with self._database.reading() as session:
            row = session.get(WebhookRow, identifier)
            if row is None or not actor.sees(row.unit):
                raise NotFound
            found = select(DeliveryRow).where(DeliveryRow.webhook == identifier)
            return list(session.scalars(found.order_by(DeliveryRow.made.desc()).limit(100)))

    def due(self, now: float) -> Iterator[Parcel]:
        """Each delivery whose time has come, claimed for this caller alone."""
        waits = select(DeliveryRow.id).where(DeliveryRow.over == "", DeliveryRow.due <= now)
        with self._database.reading() as session:
            waiting = list(session.scalars(waits.order_by(DeliveryRow.due).limit(100)))
        for identifier in waiting:
            if (parcel := self._claim(identifier, now)) is not None:
                yield parcel

    def _claim(self, identifier: str, now: float) -> Parcel | None:
        mine = update(DeliveryRow).where(
            DeliveryRow.id == identifier, DeliveryRow.over == "", DeliveryRow.due <= now
        )
        one_more = {"due": now + CLAIM, "tries": DeliveryRow.tries + 1}
        with self._database.writing() as session:
            if not session.execute(mine.values(one_more)).rowcount:  # type: ignore[attr-defined]
                return None
            row = session.get_one(DeliveryRow, identifier)
            place = session.get(WebhookRow, row.webhook)
            if place is None or place.gone:
                row.over = "given_up"
                return None
            return Parcel(row.id, place.url, self._opened(place), row.body, row.tries)

    def told(self, identifier: str, status: int, now: float) -> None:
        """Note how a try ended: over, or to be tried again later and later."""
        with self._database.writing() as session:
            row = session.get(DeliveryRow, identifier)
            if row is None:
                return
            row.status = status
            if 200 <= status < 300:
                row.over = "delivered"
            elif status == 410:
                row.over = "given_up"
                session.get_one(WebhookRow, row.webhook).gone = now
            elif row.tries > len(PATIENCE):
                row.over = "given_up"
            else:
                row.due = now + PATIENCE[row.tries - 1]

    def forget(self, now: float) -> None:
        """Remove deliveries that were over a week ago."""
        old = delete(DeliveryRow).where(DeliveryRow.over != "", DeliveryRow.made < now - KEPT)
        with self._database.writing() as session:
            session.execute(old)

    def reseal(self) -> int:
        """Every secret is sealed with the current key of the keyring; how many there are."""
        with self._database.writing() as session:
            rows = session.scalars(select(WebhookRow)).all()
            for row in rows:
                row.secret = self._sealed(row.id, self._opened(row))
            return len(rows)

    def _sealed(self, identifier: str, secret: str) -> bytes:
        out = io.BytesIO()
        seal(io.BytesIO(secret.encode()), out, self._keys, f"webhook/{identifier}")
        return out.getvalue()

    def _opened(self, row: WebhookRow) -> str:
        return unseal(io.BytesIO(row.secret), self._keys, f"webhook/{row.id}").read().decode()


def announce(session: Session, job: JobRow, what: str, now: float) -> None:
    """Put what happened to a job into the outbox of every webhook of its unit that wants it."""
    event = f"job.{what}"
    if event not in EVENTS:
        return
    places = session.scalars(
        select(WebhookRow).where(WebhookRow.unit == job.unit, WebhookRow.gone == 0)
    )
    session.add_all(
        DeliveryRow(
            id=f"msg_{secrets.token_hex(12)}",
            webhook=place.id,
            job=job.id,
            event=event,
            body=_body(job, event, now),
            made=now,
            due=now,
            tries=0,
            status=0,
            over="",
        )
        for place in places
        if event in place.events.split(",")
    )


def _body(job: JobRow, event: str, now: float) -> str:
    told = {
        "type": event,
        "timestamp": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
        "data": {
            "job": job.id,
            "state": job.state,
            "outcome": job.outcome,
            "error": job.error_code,
            "links": {"self": f"/v1/jobs/{job.id}"},
        },
    }
    return json.dumps(told, sort_keys=True)
