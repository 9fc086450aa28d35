"""redactor plan: what so many pages a day need."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from redactor.batch.estimate import costs
from redactor.batch.plan import plan as reckon


@click.command()
@click.option("--pages-per-day", type=click.IntRange(1), required=True, help="Pages a day.")
@click.option(
    "--scanned",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Share of pages without a text layer.",
)
@click.option(
    "--pages-per-file",
    type=click.IntRange(1),
    default=40,
    show_default=True,
    help="Pages of a usual case file.",
)
@click.option(
    "--hours",
    type=click.FloatRange(0.1, 24),
    default=24.0,
    show_default=True,
    help="Hours a day in which the work is done.",
)
@click.option(
    "--cores", type=click.IntRange(1), default=8, show_default=True, help="Cores of a machine."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def plan(*, as_json: bool, **given: Any) -> None:  # fmt: skip
    """Reckon workers, memory, brokers and database connections from the measured costs of a page."""
    found = asdict(reckon(given.pop("pages_per_day"), **given))
    if as_json:
        click.echo(json.dumps(found))
        return
    for name, value in found.items():
        click.echo(f"{name.replace('_', ' ')}\t{value}")
    measured = costs()
    click.echo(
        f"(a born-digital page {measured.text} s, a scanned one {measured.scan} s of one core, measured {measured.measured} on {measured.machine})"
    )
