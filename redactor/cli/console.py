"""What a person at a terminal sees: on standard error, never on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from redactor.progress import Progress as Listener
from redactor.progress import silent


def say(text: str) -> None:
    """One line on standard error."""
    click.echo(text, err=True)


@contextmanager
def progress_to(*, quiet: bool) -> Iterator[Listener]:
    """A listener that draws a bar on a terminal and stays silent elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("open", total=None)

        def listen(stage: str, done: int = 0, total: int = 0) -> None:
            bar.update(task, description=stage, completed=done, total=total or None)

        yield listen
