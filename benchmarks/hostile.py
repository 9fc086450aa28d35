"""Takes a folder of PDFs nobody here wrote; each must end in a verified release or a clear refusal.

    python benchmarks/hostile.py FOLDER [--words 3] [--out results.jsonl] [--only PART]

Each file is redacted in a process of its own under the limits of the settings, as the service
does it, with some of its own words as must-hide terms. A crash, a time-out, an unforeseen error,
more than 60 seconds of one core or more than 2 GB is a fault and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from redactor.errors import RedactorError
from redactor.isolation import Child
from redactor.pipeline import run
from redactor.policy import least_answers, load
from redactor.progress import Progress
from redactor.settings import Settings, settings
from redactor.types import Request
from redactor.verify.pages import Pages

MOST_SECONDS, MOST_MEGABYTES = 60.0, 2048
CATEGORY = "inv_alleged_perpetrator"
FAULTS = {"crashed", "timed_out", "internal_error"}


def work(data: bytes, request: Request, given: Settings, *, progress: Progress) -> dict[str, Any]:
    """How the file ends, and the most memory the process held meanwhile."""
    began = time.process_time()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # starts the peak anew
    try:
        release = run(data, request, settings=given, progress=progress)
        found = {
            "outcome": release.outcome,
            "failing": {c.name: c.detail for c in release.verdict.failing},
            "bytes": len(release.document or b""),
        }
    except RedactorError as error:
        found = {"outcome": "refused", "code": error.code, "detail": error.detail}
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024
    return {**found, "megabytes": peak, "core_seconds": round(time.process_time() - began, 2)}


def words(data: bytes, count: int, seed: str) -> tuple[str, ...]:
    """Some long words of a file, chosen by its name."""
    found: set[str] = set()
    with contextlib.suppress(Exception):
        pages = Pages(data)
        for n in range(min(len(pages), 3)):
            found |= set(re.findall(r"[A-Za-z]{7,14}", pages.text(n)))
    return tuple(random.Random(seed).sample(sorted(found), min(count, len(found))))


def main() -> None:
    """Run every file and say how they ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=3)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--seconds", type=float, default=MOST_SECONDS, help="wall-clock limit")
    given = parser.parse_args()
    answers = least_answers(load("us-mo"), CATEGORY)
    limits = settings().model_copy(update={"max_seconds": given.seconds})
    results = []
    with Child(limits) as child:
        for path in sorted(p for p in given.folder.glob("*.pdf") if given.only in p.name):
            data, began = path.read_bytes(), time.perf_counter()
            hide = words(data, given.words, path.name)
            request = Request("us-mo", CATEGORY, answers=answers, holds="hide", must_hide=hide)
            try:
                found = child.call(work, data, request, limits)
            except RedactorError as error:
                found = {"outcome": "fault", "code": error.code}
            found |= {"file": path.name, "seconds": round(time.perf_counter() - began, 2)}
            results.append(found)
            print(json.dumps(found), flush=True)
    if given.out:
        given.out.write_text("".join(json.dumps(r) + "\n" for r in results), encoding="utf-8")
    print(Counter(r["outcome"] for r in results), file=sys.stderr)
    sys.exit(1 if any(map(_bad, results)) else 0)


def _bad(result: dict[str, Any]) -> bool:
    slow = result.get("core_seconds", 0) > MOST_SECONDS
    large = result.get("megabytes", 0) > MOST_MEGABYTES
    return slow or large or result.get("code") in FAULTS or result["outcome"] == "fault"


if __name__ == "__main__":
    main()
