"""The table of who may call what. Every route stands in it and answers as it says."""

from __future__ import annotations

import re

import pytest
from apiflask import APIFlask

from api.describe import PARAMETER
from redactor.access import Role

ROLES = {"s": "submitter", "r": "reviewer", "v": "supervisor", "a": "auditor", "m": "admin"}
EVERYBODY = "-srvam"  # the dash is one whom nobody knows
TABLE = {
    "GET /livez": EVERYBODY,
    "GET /readyz": EVERYBODY,
    "GET /version": EVERYBODY,
    "GET /metrics": "am",
    "GET /docs": EVERYBODY,
    "GET /docs/try": EVERYBODY,
    "GET /docs/assets/{name}": EVERYBODY,
    "GET /openapi.json": EVERYBODY,
    "GET /login": EVERYBODY,
    "POST /login": EVERYBODY,
    "POST /logout": EVERYBODY,
    "GET /login/outside": EVERYBODY,
    "GET /login/outside/back": EVERYBODY,
    "GET /v1/me": "srvam",
    "GET /v1/policies": "srvam",
    "GET /v1/policies/{jurisdiction}": "srvam",
    "GET /v1/policies/{jurisdiction}/{category}": "srvam",
    "POST /v1/jobs": "srv",
    "GET /v1/jobs": "srva",
    "GET /v1/jobs/{identifier}": "srva",
    "DELETE /v1/jobs/{identifier}": "sv",
    "POST /v1/jobs/{identifier}/cancel": "srv",
    "POST /v1/jobs/{identifier}/retry": "srv",
    "GET /v1/jobs/{identifier}/findings": "rv",
    "POST /v1/jobs/{identifier}/decisions": "rv",
    "POST /v1/jobs/{identifier}/release": "rv",
    "POST /v1/batches": "srv",
    "GET /v1/batches/{identifier}": "srva",
    "POST /v1/letters": "srv",
    "GET /v1/jobs/{identifier}/{name}": "srv",
    "GET /v1/jobs/{identifier}/log": "srv",
    "GET /v1/jobs/{identifier}/internal-log": "rv",
    "POST /v1/analyze": "rv",
    "GET /v1/audit": "am",
    "GET /v1/audit/verify": "am",
    "GET /v1/webhooks": "m",
    "POST /v1/webhooks": "m",
    "DELETE /v1/webhooks/{identifier}": "m",
    "GET /v1/webhooks/{identifier}/deliveries": "m",
    "GET /v1/keys": "m",
    "POST /v1/keys": "m",
    "DELETE /v1/keys/{identifier}": "m",
    "GET /v1/accounts": "m",
    "POST /v1/accounts": "m",
    "PATCH /v1/accounts/{login}": "m",
    "GET /review/static/{filename}": EVERYBODY,
    "GET /": EVERYBODY,
    "GET /review/": "rv",
    "POST /review/": "srv",
    "GET /review/new": "rv",
    "POST /review/new": "rv",
    "GET /review/questions": "rv",
    "GET /review/help": "rv",
    "GET /review/awake": "rv",
    "GET /review/{identifier}": "rv",
    "GET /review/{identifier}/progress": "rv",
    "GET /review/{identifier}/state": "rv",
    "GET /review/{identifier}/boxes": "rv",
    "GET /review/{identifier}/words/{number}": "rv",
    "GET /review/{identifier}/people/{person}": "rv",
    "GET /review/{identifier}/pages/{number}.png": "rv",
    "POST /review/{identifier}/find": "rv",
    "POST /review/{identifier}/steps": "rv",
    "GET /review/{identifier}/compare": "rv",
    "GET /review/{identifier}/exchange": "rv",
    "POST /review/{identifier}/exchange": "rv",
    "GET /review/{identifier}/exchange/{name}": "rv",
    "GET /review/{identifier}/release": "rv",
    "POST /review/{identifier}/release": "rv",
    "GET /review/{identifier}/files/{ending}": "rv",
}
TRIES = {"POST /login", "GET /login/outside/back"}  # without a password, without a state
NAME = r"{\1}"
FILLED = {
    "jurisdiction": "us-mo",
    "category": "inv_parent",
    "name": "document",
    "login": "nobody",
    "number": "0",
    "person": "p1",
    "ending": "pdf",
}


def routes(app: APIFlask) -> set[str]:
    """Every method and path that the application answers."""
    return {
        f"{method} {PARAMETER.sub(NAME, rule.rule)}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_stands_in_the_table(app: APIFlask) -> None:
    """A route that nobody thought about is shut, and fails here."""
    assert routes(app) == set(TABLE)


@pytest.mark.parametrize("route", TABLE)
def test_route_answers_as_the_table_says(
    app: APIFlask, bearer: dict[str, dict[str, str]], route: str
) -> None:
    """401 to one whom nobody knows, 403 to one who may not, neither to one who may."""
    method, path = route.split(" ")
    path = re.sub(r"\{(\w+)\}", lambda m: FILLED.get(m[1], "0" * 32), path)
    client = app.test_client()
    for letter, headers in {"-": {}, **{k: bearer[v] for k, v in ROLES.items()}}.items():
        # an address of its own for each route: thirty wrong tries a minute are allowed of one
        place = {"REMOTE_ADDR": f"10.0.0.{sorted(TABLE).index(route)}"}
        answer = client.open(path, method=method, headers=headers, environ_base=place)
        status = answer.status_code
        if letter in TABLE[route]:
            assert status not in (401, 403) or route in TRIES, (letter, status)
        else:
            assert status == (401 if letter == "-" else 403), letter


def test_table_knows_every_role() -> None:
    """A new role must be thought about for every route."""
    assert set(ROLES.values()) == set(Role)
