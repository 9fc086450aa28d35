"""redactor serve: the HTTP service."""

from __future__ import annotations

import os
import sys

import click

from redactor.settings import settings


@click.command()
@click.option("--host", default=None, help="Address to listen on.")
@click.option("--port", type=int, default=None, help="Port to listen on.")
def serve(host: str | None, port: int | None) -> None:
    """Run the HTTP service until it is told to stop."""
    given = settings()
    bind = f"{host or given.host}:{port or given.port}"
    arguments = ["gunicorn", "--config", "python:api.gunicorn_conf", "--bind", bind, "api.wsgi:app"]
    os.execv(sys.executable, [sys.executable, "-m", *arguments])  # noqa: S606
