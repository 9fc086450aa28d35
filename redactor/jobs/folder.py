"""Jobs as folders on disk: a small JSON of the state, the input, and the files of the release.

Everything is written beside and renamed, readable by the owner alone, under random names.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from redactor.errors import NotFound
from redactor.files import dumps, write
from redactor.jobs.states import ENDED, move

ID = re.compile(r"[0-9a-f]{32}")
ENDINGS = {
    "pdf",
    "txt",
    "log.json",
    "log.csv",
    "internal.json",
    "internal.csv",
    "notices.pdf",
    "letter.json",
}


@dataclass(frozen=True)
class Job:
    """One job as it is told to the world; nothing in it is text of a case file."""

    id: str
    state: str = "queued"
    jurisdiction: str = ""
    category: str = ""
    created: float = 0.0
    ended: float = 0.0
    stage: str = ""
    page: int = 0
    pages: int = 0
    outcome: str = ""
    verdict: dict[str, Any] | None = None
    reasons: list[dict[str, Any]] = field(default_factory=list)
    holds: list[dict[str, Any]] = field(default_factory=list)
    error: dict[str, Any] | None = None
    files: list[str] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """True when nothing more will happen by itself."""
        return self.state in ENDED


class JobFolder:
    """Every job below one folder."""

    def __init__(self, root: Path) -> None:
        """Use the folder, making it if need be."""
        self.root = root / "jobs"
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)

    def add(self, data: bytes, jurisdiction: str, category: str) -> Job:
        """A new job with its input stored."""
        job = Job(
            secrets.token_hex(16), jurisdiction=jurisdiction, category=category, created=time.time()
        )
        (self.root / job.id).mkdir(mode=0o700)
        write(self.root / job.id / "input", data)
        self.save(job)
        return job

    def save(self, job: Job) -> None:
        """Keep the job as it is now."""
        write(self.root / job.id / "job.json", dumps(asdict(job)))

    def get(self, identifier: str) -> Job:
        """The job of that id.

        Raises:
            NotFound: there is none.
        """
        path = self._folder(identifier) / "job.json"
        try:
            return Job(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise NotFound from None

    def change(self, identifier: str, state: str, **facts: Any) -> Job:
        """The job moved to a state, with further facts.

        Raises:
            IllegalMove: its state does not lead there.
        """
        job = self.get(identifier)
        job = replace(job, state=move(job.state, state), **facts)
        self.save(job)
        return job

    def all(self) -> Iterator[Job]:
        """Every job, the newest first."""
        jobs = []
        for path in self.root.iterdir():
            try:
                jobs.append(self.get(path.name))
            except NotFound:
                continue
        return iter(sorted(jobs, key=lambda j: -j.created))

    def delete(self, identifier: str) -> None:
        """Remove a job and all its files."""
        self.get(identifier)
        shutil.rmtree(self._folder(identifier))

    def input(self, identifier: str) -> bytes:
        """The case file of a job."""
        return (self._folder(identifier) / "input").read_bytes()

    def put(self, identifier: str, files: dict[str, bytes]) -> None:
        """Store the files of a release, the document last."""
        for ending in sorted(files, key="pdf".__eq__):
            write(self._folder(identifier) / f"release.{ending}", files[ending])

    def file(self, identifier: str, ending: str) -> bytes:
        """One file of a release.

        Raises:
            NotFound: the release has no such file.
        """
        path = self._folder(identifier) / f"release.{ending}"
        if ending not in ENDINGS or not path.exists():
            raise NotFound
        return path.read_bytes()

    def _folder(self, identifier: str) -> Path:
        if not ID.fullmatch(identifier):
            raise NotFound
        return self.root / identifier
