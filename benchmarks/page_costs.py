"""Where the time of a page goes, in seconds of one core, and what pages cost.

    python benchmarks/page_costs.py [--text 40] [--scan 6] [--write]

Prints for born-digital pages, written either way, and for scanned pages (all made from the
samples) the seconds a page costs on one core, stage by stage, by the clock of the process, so that other work on the machine matters
little. ``--write`` keeps the costs in redactor/batch/costs.json, from which `redactor plan` and
`redactor batch --dry-run` reckon. The share outside reading, OCR, name finding and writing is
what this program adds of its own, its verification of the release included.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pymupdf
from figures import keep, known

from redactor import pipeline, proof, reading
from redactor.detect import token_classifier
from redactor.detect.engine import engine
from redactor.policy import least_answers, load
from redactor.settings import ROOT, Render, settings
from redactor.types import Request

SAMPLES = ROOT / "samples"
TEXT = ("s-01-intake", "s-02-narrative", "s-03-letter", "s-04-email")
SCAN = ("s-05-contactlog",)
CATEGORY = "inv_alleged_perpetrator"
WORK = ("reading", "OCR", "names", "writing")  # what every redactor must do
STAGES = {
    "open_case_file": "opening", "strip": "opening", "read": "reading", "resolve": "people",
    "prepare": "deciding", "removals": "deciding", "apply": "writing", "verify": "verifying",
    "verify_beside": "verifying", "glance": "OCR", "reports": "reports",
}  # fmt: skip
COSTS = ROOT / "redactor" / "batch" / "costs.json"


class Clock:
    """Seconds of this process by what they were spent on; inner spans are not counted twice."""

    def __init__(self) -> None:
        """Begin with none."""
        self.spent: dict[str, float] = {}
        self._stack: list[list[Any]] = []

    @contextmanager
    def span(self, name: str) -> Iterator[None]:
        """Count what is spent inside under a name."""
        began = time.process_time()
        self._stack.append([name, 0.0])
        try:
            yield
        finally:
            whole = time.process_time() - began
            _, inner = self._stack.pop()
            self.spent[name] = self.spent.get(name, 0.0) + whole - inner
            if self._stack:
                self._stack[-1][1] += whole

    def around(self, place: Any, function: str, name: str) -> None:
        """Count the seconds of a function of a module or class under a name."""
        real: Callable[..., Any] = getattr(place, function)

        def timed(*given: Any, **more: Any) -> Any:
            with self.span(name):
                return real(*given, **more)

        setattr(place, function, timed)


def clocked() -> Clock:
    """A clock that is built into the pipeline."""
    clock = Clock()
    for function, name in STAGES.items():
        clock.around(proof if hasattr(proof, function) else pipeline, function, name)
    clock.around(reading, "read_page", "OCR")
    clock.around(token_classifier.TokenClassifier, "__call__", "names")
    kind = type(engine(settings()))
    clock.around(kind, "analyze", "rules")
    return clock


def pages(stems: tuple[str, ...], count: int) -> bytes:
    """A case file of so many pages, the samples over and over."""
    with pymupdf.open() as made:
        for n in range(count):
            with pymupdf.open(SAMPLES / f"{stems[n % len(stems)]}.pdf") as sample:
                made.insert_pdf(sample)
        return bytes(made.tobytes(garbage=3))


def measure(clock: Clock, data: bytes, count: int, render: Render = "auto") -> dict[str, Any]:
    """Seconds of one core a page, by what they were spent on, and the memory at the end."""
    clock.spent.clear()
    with clock.span("other"):
        given = settings().model_copy(update={"render": render})
        release = pipeline.run(data, request(), settings=given)
    stages = {k: round(v / count, 4) for k, v in sorted(clock.spent.items(), key=lambda t: -t[1])}
    whole = sum(clock.spent.values()) / count
    return {
        "pages": count,
        "outcome": release.outcome,
        "seconds_a_page": round(whole, 3),
        "stages": stages,
        "outside": round(1 - sum(stages.get(w, 0.0) for w in WORK) / whole, 3),
        "verifying": round(stages.get("verifying", 0.0) / whole, 3),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def request() -> Request:
    """Who asks for the pages of every bench."""
    answers = least_answers(load("us-mo"), CATEGORY)
    return Request("us-mo", CATEGORY, ("Carl Dufresne",), answers=answers, holds="hide")


def asked() -> list[str]:
    """The same request as options of the command line."""
    one = request()
    told = ["--jurisdiction", one.jurisdiction, "--category", one.category, "--holds", one.holds]
    told += ["--requester-name", *one.requester_names]
    return told + [x for q, a in one.answers.items() for x in ("--answer", f"{q}={a}")]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--text", type=int, default=40)
    parser.add_argument("--scan", type=int, default=6)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    clock = clocked()
    measure(clock, pages(TEXT + SCAN, 5), 5)  # loads every model
    found = {"text": measure(clock, pages(TEXT, given.text), given.text)}
    found["pictures"] = measure(clock, pages(TEXT, given.text), given.text, "pixels")
    if given.scan:
        found["scan"] = measure(clock, pages(SCAN, given.scan), given.scan)
    keep("page_costs", found)
    if given.write:
        facts = known("page_costs")
        costs = {k: facts[k] for k in ("measured", "machine")}
        costs |= {k: v["seconds_a_page"] for k, v in found.items() if k != "pictures"}
        COSTS.write_text(json.dumps(costs, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
