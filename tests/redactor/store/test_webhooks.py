"""Deliveries against a real receiver: signed, tried again, and led nowhere else."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from sqlalchemy import text
from standardwebhooks.webhooks import Webhook

from redactor.access import ALL_UNITS, Actor, Role
from redactor.errors import BadRequest, NotFound
from redactor.jobs.webhooks import CheckedNetwork, NotAllowed, check_url, deliver, is_public
from redactor.settings import Settings
from redactor.store.audit import Audit
from redactor.store.db import Database
from redactor.store.keyring import Keyring
from redactor.store.tables import JobRow
from redactor.store.webhooks import PATIENCE, Webhooks, announce

ADMIN = Actor("key:00000000", ALL_UNITS, frozenset({Role.ADMIN}))
OF_EAST = Actor("key:00000001", "east", frozenset({Role.ADMIN}))
OPEN = Settings(webhook_hosts="127.0.0.1,localhost", webhook_private=True)


class Receiver(HTTPServer):
    """Keeps what it was sent, and answers what it was told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[dict[str, str], str]] = []
        self.status = 204
        self.url = f"http://127.0.0.1:{self.server_port}/hook"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.server.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(self.server.status)
        self.send_header("location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def webhooks(database: Database) -> Webhooks:
    return Webhooks(database, Audit(database), Keyring({"k1": b"0" * 32}))


def happen(database: Database, what: str, unit: str = "east") -> None:
    """A job comes to a state, and its portals are to be told."""
    columns = {c.name: "" for c in JobRow.__table__.columns}
    job = JobRow(**{**columns, "id": "ab" * 16, "unit": unit, "state": what, "outcome": "released"})
    with database.writing() as session:
        announce(session, job, what, 1_000_000.0)


def test_delivery_is_signed_and_holds_no_text(
    webhooks: Webhooks, database: Database, receiver: Receiver
) -> None:
    """By the Standard Webhooks; the receiver checks it with the secret that was shown once."""
    _, secret = webhooks.add(ADMIN, receiver.url, ["job.done"], "east")
    happen(database, "done")
    happen(database, "failed")
    happen(database, "done", unit="west")

    assert deliver(webhooks, OPEN) == 1
    ((headers, body),) = receiver.got
    told = Webhook(secret).verify(body, headers)
    assert told["type"] == "job.done"
    assert set(told["data"]) == {"job", "state", "outcome", "error", "links"}
    assert deliver(webhooks, OPEN) == 0


def test_what_fails_is_tried_again_later_and_later(
    webhooks: Webhooks, database: Database, receiver: Receiver
) -> None:
    """Under the same id, so that the receiver knows it again; then given up."""
    identifier, _ = webhooks.add(ADMIN, receiver.url, [], "east")
    happen(database, "done")
    receiver.status = 500
    gaps = []
    for _ in range(len(PATIENCE) + 3):
        deliver(webhooks, OPEN)
        (row,) = webhooks.deliveries(ADMIN, identifier)
        gaps.append(row.due)
        with database.writing() as session:
            session.execute(text("UPDATE delivery SET due = 0"))

    assert row.over == "given_up"
    assert len(receiver.got) == len(PATIENCE) + 1
    assert len({h["webhook-id"] for h, _ in receiver.got}) == 1


def test_place_that_is_gone_is_told_nothing_more(
    webhooks: Webhooks, database: Database, receiver: Receiver
) -> None:
    """410 says so."""
    webhooks.add(ADMIN, receiver.url, [], "east")
    receiver.status = 410
    for state in ("done", "failed"):
        happen(database, state)
        deliver(webhooks, OPEN)

    assert len(receiver.got) == 1


def test_redirect_is_not_followed(
    webhooks: Webhooks, database: Database, receiver: Receiver
) -> None:
    """It counts as a failure."""
    identifier, _ = webhooks.add(ADMIN, receiver.url, [], "east")
    receiver.status = 302
    happen(database, "done")
    deliver(webhooks, OPEN)

    (row,) = webhooks.deliveries(ADMIN, identifier)
    assert (row.status, row.over, len(receiver.got)) == (302, "", 1)


@pytest.mark.parametrize(
    "change", [{"webhook_private": False}, {"webhook_hosts": "portal.example"}]
)
def test_place_of_ones_own_network_is_not_reached(
    webhooks: Webhooks, database: Database, receiver: Receiver, change: dict[str, Any]
) -> None:
    """Nor a host that was taken off the list since."""
    webhooks.add(ADMIN, receiver.url, [], "east")
    happen(database, "done")

    assert deliver(webhooks, OPEN.model_copy(update=change)) == 0
    assert receiver.got == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
     "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "fe80::1%eth0"],
)  # fmt: skip
def test_address_that_is_not_public(address: str) -> None:
    """In whichever way it is written."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_address_that_is_public(address: str) -> None:
    """Those may be reached."""
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["http://portal.example/x", "https://other.example/x", "https://portal.example:8443/x",
     "https://user:pw@portal.example/x", "https://portal.example@evil.example/", "ftp://portal.example/",
     "file:///etc/passwd", "https:///x", "https://portal.example:x/", "https://portal.example/#a",
     "https://portal.example/a b", "https://127.0.0.1/", "https://portal.example\r\nX: y/"],
)  # fmt: skip
def test_url_that_webhooks_never_go_to(url: str) -> None:
    """Only HTTPS, only to a host that the operator named."""
    with pytest.raises(BadRequest):
        check_url(url, Settings(webhook_hosts="portal.example"))


def test_name_is_looked_up_once_and_every_address_of_it_is_checked(
    monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    """A DNS server that answers first with a good address, then with another, gains nothing."""
    real, asked = socket.getaddrinfo, []

    def answers(host: str, port: int, *more: Any, **rest: Any) -> Any:
        if host != "portal.example":
            return real(host, port, *more, **rest)
        asked.append(host)
        good = [(2, 1, 6, "", ("93.184.215.14", port)), (2, 1, 6, "", ("127.0.0.1", port))]
        return good[1:] if len(asked) == 1 else good

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    CheckedNetwork(private=True).connect_tcp("portal.example", receiver.server_port).close()

    assert len(asked) == 1
    with pytest.raises(NotAllowed):
        CheckedNetwork(private=False).connect_tcp("portal.example", receiver.server_port)


def test_secret_is_sealed_and_a_unit_keeps_to_itself(
    webhooks: Webhooks, database: Database
) -> None:
    """It stands nowhere as it was shown; another unit neither sees nor removes it."""
    identifier, secret = webhooks.add(ADMIN, "https://portal.example/x", [], "west")
    with database.reading() as session:
        kept = session.execute(text("SELECT secret FROM webhook")).scalar_one()

    assert secret.encode() not in bytes(kept)
    assert webhooks.all(OF_EAST) == []
    with pytest.raises(NotFound):
        webhooks.delete(OF_EAST, identifier)
    with pytest.raises(BadRequest):
        webhooks.add(OF_EAST, "https://portal.example/x", [], "west")
    with pytest.raises(BadRequest):
        webhooks.add(ADMIN, "https://portal.example/x", ["job.danced"], "west")


def test_body_is_what_was_written_with_the_change(
    webhooks: Webhooks, database: Database, receiver: Receiver
) -> None:
    """A job that never changed is told of by nobody."""
    webhooks.add(ADMIN, receiver.url, [], "east")

    def fail() -> None:
        with database.writing() as session:
            announce(session, JobRow(id="cd" * 16, unit="east", state="done", outcome="", error_code=""), "done", 1.0)  # fmt: skip
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    happen(database, "done")
    deliver(webhooks, OPEN)

    assert [json.loads(b)["data"]["job"] for _, b in receiver.got] == ["ab" * 16]
