"""Short runs of the targets: damaged PDFs, made-up texts, and what libFuzzer makes up."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS
from tests.leak.planting import base
from tests.leak.test_seeded_faults import RELEASE

ROOT = Path(__file__).resolve().parents[2]
SEEDS = (base(), RELEASE)
QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A PDF with some of its bytes replaced, cut out or doubled."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        size = draw(st.integers(0, 40))
        how = draw(st.sampled_from(("replace", "cut", "double")))
        piece = bytes(data[at : at + size])
        new = {"replace": draw(st.binary(max_size=40)), "cut": b"", "double": piece * 2}[how]
        data[at : at + size] = new
    return bytes(data)


@pytest.mark.parametrize("name", ["take_in", "check", "recover"])
def test_damaged_files_end_well(name: str) -> None:
    """In our errors, a verdict or findings."""
    given(damaged())(settings(max_examples=25, **QUIET)(TARGETS[name]))()


@pytest.mark.parametrize("name", ["match", "vouch"])
def test_made_up_bytes_end_well(name: str) -> None:
    """Whatever they are."""
    given(st.binary(max_size=400))(settings(max_examples=60, **QUIET)(TARGETS[name]))()


@pytest.mark.skipif(not importlib.util.find_spec("atheris"), reason="atheris is not installed")
def test_libfuzzer_finds_nothing_at_once(tmp_path: Path) -> None:
    """The harness of `make fuzz` runs; long runs are for the night."""
    (tmp_path / "seed").write_bytes(b"Mina Quillfeather")
    command = [sys.executable, "-m", "tests.fuzz.run", "match", "-runs=300", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-400:]
    assert "Done 300" in done.stderr
