"""A run whose files are worked on by a service gives what a local run gives."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from redactor.batch.remote import ServerEngine
from redactor.errors import ExitCode
from redactor.settings import Settings
from redactor.types import Request
from tests.conftest import make_pdf
from tests.redactor.batch.runs import ASKED, ROOT, batch, is_released_packet, packet_table


@pytest.fixture
def service(tmp_path: Path) -> Iterator[str]:
    """The address of a running service."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "REDACTOR_DATA_DIR": str(tmp_path / "data"),
        "REDACTOR_WORKERS": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "redactor", "serve", "--insecure-demo", "--port", str(port)],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                break
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(timeout=60)


def test_files_sent_to_a_service(service: str, tmp_path: Path) -> None:
    """The same files in the output folder, the same facts in the results; a bad file fails alone."""
    vault, out = tmp_path / "vault", tmp_path / "out"
    vault.mkdir()
    (vault / "a.pdf").write_bytes(make_pdf())
    (vault / "bad.pdf").write_bytes(b"hello")

    code, lines, err = batch(vault, out, *ASKED, "--server", service, "--jobs", 2, "--json")

    told = {r["name"]: r for r in map(json.loads, lines.splitlines())}
    assert code == ExitCode.SOME_FAILED, err
    assert told["bad"]["detail"] == "unreadable_input"
    assert (told["a"]["outcome"], told["a"]["pages"], told["a"]["verdict"]) == (
        "released",
        1,
        "passed",
    )
    assert {"a.pdf", "a.txt", "a.log.json", "a.log.csv", "a.internal.json", "a.internal.csv"} <= {
        p.name for p in out.iterdir()
    }


def test_packet_sent_to_a_service(service: str, tmp_path: Path) -> None:
    """One job for the rows of one case; what the first file tells is hidden in the second."""
    out = tmp_path / "out"
    asked = ["--requests", packet_table(tmp_path), out, "--holds", "hide", "--json"]

    code, told, err = batch(*asked, "--server", service)

    assert code == ExitCode.OK, told + err
    is_released_packet(out, told)
    assert len(httpx.get(f"{service}/v1/jobs").json()["jobs"]) == 1


def test_a_service_out_of_reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked a few times, then the file fails; nothing hangs and nothing is written."""
    from redactor.batch import remote
    from redactor.batch.intake import rows, sources

    monkeypatch.setattr(remote, "TRIES", 2)
    (tmp_path / "a.pdf").write_bytes(make_pdf())
    engine = ServerEngine("http://127.0.0.1:9", "", tmp_path / "out", Settings())
    found = rows(sources(str(tmp_path / "a.pdf")), Request("us-mo", "inv_alleged_perpetrator"))

    assert [r.detail for r in engine.run(tuple(found), lambda *_: None)] == ["busy"]
    assert not (tmp_path / "out").exists()
