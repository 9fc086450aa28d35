"""redactor keys, accounts and audit: who may come in, and what was done."""

from __future__ import annotations

import getpass
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from redactor.access import ALL_UNITS, MAIN_UNIT, Actor, Role
from redactor.cli.console import say
from redactor.errors import ExitCode
from redactor.settings import settings
from redactor.store.accounts import Accounts
from redactor.store.audit import Audit, as_dict
from redactor.store.db import Database, open_database
from redactor.store.keys import Keys
from redactor.store.upgrade import insist

ROLES = click.Choice([r.value for r in Role])


@contextmanager
def opened() -> Iterator[tuple[Database, Audit]]:
    """The database of the settings and its trail."""
    given = settings()
    database = open_database(given)
    try:
        insist(database)
        yield database, Audit(database, given.audit_key)
    finally:
        database.close()


def operator() -> Actor:
    """Who sits at the machine: the trail names the user of the operating system."""
    user = "".join(c for c in getpass.getuser() if c.isalnum() or c in "._-")
    return Actor(f"operator:{user}", ALL_UNITS, frozenset({Role.ADMIN}))


def day(seconds: float) -> str:
    """The day of a time, or a dash for none."""
    return time.strftime("%Y-%m-%d", time.gmtime(seconds)) if seconds else "-"


roles_option = click.option(
    "--role", "roles", multiple=True, type=ROLES, required=True, help="May be repeated."
)
unit_option = click.option(
    "--unit",
    default=MAIN_UNIT,
    show_default=True,
    help="Whose jobs it sees; * for an auditor or admin of all.",
)


@click.group()
def keys() -> None:
    """Keys of programs that use the HTTP interface."""


@keys.command("create")
@click.argument("name")
@roles_option
@unit_option
@click.option("--days", default=90, show_default=True, help="Days until it ends, at most 366.")
def create_key(name: str, roles: tuple[str, ...], unit: str, days: int) -> None:
    """Make a key called NAME and print it, this once."""
    with opened() as (database, audit):
        made = Keys(database, audit).issue(operator(), name, roles, unit, days)
    click.echo(made.text)
    say(
        f"Ends {day(made.ends)}. It is shown this once; revoke it with `redactor keys revoke {made.id}`."
    )


@keys.command("list")
def list_keys() -> None:
    """List keys: id, name, roles, unit, end, last use."""
    with opened() as (database, audit):
        for key in Keys(database, audit).all(operator()):
            state = f"revoked {day(key.revoked)}" if key.revoked else f"ends {day(key.ends)}"
            click.echo(
                f"{key.id}\t{key.name}\t{key.roles}\t{key.unit}\t{state}\tused {day(key.used)}"
            )


@keys.command("revoke")
@click.argument("identifier", metavar="ID")
def revoke_key(identifier: str) -> None:
    """Revoke the key of that ID; it opens nothing from now on."""
    with opened() as (database, audit):
        Keys(database, audit).revoke(operator(), identifier)


@click.group()
def accounts() -> None:
    """Accounts of people who log in to the review desk."""


@accounts.command("create")
@click.argument("login")
@roles_option
@unit_option
@click.password_option(help="Asked for when not given.")
def create_account(login: str, roles: tuple[str, ...], unit: str, password: str) -> None:
    """Make an account for one person."""
    with opened() as (database, audit):
        Accounts(database, audit, settings()).create(operator(), login, password, roles, unit)


@accounts.command("list")
def list_accounts() -> None:
    """List accounts: login, roles, unit, state."""
    with opened() as (database, audit):
        for row in Accounts(database, audit, settings()).all(operator()):
            state = f"disabled {day(row.disabled)}" if row.disabled else "open"
            click.echo(f"{row.login}\t{row.roles}\t{row.unit}\t{state}")


@accounts.command("password")
@click.argument("login")
@click.password_option(help="Asked for when not given.")
def set_password(login: str, password: str) -> None:
    """Set a password; the account is unlocked and its logins end."""
    with opened() as (database, audit):
        Accounts(database, audit, settings()).change(operator(), login, password=password)


@accounts.command("disable")
@click.argument("login")
def disable_account(login: str) -> None:
    """Shut an account and end its logins."""
    with opened() as (database, audit):
        Accounts(database, audit, settings()).change(operator(), login, disabled=True)


@click.group()
def audit() -> None:
    """The trail of everything that was done."""


@audit.command("verify")
@click.option("--head", default="", help="A head that was kept elsewhere: row:seal.")
def verify_audit(head: str) -> None:
    """Check every row; names each that was changed, put in, moved or taken out."""
    with opened() as (_, trail):
        faults, now = trail.verify(head), trail.head()
    for fault in faults:
        click.echo(f"row {fault.row} {fault.what}")
    if faults:
        sys.exit(ExitCode.VERIFICATION_FAILED)
    click.echo(f"whole, up to {now}")


@audit.command("export")
@click.option("--subject", default="", help="One job, key:ID or account:LOGIN.")
def export_audit(subject: str) -> None:
    """Write the trail to standard output, one JSON object a line."""
    with opened() as (_, trail):
        trail.note(operator().id, "audit.exported", unit=ALL_UNITS)
        for row in trail.rows(subject=subject):
            click.echo(json.dumps(as_dict(row), sort_keys=True))


@audit.command("head")
def print_head() -> None:
    """Print the last row's number and seal, to be kept where nobody can change it."""
    with opened() as (_, trail):
        click.echo(trail.head())
