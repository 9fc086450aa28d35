"""What one machine does not need, together and real: PostgreSQL, RabbitMQ or Redis, S3, a worker."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from redactor.jobs.bench import open_bench
from redactor.jobs.engines import open_engine
from redactor.jobs.service import JobService
from redactor.settings import Settings
from redactor.store.db import Database
from redactor.store.upgrade import upgrade
from tests.conftest import make_pdf, make_request
from tests.contract.test_filestore import bucket  # noqa: F401 - a fixture
from tests.servers import RABBIT, need, postgres

ROOT = Path(__file__).resolve().parents[2]
KEY = "k1:" + "A" * 43 + "="


@pytest.mark.slow
def test_a_job_goes_through_the_scaled_service(tmp_path: Path, bucket: str) -> None:  # noqa: F811
    """Service and worker share no folder: what one puts the other finds by database and bucket."""
    with postgres() as url:
        given = {"engine": "celery", "broker_url": need(RABBIT), "queue": f"test-{secrets.token_hex(4)}",
                 "database_url": url, "files_url": f"{bucket}/scale", "files_key": KEY,
                 "workers": 1, "ocr_strategy": "fast"}  # fmt: skip
        database = Database(url)
        upgrade(database)
        database.close()
        environment = {f"REDACTOR_{name.upper()}": str(value) for name, value in given.items()}
        environment["REDACTOR_DATA_DIR"] = str(tmp_path / "worker")
        worker = subprocess.Popen(
            [sys.executable, "-m", "redactor", "worker"],
            cwd=ROOT,
            env={**os.environ, **environment},
        )
        try:
            settings = Settings(data_dir=tmp_path / "web", **given)  # type: ignore[arg-type]
            service = JobService(open_bench(settings), open_engine(settings))
            job = service.wait(service.submit(make_pdf(), make_request()).id, 240)
            assert (job.state, job.outcome) == ("done", "released")
            assert service.open_file(job.id, "pdf").read().startswith(b"%PDF")
        finally:
            worker.terminate()
            assert worker.wait(120) == 0
    assert not list((tmp_path / "worker").rglob("*.pdf"))
