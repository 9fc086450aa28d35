"""What tests of runs share: small case files, and the command line as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from redactor.policy import least_answers, load

ROOT = Path(__file__).resolve().parents[3]
CATEGORY = "inv_alleged_perpetrator"
ASKED = [
    *("--jurisdiction", "us-mo", "--category", CATEGORY, "--requester-name", "Carl Dufresne"),
    *("--holds", "hide"),
    *(
        x
        for q, a in least_answers(load("us-mo"), CATEGORY).items()
        for x in ("--answer", f"{q}={a}")
    ),
]


def begin(*args: object, **more: Any) -> subprocess.Popen[str]:
    """The command, running."""
    return subprocess.Popen(
        [sys.executable, "-m", "redactor", *map(str, args)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more,
    )  # fmt: skip


def batch(*args: object, **more: Any) -> tuple[int, str, str]:
    """(exit code, standard output, standard error) of ``redactor batch``."""
    process = begin("batch", *args, **more)
    out, err = process.communicate(timeout=240)
    return process.returncode, out, err


def ended(process: subprocess.Popen[str]) -> Iterator[str]:
    """The names of rows as their plain lines appear."""
    assert process.stderr is not None
    for line in process.stderr:
        if "\t" in line:
            yield line.split("\t")[0]
