"""One job brought as far as it goes, by the process that holds its lease: files in, files out.

What is written is named by the number of the claim, and nothing of it counts until one last
change of the row, which only the holder of the lease can make. So a worker that dies loses
nothing, and one that comes back from the dead releases nothing a second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from redactor.files import renditions
from redactor.jobs.bench import Bench
from redactor.jobs.drafts import load_draft, load_request, save_first
from redactor.jobs.earlier import Told, told_together
from redactor.jobs.lease import Lease, end, held, let_go
from redactor.jobs.metrics import Stopwatch, count_pages, count_release
from redactor.jobs.states import STAGES, move
from redactor.packet import digest_of
from redactor.pipeline import Draft, begin_packet, release_packet
from redactor.pipeline import held as held_release
from redactor.progress import Progress
from redactor.store.jobs import Job, numbered
from redactor.types import Hold, Release, Verdict

PACE = 0.5  # seconds between two notes of progress within one stage


def perform(bench: Bench, lease: Lease, job: Job) -> None:
    """Bring the job to its end, or to the person who must decide.

    Raises:
        LeaseLost: it is no longer ours; nothing more was changed.
        RedactorError: the file or the request cannot be worked on.
    """
    bench = replace(bench, settings=bench.settings.of_unit(job.unit))
    tell = Progressing(bench, lease)
    request, passwords = load_request(bench.files, job.id)
    if job.approved:
        draft = load_draft(bench.files, job.id, job.approved, request, bench.settings)
        _release(bench, lease, draft, tell)
        return
    numbers = range(1, len(job.documents or [{}]) + 1)
    data = [bench.files.get(f"jobs/{job.id}/{numbered('input', n)}") for n in numbers]
    if len(passwords) == 1:
        passwords *= len(data)
    begun = begin_packet(data, request, settings=bench.settings, progress=tell, passwords=passwords)
    if isinstance(begun, Draft):
        count_pages(begun.analysis.reading)
    if isinstance(begun, Release):
        _publish(bench, lease, [begun], tell)
    elif job.review or (begun.holds and request.holds == "stop"):
        _hand_over(bench, lease, begun, max(job.draft, lease.attempt) + 1)
    else:
        _release(bench, lease, begun, tell)


class Unproved(Exception):
    """A check of the release broke; another process is to try before the file is withheld."""


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
        _facts(row, [held_release(draft)])
        let_go(row)
        row.draft, row.policy_digest = number, draft.policy.digest
        row.state = move(row.state, "needs_review")


def _release(bench: Bench, lease: Lease, draft: Draft, tell: Progress) -> None:
    made = release_packet(draft, settings=bench.settings, progress=tell)
    _publish(bench, lease, made, tell, draft.policy.digest)


def _publish(
    bench: Bench, lease: Lease, made: Sequence[Release], tell: Progress, policy: str = ""
) -> None:
    """Files first, under the number of the claim; then the one change that makes them count.

    ``made`` is the release of each file, or the one end of a request that gets no page.

    Raises:
        Unproved: a check broke, and the job has tries left.
    """
    broken = any(c.broken for each in made for c in each.verdict.failing)
    if broken and lease.tries_left:
        raise Unproved
    told = told_together(bench, bench.table.get(lease.job), made)
    made = [
        replace(each, internal_log={**each.internal_log, "earlier_releases": t}) if t else each
        for each, t in zip(made, told, strict=True)
    ]
    files = {
        numbered(ending, n): data
        for n, each in enumerate(made, 1)
        for ending, data in renditions(each).items()
    }
    tell("publish", 0, len(files))
    for each in made:
        count_release(each)
    for ending, data in files.items():
        bench.files.put(f"jobs/{lease.job}/{lease.attempt}.{ending}", data)
    with held(bench.table, lease) as row:
        _facts(row, made)
        row.documents = [
            {**d, "earlier": t} for d, t in zip(row.documents, _spread(told, row), strict=True)
        ]
        row.files, row.published = sorted(files), lease.attempt
        row.policy_digest = policy
        if row.outcome == "held":
            let_go(row)
            row.state = move(row.state, "needs_review")
        else:
            end(row, "done", bench.clock())


def _spread(told: list[list[Told]], row: Any) -> list[list[Told]]:
    """One entry for each file; a request that gets no page has but one end."""
    return told if len(told) == len(row.documents) else [[] for _ in row.documents]


def _facts(row: Any, made: Sequence[Release]) -> None:
    """What is told of a job: of each of its files, and of all of them together."""
    first = made[0]
    each = made if len(made) > 1 else [first] * max(len(row.documents), 1)
    sources = row.documents or [{"source": row.source_digest}]
    row.documents = [{**s, **_document(m)} for s, m in zip(sources, each, strict=True)]
    outcomes = [m.outcome for m in made]
    row.outcome = next((o for o in outcomes if o != "released"), outcomes[0])
    row.verdict = _verdict(made)
    row.reasons = [dict(r) for m in made for r in m.reasons]
    row.holds = [_hold(h) for h in first.holds]
    digests = [d["release"] for d in row.documents if d["release"]]
    row.release_digest = digest_of(digests) if digests else ""


def _document(made: Release) -> dict[str, Any]:
    """What is told of one file; all of it is free of protected text."""
    pdf = made.document
    return {
        "outcome": made.outcome,
        "release": hashlib.sha256(pdf).hexdigest() if pdf is not None else "",
        "pages": len(made.internal_log.get("pages", ())),  # type: ignore[arg-type]
        "failing_checks": [c.name for c in made.verdict.failing],
    }


def _verdict(made: Sequence[Release]) -> dict[str, Any]:
    """All checks together; those of a packet say which file they are of, counted from 1."""
    checks = [(n, c) for n, m in enumerate(made, 1) for c in m.verdict.checks]
    verdict = Verdict(tuple(c for _, c in checks))
    return {
        "releasable": verdict.releasable,
        "checks": [asdict(c) | ({"file": n} if len(made) > 1 else {}) for n, c in checks],
        "failing_checks": [c.name for c in verdict.failing],
    }


def _hold(hold: Hold) -> dict[str, Any]:
    return {
        "person": hold.person,
        "kind": hold.kind,
        "question": hold.question,
        "mentions": len(hold.mentions),
        "rule": hold.rule,
        "citations": list(hold.citations),
    }
