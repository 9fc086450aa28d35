"""How the memory of a worker grows with the pages of one file, and over many files.

    python benchmarks/memory.py [--pages 20,80,160] [--files 6]

For each size a fresh process redacts one file; its peak is read from the kernel. Then one process
redacts many files of one size, and its peak after the first is compared with that after the last.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from figures import ROOT, keep

CODE = """
import json, resource, sys
sys.path.insert(0, "benchmarks")
from page_costs import TEXT, pages, request
from redactor.pipeline import run
from redactor.settings import settings
peaks = []
for _ in range(int(sys.argv[2])):
    run(pages(TEXT, int(sys.argv[1])), request(), settings=settings())
    peaks.append(round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
print(json.dumps(peaks))
"""


def peaks(pages: int, files: int = 1) -> list[int]:
    """Peak megabytes of a process after each of its files."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(pages), str(files)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: list[int] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure and keep."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", default="20,80,160")
    parser.add_argument("--files", type=int, default=6)
    given = parser.parse_args()
    sizes = [int(n) for n in given.pages.split(",")]
    found = {n: peaks(n)[0] for n in sizes}
    slope = (found[sizes[-1]] - found[sizes[0]]) / (sizes[-1] - sizes[0])
    over = peaks(sizes[0], given.files)
    keep("memory", {"peak_megabytes": found, "megabytes_a_page": round(slope, 3),
                    "peak_over_files": over})  # fmt: skip


if __name__ == "__main__":
    main()
