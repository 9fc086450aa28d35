"""redactor redact: one case file, one requester."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from redactor import isolation
from redactor.cli.console import progress_to, say
from redactor.cli.options import build_request, read_input, request_options
from redactor.cli.proof import warn_of_earlier
from redactor.errors import ExitCode
from redactor.files import dumps, renditions, write
from redactor.isolation import Child
from redactor.settings import settings
from redactor.types import Release

EXITS = {
    "released": ExitCode.OK,
    "held": ExitCode.NEEDS_REVIEW,
    "withheld": ExitCode.WITHHELD,
    "letter": ExitCode.OK,
}


@click.command()
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@request_options
@click.option(
    "--log",
    type=click.Path(dir_okay=False),
    help="Write the requester's log (JSON, or CSV by its ending).",
)
@click.option("--internal-log", type=click.Path(dir_okay=False), help="Write the agency's own log.")
@click.option("--text", type=click.Path(dir_okay=False), help="Write the release as plain text.")
@click.option(
    "--notices", type=click.Path(dir_okay=False), help="Write the notices of the category as a PDF."
)
@click.option(
    "--letter",
    type=click.Path(dir_okay=False),
    help="Write the fields of the answer where no page may leave.",
)
@click.option(
    "--earlier",
    multiple=True,
    type=click.Path(dir_okay=False),
    help="An earlier release of this case to another category: warn of what both tell together.",
)
@click.option("--force", is_flag=True, help="Write over an output that is there already.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def redact(source: str, target: str, **given: Any) -> None:  # fmt: skip
    """Redact the case file IN for one requester and write the release to OUT ("-" for standard streams)."""
    if target != "-" and Path(target).exists() and not given["force"]:
        say("The output is there already; give --force to write over it.")
        sys.exit(ExitCode.ALREADY_DONE)
    request = build_request(given)
    name = "" if target == "-" else Path(target).name
    with progress_to(quiet=given["quiet"]) as progress, Child(settings()) as child:
        release = child.call(
            isolation.redact,
            read_input(source),
            request,
            settings(),
            given["password"],
            name,
            progress=progress,
        )
        if release.document is not None:
            warn_of_earlier(child, release.document, given["earlier"])
    _write(release, target, given)
    _report(release, quiet=given["quiet"])
    sys.exit(_exit(release))


def _exit(release: Release) -> ExitCode:
    if release.outcome == "withheld" and release.verdict.failing:
        return ExitCode.VERIFICATION_FAILED
    return EXITS[release.outcome]


def _write(release: Release, target: str, given: dict[str, Any]) -> None:
    files = renditions(release)
    wanted = {
        given["internal_log"]: "internal.csv" if _csv(given["internal_log"]) else "internal.json",
        given["log"]: "log.csv" if _csv(given["log"]) else "log.json",
        given["text"]: "txt",
        given["notices"]: "notices.pdf",
        given["letter"]: "letter.json",
    }
    for path, ending in wanted.items():
        if path and ending in files:
            write(Path(path), files[ending])
    if release.document is None:
        return
    if target == "-":
        sys.stdout.buffer.write(release.document)
    else:
        write(Path(target).with_suffix(".certificate.json"), release.certificate)
        write(Path(target), release.document)  # last, so that a release never lacks its log


def _csv(path: str | None) -> bool:
    return bool(path) and str(path).endswith(".csv")


def _report(release: Release, *, quiet: bool) -> None:
    if release.outcome != "released":
        facts = {
            "outcome": release.outcome,
            "reasons": [dict(r) for r in release.reasons],
            "failing_checks": [c.name for c in release.verdict.failing],
            "to_decide": [h.question for h in release.holds],
        }
        say(dumps(facts).rstrip())
    elif not quiet:
        boxes = len(release.requester_log["boxes"])  # type: ignore[arg-type]
        say(f"released: {boxes} boxes, {len(release.verdict.checks)} checks passed")
