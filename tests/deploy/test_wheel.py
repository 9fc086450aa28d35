"""An installed wheel is whole: policies, migrations, pages and word lists go with the code."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("api/review/src",)  # what the page's script is compiled from
BUILD = """
import sys
from setuptools import build_meta
print(build_meta.build_wheel(sys.argv[1]))
"""
USE = """
import sys
from pathlib import Path
import api, redactor
from api.app import create_app
from redactor.settings import Settings
assert all(Path(m.__file__).is_relative_to(sys.argv[1]) for m in (api, redactor))
app = create_app(Settings(data_dir=Path(sys.argv[2]), insecure_demo=True))
client = app.test_client()
for path in ("/review/", "/review/new", "/review/static/review.js", "/login", "/docs", "/readyz"):
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, (path, answer.status_code)
"""


def needed() -> set[str]:
    """Every file of the packages that is not Python, as git knows them."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "api", "redactor"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {
        line
        for line in done.stdout.splitlines()
        if not line.endswith(".py") and not line.startswith(SOURCES)
    }


def test_every_data_file_is_declared() -> None:
    """A file that is put beside the code and not declared would be missing from a wheel."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    found = {
        path.relative_to(ROOT).as_posix()
        for package, patterns in declared["package-data"].items()
        for pattern in patterns
        for path in (ROOT / package).glob(pattern)
    }

    assert needed() - found == set()


def test_wheel_serves_its_pages_and_policies(tmp_path: Path) -> None:
    """Built and unpacked, beside the libraries of this environment, and run from elsewhere."""
    source = tmp_path / "source"
    source.mkdir()
    for name in ("api", "redactor", "pyproject.toml", "README.md", "requirements.in", "LICENSE"):
        (source / name).symlink_to(ROOT / name)
    build = [sys.executable, "-c", BUILD, str(tmp_path)]
    made = subprocess.run(build, cwd=source, capture_output=True, text=True, check=False)
    if "No module named 'setuptools'" in made.stderr:
        pytest.skip("setuptools is not installed here")
    assert made.returncode == 0, made.stderr[-2000:]
    site = tmp_path / "site"
    with zipfile.ZipFile(tmp_path / made.stdout.split()[-1]) as wheel:
        wheel.extractall(site)

    assert needed() <= {p.relative_to(site).as_posix() for p in site.rglob("*")}
    environment = {**os.environ, "PYTHONPATH": str(site)}
    for command in (
        ["-c", USE, str(site), str(tmp_path / "data")],
        ["-m", "redactor", "policy", "list"],
    ):
        done = subprocess.run(
            [sys.executable, *command], cwd=tmp_path, env=environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
    assert "us-mo" in done.stdout
