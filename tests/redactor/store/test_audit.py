"""Tampering with any row of the trail is found, and the row is named."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from redactor.store.audit import Audit
from redactor.store.db import Database

KEY = "a key of the auditor"


@pytest.fixture
def trail(database: Database) -> Audit:
    """Twelve acts on a job."""
    audit = Audit(database, KEY)
    for n in range(12):
        facts = {"page": n, "digest": "ab12"}
        audit.note("account:lee.sand", "page.viewed", f"job{n}", unit="main", facts=facts)
    return audit


@contextmanager
def intruder(database: Database) -> Iterator[Connection]:
    """One who may do anything with the database, its triggers included."""
    with database.engine.begin() as connection:
        if database.embedded:
            for act in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER audit_no_{act}"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        yield connection


def change(connection: Connection, column: str, value: str) -> None:
    connection.execute(text(f"UPDATE audit SET {column} = :v WHERE seq = 5"), {"v": value})


def swap(connection: Connection) -> None:
    for old, new in ((5, 99), (6, 5), (99, 6)):
        connection.execute(text(f"UPDATE audit SET seq = {new} WHERE seq = {old}"))


def put_in(connection: Connection, seq: str, gap: bool) -> None:
    if gap:
        connection.execute(text("UPDATE audit SET seq = seq + 100 WHERE seq >= 5"))
        connection.execute(text("UPDATE audit SET seq = seq - 99 WHERE seq > 100"))
    rest = "at, actor, action, subject, unit, request, facts, previous, seal"
    connection.execute(
        text(f"INSERT INTO audit (seq, {rest}) SELECT {seq}, {rest} FROM audit WHERE seq = 3")
    )


def cut(connection: Connection, rows: str) -> None:
    connection.execute(text(f"DELETE FROM audit WHERE seq {rows}"))


TAMPERING: dict[str, tuple[Callable[[Connection], None], int]] = {
    "another actor": (lambda c: change(c, "actor", "account:other"), 5),
    "another act": (lambda c: change(c, "action", "job.deleted"), 5),
    "another time": (lambda c: change(c, "at", "2020-01-01T00:00:00+00:00"), 5),
    "another job": (lambda c: change(c, "subject", "job9"), 5),
    "another unit": (lambda c: change(c, "unit", "other"), 5),
    "another request": (lambda c: change(c, "request", "zz"), 5),
    "other facts": (lambda c: change(c, "facts", '{"page": 7}'), 5),
    "another seal": (lambda c: change(c, "seal", "f" * 64), 5),
    "another row before it": (lambda c: change(c, "previous", "f" * 64), 5),
    "a row deleted": (lambda c: cut(c, "= 5"), 5),
    "the first row deleted": (lambda c: cut(c, "= 1"), 1),
    "two rows swapped": (swap, 5),
    "a row put in between": (lambda c: put_in(c, "5", gap=True), 5),
    "a row put in at the end": (lambda c: put_in(c, "13", gap=False), 13),
    "the last rows cut off": (lambda c: cut(c, "> 9"), 10),
    "all rows gone": (lambda c: cut(c, "> 0"), 1),
}


@pytest.mark.parametrize("way", TAMPERING)
def test_tampering_is_found_and_the_row_is_named(
    trail: Audit, database: Database, way: str
) -> None:
    """By one who owns the database but not the key."""
    tamper, row = TAMPERING[way]
    assert trail.verify() == []
    with intruder(database) as connection:
        tamper(connection)

    assert trail.verify()[0].row == row


def test_moving_the_record_of_the_end_along_is_found(trail: Audit, database: Database) -> None:
    """The last rows are cut off and the head is made to fit, as well as can be without the key."""
    with intruder(database) as connection:
        cut(connection, "> 9")
        connection.execute(
            text("UPDATE audit_head SET seq = 9, last = (SELECT seal FROM audit WHERE seq = 9)")
        )

    assert [f.row for f in trail.verify()] == [9]


def test_older_copy_of_the_whole_is_found_by_a_head_kept_elsewhere(
    trail: Audit, database: Database
) -> None:
    """Rows and head put back together fit each other, but not what an auditor wrote down."""
    with database.reading() as session:
        old = session.execute(text("SELECT seq, last, seal FROM audit_head")).one()
    trail.note("account:lee.sand", "release.downloaded", "job1")
    kept = trail.head()
    assert trail.verify(kept) == []
    with intruder(database) as connection:
        cut(connection, "> 12")
        put_back = "UPDATE audit_head SET seq = :seq, last = :last, seal = :seal"
        connection.execute(text(put_back), old._asdict())

    assert trail.verify() == []
    assert [f.row for f in trail.verify(kept)] == [13]


def test_row_of_another_key_does_not_fit(trail: Audit, database: Database) -> None:
    """Who has the database but not the key cannot add to the trail either."""
    Audit(database, "a guess").note("account:lee.sand", "job.deleted", "job1")

    assert trail.verify()[0].row == 13


@pytest.mark.parametrize("act", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_database_itself_only_lets_rows_be_added(
    trail: Audit, database: Database, act: str
) -> None:
    """A statement of this program gone wrong changes nothing."""
    with pytest.raises(DBAPIError, match="only added to"), database.engine.begin() as connection:
        connection.execute(text(act))

    assert trail.verify() == []


def test_many_writers_make_one_chain(database: Database) -> None:
    """Four threads of ten acts: forty rows in one order."""
    audits = [Audit(Database(database.url), KEY) for _ in range(4)]

    def act(audit: Audit) -> None:
        for n in range(10):
            audit.note("key:ab12cd34", "release.downloaded", f"job{n}")

    threads = [threading.Thread(target=act, args=[a]) for a in audits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    trail = Audit(database, KEY)
    assert trail.verify() == []
    assert [r.seq for r in trail.rows()] == list(range(1, 41))


def test_act_is_kept_only_with_what_it_tells_of(trail: Audit, database: Database) -> None:
    """The change failed, so nothing happened and nothing is told."""

    def act() -> None:
        with database.writing() as session:
            trail.record(session, "key:ab12cd34", "job.deleted", "job1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()

    assert len(list(trail.rows())) == 12


@pytest.mark.parametrize(
    ("action", "facts"),
    [
        ("release.made", {"reason": "Dana Orr called"}),
        ("release.made", {"text": "x"}),
        ("something.else", {}),
    ],
)
def test_trail_takes_no_text(trail: Audit, action: str, facts: dict[str, str]) -> None:
    """Acts and facts are of a list, and a value is a word."""
    with pytest.raises(ValueError, match="trail"):
        trail.note("account:lee.sand", action, "job1", facts=facts)
