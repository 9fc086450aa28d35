"""An operator lists, cancels, retries and purges jobs, changes keys, and restores a backup."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from redactor.cli.main import main
from redactor.errors import Conflict, NotReady
from redactor.jobs.bench import open_bench
from redactor.jobs.engines import open_engine
from redactor.jobs.lease import claim, end, held
from redactor.jobs.service import JobService, Sender
from redactor.settings import Settings, settings
from redactor.store.audit import Audit
from tests.conftest import make_request

FILE = b"%PDF-1.7 text of a case"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REDACTOR_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield tmp_path / "data"  # type: ignore[misc]
    settings.cache_clear()


def service(place: Path) -> JobService:
    given = Settings(data_dir=place)
    return JobService(open_bench(given), open_engine(given))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def finish(place: Path, job: str, state: str = "done") -> None:
    bench = open_bench(Settings(data_dir=place))
    lease, _ = claim(bench.table, job, "w", now=1.0, seconds=60, most=3)  # type: ignore[misc]
    bench.files.put(f"jobs/{job}/1.pdf", b"release")
    with held(bench.table, lease) as row:
        row.files, row.published = ["pdf"], 1
        end(row, state, 2.0, NotReady() if state == "failed" else None)


def test_operator_looks_after_jobs(place: Path) -> None:
    """Each command does what it says to the jobs that it is given, and nothing of a case is said."""
    jobs = service(place)
    done, failed, waiting = (jobs.submit(FILE, make_request(), Sender(unit="a")).id for _ in "123")
    finish(place, done)
    finish(place, failed, "failed")

    rows = [json.loads(line) for line in run("jobs", "list", "--json").splitlines()]
    assert {r["id"]: r["state"] for r in rows} == {
        done: "done",
        failed: "failed",
        waiting: "queued",
    }
    assert run("jobs", "list", "--state", "failed").count("\n") == 1
    assert run("jobs", "list", "--unit", "b") == ""

    assert run("jobs", "retry", failed) == f"{failed}\tqueued\n"
    assert run("jobs", "cancel", failed, waiting).count("cancelled") == 2
    run("jobs", "purge", done)
    assert jobs.get(done).purged > 0
    assert jobs.open_file(done, "pdf").read() == b"release"
    result = CliRunner().invoke(main, ["jobs", "retry", done])
    assert result.exit_code == int(NotReady.exit_code)
    assert CliRunner().invoke(main, ["jobs", "cancel", done]).exit_code == int(Conflict.exit_code)
    rows = Audit(open_bench(Settings(data_dir=place)).table.database).rows(subject=failed)
    acts = [(r.action, r.actor.partition(":")[0]) for r in rows]
    assert acts == [
        ("job.failed", "service"),
        ("job.retried", "operator"),
        ("job.cancelled", "operator"),
    ]


def test_keys_are_rotated_under_a_running_service(place: Path) -> None:
    """A service that was there before opens what was sealed anew, and so does one that starts."""
    running = service(place)
    job = running.submit(FILE, make_request(), Sender(passwords=("x",))).id

    assert run("files", "rotate").startswith("2 files")

    assert running.original(job).read() == FILE
    assert service(place).original(job).read() == FILE
    keys = (place / "files.keys").read_text().split()
    (place / "files.keys").write_text(keys[-1] + "\n")
    assert service(place).original(job).read() == FILE


def test_backup_is_restored(place: Path, tmp_path: Path) -> None:
    """As docs/operate.md says: database while it runs, then files, then keys; and back."""
    jobs = service(place)
    done, waiting = (jobs.submit(FILE, make_request(), Sender()).id for _ in "12")
    finish(place, done)
    backup = tmp_path / "backup"
    backup.mkdir()
    with (
        sqlite3.connect(place / "redactor.db") as live,
        sqlite3.connect(backup / "redactor.db") as copy,
    ):
        live.backup(copy)
    shutil.copytree(place / "jobs", backup / "jobs")
    shutil.copy2(place / "files.keys", backup / "files.keys")
    shutil.rmtree(place)

    shutil.copytree(backup, place)
    restored = service(place)

    assert (restored.get(done).state, restored.get(waiting).state) == ("done", "queued")
    assert restored.open_file(done, "pdf").read() == b"release"
    assert restored.original(waiting).read() == FILE
    assert restored.request(waiting).category == "inv_alleged_perpetrator"
