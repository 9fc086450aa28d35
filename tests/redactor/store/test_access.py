"""Keys and accounts: nothing opens the door but what is meant to, for as long as it is meant to."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text

from redactor.access import ALL_UNITS, DEMO, Actor, Role
from redactor.errors import BadRequest, LockedOut, NotFound, Unauthenticated
from redactor.settings import Settings
from redactor.store.accounts import Accounts
from redactor.store.audit import Audit
from redactor.store.db import Database
from redactor.store.keys import Keys

ADMIN = Actor("key:00000000", ALL_UNITS, frozenset({Role.ADMIN}))
OF_EAST = Actor("key:00000001", "east", frozenset({Role.ADMIN}))
PASSWORD = "correct horse battery"


@pytest.fixture
def keys(database: Database) -> Keys:
    return Keys(database, Audit(database))


@pytest.fixture
def accounts(database: Database) -> Accounts:
    limits = Settings(login_tries=3, login_lock=60, login_idle=60, login_longest=100)
    return Accounts(database, Audit(database), limits)


def test_key_opens_until_it_is_revoked(keys: Keys, database: Database) -> None:
    """At once, though it was right a moment before."""
    issued = keys.issue(ADMIN, "portal", ["submitter"], "east", 30)
    actor = keys.check(issued.text)
    keys.revoke(ADMIN, issued.id)

    assert actor == Actor(f"key:{issued.id}", "east", frozenset({Role.SUBMITTER}))
    with pytest.raises(Unauthenticated):
        keys.check(issued.text)


def test_key_ends_with_its_term(keys: Keys, database: Database) -> None:
    """A day too late is too late."""
    issued = keys.issue(ADMIN, "portal", ["submitter"], "east", 1)
    assert keys.check(issued.text)
    with database.writing() as session:
        session.execute(text("UPDATE api_key SET ends = :t"), {"t": time.time() - 1})

    with pytest.raises(Unauthenticated):
        keys.check(issued.text)


def test_only_the_whole_key_opens(keys: Keys) -> None:
    """Not its id with another secret, nor half of it, nor its hash."""
    issued = keys.issue(ADMIN, "portal", ["submitter"], "east")
    other = keys.issue(ADMIN, "portal", ["submitter"], "east")
    mixed = f"rdk_{issued.id}_{other.text.rpartition('_')[2]}"
    (kept,) = [k.hash for k in keys.all(ADMIN) if k.id == issued.id]

    for wrong in (mixed, issued.text[:-1], "", "rdk__", kept, issued.text + "\n"):
        with pytest.raises(Unauthenticated):
            keys.check(wrong)


def test_secret_of_a_key_is_nowhere(keys: Keys, database: Database) -> None:
    """Neither in its table nor on the trail."""
    issued = keys.issue(ADMIN, "portal", ["submitter"], "east")
    secret = issued.text[13:]
    with database.reading() as session:
        rows = [session.execute(text(f"SELECT * FROM {t}")).all() for t in ("api_key", "audit")]

    assert secret not in repr(rows)
    assert issued.id in repr(rows[1])


def test_first_key_is_made_once(keys: Keys) -> None:
    """For an admin of every unit, and never again."""
    first = keys.first()

    assert first is not None
    assert keys.check(first.text).roles == {Role.ADMIN}
    assert keys.first() is None


def test_unit_keeps_to_itself(keys: Keys) -> None:
    """An admin of one unit neither makes, sees nor revokes a key of another."""
    west = keys.issue(ADMIN, "portal", ["submitter"], "west")
    with pytest.raises(BadRequest):
        keys.issue(OF_EAST, "portal", ["submitter"], "west")
    with pytest.raises(NotFound):
        keys.revoke(OF_EAST, west.id)

    assert keys.all(OF_EAST) == []


@pytest.mark.parametrize(
    ("name", "roles", "unit", "days"),
    [
        ("two words", ["submitter"], "main", 9),
        ("portal", ["king"], "main", 9),
        ("portal", [], "main", 9),
        ("portal", ["submitter"], "*", 9),
        ("portal", ["admin", "reviewer"], "*", 9),
        ("portal", ["submitter"], "Main St", 9),
        ("portal", ["submitter"], "main", 0),
        ("portal", ["submitter"], "main", 400),
    ],
)
def test_key_that_cannot_be(keys: Keys, name: str, roles: list[str], unit: str, days: int) -> None:
    """A key without an end, or one that reads case files of every unit."""
    with pytest.raises(BadRequest):
        keys.issue(ADMIN, name, roles, unit, days)


def test_login_opens_until_it_is_left(accounts: Accounts) -> None:
    """By a token that only the browser has."""
    accounts.create(ADMIN, "lee.sand", PASSWORD, ["reviewer"], "east")
    token = accounts.enter("lee.sand", PASSWORD)

    assert accounts.actor(token) == Actor("account:lee.sand", "east", frozenset({Role.REVIEWER}))
    accounts.leave(token)
    assert accounts.actor(token) is None


@pytest.mark.parametrize("column", ["seen", "made"])
def test_login_ends_by_itself(accounts: Accounts, database: Database, column: str) -> None:
    """When it is not used, and after its longest time."""
    accounts.create(ADMIN, "lee.sand", PASSWORD, ["reviewer"], "east")
    token = accounts.enter("lee.sand", PASSWORD)
    with database.writing() as session:
        session.execute(text(f"UPDATE login SET {column} = :t"), {"t": time.time() - 200})

    assert accounts.actor(token) is None


def test_wrong_passwords_lock_the_account(accounts: Accounts, database: Database) -> None:
    """Then the right one does not help either, until the time is over; all of it is told."""
    accounts.create(ADMIN, "lee.sand", PASSWORD, ["reviewer"], "east")
    for _ in range(3):
        with pytest.raises(Unauthenticated):
            accounts.enter("lee.sand", "wrong horse battery")
    with pytest.raises(LockedOut):
        accounts.enter("lee.sand", PASSWORD)
    told = [r.action for r in Audit(database).rows(subject="account:lee.sand")]
    with database.writing() as session:
        session.execute(text("UPDATE account SET locked_until = 1"))

    assert accounts.enter("lee.sand", PASSWORD)
    assert told.count("account.refused") == 3
    assert told[-1] == "account.locked"


def test_unknown_login_is_refused_like_a_wrong_password(accounts: Accounts) -> None:
    """So that nobody learns who has an account."""
    accounts.create(ADMIN, "lee.sand", PASSWORD, ["reviewer"], "east")
    with pytest.raises(Unauthenticated) as unknown:
        accounts.enter("nobody", PASSWORD)
    with pytest.raises(Unauthenticated) as wrong:
        accounts.enter("lee.sand", PASSWORD + "x")

    assert str(unknown.value) == str(wrong.value)


def test_change_of_an_account_ends_its_logins(accounts: Accounts) -> None:
    """A disabled one does not come in again; a new password opens again."""
    accounts.create(ADMIN, "lee.sand", PASSWORD, ["reviewer"], "east")
    token = accounts.enter("lee.sand", PASSWORD)
    accounts.change(ADMIN, "lee.sand", disabled=True)
    assert accounts.actor(token) is None
    with pytest.raises(Unauthenticated):
        accounts.enter("lee.sand", PASSWORD)
    accounts.change(ADMIN, "lee.sand", disabled=False, password="another horse", roles=["auditor"])

    assert accounts.actor(accounts.enter("lee.sand", "another horse")).roles == {Role.AUDITOR}


@pytest.mark.parametrize(
    ("login", "password"), [("lee.sand", "short"), ("lee.sand", "xx-lee.sand-1"), ("Lee S", PASSWORD), ("a", PASSWORD)]
)  # fmt: skip
def test_account_that_cannot_be(accounts: Accounts, login: str, password: str) -> None:
    """Too short a password, one that holds the login, a login of two words."""
    with pytest.raises(BadRequest):
        accounts.create(ADMIN, login, password, ["reviewer"], "east")


def test_outside_login_never_takes_over_an_account(accounts: Accounts) -> None:
    """A provider vouches for its own people, not for a name that is here already."""
    accounts.create(ADMIN, "lee.sand", PASSWORD, ["reviewer"], "east")
    with pytest.raises(Unauthenticated):
        accounts.enter_from_outside("https://id.example|7", "lee.sand", ["reviewer"], "east")
    first = accounts.enter_from_outside("https://id.example|7", "l.sand", ["reviewer"], "east")
    again = accounts.enter_from_outside("https://id.example|7", "other", ["auditor"], "east")

    assert accounts.actor(first).id == accounts.actor(again).id == "account:l.sand"
    assert accounts.actor(again).roles == {Role.AUDITOR}


def test_everybody_may_do_everything_only_in_the_demo() -> None:
    """No role alone reads case files and hands out keys."""
    for role in Role:
        actor = Actor("x", "main", frozenset({role}))
        assert not (actor.may("case.read") and actor.may("access.manage"))
    assert DEMO.may("case.read")
    assert DEMO.may("access.manage")
