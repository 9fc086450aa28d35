"""Options that several commands share, and the request they make."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
import yaml

from redactor.answers import as_answers, as_known
from redactor.errors import BadAnswer, BadRequest, UnreadableInput
from redactor.types import KnownPerson, Request

F = TypeVar("F", bound=Callable[..., Any])


def request_options(command: F) -> F:
    """The command with every option that makes a request."""
    return _with_options(command, required=True)


def optional_request(command: F) -> F:
    """The command with the same options, for one that may be given a table of requests instead."""
    return _with_options(command, required=False)


def _with_options(command: F, *, required: bool) -> F:
    for option in reversed(
        (
            click.option("--jurisdiction", required=required, help="Policy to apply, such as us-mo."),
            click.option("--category", required=required, help="Requester category of that policy."),
            click.option("--requester-name", multiple=True, help="Name of the person who asks; may be repeated."),
            click.option("--relation", default="", help="Relation of the requester to the child."),
            click.option("--answer", multiple=True, metavar="QUESTION=VALUE", help="Answer to a question of the policy."),
            click.option("--answers", type=click.Path(dir_okay=False), help="YAML or JSON file of answers."),
            click.option("--known", type=click.Path(dir_okay=False), help="YAML or JSON list of known people: name, roles, aliases."),
            click.option("--must-hide", multiple=True, metavar="TERM", help="Hide this wherever it stands."),
            click.option("--must-keep", multiple=True, metavar="TERM", help="Keep this, unless it is the reporter's or an SSN."),
            click.option("--holds", type=click.Choice(["stop", "hide"]), default="stop", show_default=True, help="What is held: stop for a person, or hide it and release."),
            click.option("--password", default="", help="Password of an encrypted file."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def build_request(given: dict[str, Any]) -> Request:
    """The request that the options describe.

    Raises:
        BadRequest, BadAnswer: an option cannot be understood.
    """
    return Request(
        given["jurisdiction"],
        given["category"],
        tuple(given["requester_name"]),
        given["relation"],
        answers={**_answers_file(given.get("answers")), **_pairs(given["answer"])},
        known=_known(given.get("known")),
        must_hide=tuple(given["must_hide"]),
        must_keep=tuple(given["must_keep"]),
        holds=given["holds"],
        received=dt.datetime.now(dt.UTC).date(),
    )


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise BadAnswer("An answer is written QUESTION=VALUE.")
        pairs[name.strip()] = value.strip()
    return pairs


def load_file(path: str) -> Any:
    """What a YAML or JSON file holds.

    Raises:
        BadRequest: it cannot be read.
    """
    try:
        return yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise BadRequest("A file of options cannot be read as YAML or JSON.") from None


def _answers_file(path: str | None) -> dict[str, str]:
    return as_answers(load_file(path)) if path else {}


def _known(path: str | None) -> tuple[KnownPerson, ...]:
    return as_known(load_file(path)) if path else ()


def read_input(path: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``.

    Raises:
        UnreadableInput: there is no such file or it may not be read.
    """
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError:
        raise UnreadableInput("The input file is not there or may not be read.") from None


at_once = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Case files worked on at once.",
)
