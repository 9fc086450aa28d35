"""Writes what happens to a job down where others look: the trail, and the outbox of portals.

Called in the transaction that changes the job, so that it is told if and only if it happened.
"""

from __future__ import annotations

import time

from sqlalchemy.orm import Session

from redactor.access import ACTING, SERVICE
from redactor.store.audit import Audit
from redactor.store.tables import JobRow
from redactor.store.webhooks import announce

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
        action = _action(row, what, acting=bool(actor))
        if action:
            self._audit.record(
                session,
                actor or SERVICE,
                action,
                row.id,
                unit=row.unit,
                request=request,
                facts=_facts(row, action),
            )


def _action(row: JobRow, what: str, *, acting: bool) -> str:
    if what == "queued":  # a job that comes back from a lost worker is nobody's act
        return ("job.retried" if row.attempts else "job.uploaded") if acting else ""
    if what == "approved":
        return "review.approved" if acting else ""
    if what == "done":
        return OUTCOMES.get(row.outcome, "")
    return ACTS.get(what, "")


def _facts(row: JobRow, action: str) -> dict[str, str | int]:
    if action == "job.uploaded":
        return {
            "jurisdiction": row.jurisdiction,
            "category": row.category,
            "digest": row.source_digest,
        }
    if action.startswith("release."):
        return {
            "outcome": row.outcome,
            "digest": row.release_digest,
            "policy": row.policy_digest,
            "pages": row.pages,
        }
    return {"error": row.error_code} if row.error_code else {}
