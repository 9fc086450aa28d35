"""SIGKILL in the middle of every stage loses nothing and releases nothing twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest

from redactor.jobs.bench import open_bench
from redactor.jobs.engines import open_engine
from redactor.jobs.service import JobService, Sender
from redactor.settings import Settings
from redactor.store.db import Database
from tests.conftest import make_pdf, make_request
from tests.servers import postgres

ROOT = Path(__file__).resolve().parents[2]
STAGES = ("read", "detect", "decide", "apply", "verify", "publish")
PATIENCE = 240.0
GIVEN = {"ocr_strategy": "fast", "workers": 1, "lease_seconds": 3.0, "sweep_seconds": 0.5}
pytestmark = pytest.mark.slow


@contextmanager
def worker(folder: Path, **given: object) -> Iterator[subprocess.Popen[bytes]]:
    facts = {**GIVEN, "data_dir": str(folder), **given}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.deadly", json.dumps(facts)], cwd=ROOT
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


class Plan:
    """What is to be killed when, in the file that the deadly worker reads."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.deaths = folder, {}
        folder.mkdir(exist_ok=True)
        self.write()

    def kill(self, job: str, stage: str, *, times: int = 1, who: str = "child") -> None:
        self.deaths[job] = {"stage": stage, "times": times, "who": who}
        self.write()

    def write(self) -> None:
        (self.folder / "deaths.json").write_text(json.dumps(self.deaths))

    def happened(self) -> Counter[tuple[str, str]]:
        lines = (self.folder / "killed").read_text().splitlines()
        return Counter((line.split()[0], line.split()[1]) for line in lines)


@pytest.fixture
def url() -> Iterator[str]:
    with postgres() as made:
        yield made


def submit(service: JobService, **more: object) -> str:
    request = make_request("inv_alleged_perpetrator", "Carl Dufresne", **more)
    return service.submit(make_pdf(), request, Sender(unit="a")).id


def text_of(pdf: bytes) -> str:
    return " ".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(pdf))


def open_service(folder: Path, url: str) -> tuple[JobService, Settings]:
    settings = Settings(data_dir=folder, database_url=url, **GIVEN)  # type: ignore[arg-type]
    database = Database(url or f"sqlite:///{folder / 'redactor.db'}")
    from redactor.store.upgrade import upgrade

    upgrade(database)
    database.close()
    return JobService(open_bench(settings), open_engine(settings)), settings


def test_a_process_killed_at_any_stage_costs_a_try_and_nothing_else(tmp_path: Path) -> None:
    """One job for each stage, its process killed there once; and one that kills every time."""
    plan = Plan(tmp_path / "data")
    service, _ = open_service(tmp_path / "data", "")
    jobs = {stage: submit(service) for stage in STAGES}
    for stage, job in jobs.items():
        plan.kill(job, stage)
    poison = submit(service)
    plan.kill(poison, "read", times=99)

    with worker(tmp_path / "data"):
        found = {stage: service.wait(job, PATIENCE) for stage, job in jobs.items()}
        bad = service.wait(poison, PATIENCE)

    for stage, job in found.items():
        assert (job.state, job.outcome, job.attempts) == ("done", "released", 2), stage
        assert plan.happened()[job.id, stage] == 1
        text = text_of(service.open_file(job.id, "pdf").read())
        assert "Milo" in text
        assert "Dana" not in text
    assert (bad.state, bad.error_code, bad.attempts) == ("quarantined", "quarantined", 3)
    assert bad.files == []
    assert sum(plan.happened().values()) == len(STAGES) + 3


def test_a_whole_worker_killed_leaves_its_job_to_the_next(tmp_path: Path, url: str) -> None:
    """Where the release was all but out: its lease runs out and another worker takes over."""
    plan = Plan(tmp_path / "data")
    service, _ = open_service(tmp_path / "data", url)
    job = submit(service)
    plan.kill(job, "publish", who="worker")

    with worker(tmp_path / "data", database_url=url) as first:
        assert first.wait(PATIENCE) == -9
    assert service.get(job).state in ("detecting", "applying", "verifying")
    with worker(tmp_path / "data", database_url=url):
        done = service.wait(job, PATIENCE)

    assert (done.state, done.outcome, done.attempts, done.published) == ("done", "released", 2, 2)
    assert "Milo" in text_of(service.open_file(job, "pdf").read())


def test_a_worker_that_is_stopped_puts_back_what_it_cannot_finish(tmp_path: Path) -> None:
    """SIGTERM while a job hangs, and no time to finish it: it waits again, and the try is not counted."""
    plan = Plan(tmp_path / "data")
    service, _ = open_service(tmp_path / "data", "")
    job = submit(service)
    plan.kill(job, "detect", who="nobody")

    with worker(tmp_path / "data", stop_seconds=0.0) as stopped:
        assert stopped.wait(PATIENCE) == 0

    found = service.get(job)
    assert (found.state, found.attempts, found.forgiven) == ("queued", 1, 1)
    assert found.lease_owner == ""
