"""The calculator does the arithmetic that the page tells of."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from redactor.batch.estimate import costs, seconds
from redactor.batch.plan import BUSY, plan
from redactor.cli.plan import plan as command


def test_workers_do_the_work_and_no_more_than_they_must() -> None:
    """So many workers do the day's pages in their planned time; one fewer would not."""
    found = plan(1_000_000, scanned=0.25, hours=20)
    capacity = 20 * 3600 * BUSY / found.core_seconds_a_page

    assert found.workers * capacity >= 1_000_000 > (found.workers - 1) * capacity
    assert found.core_seconds_a_page == pytest.approx(
        0.75 * costs().text + 0.25 * costs().scan, abs=0.01
    )


@pytest.mark.parametrize("field", ["workers", "machines", "memory_gb", "database_connections"])
def test_more_pages_never_need_less(field: str) -> None:
    """Every need grows with the pages, and a handful needs one of each."""
    found = [getattr(plan(n), field) for n in (10, 10_000, 1_000_000)]

    assert found == sorted(found)
    assert plan(1).workers == plan(1).machines == plan(1).brokers == 1


def test_costs_were_measured() -> None:
    """A scan costs more than a born-digital page, and the day of the measure is told."""
    assert 0 < costs().text < costs().scan
    assert costs().measured > "2026-11-01"
    assert seconds(10, 4) == pytest.approx(6 * costs().text + 4 * costs().scan)


def test_the_command_prints_the_plan() -> None:
    """In words, and as JSON."""
    told = CliRunner().invoke(command, ["--pages-per-day", "1000000"])
    data = CliRunner().invoke(command, ["--pages-per-day", "1000000", "--json"])

    assert f"workers\t{json.loads(data.output)['workers']}\n" in told.output
    assert costs().measured in told.output
