"""A client of the HTTP interface: the calls a portal makes, tried again where that is safe.

    with Client("https://redactor.example", key) as redactor:
        job = redactor.submit("case.pdf", "us-mo", "inv_parent", answers={...}, wait=30)
        job = redactor.wait(job)
        if job["outcome"] == "released":
            Path("release.pdf").write_bytes(redactor.file(job, "document"))

Every submission carries an ``Idempotency-Key``, so that one sent again is done once. Only httpx is
needed beside this file.
"""

from __future__ import annotations

import json
import random
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

RESTING = {"done", "needs_review", "failed", "quarantined", "cancelled", "expired"}
AGAIN = {429, 502, 503, 504}
TRIES = 6
LONGEST = 60.0  # seconds between two tries at most
Job = Mapping[str, Any]


class Refused(Exception):
    """The service said no. ``code``, ``status`` and ``advice`` are those of its problem."""

    def __init__(self, answer: httpx.Response) -> None:
        """Take the problem document apart."""
        try:
            self.problem: dict[str, Any] = dict(answer.json())
        except ValueError:
            self.problem = {}
        self.status = answer.status_code
        self.code = str(self.problem.get("code", "http_error"))
        self.advice = str(self.problem.get("advice", ""))
        super().__init__(f"{self.status} {self.code}: {self.problem.get('title', '')}")


class Client:
    """One service and one key."""

    def __init__(
        self, url: str, key: str = "", *, timeout: float = 120.0, tries: int = TRIES
    ) -> None:
        """``tries`` bounds how often a call is made in all."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(base_url=url, headers=headers, timeout=timeout)
        self._tries = tries

    def __enter__(self) -> Self:
        """Use it in a ``with``."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the connections go."""
        self._http.close()

    def submit(
        self,
        file: str | Path | bytes | Sequence[str | Path | bytes],
        jurisdiction: str,
        category: str,
        *,
        answers: Mapping[str, str] | None = None,
        known: Sequence[Mapping[str, Any]] = (),
        wait: float = 0.0,
        key: str = "",
        **fields: Any,
    ) -> Job:
        """The job of one case file, or of the files of one case, which share their people.

        ``fields`` are those of POST /v1/jobs.

        Raises:
            Refused: the service did not take it.
        """
        form = _form(jurisdiction, category, answers, known, fields)
        given = [file] if isinstance(file, str | Path | bytes) else file
        files = [("file", (f"case{n}", _bytes(f))) for n, f in enumerate(given, 1)]
        once = {"Idempotency-Key": key or str(uuid.uuid4())}
        params = {"wait": wait}
        return self._json("POST", "/v1/jobs", data=form, files=files, headers=once, params=params)

    def submit_many(
        self,
        files: Sequence[str | Path | bytes],
        jurisdiction: str,
        category: str,
        *,
        answers: Mapping[str, str] | None = None,
        known: Sequence[Mapping[str, Any]] = (),
        key: str = "",
        **fields: Any,
    ) -> Mapping[str, Any]:
        """The batch of many case files, one request for each.

        Raises:
            Refused: the service took none of them.
        """
        form = _form(jurisdiction, category, answers, known, fields)
        parts = [("file", (f"case{n}", _bytes(f))) for n, f in enumerate(files)]
        once = {"Idempotency-Key": key or str(uuid.uuid4())}
        return self._json("POST", "/v1/batches", data=form, files=parts, headers=once)

    def batch(self, batch: Mapping[str, Any]) -> Mapping[str, Any]:
        """How a batch stands."""
        return self._json("GET", batch["links"]["self"])

    def job(self, job: Job | str, *, wait: float = 0.0) -> Job:
        """The job as it stands, or as it stands after ``wait`` seconds."""
        return self._json("GET", _path(job), params={"wait": wait})

    def wait(self, job: Job, *, seconds: float = 600.0) -> Job:
        """The job when nothing more happens by itself, or as it stands when the time is up."""
        until = time.monotonic() + seconds
        while job["state"] not in RESTING and time.monotonic() < until:
            job = self.job(job, wait=min(20.0, max(0.0, until - time.monotonic())))
        return job

    def jobs(self, **filters: Any) -> Iterator[Job]:
        """Every job that the filters of GET /v1/jobs leave, page after page."""
        cursor = ""
        while True:
            page = self._json("GET", "/v1/jobs", params={**filters, "cursor": cursor})
            yield from page["jobs"]
            cursor = page["next"]
            if not cursor:
                return

    def file(self, job: Job, name: str, **params: str | int) -> bytes:
        """One file of a release by the name of its link: document, text, log, notices ...

        ``file=2`` is that of the second file of a packet.

        Raises:
            Refused: there is no such file, or not yet.
        """
        path = job["links"].get(name, f"{_path(job)}/{name}")
        return self._call("GET", path, params=params).content

    def cancel(self, job: Job | str) -> Job:
        """The job, stopped."""
        return self._json("POST", f"{_path(job)}/cancel")

    def retry(self, job: Job | str) -> Job:
        """The job, waiting anew."""
        return self._json("POST", f"{_path(job)}/retry")

    def delete(self, job: Job | str) -> None:
        """Nothing is left of the job."""
        self._call("DELETE", _path(job))

    def findings(self, job: Job | str) -> Mapping[str, Any]:
        """What was found and decided, of a job that waits for a person. Holds protected text."""
        return self._json("GET", f"{_path(job)}/findings")

    def decide(self, job: Job | str, version: int, step: Mapping[str, Any]) -> Mapping[str, Any]:
        """The findings after one step of a review, taken at that version."""
        match = {"If-Match": f'"{version}"'}
        return self._json("POST", f"{_path(job)}/decisions", json=dict(step), headers=match)

    def release(self, job: Job | str, version: int) -> Job:
        """The job, released as it stands at that version; every question must be answered."""
        match = {"If-Match": f'"{version}"'}
        return self._json("POST", f"{_path(job)}/release", headers=match)

    def policies(self) -> Sequence[Mapping[str, Any]]:
        """Installed jurisdictions."""
        found: Sequence[Mapping[str, Any]] = self._json("GET", "/v1/policies")["policies"]
        return found

    def category(
        self, jurisdiction: str, category: str, *, received: str = ""
    ) -> Mapping[str, Any]:
        """A category with its questions, notices and deadlines."""
        params = {"received": received} if received else {}
        return self._json("GET", f"/v1/policies/{jurisdiction}/{category}", params=params)

    def letter(
        self, jurisdiction: str, category: str, answers: Mapping[str, str], received: str = ""
    ) -> Mapping[str, Any]:
        """The fields of an answer that carries no page."""
        body: dict[str, Any] = {
            "jurisdiction": jurisdiction,
            "category": category,
            "answers": dict(answers),
        }
        if received:
            body["received"] = received
        return self._json("POST", "/v1/letters", json=body)

    def _json(self, method: str, path: str, **what: Any) -> dict[str, Any]:
        return dict(self._call(method, path, **what).json())

    def _call(self, method: str, path: str, **what: Any) -> httpx.Response:
        for n in range(self._tries):
            last = n == self._tries - 1
            pause = min(LONGEST, 2.0**n) * random.uniform(0.5, 1.0)  # noqa: S311
            try:
                answer = self._http.request(method, path, **what)
            except httpx.TransportError:
                if last or not _safe(method, what):
                    raise
            else:
                if answer.status_code not in AGAIN or last:
                    if answer.is_error:
                        raise Refused(answer)
                    return answer
                pause = _told(answer, pause)
            time.sleep(pause)
        raise AssertionError("unreachable")


def _safe(method: str, what: Mapping[str, Any]) -> bool:
    """Whether sending it twice does it once."""
    return method in ("GET", "DELETE") or "Idempotency-Key" in what.get("headers", {})


def _told(answer: httpx.Response, pause: float) -> float:
    after = answer.headers.get("Retry-After", "")
    return min(LONGEST, float(after)) if after.isdigit() else pause


def _path(job: Job | str) -> str:
    return f"/v1/jobs/{job if isinstance(job, str) else job['id']}"


def _bytes(file: str | Path | bytes) -> bytes:
    return file if isinstance(file, bytes) else Path(file).read_bytes()


def _form(
    jurisdiction: str,
    category: str,
    answers: Mapping[str, str] | None,
    known: Sequence[Mapping[str, Any]],
    fields: Mapping[str, Any],
) -> dict[str, Any]:
    form = {"jurisdiction": jurisdiction, "category": category, **fields}
    if answers:
        form["answers"] = json.dumps(dict(answers))
    if known:
        form["known"] = json.dumps([dict(k) for k in known])
    return form
