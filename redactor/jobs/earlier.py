"""What a release tells together with earlier ones of the same file to other categories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from redactor.errors import NotFound
from redactor.jobs.bench import Bench
from redactor.store.jobs import Job, numbered
from redactor.types import Release
from redactor.verify.compare import compare

MOST = 10  # earlier releases looked at, the newest first

Told = Mapping[str, object]


def told_together(bench: Bench, job: Job, made: Sequence[Release]) -> list[list[Told]]:
    """For each release of a job, what somebody learns who holds an earlier one beside it.

    Earlier ones are those of the same file or packet, of the same unit, to another category. Pages
    count from 1 and words are counted, never told.
    """
    others = [
        o
        for o in bench.table.of_source(job.unit, job.source_digest)
        if o.id != job.id and o.category != job.category and o.outcome == "released"
    ]
    return [list(_told(bench, others[:MOST], each, n)) for n, each in enumerate(made, 1)]


def _told(bench: Bench, others: Sequence[Job], made: Release, number: int) -> Iterator[Told]:
    name = numbered("pdf", number)
    for other in (o for o in others if made.document is not None and name in o.files):
        with suppress(NotFound):  # it was removed after its retention period
            earlier = bench.files.get(f"jobs/{other.id}/{other.published}.{name}")
            found = compare(made.document or b"", earlier)
            if found:
                yield {
                    "job": other.id,
                    "category": other.category,
                    "pages": [d.page + 1 for d in found],
                    "only_this": sum(d.only_first for d in found),
                    "only_earlier": sum(d.only_second for d in found),
                }
