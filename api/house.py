"""What every route works with: one set of stores for each application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from redactor.settings import Settings
from redactor.store.accounts import Accounts
from redactor.store.audit import Audit
from redactor.store.db import Database, open_database
from redactor.store.keys import Keys
from redactor.store.upgrade import insist


@dataclass(frozen=True)
class House:
    """The stores, around one database."""

    settings: Settings
    database: Database
    audit: Audit
    keys: Keys
    accounts: Accounts


def build(settings: Settings) -> House:
    """The stores of these settings; an embedded database is brought to this version's tables.

    Raises:
        BadSettings: the database cannot be used.
    """
    database = open_database(settings)
    insist(database)
    audit = Audit(database, settings.audit_key)
    return House(
        settings, database, audit, Keys(database, audit), Accounts(database, audit, settings)
    )


def install(app: Flask, settings: Settings) -> House:
    """Build the stores for an application."""
    made = build(settings)
    app.extensions["redactor"] = made
    return made


def house() -> House:
    """The stores of the application that answers."""
    return cast("House", current_app.extensions["redactor"])
