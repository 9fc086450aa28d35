"""redactor watch: a folder that a scanner drops case files into."""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from redactor.answers import as_answers, as_known
from redactor.batch.slots import LocalEngine
from redactor.batch.watch import Watch
from redactor.cli.console import say
from redactor.cli.options import at_once, build_request, load_file, optional_request
from redactor.errors import BadRequest, CannotWrite, ExitCode, RedactorError
from redactor.settings import settings
from redactor.types import Request

TOLD = "request.yaml"


@click.command()
@click.argument("inbox", type=click.Path(file_okay=False, exists=True))
@click.argument("out_dir", type=click.Path(file_okay=False))
@optional_request
@at_once
@click.option(
    "--settle",
    type=click.FloatRange(0),
    default=10.0,
    show_default=True,
    help="Seconds for which a file must not have changed.",
)
@click.option(
    "--every",
    type=click.FloatRange(0.1),
    default=2.0,
    show_default=True,
    help="Seconds between two looks.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Results on standard output, one JSON object a line."
)
def watch(inbox: str, out_dir: str, **given: Any) -> None:  # fmt: skip
    """Redact what a scanner drops into INBOX, until told to stop.

    Releases go to OUT_DIR, case files to done or failed below INBOX. Who asks is told by the options,
    or by a request.yaml in the folder of the file or above it.
    """
    if Path(out_dir).resolve().is_relative_to(Path(inbox).resolve()):
        raise BadRequest("The output folder must not lie in the watched folder.")
    default = build_request(given) if given["jurisdiction"] and given["category"] else None
    engine = LocalEngine(Path(out_dir), settings(), given["jobs"])
    asked = Asked(Path(inbox), default, given["holds"])
    watched = Watch(Path(inbox), Path(out_dir), engine, asked, given["jobs"], given["settle"])
    _answer_signals(watched.stopping)
    say("Watching; Ctrl-C lets the files in hand finish.")
    try:
        while not watched.stopping.wait(given["every"]):
            _round(watched, as_json=given["as_json"])
    finally:
        engine.close(kill=sys.exc_info()[0] is not None)
    sys.exit(ExitCode.OK)


def _round(watched: Watch, *, as_json: bool) -> None:
    try:
        for result in watched.round(time.monotonic()):
            say(f"{result.name}\t{result.outcome}\t{result.seconds:.1f} s\t{result.detail}")
            if as_json:
                click.echo(json.dumps(asdict(result)))
    except OSError as error:
        say(f"{CannotWrite.code}: {error.strerror}")
    except RedactorError as error:  # a full disk may be cleared, another run may end
        say(f"{error.code}: {error.detail}")


def _answer_signals(stopping: threading.Event) -> None:
    def stop(*_: object) -> None:
        if stopping.is_set():
            raise KeyboardInterrupt
        stopping.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


class Asked:
    """Who asks for a file: the nearest ``request.yaml`` above it, else the options."""

    def __init__(self, inbox: Path, default: Request | None, holds: str) -> None:
        """Read nothing yet."""
        self._inbox, self._default, self._holds = inbox, default, holds
        self._complained: set[Path] = set()

    def __call__(self, path: Path) -> Request | None:
        """The request, or None while there is none or it cannot be understood."""
        for folder in path.parents:
            if (folder / TOLD).exists():
                return self._read(folder / TOLD)
            if folder == self._inbox:
                break
        if self._default is None:
            self._complain(path.parent, f"nobody has said who asks: {TOLD} is missing")
        return self._default

    def _read(self, told: Path) -> Request | None:
        try:
            return as_request(load_file(str(told)), self._holds)
        except RedactorError as error:
            self._complain(told, f"{error.code}: {error.detail}")
            return None

    def _complain(self, about: Path, why: str) -> None:
        if about not in self._complained:
            self._complained.add(about)
            say(f"{about.relative_to(self._inbox)}\twaits\t\t{why}")


def as_request(told: Any, holds: str) -> Request:
    """The request that a parsed ``request.yaml`` describes.

    Raises:
        BadRequest, BadAnswer: it cannot be understood.
    """
    if not isinstance(told, dict) or not {"jurisdiction", "category"} <= told.keys():
        raise BadRequest("A request names at least its jurisdiction and category.")
    names = told.get("requester_name", ())
    return Request(
        str(told["jurisdiction"]),
        str(told["category"]),
        (names,) if isinstance(names, str) else tuple(map(str, names)),
        str(told.get("relation", "")),
        answers=as_answers(told.get("answers", {})),
        known=as_known(told.get("known", [])),
        must_hide=tuple(map(str, told.get("must_hide", ()))),
        must_keep=tuple(map(str, told.get("must_keep", ()))),
        holds=str(told.get("holds", holds)),
    )
