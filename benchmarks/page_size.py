"""How many bytes a page of a release takes, for every page of the given case files.

    python benchmarks/page_size.py [FILE.pdf ...]      (the samples where none is given)

Pages are written without boxes, which are smaller than what they cover.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pikepdf

from redactor.pdf.apply import apply
from redactor.pdf.layout import compose
from redactor.pdf.open import open_case_file
from redactor.pdf.sanitize import strip
from redactor.pdf.words import read_text_pages
from redactor.settings import Settings

SETTINGS = Settings()
SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def sizes(data: bytes) -> Iterator[tuple[str, int]]:
    """(kind, bytes) of every page of a file's release: its picture and its typed words."""
    plain = strip(open_case_file(data, settings=SETTINGS).pdf).pdf
    reading = compose(read_text_pages(plain, SETTINGS))
    released = apply(plain, [], reading, SETTINGS).pdf
    with pikepdf.open(io.BytesIO(released)) as pdf:
        for page, read in zip(pdf.pages, reading.pages, strict=True):
            parts = (page.Resources.XObject.P, page.Contents)
            yield read.kind, sum(len(p.read_raw_bytes()) for p in parts)


def main() -> None:
    """Print pages, median and ninth decile by kind of page."""
    found: dict[str, list[int]] = defaultdict(list)
    for path in map(Path, sys.argv[1:]) if sys.argv[1:] else sorted(SAMPLES.glob("*.pdf")):
        for kind, size in sizes(path.read_bytes()):
            found[kind].append(size)
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {SETTINGS.output_dpi} dpi\n")
    print("| kind | pages | median KB | 90 % below KB |\n|---|---|---|---|")
    for kind, all_sizes in sorted(found.items()):
        rank = sorted(all_sizes)[-(-9 * len(all_sizes) // 10) - 1]
        print(f"| {kind} | {len(all_sizes)} | {median(all_sizes) / 1000:.0f} | {rank / 1000:.0f} |")


if __name__ == "__main__":
    main()
