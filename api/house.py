"""What every route works with: one set of stores for each application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from api.analyst import Analyst
from redactor.jobs.service import JobService
from redactor.settings import Settings
from redactor.store.accounts import Accounts
from redactor.store.audit import Audit
from redactor.store.batches import Batches
from redactor.store.db import Database
from redactor.store.files import keyring_of
from redactor.store.idempotency import Sent
from redactor.store.keys import Keys
from redactor.store.webhooks import Webhooks


@dataclass(frozen=True)
class House:
    """The stores, around one database."""

    settings: Settings
    jobs: JobService
    database: Database
    audit: Audit
    keys: Keys
    accounts: Accounts
    webhooks: Webhooks
    sent: Sent
    batches: Batches
    analyst: Analyst


def build(settings: Settings, jobs: JobService, database: Database) -> House:
    """The stores in the database of the jobs."""
    audit = Audit(database, settings.audit_key)
    return House(
        settings,
        jobs,
        database,
        audit,
        Keys(database, audit),
        Accounts(database, audit, settings),
        Webhooks(database, audit, keyring_of(settings)),
        Sent(database),
        Batches(database),
        Analyst(settings),
    )


def house() -> House:
    """The stores of the application that answers."""
    return cast("House", current_app.extensions["redactor"])
