"""The sample case files are what their sources say: made anew, they are the same bytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.mark.slow
def test_the_samples_are_made_from_their_sources(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SAMPLES / "generate.py", tmp_path], check=True)
    made = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert len(made) == 12
    for name, data in made.items():
        assert data == (SAMPLES / name).read_bytes(), name
