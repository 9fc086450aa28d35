"""Writes what happens to a job down where others look: the trail, and the outbox of portals.

Called in the transaction that changes the job, so that it is told if and only if it happened.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from sqlalchemy.orm import Session

from redactor.access import ACTING, SERVICE
from redactor.store.audit import Audit
from redactor.store.tables import JobRow
from redactor.store.webhooks import announce

Facts = dict[str, str | int]
ACTS = {
    "needs_review": "job.held", "failed": "job.failed", "quarantined": "job.quarantined",
    "cancelled": "job.cancelled", "expired": "job.expired", "purged": "job.purged",
    "deleted": "job.deleted",
}  # fmt: skip
OUTCOMES = {"released": "release.made", "letter": "release.made", "withheld": "release.withheld"}


class Ledger:
    """A note taker for ``JobTable``."""

    def __init__(self, audit: Audit) -> None:
        """Write on this trail."""
        self._audit = audit

    def __call__(self, session: Session, row: JobRow, what: str) -> None:
        """Note a new state of a job, or that it was purged or deleted."""
        announce(session, row, what, time.time())
        actor, request = ACTING.get()
        for action, facts in _acts(row, what, acting=bool(actor)):
            self._audit.record(
                session,
                actor or SERVICE,
                action,
                row.id,
                unit=row.unit,
                request=request,
                facts=facts,
            )


def _acts(row: JobRow, what: str, *, acting: bool) -> Iterator[tuple[str, Facts]]:
    """What is put on the trail: one act, or one for each file of a packet."""
    if what == "done":
        yield from _releases(row)
    elif what == "queued" and acting and not row.attempts:
        for n, document in enumerate(row.documents or [{"source": row.source_digest}], 1):
            asked: Facts = {"jurisdiction": row.jurisdiction, "category": row.category}
            yield "job.uploaded", {**asked, "digest": document["source"], **_number(row, n)}
    elif action := _action(what, acting=acting):
        yield action, {"error": row.error_code} if row.error_code else {}


def _releases(row: JobRow) -> Iterator[tuple[str, Facts]]:
    whole = {"outcome": row.outcome, "release": row.release_digest, "pages": row.pages}
    for n, told in enumerate(row.documents or [{}], 1):
        document = {**whole, **told}
        if action := OUTCOMES.get(document["outcome"], ""):
            facts: Facts = {
                "outcome": document["outcome"],
                "digest": document["release"],
                "policy": row.policy_digest,
                "pages": document["pages"],
            }
            yield action, {**facts, **_number(row, n)}


def _action(what: str, *, acting: bool) -> str:
    if what == "queued":  # a job that comes back from a lost worker is nobody's act
        return "job.retried" if acting else ""
    if what == "approved":
        return "review.approved" if acting else ""
    return ACTS.get(what, "")


def _number(row: JobRow, number: int) -> Facts:
    """Which file of a packet."""
    return {"file": str(number)} if len(row.documents) > 1 else {}
