"""redactor jobs and files: what an operator does with the jobs of a service, and with their keys."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from redactor.access import ACTING
from redactor.cli.access import opened, operator
from redactor.errors import BadSettings
from redactor.settings import settings
from redactor.store.files import keyring_of, open_files
from redactor.store.jobs import Filters, Job
from redactor.store.keyring import add_key, key_file
from redactor.store.webhooks import Webhooks

if TYPE_CHECKING:
    from redactor.jobs.service import JobService

PAGE = 200


def _service() -> JobService:
    from redactor.jobs.bench import open_bench  # noqa: PLC0415
    from redactor.jobs.engines import open_engine  # noqa: PLC0415 - the models load with it
    from redactor.jobs.service import JobService  # noqa: PLC0415

    acting = ACTING.set((operator().id, ""))  # the trail tells who steered a job
    click.get_current_context().call_on_close(partial(ACTING.reset, acting))
    given = settings()
    return JobService(open_bench(given), open_engine(given))


@click.group()
def jobs() -> None:
    """List, retry, cancel or purge the jobs of the service of these settings."""


@jobs.command("list")
@click.option("--state", "states", multiple=True, help="Only jobs in this state; may be repeated.")
@click.option("--unit", default=None, help="Only jobs of this unit.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="Most jobs.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def jobs_list(states: tuple[str, ...], unit: str | None, limit: int, *, as_json: bool) -> None:
    """List jobs, the newest first: id, state, tries, time, stage or error, category."""
    service, cursor, left = _service(), "", limit
    while left > 0:
        found, cursor = service.list(Filters(unit, states), cursor, min(left, PAGE))
        for job in found:
            click.echo(
                json.dumps(_facts(job)) if as_json else "\t".join(map(str, _facts(job).values()))
            )
        left -= len(found)
        if not cursor:
            return


@jobs.command("retry")
@click.argument("ids", nargs=-1, required=True)
def jobs_retry(ids: Sequence[str]) -> None:
    """Try failed, quarantined or withheld jobs anew."""
    service = _service()
    for identifier in ids:
        click.echo(f"{identifier}\t{service.retry(identifier, withheld=True).state}")


@jobs.command("cancel")
@click.argument("ids", nargs=-1, required=True)
def jobs_cancel(ids: Sequence[str]) -> None:
    """Cancel jobs that have not ended; a worker that has one stops."""
    service = _service()
    for identifier in ids:
        click.echo(f"{identifier}\t{service.cancel(identifier).state}")


@jobs.command("purge")
@click.argument("ids", nargs=-1, required=True)
def jobs_purge(ids: Sequence[str]) -> None:
    """Remove original, request and drafts of ended jobs before their time; releases stay."""
    service = _service()
    for identifier in ids:
        service.purge(identifier)
        click.echo(f"{identifier}\tpurged")


@click.group()
def files() -> None:
    """Look after the keys that the files of jobs are sealed with."""


@files.command("rotate")
@click.option(
    "--reseal-only", is_flag=True, help="Make no new key: seal with the last one of the keyring."
)
def files_rotate(*, reseal_only: bool) -> None:
    """Make a new key and seal every stored file with it; safe to break off and run again.

    Where the keys come from the environment or a service of keys, add the new one there first and
    give --reseal-only. Restart service and workers after a key was added; old keys may be
    destroyed when this has run to its end.
    """
    given = settings()
    if not reseal_only:
        if given.files_key or given.files_key_hook:
            raise BadSettings("These keys are not in a file: add one there, then --reseal-only.")
        open_files(given)  # makes the first key where there is none
        add_key(key_file(given))
    with opened() as (database, audit):
        secrets = Webhooks(database, audit, keyring_of(given)).reseal()
    stored = open_files(given).reseal("jobs")
    click.echo(f"{stored} files and {secrets} secrets of webhooks sealed anew")


def _facts(job: Job) -> dict[str, object]:
    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(job.created))
    return {"id": job.id, "state": job.state, "attempts": job.attempts, "created": created,
            "now": job.stage or job.error_code or job.outcome, "category": job.category}  # fmt: skip
