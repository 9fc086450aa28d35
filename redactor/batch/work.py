"""What a worker does with one task: read, redact, write its files, and say how it ended."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from redactor.batch.intake import Row, Task
from redactor.batch.manifest import Result
from redactor.errors import RedactorError
from redactor.files import renditions, write
from redactor.progress import Progress, silent
from redactor.settings import Settings
from redactor.types import Hold, Release

ENDINGS = (
    *("pdf", "txt", "log.json", "log.csv", "notices.pdf", "letter.json"),
    *("internal.json", "internal.csv", "certificate.json"),
)


def work(task: Task, out: Path, settings: Settings, progress: Progress = silent) -> list[Result]:
    """The result of each row of the task; whatever happens is told, never raised.

    The files of a packet share their people, so they end together: where one cannot be worked on,
    none is released.
    """
    from redactor.pipeline import run_packet  # noqa: PLC0415 - the models load with it

    began, pages = time.perf_counter(), 0

    def listen(stage: str, done: int = 0, total: int = 0) -> None:
        nonlocal pages
        pages = max(pages, total)
        progress(stage, done, total)

    def redact() -> list[Result]:
        files = [row.source.read(settings.max_bytes) for row in task]
        releases = run_packet(
            files,
            task[0].request,
            settings=settings,
            progress=listen,
            passwords=[row.password for row in task],
            names=[row.name for row in task],
        )
        return [_published(out, *each) for each in zip(task, releases, files, strict=True)]

    results = guarded([row.name for row in task], redact)
    seconds = round((time.perf_counter() - began) / len(task), 3)
    alone = pages if len(task) == 1 else 0
    return [replace(r, seconds=seconds, pages=max(r.pages, alone)) for r in results]


def _published(out: Path, row: Row, release: Release, data: bytes) -> Result:
    publish(out, row.name, renditions(release))
    return told(row.name, release, hashlib.sha256(data).hexdigest())


def guarded(names: Sequence[str], redact: Callable[[], list[Result]]) -> list[Result]:
    """Its results, or failures named by a code: the text of an exception may be protected."""
    try:
        return redact()
    except RedactorError as error:
        code = error.code
    except MemoryError:
        code = "out_of_memory"
    except Exception as error:  # noqa: BLE001 - one bad file never stops a run
        code = f"internal_error:{type(error).__name__}"
    return [Result(name, "failed", code) for name in names]


def publish(out: Path, name: str, files: Mapping[str, bytes]) -> None:
    """The release's files stand in the folder, the document last; older ones are gone.

    Raises:
        CannotWrite: the disk is full or the folder may not be written.
    """
    for ending in sorted(files, key="pdf".__eq__):
        write(out / f"{name}.{ending}", files[ending])
    for ending in set(ENDINGS) - set(files):
        (out / f"{name}.{ending}").unlink(missing_ok=True)


def told(name: str, release: Release, digest: str) -> Result:
    """How a release came out, from its own logs."""
    return summed(
        name,
        release.outcome,
        [str(r["code"]) for r in release.reasons],
        [_hold(h) for h in release.holds],
        release.internal_log,
        digest,
    )


def summed(
    name: str,
    outcome: str,
    reasons: list[str],
    holds: list[str],
    log: Mapping[str, Any],
    digest: str,
) -> Result:
    """The result that these facts make; ``log`` is an internal log or empty."""
    pages = log.get("pages", ())
    explained = [float(p["explained_ink"]) for p in pages] or [1.0]
    failing = [c["name"] for c in log.get("verdict", {}).get("checks", ()) if not c["passed"]]
    boxes = sum(e["action"] != "keep" for e in log.get("entries", ()))
    return Result(
        name,
        outcome,
        ",".join(dict.fromkeys([*reasons, *holds])),
        pages=len(pages),
        scanned=sum(p["kind"] != "text" for p in pages),
        boxes=boxes,
        explained=round(sum(explained) / len(explained), 3),
        least=min(explained),
        verdict=("failed: " + " ".join(failing) if failing else "passed") if pages else "",
        digest=digest,
    )


def summarized(
    name: str, state: str, job: Mapping[str, Any], number: int, files: Mapping[str, bytes]
) -> Result:
    """The result of one file of a job of a service, as ``told`` of a local release."""
    document = job["documents"][number - 1]
    waits = state == "needs_review"
    outcome = "held" if waits else document["outcome"]
    codes = [str(r["code"]) for r in job["reasons"]] if len(job["documents"]) == 1 else []
    return summed(
        name,
        outcome,
        codes or document["failing_checks"],
        [f"hold:{h['kind']}" for h in job["holds"]],
        json.loads(files.get("internal.json", b"{}")),
        document["source"],
    )


def _hold(hold: Hold) -> str:
    return f"hold:{hold.kind}"
