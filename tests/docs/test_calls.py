"""The page of calls runs as it stands, and leaves no route out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import make_pdf
from tests.live import Live

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "calls.md").read_text(), re.DOTALL)


def test_every_route_has_its_call() -> None:
    """As a comment above it."""
    told = set(re.findall(r"^# ([A-Z]+ /\S*)$", "\n".join(BLOCKS), re.MULTILINE))
    paths = json.loads((ROOT / "api" / "openapi.json").read_text())["paths"]

    assert told == {f"{m.upper()} {p}" for p, o in paths.items() for m in o}


def test_page_runs_from_top_to_bottom(live: Live, tmp_path: Path) -> None:
    """Every call is answered well; the release has its files."""
    if shutil.which("curl") is None:
        pytest.skip("no curl here")
    (tmp_path / "case.pdf").write_bytes(make_pdf())
    keys = {
        "KEY": live.bearer("submitter", "reviewer", "supervisor"),
        "ADMIN": live.bearer("admin", "auditor"),
    }
    environment = {k: v["Authorization"].removeprefix("Bearer ") for k, v in keys.items()}
    script = "set -euo pipefail\n" + "\n".join(BLOCKS)
    run = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={**os.environ, **environment, "URL": live.url},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    assert (tmp_path / "release.pdf").read_bytes().startswith(b"%PDF")
    assert run.stdout.rstrip().count("released") >= 1
