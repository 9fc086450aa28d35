"""The application in this process, with a key for each role."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from apiflask import APIFlask

from api.app import create_app
from api.house import House
from redactor.access import ALL_UNITS, Actor, Role
from redactor.settings import Settings

HOUSE = Actor("house", ALL_UNITS, frozenset(Role))
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[APIFlask]:
    """A service with a door, and nobody in it yet."""
    folder = tmp_path_factory.mktemp("app")
    made = create_app(Settings(data_dir=folder, rate_limit="", audit_key="a test key"))
    yield made
    made.extensions["redactor"].database.close()


@pytest.fixture(scope="module")
def rooms(app: APIFlask) -> House:
    """Its stores."""
    return app.extensions["redactor"]


@pytest.fixture(scope="module")
def bearer(rooms: House) -> dict[str, dict[str, str]]:
    """Headers of a key of each role, of unit ``main``."""
    return {
        role.value: {
            "Authorization": f"Bearer {rooms.keys.issue(HOUSE, role.value, [role], 'main').text}"
        }
        for role in Role
    }
