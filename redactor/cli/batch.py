"""redactor batch: many case files in one run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from redactor.batch.requests import read_requests
from redactor.batch.runner import run_all
from redactor.cli.console import say
from redactor.errors import ExitCode


@click.command()
@click.option(
    "--requests",
    "table",
    type=click.Path(dir_okay=False),
    required=True,
    help="CSV with the columns file, jurisdiction, category, requester_name, relation, answers (JSON).",
)
@click.argument("out_dir", type=click.Path(file_okay=False))
@click.option(
    "--holds",
    type=click.Choice(["stop", "hide"]),
    default="stop",
    show_default=True,
    help="What is held: stop that file, or hide it and release.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Case files worked on at once.",
)
@click.option("--force", is_flag=True, help="Do again what is there already.")
def batch(table: str, out_dir: str, holds: str, jobs: int, *, force: bool) -> None:  # fmt: skip
    """Redact every case file of a table of requests into OUT_DIR; one bad file never stops the run."""
    rows = read_requests(Path(table), holds)
    worst = ExitCode.OK
    for result in run_all(rows, Path(out_dir), jobs=jobs, force=force):
        say(f"{result.name}\t{result.outcome}\t{result.seconds:.1f} s\t{result.detail}")
        if result.outcome not in ("released", "letter", "already done"):
            worst = ExitCode.SOME_FAILED
    sys.exit(worst)
