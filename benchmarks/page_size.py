"""How many bytes a page of a release takes, written either way, for every page of the given files.

    python benchmarks/page_size.py [FILE.pdf ...]      (the samples where none is given)

Pages are written without boxes, which are smaller than what they cover. ``vector`` counts the
pages that are written so; those that stay pictures are counted as such.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

import pikepdf

from redactor.pdf.apply import apply
from redactor.pdf.layout import compose
from redactor.pdf.open import open_case_file
from redactor.pdf.sanitize import strip
from redactor.pdf.words import read_text_pages
from redactor.settings import Settings

WAYS = ("pixels", "vector")
SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def sizes(data: bytes, way: str) -> Iterator[tuple[str, str, int]]:
    """(kind, how it is written, bytes) of every page of a file's release."""
    settings = Settings(render=way)
    plain = strip(open_case_file(data, settings=settings).pdf).pdf
    reading = compose(read_text_pages(plain, settings))
    released = apply(plain, [], reading, settings)
    with pikepdf.open(io.BytesIO(released.pdf)) as pdf:
        for page, read in zip(pdf.pages, reading.pages, strict=True):
            written = "vector" if read.number in released.vector else "pixels"
            yield read.kind, written, sum(len(p.read_raw_bytes()) for p in parts(page))


def parts(page: Any) -> Iterator[Any]:
    """The streams of a page: operators, pictures, font."""
    yield page.Contents
    yield from page.Resources.get("/XObject", {}).values()
    if "/F" in page.Resources.Font:
        font = page.Resources.Font.F
        yield from (font.ToUnicode, font.DescendantFonts[0].FontDescriptor.FontFile3)


def main() -> None:
    """Print pages, median and ninth decile by kind of page and the way it is written."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    paths = list(map(Path, sys.argv[1:])) or sorted(SAMPLES.glob("*.pdf"))
    for path, way in product(paths, WAYS):
        for kind, written, size in sizes(path.read_bytes(), way):
            if written == way:
                found[kind, way].append(size)
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {Settings().output_dpi} dpi\n")
    print("| kind | written as | pages | median KB | 90 % below KB |\n|---|---|---|---|---|")
    for (kind, way), every in sorted(found.items()):
        rank = sorted(every)[-(-9 * len(every) // 10) - 1]
        numbers = f"{len(every)} | {median(every) / 1000:.0f} | {rank / 1000:.0f}"
        print(f"| {kind} | {way} | {numbers} |")


if __name__ == "__main__":
    main()
