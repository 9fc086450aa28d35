"""The door from outside: keys, logins, pages of other sites, too many requests."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from apiflask import APIFlask
from werkzeug.test import Client

from api.app import create_app
from api.house import House
from redactor.errors import BadSettings
from redactor.settings import Settings
from tests.api.conftest import HOUSE, PASSWORD
from tests.conftest import make_pdf

Headers = dict[str, str]


@pytest.fixture(scope="module")
def person(rooms: House) -> str:
    """The login of a reviewer."""
    rooms.accounts.create(HOUSE, "lee.sand", PASSWORD, ["reviewer"], "main")
    return "lee.sand"


@pytest.fixture
def client(app: APIFlask) -> Client:
    return app.test_client()


def log_in(client: Client, login: str, password: str = PASSWORD, **form: str) -> object:
    return client.post("/login", data={"login": login, "password": password, **form})


def test_login_opens_and_logout_shuts(client: Client, person: str) -> None:
    """A cookie that no script reads; after the logout the same token opens nothing."""
    answer = log_in(client, person, next="/v1/me")
    cookie = answer.headers["Set-Cookie"]
    kept = cookie.partition(";")[0]
    me = client.get("/v1/me").json
    client.post("/logout")

    assert (answer.status_code, answer.location) == (303, "/v1/me")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert me["id"] == "account:lee.sand"
    assert client.get("/v1/me", headers={"Cookie": kept}).status_code == 401


def test_login_over_tls_is_bound_to_the_host(client: Client, person: str) -> None:
    """Secure and without a domain; the browser is told to stay with TLS."""
    answer = client.post(
        "/login", data={"login": person, "password": PASSWORD}, base_url="https://localhost"
    )
    cookie = answer.headers["Set-Cookie"]

    assert cookie.startswith("__Host-redactor=")
    assert "Secure" in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/a\\b", "javascript:x", "/a\r\nb", ""],
)  # fmt: skip
def test_login_leads_only_to_pages_of_this_service(
    client: Client, person: str, target: str
) -> None:
    """No open redirect and no second header."""
    assert log_in(client, person, next=target).location == "/"


def test_wrong_password_says_nothing_of_the_login(client: Client, person: str) -> None:
    """The same page for one who has an account and one who has not."""
    wrong = log_in(client, person, "wrong horse battery")
    unknown = log_in(client, "somebody", "wrong horse battery")
    pages = [a.get_data(as_text=True) for a in (wrong, unknown)]
    same = [
        re.sub(r'nonce="[^"]*"', "", p).replace(person, "X").replace("somebody", "X") for p in pages
    ]

    assert wrong.status_code == unknown.status_code == 401
    assert same[0] == same[1]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 404),
        ({"Origin": "http://localhost"}, 404),
        ({}, 404),
    ],
)  # fmt: skip
def test_page_of_another_site_can_do_nothing(
    client: Client, rooms: House, headers: Headers, status: int
) -> None:
    """Though the browser sends the login along; 404 is what the request itself would get."""
    if rooms.accounts.all(HOUSE) == [] or "boss" not in {
        a.login for a in rooms.accounts.all(HOUSE)
    }:
        rooms.accounts.create(HOUSE, "boss", PASSWORD, ["supervisor"], "main")
    log_in(client, "boss")

    assert client.delete("/v1/jobs/" + "0" * 32, headers=headers).status_code == status


def test_key_is_no_matter_of_origin(client: Client, bearer: dict[str, Headers]) -> None:
    """No page can send it."""
    headers = {**bearer["submitter"], "Origin": "https://portal.example"}

    assert client.delete("/v1/jobs/" + "0" * 32, headers=headers).status_code == 404


@pytest.mark.parametrize("value", ["Bearer ", "Bearer x", "Basic eDp5", "Bearer rdk_00000000_" + "a" * 43, "Bearer \x00"])  # fmt: skip
def test_what_is_no_key_opens_nothing(client: Client, person: str, value: str) -> None:
    """Not even beside a login that would."""
    answer = client.get("/v1/me", headers={"Authorization": value})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json["code"] == "unauthenticated"


def test_key_may_come_as_a_header_of_its_own(client: Client, bearer: dict[str, Headers]) -> None:
    """For portals that cannot set Authorization."""
    key = bearer["auditor"]["Authorization"].removeprefix("Bearer ")

    assert client.get("/v1/me", headers={"X-API-Key": key}).json["roles"] == ["auditor"]


def test_made_key_opens_and_revoked_key_does_not(
    client: Client, bearer: dict[str, Headers]
) -> None:
    """Over the interface itself."""
    body = {"name": "portal", "roles": ["submitter"], "unit": "main", "days": 5}
    made = client.post("/v1/keys", json=body, headers=bearer["admin"]).json
    headers = {"Authorization": f"Bearer {made['key']}"}
    before = client.get("/v1/me", headers=headers).status_code
    gone = client.delete(f"/v1/keys/{made['id']}", headers=bearer["admin"]).status_code

    assert (before, gone) == (200, 204)
    assert client.get("/v1/me", headers=headers).status_code == 401
    assert made["key"] not in client.get("/v1/keys", headers=bearer["admin"]).text


def test_admin_makes_shuts_and_opens_accounts(client: Client, bearer: dict[str, Headers]) -> None:
    """And the trail tells of it, and is whole."""
    body = {"login": "new.one", "password": PASSWORD, "roles": ["auditor"], "unit": "main"}
    made = client.post("/v1/accounts", json=body, headers=bearer["admin"])
    shut = client.patch("/v1/accounts/new.one", json={"disabled": True}, headers=bearer["admin"])
    told = client.get("/v1/audit", query_string={"subject": "account:new.one"}, headers=bearer["auditor"]).json  # fmt: skip

    assert (made.status_code, shut.status_code) == (201, 200)
    assert log_in(client, "new.one").status_code == 401
    assert [r["action"] for r in told["rows"]][:2] == ["account.created", "account.changed"]
    assert client.get("/v1/audit/verify", headers=bearer["auditor"]).json["whole"] is True
    assert PASSWORD not in client.get("/v1/accounts", headers=bearer["admin"]).text


def test_every_answer_carries_the_headers(client: Client, bearer: dict[str, Headers]) -> None:
    """Data may run nothing; a page may run its own scripts, by a nonce that is new each time."""
    data = client.get("/v1/me", headers=bearer["submitter"]).headers
    one, two = client.get("/login"), client.get("/login")
    nonces = [re.search(r"'nonce-([^']+)'", a.headers["Content-Security-Policy"])[1] for a in (one, two)]  # type: ignore[index]  # fmt: skip

    assert data["Content-Security-Policy"].startswith("default-src 'none'; frame-ancestors")
    assert data["X-Content-Type-Options"] == "nosniff"
    assert data["Cache-Control"] == "no-store"
    assert f'nonce="{nonces[0]}"' in one.text
    assert nonces[0] != nonces[1]
    assert "unsafe" not in one.headers["Content-Security-Policy"]


def test_page_sends_one_who_is_not_logged_in_to_the_form(client: Client) -> None:
    """A program gets its 401."""
    page = client.get("/v1/jobs", headers={"Accept": "text/html"})

    assert (page.status_code, page.location) == (302, "/login?next=/v1/jobs")
    assert client.get("/v1/jobs").status_code == 401


def test_demo_without_a_door_is_for_this_machine_alone(tmp_path: Path) -> None:
    """It does not start on another address, nor answer to another name, nor to another's page."""
    with pytest.raises(BadSettings):
        create_app(Settings(data_dir=tmp_path, insecure_demo=True, host="0.0.0.0"))
    client = create_app(Settings(data_dir=tmp_path, insecure_demo=True)).test_client()

    assert client.get("/v1/jobs").status_code == 200
    assert client.get("/v1/jobs", base_url="http://evil.example").status_code == 400
    assert client.post("/v1/jobs", headers={"Origin": "https://evil.example"}).status_code == 403


def test_too_many_requests_are_told_when_to_come_back(tmp_path: Path) -> None:
    """Each key has its own count; wrong keys are counted by address."""
    app = create_app(Settings(data_dir=tmp_path, rate_limit="5/minute"))
    keys = app.extensions["redactor"].keys
    one, two = ({"X-API-Key": keys.issue(HOUSE, n, ["auditor"], "main").text} for n in "ab")
    client = app.test_client()
    answers = [client.get("/v1/me", headers=one) for _ in range(6)]
    over = client.get("/v1/me", headers=one)

    assert [a.status_code for a in answers] == [200] * 5 + [429]
    assert {a.headers["X-RateLimit-Limit"] for a in (*answers, over)} == {"5"}
    assert [a.headers["X-RateLimit-Remaining"] for a in answers] == [*"43210", "0"]
    assert over.json["code"] == "too_many_requests"
    assert 0 < int(over.headers["Retry-After"]) <= 60
    assert client.get("/v1/me", headers=two).status_code == 200
    guesses = [
        client.get("/v1/me", headers={"X-API-Key": f"rdk_{n:08x}_{'a' * 43}"}) for n in range(40)
    ]
    assert guesses[0].status_code == 401
    assert guesses[-1].status_code == 429
    assert guesses[-1].headers["X-RateLimit-Limit"] == "30"


def test_two_persons_release_where_the_house_wants_it(tmp_path: Path) -> None:
    """Every job then waits for a person; the one who sent it is not that person."""
    app = create_app(Settings(data_dir=tmp_path, two_person=True, rate_limit=""))
    keys = app.extensions["redactor"].keys
    key = {"X-API-Key": keys.issue(HOUSE, "both", ["submitter", "supervisor"], "main").text}
    form = {"jurisdiction": "us-mo", "category": "inv_alleged_perpetrator", "holds": "hide"}
    client = app.test_client()
    data = {**form, "file": (io.BytesIO(make_pdf()), "case.pdf")}
    job = client.post("/v1/jobs", data=data, headers=key)

    assert job.status_code == 202
    assert job.json["review"] is True
