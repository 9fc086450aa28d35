"""Single sign-on against a real provider, which this test starts in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from werkzeug.test import Client

from api.app import create_app
from redactor.settings import Settings
from tests.api.conftest import HOUSE, PASSWORD

LEE = {
    "sub": "7",
    "preferred_username": "Lee Sand",
    "groups": ["officers", "staff"],
    "unit": "east",
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The issuer's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, str(Path(__file__).with_name("provider.py")), str(port)]
    process = subprocess.Popen(program, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # fmt: skip
    issuer = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                httpx.get(f"{issuer}/keys")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield issuer
    finally:
        process.terminate()
        process.wait(10)


def service(issuer: str, folder: Path) -> Client:
    given = Settings(
        data_dir=folder,
        oidc_issuer=issuer,
        oidc_client_id="redactor",
        oidc_client_secret="a client secret",
        oidc_roles="officers=reviewer, chiefs=supervisor",
        oidc_unit_claim="unit",
    )
    return create_app(given).test_client()


def sign_on(client: Client, issuer: str, person: dict[str, Any], **changes: str) -> Any:
    """Off to the provider, and back with what it hands out."""
    httpx.post(f"{issuer}/person", json=person)
    off = client.get("/login/outside?next=/v1/me")
    handed = httpx.get(off.location).headers["location"]
    for old, new in changes.items():
        handed = handed.replace(f"{old}=", f"{old}={new}")
    return client.get(handed.removeprefix("http://localhost"))


def test_person_of_the_provider_comes_in_with_the_roles_of_the_groups(
    issuer: str, tmp_path: Path
) -> None:
    """And stays the same person the next time; a state of somebody else opens nothing."""
    client = service(issuer, tmp_path)
    back = sign_on(client, issuer, LEE)
    me = client.get("/v1/me").json
    client.post("/logout")
    assert sign_on(client, issuer, LEE, state="x").status_code == 401
    assert client.get("/v1/me").status_code == 401
    sign_on(client, issuer, LEE)

    assert (back.status_code, back.location) == (303, "/v1/me")
    assert (me["id"], me["roles"], me["unit"]) == ("account:lee-sand", ["reviewer"], "east")
    assert client.get("/v1/me").json == me
    assert client.get("/login/outside/back?code=x&state=y").status_code == 401
    assert "own sign-on" in client.get("/login").text


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"groups": ["staff"]}, 403),
        ({"groups": []}, 403),
        ({"aud": "another"}, 401),
        ({"iss": "https://evil.example"}, 401),
        ({"nonce": "another"}, 401),
        ({"exp": 1}, 401),
        ({"rogue": True}, 401),
    ],
    ids=["no group of ours", "no group", "for another", "of another", "replayed", "too old", "key"],
)
def test_token_that_does_not_fit_lets_nobody_in(
    issuer: str, tmp_path: Path, change: dict[str, Any], status: int
) -> None:
    """Whoever it is of."""
    client = service(issuer, tmp_path)

    assert sign_on(client, issuer, {**LEE, **change}).status_code == status
    assert client.get("/v1/me").status_code == 401


def test_provider_takes_over_no_account_of_the_house(issuer: str, tmp_path: Path) -> None:
    """Though it vouches for one of that name."""
    client = service(issuer, tmp_path)
    accounts = client.application.extensions["redactor"].accounts
    accounts.create(HOUSE, "boss", PASSWORD, ["admin"], "east")

    assert sign_on(client, issuer, {**LEE, "preferred_username": "boss"}).status_code == 401


def test_provider_that_is_away_is_told_so(tmp_path: Path) -> None:
    """With when to try again; the form still works."""
    client = service("http://127.0.0.1:9", tmp_path)

    assert client.get("/login/outside").status_code == 503
    assert client.get("/login").status_code == 200
