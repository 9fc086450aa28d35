"""What a worker process does with one job, from its input to its end."""

from __future__ import annotations

import resource
import time
from dataclasses import asdict
from typing import Any

from redactor.errors import RedactorError
from redactor.files import renditions
from redactor.jobs.folder import JobFolder
from redactor.jobs.states import STAGES
from redactor.settings import Settings
from redactor.types import Release, Request

MEMORY = 6 * 2**30  # bytes of address space a worker may take


def start(settings: Settings) -> None:
    """Limit the process and load the model, once."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from redactor.detect.engine import engine  # noqa: PLC0415 - after the fork of the parent

    engine(settings).recognizers()


def work(identifier: str, request: Request, password: str, settings: Settings) -> None:
    """Run one job to its end; every way it can end is written down."""
    from redactor.pipeline import run  # noqa: PLC0415

    jobs = JobFolder(settings.data_dir)
    if jobs.get(identifier).over:
        return

    def listen(stage: str, done: int = 0, total: int = 0) -> None:
        jobs.change(identifier, STAGES.get(stage, "detecting"), stage=stage, page=done, pages=total)

    try:
        jobs.change(identifier, "detecting", stage="open")
        release = run(
            jobs.input(identifier), request, settings=settings, progress=listen, password=password
        )
        files = renditions(release)
        jobs.put(identifier, files)
        _end(jobs, identifier, release, sorted(files))
    except RedactorError as error:
        _fail(jobs, identifier, error)
    except Exception:  # noqa: BLE001 - its text may be protected, so it is not kept
        _fail(jobs, identifier, RedactorError())


def _end(jobs: JobFolder, identifier: str, release: Release, files: list[str]) -> None:
    verdict = {
        "releasable": release.verdict.releasable,
        "checks": [asdict(c) for c in release.verdict.checks],
        "failing_checks": [c.name for c in release.verdict.failing],
    }  # fmt: skip
    jobs.change(
        identifier,
        "needs_review" if release.outcome == "held" else "done",
        outcome=release.outcome,
        verdict=verdict,
        reasons=[dict(r) for r in release.reasons],
        holds=[_hold(h) for h in release.holds],
        ended=time.time(),
        stage="",
        files=files,
    )


def _hold(hold: Any) -> dict[str, Any]:
    return {
        "person": hold.person,
        "kind": hold.kind,
        "question": hold.question,
        "mentions": len(hold.mentions),
        "rule": hold.rule,
        "citations": list(hold.citations),
    }


def _fail(jobs: JobFolder, identifier: str, error: RedactorError) -> None:
    facts = {
        "code": error.code,
        "status": error.http_status,
        "title": error.title,
        "detail": error.detail,
        "advice": error.advice,
    }
    jobs.change(identifier, "failed", error=facts, ended=time.time(), stage="")
