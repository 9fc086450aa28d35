"""redactor serve: the HTTP service."""

from __future__ import annotations

import os
import sys

import click

from redactor.cli.access import day, opened
from redactor.cli.console import say
from redactor.settings import Settings
from redactor.store.keys import Keys


@click.command()
@click.option("--host", default=None, help="Address to listen on.")
@click.option("--port", type=int, default=None, help="Port to listen on.")
@click.option(
    "--insecure-demo", is_flag=True, help="Let anybody on this machine do anything, without a key."
)
def serve(host: str | None, port: int | None, *, insecure_demo: bool) -> None:
    """Run the HTTP service until it is told to stop.

    The first start prints the key of an admin, once; with it or with `redactor keys create` others
    are made.
    """
    if host:
        os.environ["REDACTOR_HOST"] = host
    if insecure_demo:
        os.environ["REDACTOR_INSECURE_DEMO"] = "1"
    given = Settings()
    if not given.insecure_demo:
        first_key()
    bind = f"{given.host}:{port or given.port}"
    arguments = ["gunicorn", "--config", "python:api.gunicorn_conf", "--bind", bind, "api.wsgi:app"]
    os.execv(sys.executable, [sys.executable, "-m", *arguments])  # noqa: S606


def first_key() -> None:
    """Print the key of the first admin, where nobody has a key yet."""
    with opened() as (database, audit):
        made = Keys(database, audit).first()
    if made:
        say(
            f"First start: the key of an admin, shown this once, until {day(made.ends)}:\n"
            f"    {made.text}\n"
            "An admin makes keys and reads no case file. Make one for your work with\n"
            "    redactor keys create my-key --role submitter --role reviewer"
        )
