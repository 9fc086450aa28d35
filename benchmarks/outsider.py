"""Lets x-ray of the Free Law Project look for bad redactions in PDFs; it is no part of the gate.

    python benchmarks/outsider.py FILE.pdf ...

x-ray pins a PyMuPDF of its own, so it is installed into an environment of its own
(.cache/x-ray). Prints what it finds in each file, never the text; exit code 1 if it finds anything,
77 (skipped) where it cannot be installed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parents[1] / ".cache" / "x-ray"
SKIPPED = 77
LOOK = """
import asyncio, inspect, json, sys, xray
for path in sys.argv[1:]:
    found = xray.inspect(path)
    found = asyncio.run(found) if inspect.isawaitable(found) else found
    print(json.dumps({"file": path, "pages": {p: len(r) for p, r in found.items()}}))
"""


def python() -> Path:
    """The interpreter of x-ray's environment, made if need be."""
    found = HOME / "bin" / "python"
    if not found.exists():
        venv.create(HOME, with_pip=True)
    known = subprocess.run([found, "-c", "import xray"], capture_output=True, check=False)
    if known.returncode:
        subprocess.run([found, "-m", "pip", "install", "-q", "x-ray==0.4.0"], check=True)
    return found


def main() -> None:
    """Look at every file."""
    try:
        with_xray = python()
    except (subprocess.CalledProcessError, OSError):
        print("skipped: x-ray cannot be installed here", file=sys.stderr)
        sys.exit(SKIPPED)
    done = subprocess.run(
        [with_xray, "-c", LOOK, *sys.argv[1:]], capture_output=True, text=True, check=True
    )
    print(done.stdout, end="")
    sys.exit(any(json.loads(line)["pages"] for line in done.stdout.splitlines()))


if __name__ == "__main__":
    main()
