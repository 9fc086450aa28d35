"""Writes what the samples came out as into README.md and models/README.md: `make quality`."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- quality: made by make quality -->", "<!-- end of quality -->"


def measured() -> str:
    """The table of `redactor evaluate samples` with its day."""
    command = [sys.executable, "-m", "redactor", "evaluate", "samples"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    day = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
    head = f"`make evaluate` on the six sample files, {day} (shares with 95 % intervals; six files are few):"
    return f"{head}\n\n{done.stdout.strip()}"


def put(page: Path, text: str) -> None:
    """Set the text between the marks of a page."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    table = measured()
    for name in ("README.md", "models/README.md"):
        put(ROOT / name, table)
