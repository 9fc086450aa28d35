"""Runs rows of requests in worker processes; a crash costs one row."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from redactor.batch.requests import Row
from redactor.errors import RedactorError
from redactor.files import renditions, write


@dataclass(frozen=True)
class Result:
    """How one row ended; ``detail`` never repeats text of a case file."""

    name: str
    outcome: str
    seconds: float = 0.0
    detail: str = ""


def run_all(rows: Sequence[Row], out: Path, *, jobs: int, force: bool) -> Iterator[Result]:
    """The result of every row, as they come."""
    todo = []
    for row in rows:
        if not force and (out / f"{row.name}.pdf").exists():
            yield Result(row.name, "already done")
        else:
            todo.append(row)
    if jobs == 1:
        for row in todo:
            yield run_one(row, out)
        return
    yield from _spread(todo, out, jobs)


def _spread(rows: Sequence[Row], out: Path, jobs: int) -> Iterator[Result]:
    waiting = list(rows)
    while waiting:
        context = multiprocessing.get_context("spawn")  # models do not survive a fork
        with ProcessPoolExecutor(jobs, mp_context=context) as pool:
            futures = {pool.submit(run_one, row, out): row for row in waiting}
            broken = []
            for future in as_completed(futures):
                try:
                    result = future.result()
                except BrokenProcessPool:
                    broken.append(futures[future])
                else:
                    waiting.remove(futures[future])
                    yield result
        if broken:  # one of them kills its worker: go on with each of them alone
            waiting = []
            for row in broken:
                yield _alone(row, out)


def _alone(row: Row, out: Path) -> Result:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            return pool.submit(run_one, row, out).result()
        except BrokenProcessPool:
            return Result(row.name, "failed", detail="crashed")


def run_one(row: Row, out: Path) -> Result:
    """Redact one row and write its files into ``out``, the document last."""
    from redactor.pipeline import run  # noqa: PLC0415 - the models load with it
    from redactor.settings import settings  # noqa: PLC0415

    began = time.perf_counter()
    try:
        data = row.file.read_bytes()
        release = run(data, row.request, settings=settings())
        files = renditions(release)
        for ending in sorted(files, key="pdf".__eq__):
            write(out / f"{row.name}.{ending}", files[ending])
    except RedactorError as error:
        return Result(row.name, "failed", time.perf_counter() - began, error.code)
    except OSError:
        return Result(row.name, "failed", time.perf_counter() - began, "unreadable_input")
    except Exception as error:  # noqa: BLE001 - one bad file never stops a run
        return Result(row.name, "failed", time.perf_counter() - began, type(error).__name__)
    reasons = [str(r["code"]) for r in release.reasons]
    reasons += ["holds"] if release.holds else []
    return Result(row.name, release.outcome, time.perf_counter() - began, ",".join(reasons))
