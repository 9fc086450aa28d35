"""What happens to a job stands on the trail, with who did it, if and only if it happened."""

from __future__ import annotations

import pytest

from redactor.access import ACTING, ALL_UNITS, Actor, Role
from redactor.store.audit import Audit
from redactor.store.db import Database
from redactor.store.jobs import Job, JobTable
from redactor.store.keyring import Keyring
from redactor.store.ledger import Ledger
from redactor.store.webhooks import Webhooks

ADMIN = Actor("key:00000000", ALL_UNITS, frozenset({Role.ADMIN}))
JOB = Job("ab" * 16, unit="east", jurisdiction="us-mo", category="inv_parent", source_digest="d1")


def test_life_of_a_job_is_told(database: Database) -> None:
    """Upload by a key, end by the service, deletion by a person; and the portal hears of the end."""
    audit = Audit(database)
    table = JobTable(database, Ledger(audit))
    webhooks = Webhooks(database, audit, Keyring({"k1": b"0" * 32}))
    webhooks.add(ADMIN, "https://portal.example/x", ["job.done"], "east")
    token = ACTING.set(("key:ab12cd34", "r1"))
    table.add(JOB)
    ACTING.reset(token)
    for state in ("detecting", "queued", "detecting", "applying", "done"):
        with table.locked(JOB.id) as row:
            row.state, row.outcome, row.release_digest = state, "released", "d2"
    token = ACTING.set(("account:lee.sand", "r2"))
    table.delete(JOB.id)
    ACTING.reset(token)

    told = [(r.action, r.actor, r.unit, r.request) for r in audit.rows(subject=JOB.id)]
    assert told == [
        ("job.uploaded", "key:ab12cd34", "east", "r1"),
        ("release.made", "service", "east", ""),
        ("job.deleted", "account:lee.sand", "east", "r2"),
    ]
    assert [r.facts.get("digest") for r in audit.rows(subject=JOB.id)] == ["d1", "d2", None]
    assert len(list(webhooks.due(2e9))) == 1


def test_change_that_fails_is_not_told(database: Database) -> None:
    """Neither on the trail nor to a portal."""
    audit = Audit(database)
    table = JobTable(database, Ledger(audit))
    table.add(JOB)

    def fail() -> None:
        with table.locked(JOB.id) as row:
            row.state = "cancelled"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(audit.rows()) == []
