"""One job brought as far as it goes, by the process that holds its lease: files in, files out.

What is written is named by the number of the claim, and nothing of it counts until one last
change of the row, which only the holder of the lease can make. So a worker that dies loses
nothing, and one that comes back from the dead releases nothing a second time.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from redactor.files import renditions
from redactor.jobs.drafts import load_draft, load_request, save_first
from redactor.jobs.lease import Lease, end, held, let_go
from redactor.jobs.metrics import Counted, Stopwatch, count_pages, count_release
from redactor.jobs.states import STAGES, move
from redactor.pipeline import Draft, begin, release
from redactor.pipeline import held as held_release
from redactor.progress import Progress
from redactor.settings import Settings
from redactor.store.audit import Audit
from redactor.store.db import open_database
from redactor.store.files import SealedFiles, open_files
from redactor.store.jobs import Job, JobTable, Note
from redactor.store.ledger import Ledger
from redactor.store.upgrade import insist
from redactor.types import Hold, Release

PACE = 0.5  # seconds between two notes of progress within one stage


@dataclass(frozen=True)
class Bench:
    """What a worker works with."""

    settings: Settings
    table: JobTable
    files: SealedFiles
    clock: Callable[[], float] = time.time


def open_bench(settings: Settings, note: Note | None = None, *, patience: float = 30.0) -> Bench:
    """The bench of the settings; ``patience`` is how long a lost database is waited for.

    What happens to a job is noted on the trail and for webhooks, unless ``note`` does otherwise.
    """
    database = open_database(settings, patience=patience)
    insist(database)
    noted = note or Counted(Ledger(Audit(database, settings.audit_key)))
    return Bench(settings, JobTable(database, noted), open_files(settings))


def perform(bench: Bench, lease: Lease, job: Job) -> None:
    """Bring the job to its end, or to the person who must decide.

    Raises:
        LeaseLost: it is no longer ours; nothing more was changed.
        RedactorError: the file or the request cannot be worked on.
    """
    tell = Progressing(bench, lease)
    request, password = load_request(bench.files, job.id)
    if job.approved:
        draft = load_draft(bench.files, job.id, job.approved, request, bench.settings)
        _release(bench, lease, draft, tell)
        return
    data = bench.files.get(f"jobs/{job.id}/input")
    begun = begin(data, request, settings=bench.settings, progress=tell, password=password)
    if isinstance(begun, Draft):
        count_pages(begun.analysis.reading)
    if isinstance(begun, Release):
        _publish(bench, lease, begun, tell)
    elif job.review or (begun.holds and request.holds == "stop"):
        _hand_over(bench, lease, begun, max(job.draft, lease.attempt) + 1)
    else:
        _release(bench, lease, begun, tell)


class Progressing:
    """Notes each stage, and pages at a gentle pace, in the row of the job."""

    def __init__(self, bench: Bench, lease: Lease) -> None:
        """Begin before any stage."""
        self._bench, self._lease = bench, lease
        self._stage, self._told = "", 0.0
        self._watch = Stopwatch(lease.job, traced=bench.settings.traces)

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Note the step; raises LeaseLost where the job is no longer ours."""
        now = self._bench.clock()
        if stage == self._stage and now - self._told < PACE:
            return
        if stage != self._stage:
            self._watch(stage)
        self._stage, self._told = stage, now
        with held(self._bench.table, self._lease) as row:
            row.state = move(row.state, STAGES.get(stage, row.state))
            row.stage, row.page, row.pages = stage, done, total


def _hand_over(bench: Bench, lease: Lease, draft: Draft, number: int) -> None:
    save_first(bench.files, lease.job, number, draft)
    with held(bench.table, lease) as row:
        _facts(row, held_release(draft))
        let_go(row)
        row.draft, row.policy_digest = number, draft.policy.digest
        row.state = move(row.state, "needs_review")


def _release(bench: Bench, lease: Lease, draft: Draft, tell: Progress) -> None:
    made = release(draft, settings=bench.settings, progress=tell)
    _publish(bench, lease, made, tell, draft.policy.digest)


def _publish(bench: Bench, lease: Lease, made: Release, tell: Progress, policy: str = "") -> None:
    """Files first, under the number of the claim; then the one change that makes them count."""
    files = renditions(made)
    tell("publish", 0, len(files))
    count_release(made)
    for ending, data in files.items():
        bench.files.put(f"jobs/{lease.job}/{lease.attempt}.{ending}", data)
    with held(bench.table, lease) as row:
        _facts(row, made)
        row.files, row.published = sorted(files), lease.attempt
        row.policy_digest = policy
        row.release_digest = hashlib.sha256(files["pdf"]).hexdigest() if "pdf" in files else ""
        if made.outcome == "held":
            let_go(row)
            row.state = move(row.state, "needs_review")
        else:
            end(row, "done", bench.clock())


def _facts(row: Any, made: Release) -> None:
    verdict = made.verdict
    row.outcome = made.outcome
    row.verdict = {
        "releasable": verdict.releasable,
        "checks": [asdict(c) for c in verdict.checks],
        "failing_checks": [c.name for c in verdict.failing],
    }
    row.reasons = [dict(r) for r in made.reasons]
    row.holds = [_hold(h) for h in made.holds]


def _hold(hold: Hold) -> dict[str, Any]:
    return {
        "person": hold.person,
        "kind": hold.kind,
        "question": hold.question,
        "mentions": len(hold.mentions),
        "rule": hold.rule,
        "citations": list(hold.citations),
    }
