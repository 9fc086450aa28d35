"""A folder that a scanner drops files into: each is redacted once it is whole, and moved away.

A file is whole when its size and time have stood still for ``settle`` seconds. What was worked on
is moved to ``done`` or ``failed`` beside it, by a rename. The manifest of the output folder knows
what was done, so that a watch that was killed goes on where it was: a file that it had ended but
not moved is only moved.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from redactor.batch.intake import CASE_FILES, Row, url_source
from redactor.batch.manifest import Manifest, Result
from redactor.batch.runner import FULL, Listener, Run
from redactor.batch.slots import Engine
from redactor.types import Request

DONE, FAILED = "done", "failed"
TRIES = 3  # a file that was cut off so often is what cuts off


@dataclass
class Watch:
    """One watched folder; call ``round`` again and again.

    ``request_of`` gives the request for a file, None while nobody has said who asks.
    """

    inbox: Path
    out: Path
    engine: Engine
    request_of: Callable[[Path], Request | None]
    jobs: int = 1
    settle: float = 10.0
    listener: Listener | None = None
    stopping: threading.Event = field(default_factory=threading.Event)
    _seen: dict[Path, tuple[tuple[int, int], float]] = field(default_factory=dict)

    def round(self, now: float) -> Iterator[Result]:
        """The results of the files that are whole at ``now`` seconds, each moved before it is told.

        Raises:
            Busy, CannotWrite: the output folder cannot be used, or a file cannot be moved.
        """
        rows = self._rows(self._whole(now))
        if not rows:
            return
        places = {row.name: Path(row.source.path) for row in rows}
        run = Run(rows, self.out, self.engine, self.jobs, listener=self.listener,
                  stopping=self.stopping)  # fmt: skip
        for result in run.results():
            if result.detail != FULL:  # a full disk is no fault of the file: it waits
                self._move(places[result.name], FAILED if result.failed else DONE)
            yield result

    def _whole(self, now: float) -> list[Path]:
        """Case files that have not changed for long enough, the oldest first."""
        found = {}
        for path in self.inbox.rglob("*"):
            inside = path.relative_to(self.inbox).parts
            hidden = any(part.startswith(".") for part in inside) or inside[0] in (DONE, FAILED)
            if hidden or path.is_symlink() or path.suffix.lower() not in CASE_FILES:
                continue
            try:
                facts = path.stat()
            except OSError:  # taken away again
                continue
            state = (facts.st_size, facts.st_mtime_ns)
            known, since = self._seen.get(path, (state, now))
            found[path] = (state, since if known == state else now)
        self._seen = found
        whole = [p for p, (s, since) in found.items() if s[0] and now - since >= self.settle]
        return sorted(whole, key=lambda p: (found[p][0][1], p))

    def _rows(self, paths: list[Path]) -> list[Row]:
        """A row for each file, under a name that no other file has had."""
        rows: list[Row] = []
        if not paths:
            return rows
        manifest = Manifest(self.out)
        for path in paths:
            request = self.request_of(path)
            if request is None:
                continue
            row = self._named(path, request, manifest, {r.name for r in rows})
            entry = manifest.get(row.name)
            if entry and entry.state == "running" and entry.attempts >= TRIES:
                manifest.end(Result(row.name, "failed", "crashed"))
                self._move(path, FAILED)
            else:
                rows.append(row)
        manifest.close()
        return rows

    def _named(self, path: Path, request: Request, manifest: Manifest, taken: set[str]) -> Row:
        stem = path.relative_to(self.inbox).with_suffix("").as_posix()
        source = url_source(str(path))
        name, n = stem, 1
        while name in taken or not self._free(name, source.path, source.stamp, manifest):
            n += 1
            name = f"{stem}-{n}"
        return Row(source, name, request)

    def _free(self, name: str, path: str, stamp: str, manifest: Manifest) -> bool:
        """Whether the name is this very file's, or nobody's: scanners use their names again."""
        entry = manifest.get(name)
        if entry is None:
            return not (self.out / f"{name}.pdf").exists()
        return (entry.path, entry.stamp) == (path, stamp)

    def _move(self, path: Path, folder: str) -> None:
        target = self.inbox / folder / path.relative_to(self.inbox)
        target.parent.mkdir(parents=True, exist_ok=True)
        free, n = target, 1
        while free.exists():
            n += 1
            free = target.with_name(f"{target.stem}-{n}{target.suffix}")
        path.rename(free)
        self._seen.pop(path, None)
