"""Several servers count the requests of one key together, in Redis."""

from __future__ import annotations

from pathlib import Path

import httpx
from limits.storage import storage_from_string

from api.app import create_app
from redactor.settings import Settings
from tests.api.conftest import HOUSE
from tests.live import serving
from tests.servers import REDIS, need

LIMIT = 6


def test_two_servers_share_one_count(tmp_path: Path) -> None:
    """What one has counted is over for the other; another key has its own count."""
    shared = {
        "DATA_DIR": str(tmp_path / "data"), "RATE_LIMIT": f"{LIMIT}/hour", "RATE_STORAGE": need(REDIS),
    }  # fmt: skip
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with (
        serving(tmp_path / "a", "--no-worker", **shared) as one,
        serving(tmp_path / "b", "--no-worker", **shared) as two,
    ):
        key, other = one.bearer("auditor"), one.bearer("auditor")
        counted = [
            httpx.get(f"{server.url}/v1/me", headers=key)
            for server in (one, two, one, two, two, one, two, one)
        ]
        free = httpx.get(f"{two.url}/v1/me", headers=other)

    assert [a.status_code for a in counted] == [200] * LIMIT + [429] * 2
    assert {a.json()["code"] for a in counted[LIMIT:]} == {"too_many_requests"}
    assert all(0 < int(a.headers["Retry-After"]) <= 3600 for a in counted[LIMIT:])
    assert {a.headers["X-RateLimit-Limit"] for a in counted} == {str(LIMIT)}
    assert free.status_code == 200
    kept = storage_from_string(need(REDIS)).storage  # type: ignore[attr-defined]
    names = b" ".join(kept.keys("LIMITS*"))
    assert key["Authorization"].removeprefix("Bearer ").encode() not in names


def test_service_goes_on_where_the_counter_is_away(tmp_path: Path) -> None:
    """A Redis that does not answer shuts nobody out."""
    app = create_app(Settings(data_dir=tmp_path, rate_storage="redis://127.0.0.1:9/0"))
    key = app.extensions["redactor"].keys.issue(HOUSE, "a", ["auditor"], "main").text
    answer = app.test_client().get("/v1/me", headers={"X-API-Key": key})

    assert answer.status_code == 200
