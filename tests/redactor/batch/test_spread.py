"""A run over workers of a deployment, on a real broker, one of them killed in the middle."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from redactor.errors import ExitCode
from redactor.jobs.bench import open_bench
from redactor.jobs.states import WORKING
from redactor.settings import Settings
from tests.conftest import make_pdf
from tests.redactor.batch.runs import (
    ASKED,
    ROOT,
    batch,
    begin,
    is_released_packet,
    packet_table,
)
from tests.redactor.batch.test_runs import repeated
from tests.servers import REDIS, need

FILES = 5  # enough for both workers to be busy at once


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_celery_workers_and_one_is_killed(tmp_path: Path) -> None:
    """Every file is released exactly once, whichever worker had it."""
    vault, out = tmp_path / "vault", tmp_path / "out"
    vault.mkdir()
    for n in range(FILES):
        (vault / f"case{n}.pdf").write_bytes(repeated(make_pdf(), 5))
    environment = {
        **os.environ, "REDACTOR_ENGINE": "celery", "REDACTOR_QUEUE": f"test-{secrets.token_hex(6)}", "REDACTOR_BROKER_URL": need(REDIS),
        "REDACTOR_DATA_DIR": str(tmp_path / "data"), "REDACTOR_WORKERS": "1",
        "REDACTOR_LEASE_SECONDS": "20", "REDACTOR_SWEEP_SECONDS": "1", "REDACTOR_OCR_STRATEGY": "fast",
    }  # fmt: skip

    subprocess.run(
        [sys.executable, "-m", "redactor", "db", "upgrade"], cwd=ROOT, env=environment, check=True
    )
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    worker = [sys.executable, "-m", "redactor", "worker"]
    workers = [subprocess.Popen(worker, cwd=ROOT, env=environment, **quiet) for _ in range(2)]
    asked = [*ASKED, "--engine", "celery", "--jobs", FILES, "--json"]
    run = begin("batch", vault, out, *asked, env=environment, start_new_session=True)
    try:
        both_busy(tmp_path / "data")
        os.killpg(workers[0].pid, signal.SIGKILL)
        lines, err = run.communicate(timeout=600)
    finally:
        for process in (*workers, run):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)

    assert run.returncode == ExitCode.OK, err
    told = [json.loads(line) for line in lines.splitlines()]
    assert sorted(r["name"] for r in told) == [f"case{n}" for n in range(FILES)]
    assert {(r["outcome"], r["verdict"]) for r in told} == {("released", "passed")}
    assert all((out / f"case{n}.pdf").exists() for n in range(FILES))


@pytest.mark.timeout(300)
def test_packet_is_one_job_of_one_celery_worker(tmp_path: Path) -> None:
    """Its files share their people there as they do here."""
    environment = {
        **os.environ, "REDACTOR_ENGINE": "celery", "REDACTOR_QUEUE": f"test-{secrets.token_hex(6)}", "REDACTOR_BROKER_URL": need(REDIS),
        "REDACTOR_DATA_DIR": str(tmp_path / "data"), "REDACTOR_WORKERS": "1", "REDACTOR_SWEEP_SECONDS": "1",
    }  # fmt: skip
    redactor = [sys.executable, "-m", "redactor"]
    subprocess.run([*redactor, "db", "upgrade"], cwd=ROOT, env=environment, check=True)
    worker = subprocess.Popen(
        [*redactor, "worker"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    out = tmp_path / "out"
    asked = ["--requests", packet_table(tmp_path), out, "--holds", "hide", "--json"]
    try:
        code, told, err = batch(*asked, "--engine", "celery", env=environment)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)

    assert code == ExitCode.OK, told + err
    is_released_packet(out, told)


def both_busy(data: Path) -> None:
    """Returns when each of two workers has a file in hand."""
    table = open_bench(Settings(data_dir=data)).table
    for _ in range(6000):  # a busy machine takes its time
        if table.count(WORKING) == 2:
            return
        time.sleep(0.1)
    raise AssertionError("the workers never were busy")
