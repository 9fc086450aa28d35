"""Sends tasks to a running service over HTTP, and writes what comes back as a local run would."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import httpx

from redactor.batch.intake import Task
from redactor.batch.manifest import Result
from redactor.batch.slots import Told
from redactor.batch.work import guarded, publish, summarized
from redactor.errors import Busy, RedactorError, TimedOut
from redactor.packet import digest_of
from redactor.settings import Settings
from redactor.types import Request

LINKS = {"document": "pdf", "text": "txt", "notices": "notices.pdf", "letter": "letter.json",
         "certificate": "certificate.json"}  # fmt: skip
LOGS = {"log": "log", "internal-log": "internal"}
ENDED = {"done", "needs_review", "failed", "quarantined", "cancelled", "expired"}
TRIES = 8  # of a request that the service was too busy for, or that the network lost
POLL = 20.0  # seconds a service may keep an answer back


class ServerEngine:
    """Tasks worked on by a service; its own queue decides how many at once."""

    def __init__(self, url: str, key: str, out: Path, settings: Settings) -> None:
        """``key`` is an API key of the service, empty where it asks for none."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(base_url=url.rstrip("/"), headers=headers, timeout=60 + POLL)
        self._out, self._settings = out, settings
        self._killed = threading.Event()

    def run(self, task: Task, told: Told) -> list[Result]:
        """See ``Engine``."""
        began = time.perf_counter()
        results = guarded([row.name for row in task], lambda: self._redact(task, told))
        seconds = round((time.perf_counter() - began) / len(task), 3)
        return [replace(r, seconds=seconds) for r in results]

    def close(self, *, kill: bool = False) -> None:
        """See ``Engine``."""
        if kill:
            self._killed.set()
        self._http.close()

    def _redact(self, task: Task, told: Told) -> list[Result]:
        data = [row.source.read(self._settings.max_bytes) for row in task]
        job = self._follow(self._post(task, data), told)
        return [self._fetch(row.name, job, n) for n, row in enumerate(task, 1)]

    def _post(self, task: Task, data: list[bytes]) -> dict[str, Any]:
        request, asked = task[0].request, task[0].asked
        form = [*_form(request), *(("password", row.password) for row in task)]
        parts: list[tuple[str, Any]] = [(k, (None, v)) for k, v in form]
        for n, (row, file) in enumerate(zip(task, data, strict=True), 1):
            parts.append(("file", (f"case{n}{PurePosixPath(row.source.path).suffix}", file)))
        digest = digest_of(hashlib.sha256(file).hexdigest() for file in data)
        once = {"Idempotency-Key": f"{digest[:32]}-{asked}", "Prefer": "respond-async"}
        answer = self._ask("POST", "/v1/jobs", files=parts, headers=once)
        return dict(answer.json())

    def _follow(self, job: dict[str, Any], told: Told) -> dict[str, Any]:
        """The job when it is over."""
        quiet, seen = time.monotonic(), ""
        while job["state"] not in ENDED:
            told(job.get("page", 0), job.get("pages", 0))
            if job["state"] == "queued" or seen != (step := json.dumps(job, sort_keys=True)):
                quiet, seen = time.monotonic(), seen if job["state"] == "queued" else step
            if time.monotonic() - quiet > 2 * self._settings.seconds(job.get("pages", 0)):
                raise TimedOut
            job = dict(self._ask("GET", job["links"]["self"], params={"wait": 2}).json())
        return job

    def _fetch(self, name: str, job: dict[str, Any], number: int) -> Result:
        if job["state"] not in ("done", "needs_review"):
            return Result(name, "failed", (job.get("error") or {}).get("code", job["state"]))
        files: dict[str, bytes] = {}
        for link, url in job["documents"][number - 1]["links"].items():
            if link in LINKS:
                files[LINKS[link]] = self._ask("GET", url).content
            elif link in LOGS:
                for form in ("json", "csv"):
                    wanted = str(httpx.URL(url).copy_merge_params({"format": form}))
                    files[f"{LOGS[link]}.{form}"] = self._ask("GET", wanted).content
        publish(self._out, name, files)
        return summarized(name, job["state"], job, number, files)

    def _ask(self, method: str, url: str, **more: Any) -> httpx.Response:
        """The answer; asked again while the service is busy or out of reach.

        Raises:
            RedactorError: the service refuses, with the code it gives.
        """
        wait = 0.5
        for _ in range(TRIES):
            if self._killed.is_set():
                break
            try:
                answer = self._http.request(method, url, **more)
            except (httpx.TransportError, RuntimeError):  # the latter when it was closed
                answer = None
            if answer is not None and answer.status_code not in (429, 502, 503, 504):
                if answer.is_success:
                    return answer
                raise _refusal(answer)
            after = answer.headers.get("Retry-After", "") if answer is not None else ""
            time.sleep(float(after) if after.isdigit() else wait * random.uniform(0.5, 1.5))  # noqa: S311
            wait *= 2
        raise Busy("The service stayed out of reach.")


def _form(request: Request) -> list[tuple[str, str]]:
    single = {
        "jurisdiction": request.jurisdiction,
        "category": request.category,
        "relation": request.relation,
        "answers": json.dumps(dict(request.answers)),
        "holds": request.holds,
    }
    many = {
        "requester_name": request.requester_names,
        "must_hide": request.must_hide,
        "must_keep": request.must_keep,
    }
    return [*single.items(), *((k, v) for k, values in many.items() for v in values)]


def _refusal(answer: httpx.Response) -> RedactorError:
    """An error that carries the code of the problem document, and none of its text."""
    try:
        code = str(answer.json()["code"])
    except (ValueError, KeyError, TypeError):
        code = f"http_{answer.status_code}"
    error = RedactorError("The service refused the file.")
    error.code = code  # type: ignore[misc]
    return error
