"""A real service on a real port, for every test that talks to one."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[1]
FIRST_KEY = re.compile(r"rdk_[0-9a-f]{8}_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Live:
    """A real service on a real port, started as an operator starts it."""

    url: str
    folder: Path
    first: str  # the key that the first start printed
    pid: int = 0

    def client(self, *roles: str, unit: str = "main") -> httpx.Client:
        """A client with a new key of these roles."""
        return httpx.Client(base_url=self.url, headers=self.bearer(*roles, unit=unit), timeout=120)

    def bearer(self, *roles: str, unit: str = "main") -> dict[str, str]:
        """The header of a new key of these roles."""
        body = {"name": "test", "roles": roles, "unit": unit, "days": 1}
        made = httpx.post(f"{self.url}/v1/keys", json=body, headers=_bearer(self.first))
        return _bearer(made.json()["key"])

    def log(self) -> str:
        """Everything that it wrote."""
        return (self.folder / "log").read_text()


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


USUAL = {
    "REDACTOR_OCR_STRATEGY": "fast",
    "REDACTOR_WORKERS": "1",
    "REDACTOR_MAX_BYTES": "3000000",
    "REDACTOR_MAX_PAGES": "20",
    "REDACTOR_AUDIT_KEY": "a test key",
    "REDACTOR_WEBHOOK_HOSTS": "127.0.0.1,portal.example",
    "REDACTOR_WEBHOOK_PRIVATE": "1",
    "REDACTOR_RATE_LIMIT": "",
}


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One service for all tests that talk to it."""
    with serving(tmp_path_factory.mktemp("live")) as service:
        yield service


@contextmanager
def serving(folder: Path, *options: str, **settings: str) -> Iterator[Live]:
    """A service in that folder; ``settings`` are variables without their REDACTOR_.

    The first key is empty where the folder had a service before.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"REDACTOR_{name}": value for name, value in settings.items()}
    environment = {**os.environ, **USUAL, "REDACTOR_DATA_DIR": str(folder / "data"), **own}
    with (folder / "log").open("wb") as log:
        program = [sys.executable, "-m", "redactor", "serve", "--port", str(port), *options]
        process = subprocess.Popen(program, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            _await(url)
            keys = FIRST_KEY.findall((folder / "log").read_text())
            yield Live(url, folder, keys[0] if keys else "", process.pid)
        finally:
            process.terminate()
            process.wait(60)


def _await(url: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
