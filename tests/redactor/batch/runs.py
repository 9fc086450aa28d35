"""What tests of runs share: small case files, and the command line as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from redactor.policy import least_answers, load
from tests.conftest import make_pdf

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


def packet_table(folder: Path) -> Path:
    """A table of two files of one case; only the first tells who reported."""
    (folder / "a.pdf").write_bytes(make_pdf())
    (folder / "b.pdf").write_bytes(make_pdf("Dana Orr called again."))
    answers = json.dumps(least_answers(load("us-mo"), CATEGORY)).replace('"', '""')
    lines = [f'{n}.pdf,us-mo,{CATEGORY},Carl Dufresne,"{answers}",7' for n in "ab"]
    table = folder / "table.csv"
    head = "file,jurisdiction,category,requester_name,answers,case_id"
    table.write_text("\n".join([head, *lines]))
    return table


def is_released_packet(out: Path, lines: str) -> None:
    """Both files of that table are there, and the reporter is hidden in the second, too."""
    told = {r["name"]: r for r in map(json.loads, lines.splitlines())}
    facts = [(n, told[n]["outcome"], told[n]["pages"], told[n]["verdict"]) for n in "ab"]
    assert facts == [("a", "released", 1, "passed"), ("b", "released", 1, "passed")]
    assert told["a"]["digest"] != told["b"]["digest"]
    text = (out / "b.txt").read_text()
    assert "called again" in text
    assert "Orr" not in text
    assert all((out / f"{n}.certificate.json").exists() for n in "ab")
