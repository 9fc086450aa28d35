"""Born-digital pages a second with two workers against one, side by side.

    python benchmarks/two_workers.py [--files 24] [--pages 4] [--rounds 2]

Runs `redactor batch` over the same files with --jobs 1 and --jobs 2, turn by turn, and compares
the best of each. The start of the workers is taken off by a run over one file a worker. Wants a
machine with two free cores: the load at the time is kept with the figure.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures import ROOT, keep
from page_costs import TEXT, asked, pages


def seconds(vault: Path, jobs: int) -> float:
    """Seconds of the wall for one run."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "redactor", "batch", str(vault), out, "--quiet", *asked()]
        began = time.perf_counter()
        subprocess.run([*command, "--jobs", str(jobs)], cwd=ROOT, check=True)
        return time.perf_counter() - began


def fill(folder: Path, files: int, count: int) -> Path:
    """A folder of so many files of so many pages."""
    folder.mkdir()
    data = pages(TEXT, count)
    for n in range(files):
        (folder / f"{n:03}.pdf").write_bytes(data)
    return folder


def main() -> None:
    """Measure and keep."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=24)
    parser.add_argument("--pages", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    best: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as place:
        many = fill(Path(place) / "many", given.files, given.pages)
        for _ in range(given.rounds):
            for jobs in (1, 2):
                few = fill(Path(place) / f"few{time.monotonic_ns()}", jobs, given.pages)
                worked = seconds(many, jobs) - seconds(few, jobs)
                best[jobs] = min(worked, best.get(jobs, worked))
    speed = {j: (given.files - j) * given.pages / s for j, s in best.items()}
    keep("two_workers", {"pages_a_second": {str(j): round(s, 2) for j, s in speed.items()},
                         "workers": {"ratio": round(speed[2] / speed[1], 2)}})  # fmt: skip


if __name__ == "__main__":
    main()
