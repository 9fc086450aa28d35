"""What finding and naming costs a page of 450 words, on one core, warm.

    OMP_NUM_THREADS=1 python benchmarks/detection.py [--rounds 5]

Reads the text of the samples as one file of such pages, and prints milliseconds of process time a
page (mentions, people and roles), the seconds in which the model loads, and the memory held.
"""

from __future__ import annotations

import argparse
import resource
import time

from figures import keep

from redactor.detect.engine import Engine
from redactor.detect.nlp import load_pipeline
from redactor.pdf.open import open_case_file
from redactor.pdf.sanitize import strip
from redactor.people import resolve
from redactor.reading import read
from redactor.settings import ROOT, settings
from redactor.types import Page, Reading, Request

TEXT = ("s-01-intake", "s-02-narrative", "s-03-letter", "s-04-email")
WORDS = 450


def pages(count: int) -> Reading:
    """A reading of that many pages of 450 words."""
    text = ""
    for name in TEXT:
        case = open_case_file((ROOT / "samples" / f"{name}.pdf").read_bytes(), settings=settings())
        text += read(strip(case.pdf), settings()).text + "\n\n"
    words = text.split(" ")
    while len(words) < count * WORDS:
        words += words
    cut = [" ".join(words[n * WORDS : (n + 1) * WORDS]).replace("\f", "\n\n") for n in range(count)]
    found, start = [], 0
    for n, part in enumerate(cut):
        found.append(Page(n, 612.0, 792.0, start, start + len(part), ()))
        start += len(part) + 1
    return Reading("\f".join(cut), tuple(found))


def main() -> None:
    """Measure and keep."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=6)
    args = parser.parse_args()
    reading, request = pages(args.pages), Request("us-mo", "inv_researcher")
    began = time.process_time()
    load_pipeline(settings())
    loading = time.process_time() - began
    engine = Engine(settings())
    resolve(reading, engine.analyze(reading), request)  # warm
    costs = []
    for _ in range(args.rounds):
        began = time.process_time()
        resolve(reading, engine.analyze(reading), request)
        costs.append((time.process_time() - began) * 1000 / args.pages)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    keep(
        "detection",
        {
            "ms_of_cpu_a_page": round(min(costs), 1),
            "ms_of_cpu_a_page_worst": round(max(costs), 1),
            "model_loads_in_s_of_cpu": round(loading, 2),
            "memory_mib": memory,
        },
    )


if __name__ == "__main__":
    main()
