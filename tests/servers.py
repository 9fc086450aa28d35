"""Real servers that a test asks for by URL: skipped where one is absent, insisted on in CI."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

POSTGRES = os.environ.get("REDACTOR_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("REDACTOR_TEST_REDIS", "redis://127.0.0.1:6379/15")
RABBIT = os.environ.get("REDACTOR_TEST_RABBIT", "amqp://guest:guest@127.0.0.1:5672//")


def need(url: str) -> str:
    """The URL; the test is skipped where nothing listens there, and fails where CI insists."""
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 0), 1).close()
    except OSError:
        missing = f"no {parts.scheme} server on port {parts.port}"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return url


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a new, empty PostgreSQL database, dropped afterwards."""
    import psycopg

    name = f"redactor_test_{secrets.token_hex(6)}"
    with psycopg.connect(need(POSTGRES), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
