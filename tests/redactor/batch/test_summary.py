"""The page a supervisor reads: right, escaped, accessible, and free of everything from outside."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from redactor.batch.charts import histogram, round_edges
from redactor.batch.manifest import Entry
from redactor.batch.report import as_csv
from redactor.batch.summary import as_html

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def entry(name: str, outcome: str = "released", detail: str = "", **more: object) -> Entry:
    facts = {"pages": 4, "seconds": 2.0, "verdict": "passed", "state": "done", **more}
    return Entry(name, outcome, detail, **facts)  # type: ignore[arg-type]


ENTRIES = [
    entry("a", boxes=7, scanned=1, least=0.42, explained=0.8),
    entry("b", seconds=40.0),
    entry("c", "held", "hold:photo,hold:name", verdict=""),
    entry("d", "withheld", "identity"),
    entry("e", "failed", "unreadable_input", pages=0, verdict=""),
    entry("f<script>alert(1)</script>", "failed", "crashed", pages=0, verdict=""),
    entry("g", state="running"),
]


class Balance(HTMLParser):
    """Raises where tags do not close."""

    VOID = frozenset({"meta", "rect", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_page_tells_what_became_of_the_run() -> None:
    """Counts, reasons in words, the slowest file first, the least read page."""
    page = as_html(ENTRIES, NOW)
    told = text_of(page)

    for words in (
        "Case files 6", "Pages 16", "Boxes 7", "released: 2 (33 %)", "to decide: photo", "identity",
        "The file cannot be opened as a PDF or an image.", "a 0.42 0.80 released",
    ):  # fmt: skip
        assert words in told, words
    slowest = told[told.index("The slowest files") :]
    assert slowest.index(" b 40.0 4") < slowest.index(" a 2.0 4")
    assert "<script" not in page
    assert "f&lt;script&gt;" in page
    checker = Balance()
    checker.feed(page)
    assert checker.open == []


def test_nothing_is_fetched_and_nothing_runs() -> None:
    """One file that can be mailed or printed; the only link is to the table beside it."""
    page = as_html(ENTRIES, NOW)

    assert re.findall(r'(?:src|href)="([^"]*)"', page) == ["summary.csv"]
    assert "url(" not in page and "@import" not in page


def test_an_empty_run_has_a_page_too() -> None:
    """Nothing to show is no fault."""
    assert "Case files" in as_html([], NOW)


def test_bins_hold_every_value() -> None:
    """Each value stands in exactly one bar, the greatest in the last."""
    values = [0.0, 0.1, 0.5, 0.99, 1.0, 3.7]
    for edges in (round_edges(values), [0.0, 0.5, 1.0]):
        counts = re.findall(r'<text x="[\d.]+" y="\d+">(\d+)</text>', histogram(values, edges, "x"))
        assert sum(map(int, counts)) == len(values)
    assert round_edges([0.0]) != []


def test_the_table_runs_nothing_in_a_spreadsheet() -> None:
    """A name that begins like a formula is quoted."""
    rows = list(csv.DictReader(io.StringIO(as_csv([entry("=cmd()"), entry("b")]))))

    assert [r["name"] for r in rows] == ["'=cmd()", "b"]
    assert rows[1]["pages"] == "4"


@pytest.mark.browser
def test_the_page_is_accessible(tmp_path: Path) -> None:
    """Axe finds no fault by the rules of WCAG 2.1 AA, in light and in dark."""
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no chromium")
        pytest.skip("needs chromium")
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    path = tmp_path / "summary.html"
    path.write_text(as_html(ENTRIES, NOW))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(path.as_uri())
            found = Axe().run(
                page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
            )
            assert found.violations_count == 0, found.generate_report()
            page.screenshot(path=str(tmp_path / f"{scheme}.png"), full_page=True)
        browser.close()
