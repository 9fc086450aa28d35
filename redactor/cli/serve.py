"""redactor serve: the HTTP service."""

from __future__ import annotations

import os
import sys

import click

from redactor.cli.access import day, opened
from redactor.cli.console import say
from redactor.cli.parts import keep_up
from redactor.settings import Settings
from redactor.store.keys import Keys

GRACE = 10.0  # seconds beyond those of a worker, before its processes are killed


@click.command()
@click.option("--host", default=None, help="Address to listen on.")
@click.option("--port", type=int, default=None, help="Port to listen on.")
@click.option(
    "--insecure-demo", is_flag=True, help="Let anybody on this machine do anything, without a key."
)
@click.option(
    "--worker/--no-worker",
    "embedded",
    default=None,
    help="Run a worker beside the service; by default only where the engine is huey.",
)
def serve(
    host: str | None, port: int | None, *, insecure_demo: bool, embedded: bool | None
) -> None:
    """Run the HTTP service, and the worker of an embedded engine, until told to stop.

    The first start prints the key of an admin, once; with it or with `redactor keys create` others
    are made.
    """
    if host:
        os.environ["REDACTOR_HOST"] = host
    if insecure_demo:
        os.environ["REDACTOR_INSECURE_DEMO"] = "1"
    from redactor.jobs.metrics import prepare  # noqa: PLC0415 - the models load with it

    given = Settings()
    if not given.insecure_demo:
        first_key()
    prepare(given, wipe=True)
    bind = f"{given.host}:{port or given.port}"
    parts = [["gunicorn", "--config", "python:api.gunicorn_conf", "--bind", bind, "api.wsgi:app"]]
    if given.engine == "huey" if embedded is None else embedded:
        parts.append(["redactor", "worker"])
    sys.exit(keep_up(parts, given.stop_seconds + GRACE))


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
