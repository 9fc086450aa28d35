"""Plays the attacker of Bland, Iyer, Levchenko (PETS 2023): who fits into the gap under the box?

    python benchmarks/width_attack.py [--trials 200] [--seed 1]

For each trial a page names one reporter and is released. The attacker has the release, the right
font, and a list of suspects of whom one is the reporter. He measures the gap from the last kept
word before the box to the first behind it and keeps the suspects whose name fills it; the reporter
is singled out when nobody else is left. ``guessed`` is how often he is right when he names one of
those left, or anybody where nobody is: by chance one time in as many suspects as there are.

Without the defence: the text layer after PyMuPDF's own redaction (exact), our vector page with a
box painted in place (exact), and our page picture at 200 dpi (one pixel). With it: the vector page
and the page picture as we release them. The
last rows are for an attacker who instead sets the paragraph with each name and looks at where its
lines break, which the defence does not hide.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import math
import platform
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version

import numpy as np
import pikepdf
import pymupdf
from lineup import FONT, SPACE, TYPE, Trial, draw, lineup, trials, typeset

from redactor import __version__
from redactor.pdf.apply import Applied, apply
from redactor.pdf.layout import compose
from redactor.pdf.words import read_text_pages
from redactor.settings import Settings
from redactor.types import Removal

DPI = 200
SIZES = (5, 10, 20, 50)
METRICS = pymupdf.Font(FONT)
SETTINGS = {way: Settings(output_dpi=DPI, render=way) for way in ("pixels", "vector")}
EXACT, ROUNDED, PIXEL = 0.02, 0.04, 1.01 * 72 / DPI  # points that a name's gap may differ by


def released(trial: Trial, way: str, *, defended: bool) -> Applied:
    """Our release of the page, written one way."""
    pdf = draw(trial.lines)
    reading = compose(read_text_pages(pdf, SETTINGS[way]))
    name = " ".join(trial.lines[trial.line].words[trial.at : trial.at + 2])
    start = reading.text.index(name)
    boxes = reading.boxes(start, start + len(name))
    gone = [Removal(b, "ID", "RSMo 210.150", (), fixed_width=defended) for b in boxes]
    made = apply(pdf, gone, reading, SETTINGS[way])
    assert (way == "vector") == bool(made.vector), made.doubts
    return made


def seen_in_text(trial: Trial) -> tuple[float, float]:
    """The gap and the word gap of the line in the text layer after PyMuPDF's redaction."""
    with pymupdf.open(stream=draw(trial.lines)) as document:
        page, line = document[0], trial.lines[trial.line]
        y = 40 + trial.line * 15
        x0, x1 = line.starts[trial.at], line.starts[trial.at + 2] - 1
        page.add_redact_annot((x0, y - 6, x1, y - 3), fill=(0, 0, 0))
        page.apply_redactions()
        words = [w for w in page.get_text("words") if w[1] < y - 3 < w[3]]
    a, b, c = words[trial.at - 2], words[trial.at - 1], words[trial.at]
    return c[0] - b[2], b[0] - a[2]


def seen_in_letters(trial: Trial, applied: Applied) -> tuple[float, float]:
    """The same from the letters of our vector page, whose label stands between them."""
    y = 40 + trial.line * 15
    with pymupdf.open(stream=applied.pdf) as document:
        letters = sorted(
            (char["origin"][0], char["bbox"][2])
            for block in document[0].get_text("rawdict", flags=0)["blocks"]
            for span in (s for line in block["lines"] for s in line["spans"])
            if span["font"] != "Helvetica"
            for char in span["chars"]
            if abs(char["origin"][1] - y) < 3 and char["c"] != " "
        )
    places = []
    for text in [t for b, t in applied.kept if abs(b.y1 - y) < 7]:
        places.append((letters[0][0], letters[len(text) - 1][1]))
        letters = letters[len(text) :]
    a, b, c = places[trial.at - 2 : trial.at + 1]
    return c[0] - b[1], b[0] - a[1]


def seen_in_picture(trial: Trial, applied: Applied) -> tuple[float, float]:
    """The same from the ink of the page picture: between bearings, which the font tells."""
    with pikepdf.open(io.BytesIO(applied.pdf)) as pdf:
        picture = pikepdf.PdfImage(pdf.pages[0].Resources.XObject.P).as_pil_image()
    image, zoom = np.asarray(picture.convert("L")), DPI / 72
    kept = [b for b, _ in applied.kept if abs(b.y1 - (40 + trial.line * 15)) < 7]
    a, b, c = kept[trial.at - 2 : trial.at + 1]
    box, line = applied.boxes[0].box, trial.lines[trial.line]
    rows = image[int((b.y0 + 2) * zoom) : int((b.y1 - 1) * zoom)]

    def ends(x0: float, x1: float) -> tuple[float, float]:
        ink = np.flatnonzero((rows[:, int(x0 * zoom) : int(x1 * zoom)] < 160).any(0))
        return (int(x0 * zoom) + ink[0]) / zoom, (int(x0 * zoom) + ink[-1] + 1) / zoom

    first, second = ends(a.x0 - 1, a.x1 + 1), ends(b.x0 - 1, min(b.x1 + 1, box.x0 - 0.3))
    third = ends(max(c.x0 - 1, box.x1 + 0.8), c.x1 + 1)
    before, behind = line.words[trial.at - 2 : trial.at], line.words[trial.at + 2]
    gap = third[0] - second[1] - _bearings(before[1], behind)
    return gap, second[0] - first[1] - _bearings(*before)


def _bearings(a: str, b: str) -> float:
    """White that two letters hold between their ink and their places."""
    left, right = METRICS.glyph_bbox(ord(b[0])).x0, METRICS.glyph_bbox(ord(a[-1])).x1
    return float(left + METRICS.glyph_advance(ord(a[-1])) - right) * TYPE


Measure = Callable[[Trial], tuple[float, float]]
ATTACKS: dict[str, tuple[Measure, float]] = {
    "no defence, text layer": (seen_in_text, EXACT),
    "no defence, vector": (
        lambda t: seen_in_letters(t, released(t, "vector", defended=False)), ROUNDED),
    "no defence, 200 dpi": (
        lambda t: seen_in_picture(t, released(t, "pixels", defended=False)), PIXEL),
    "fixed width, vector": (
        lambda t: seen_in_letters(t, released(t, "vector", defended=True)), ROUNDED),
    "fixed width, 200 dpi": (
        lambda t: seen_in_picture(t, released(t, "pixels", defended=True)), PIXEL),
}  # fmt: skip


def by_gap(trial: Trial, measured: tuple[float, float], most: float) -> Callable[[str], bool]:
    """Who fills the gap; in a justified line the word gap is measured, else it is known."""
    gap, usual = measured
    usual = usual if trial.justified else SPACE
    most = most * (4 if trial.justified and most > EXACT else 1)
    return lambda name: abs(trial.expected(name, usual) - gap) <= most


def by_breaks(trial: Trial) -> Callable[[str], bool]:
    """With whose name the paragraph's lines break where they do."""

    def shape(name: str) -> list[int]:
        lines = typeset(trial.words(name), justified=trial.justified)
        return [len(line.words) for line in lines]

    truth = [len(line.words) for line in trial.lines]
    return lambda name: shape(name) == truth


def score(name: str, suspects: Sequence[str], fits: Callable[[str], bool]) -> tuple[float, float]:
    """Whether the reporter is singled out, and the chance that a guess is right."""
    left = [s for s in suspects if fits(s)] or suspects
    return float(left == [name]), 1 / len(left) if name in left else 0.0


def interval(hits: float, n: int) -> tuple[float, float]:
    """Wilson's interval at 95 %."""
    z, p = 1.96, hits / n
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def run(count: int, seed: int) -> Iterator[tuple[str, str, int, float, float]]:
    """(attack, setting, suspects, singled out, guessed) for every row."""
    for justified in (False, True):
        rng, sums = random.Random(seed), defaultdict[tuple[str, int], list[float]](lambda: [0, 0])
        for name, trial in trials(count, rng, justified=justified):
            tests = {a: by_gap(trial, m(trial), most) for a, (m, most) in ATTACKS.items()}
            tests["line breaks alone"] = by_breaks(trial)
            for size in SIZES:
                suspects = lineup(name, size, rng)
                for attack, fits in tests.items():
                    one, guess = score(name, suspects, fits)
                    sums[attack, size][0] += one
                    sums[attack, size][1] += guess
        for (attack, size), (one, guess) in sums.items():
            yield attack, "justified" if justified else "ragged", size, one, guess


def table(rows: Iterable[tuple[str, str, int, float, float]], count: int) -> Iterator[str]:
    """The rows as Markdown."""
    yield "| attack | lines | suspects | singled out (95 %) | guessed | by chance |"
    yield "|---|---|---|---|---|---|"
    for attack, setting, size, one, guess in rows:
        low, high = interval(one, count)
        yield (
            f"| {attack} | {setting} | {size} | {one / count:.1%} ({low:.1%} to {high:.1%}) "
            f"| {guess / count:.1%} | {1 / size:.0%} |"
        )


def main() -> None:
    """Print machine, date, versions and the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    names = ", ".join(f"{p} {version(p)}" for p in ("pymupdf", "numpy", "pikepdf"))
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {platform.platform()}")
    print(f"Python {platform.python_version()}, redactor {__version__}, {names}")
    print(f"{given.trials} trials, seed {given.seed}\n")
    for line in table(run(given.trials, given.seed), given.trials):
        print(line, flush=True)


if __name__ == "__main__":
    main()
