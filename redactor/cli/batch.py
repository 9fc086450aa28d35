"""redactor batch: many case files in one run."""

from __future__ import annotations

import datetime as dt
import json
import os
import shlex
import shutil
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from redactor.batch.estimate import costs, forecast
from redactor.batch.intake import Row, outside, rows, sources
from redactor.batch.manifest import Manifest, Result
from redactor.batch.report import as_csv
from redactor.batch.requests import read_requests
from redactor.batch.runner import FULL, Run
from redactor.batch.slots import Engine, LocalEngine
from redactor.batch.summary import as_html
from redactor.cli.board import Board
from redactor.cli.console import say
from redactor.cli.options import at_once, build_request, optional_request
from redactor.errors import BadRequest, ExitCode
from redactor.files import write
from redactor.settings import settings

READINGS = ".readings"  # what OCR read, sealed, until the run is through
TABLE = "CSV with the columns file, jurisdiction, category, requester_name, relation, answers (JSON), case_id; any other column is a question."


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="[SOURCE] OUT_DIR")
@click.option("--requests", "table", type=click.Path(dir_okay=False), help=TABLE)
@optional_request
@at_once
@click.option(
    "--resume/--force",
    default=True,
    help="Go on from the manifest in OUT_DIR, or do everything again.  [default: resume]",
)
@click.option("--fail-fast", is_flag=True, help="Begin no other file once one has failed.")
@click.option(
    "--server",
    metavar="URL",
    help="Let a running service do the work; its API key is read from REDACTOR_API_KEY.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "huey", "celery"]),
    default="local",
    show_default=True,
    help="Who works: processes of this command, or the workers (redactor worker) that huey or celery reach.",
)
@click.option(
    "--dry-run", is_flag=True, help="Say what would be done and what it would cost; write nothing."
)
@click.option("--report", type=click.Path(dir_okay=False), help="Write the results as CSV.")
@click.option(
    "--json", "as_json", is_flag=True, help="Results on standard output, one JSON object a line."
)
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def batch(places: tuple[str, ...], table: str | None, **given: Any) -> None:  # fmt: skip
    """Redact many case files into OUT_DIR; one bad file never stops the run.

    SOURCE is a folder, a zip, a tar, or an fsspec URL, all of it for one requester; or give a table
    of requests, whose files lie in SOURCE or beside the table.
    """
    if len(places) > 2 or (len(places) == 1 and not table):
        raise BadRequest("Give a SOURCE and an OUT_DIR, or a table of requests and an OUT_DIR.")
    out = Path(places[-1])
    todo = _rows(places[0] if len(places) == 2 else "", out, table, given)
    if given["dry_run"]:
        _foretell(todo, given)
        return
    run = Run(
        todo,
        out,
        _engine(out, len(todo), given),
        given["jobs"],
        not given["resume"],
        given["fail_fast"],
    )
    sys.exit(_go(run, given))


def _rows(place: str, out: Path, table: str | None, given: dict[str, Any]) -> list[Row]:
    if table:
        return read_requests(Path(table), given["holds"], place)
    if not given["jurisdiction"] or not given["category"]:
        raise BadRequest("Say who asks: --jurisdiction and --category, or --requests.")
    found = rows(outside(sources(place), out), build_request(given), given["password"])
    if not found:
        raise BadRequest("There is no case file in that place.")
    return found


def _engine(out: Path, files: int, given: dict[str, Any]) -> Engine:
    if given["server"]:
        from redactor.batch.remote import ServerEngine  # noqa: PLC0415 - loads an HTTP library

        return ServerEngine(
            given["server"], os.environ.get("REDACTOR_API_KEY", ""), out, settings()
        )
    if given["engine"] != "local":
        from redactor.cli.spread import JobsEngine  # noqa: PLC0415 - loads a database library

        return JobsEngine(out, settings().model_copy(update={"engine": given["engine"]}))
    more = {
        "readings_dir": settings().readings_dir or out / READINGS,
        "page_workers": max(given["jobs"] // files, settings().page_workers),
    }
    return LocalEngine(out, settings().model_copy(update=more), min(given["jobs"], files))


def _foretell(todo: Sequence[Row], given: dict[str, Any]) -> None:
    found = []
    for one in forecast(todo, settings()):
        found.append(one)
        if given["as_json"]:
            click.echo(json.dumps(asdict(one)))
        else:
            click.echo(
                f"{one.name}\t{one.effect}\t{one.pages} pages\t{one.scanned} scanned\t{one.seconds:.0f} s\t{one.detail}"
            )
    pages, spent = sum(f.pages for f in found), sum(f.seconds for f in found)
    say(f"{len(found)} files, {pages} pages, about {spent / given['jobs'] / 60:.1f} minutes with --jobs {given['jobs']}"
        f" at the costs measured on {costs().measured}; nothing was written")  # fmt: skip


def _go(run: Run, given: dict[str, Any]) -> ExitCode:
    _answer_interrupts(run)
    results: list[Result] = []
    with Board(len(run.rows), quiet=given["quiet"] or given["as_json"]) as board:
        run.listener = board
        try:
            for result in run.results():
                results.append(result)
                board.ended(result)
                if given["as_json"]:
                    click.echo(json.dumps(asdict(result)))
        finally:
            run.engine.close(kill=sys.exc_info()[0] is not None)
    if not given["quiet"]:
        say(board.facts())
    _write_reports(run, given)
    if not run.left and not any(r.failed for r in results):
        shutil.rmtree(run.out / READINGS, ignore_errors=True)  # nobody needs them again
    return _exit(run, results)


def _answer_interrupts(run: Run) -> None:
    """The first Ctrl-C lets running files finish, the second ends them."""

    def stop(*_: object) -> None:
        if run.stopping.is_set():
            run.engine.close(kill=True)
            raise KeyboardInterrupt
        run.stopping.set()
        say("Finishing the files in hand; once more to stop at once.")

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def _write_reports(run: Run, given: dict[str, Any]) -> None:
    """The summary beside the manifest, of all that is in the folder; the report, of this run."""
    manifest = Manifest(run.out)
    entries = manifest.all()
    manifest.close()
    write(run.out / "summary.html", as_html(entries, dt.datetime.now(dt.UTC)))
    write(run.out / "summary.csv", as_csv(entries))
    if given["report"]:
        names = {row.name for row in run.rows}
        entries = [e for e in entries if e.name in names]
        write(Path(given["report"]), as_csv(entries))


def _exit(run: Run, results: Sequence[Result]) -> ExitCode:
    if run.left:
        say(f"{run.left} files are left. To go on:\n{_resume_command()}")
    if any(r.failed and r.detail == FULL for r in results):
        return ExitCode.CANNOT_WRITE
    if run.left and not any(r.failed for r in results):
        return ExitCode.INTERRUPTED
    bad = any(r.failed or r.verdict.startswith("failed") for r in results)
    return ExitCode.SOME_FAILED if bad else ExitCode.OK


def _resume_command() -> str:
    """The command that goes on from here: the same, without ``--force``."""
    words = [w for w in sys.argv[1:] if w != "--force"]
    return shlex.join(["redactor", *words])
