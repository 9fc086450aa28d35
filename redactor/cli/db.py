"""redactor db: the tables of the database."""

from __future__ import annotations

import click

from redactor.settings import settings
from redactor.store.db import open_database
from redactor.store.upgrade import newest, revision, upgrade


@click.group()
def db() -> None:
    """Look at the database, or bring it to the tables of this version."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the tables of this version; safe to run twice, or twice at once."""
    database = open_database(settings())
    upgrade(database)
    click.echo(revision(database))


@db.command("status")
def db_status() -> None:
    """Say which revision the database is at, and which this version needs."""
    click.echo(f"is {revision(open_database(settings())) or 'empty'}, needs {newest()}")
