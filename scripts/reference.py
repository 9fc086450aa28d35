"""Writes docs/settings.md, docs/errors.md and docs/cli.md from the program itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from redactor.cli.main import main as commands
from redactor.errors import RedactorError
from redactor.settings import ROOT, Settings

DOCS = ROOT / "docs"


def settings_page() -> str:
    """Every setting with its default and what it does."""
    rows = ["# Settings", "", "Read from the environment when a process starts. `make docs` writes this page.", "",
            "| variable | default | what it does |", "|---|---|---|"]  # fmt: skip
    for name, field in Settings.model_fields.items():
        default = field.default
        if isinstance(default, Path):
            default = default.relative_to(ROOT)
        rows.append(f"| `REDACTOR_{name.upper()}` | `{default}` | {field.description} |")
    return "\n".join(rows) + "\n"


def errors(kind: type[RedactorError] = RedactorError) -> Iterator[type[RedactorError]]:
    """Every error of the tree."""
    yield kind
    for child in kind.__subclasses__():
        yield from errors(child)


def errors_page() -> str:
    """Every error with its exit code, status and advice."""
    rows = ["# Errors", "",
            "One tree serves the command line (exit code) and HTTP (status, RFC 9457 `code`). `make docs` writes this page.",
            "", "| code | exit | HTTP | what happened | what to do |", "|---|---|---|---|---|"]  # fmt: skip
    rows += [
        f"| `{e.code}` | {int(e.exit_code)} | {e.http_status} | {e.title} | {e.advice} |"
        for e in errors()
    ]
    return "\n".join(rows) + "\n"


def cli_page() -> str:
    """The help text of every command."""
    parts = ["# Command line", "", "`make docs` writes this page.", ""]
    for path, command in _commands(commands, ["redactor"]):
        context = click.Context(command, info_name=" ".join(path), terminal_width=100)
        parts += [f"## {' '.join(path)}", "", "```text", command.get_help(context), "```", ""]
    return "\n".join(parts)


def _commands(group: click.Command, path: list[str]) -> Iterator[tuple[list[str], click.Command]]:
    if isinstance(group, click.Group):
        for name in sorted(group.commands):
            yield from _commands(group.commands[name], [*path, name])
    else:
        yield path, group


PAGES = {"settings.md": settings_page, "errors.md": errors_page, "cli.md": cli_page}


def main() -> None:
    """Write the pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
