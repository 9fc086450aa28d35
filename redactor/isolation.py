"""A case file is opened in a process of its own, with limits on memory, time and files.

The libraries that read PDFs and pictures are written in C, and the files come from anywhere. What
crashes, swells or never ends costs one case file: the process is ended, the error is clear, and
the next file gets a fresh process. Models are loaded once for all files of one process.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, Self

from redactor.errors import Crashed, RedactorError, TimedOut, TooLarge, UnreadableInput
from redactor.progress import Progress, silent
from redactor.settings import Settings

OPEN_FILES = 256
GRACE = 5.0  # seconds in which a process that was told to stop may do so


class Child:
    """One process that works on one case file at a time; not for use from several threads."""

    def __init__(self, settings: Settings) -> None:
        """Start nothing yet: the first call starts the process."""
        self._settings = settings
        self._process: Any = None
        self._link: Connection | None = None

    def call(self, work: Callable[..., Any], *args: Any, progress: Progress = silent) -> Any:
        """What ``work(*args, progress=...)`` returns, done in the process.

        ``work`` is a function of a module; it, what it takes and what it returns can be pickled.

        Raises:
            RedactorError: what ``work`` raised; any other exception comes as its bare base.
            TimedOut: it took longer than ``settings.seconds`` of the pages it told of.
            Crashed: the process was lost.
        """
        link = self._ready()
        try:
            link.send((work, args))
            return self._answer(link, time.monotonic(), progress)
        except (EOFError, OSError):
            self.stop()
            raise Crashed from None

    def _answer(self, link: Connection, began: float, progress: Progress) -> Any:
        until = began + self._settings.seconds(0)
        while link.poll(max(until - time.monotonic(), 0)):
            kind, value = link.recv()
            if kind == "progress":
                until = max(until, began + self._settings.seconds(value[-1]))
                progress(*value)
            elif kind == "done":
                return value
            else:
                raise value
        self.stop()
        raise TimedOut

    def _ready(self) -> Connection:
        if self._link is None or not self._process.is_alive():
            context = multiprocessing.get_context("spawn")  # models do not survive a fork
            self._link, theirs = context.Pipe()
            self._process = context.Process(
                target=_serve, args=(theirs, self._settings), daemon=True
            )
            self._process.start()
            theirs.close()
        return self._link

    def stop(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.join(GRACE)
        if self._link is not None:
            self._link.close()
        self._process = self._link = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def confine(settings: Settings, *, writes: bool = True) -> None:
    """This process limited in memory and core dumps, and ended with its parent, for good.

    One that ``writes`` no files is limited in their size and number too.
    """
    _limit(resource.RLIMIT_AS, settings.max_memory)
    _limit(resource.RLIMIT_CORE, 0)  # a core dump would hold the case file
    if not writes:
        _limit(resource.RLIMIT_FSIZE, settings.max_bytes)
        _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (least, least))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _serve(link: Connection, settings: Settings) -> None:
    """Work until the other end is gone."""
    confine(settings, writes=False)

    def tell(stage: str, done: int = 0, total: int = 0) -> None:
        link.send(("progress", (stage, done, total)))

    while True:
        with suppress(EOFError, OSError):
            work, args = link.recv()
            link.send(_done(work, args, tell))
            continue
        return


def _done(work: Callable[..., Any], args: tuple[Any, ...], progress: Progress) -> tuple[str, Any]:
    try:
        return "done", work(*args, progress=progress)
    except RedactorError as error:
        return "error", error
    except MemoryError:
        return "error", TooLarge("The file needs more memory than the limit.", limit="max_memory")
    except Exception:  # noqa: BLE001 - its text may be protected, so it is not passed on
        return "error", RedactorError()


def redact(
    data: bytes, request: Any, settings: Settings, password: str, name: str, *, progress: Progress
) -> Any:
    """The release of ``pipeline.run``; a function of a module, so that a process can be told it."""
    from redactor.pipeline import run  # noqa: PLC0415 - the models load with it

    return run(data, request, settings=settings, progress=progress, password=password, name=name)


def look(data: bytes, settings: Settings, password: str, *, progress: Progress) -> Any:
    """What ``pipeline.analyze`` finds, as plain values."""
    from redactor.pipeline import analyze  # noqa: PLC0415 - the models load with it

    return analyze(data, settings=settings, progress=progress, password=password).as_dict()


def examine(
    data: bytes,
    terms: list[str],
    settings: Settings,
    password: str,
    ocr: bool,
    *,
    progress: Progress,
) -> Any:
    """The findings of ``verify.recover``; raises ``UnreadableInput`` for what cannot be opened."""
    from redactor.ocr.page import glance  # noqa: PLC0415
    from redactor.verify.recover import recoverable  # noqa: PLC0415

    progress("verify")
    read = partial(glance, settings=settings) if ocr and terms else None
    try:
        return recoverable(data, terms, read_image=read, password=password or None)
    except Exception:  # noqa: BLE001 - the engines raise whatever they like
        raise UnreadableInput from None


def compared(first: bytes, second: bytes, one: str, other: str, *, progress: Progress) -> list[str]:
    """The sentences of ``verify.compare``; raises ``UnreadableInput`` as above."""
    from redactor.verify.compare import compare, sentences  # noqa: PLC0415

    progress("verify")
    try:
        return sentences(compare(first, second), one, other)
    except Exception:  # noqa: BLE001
        raise UnreadableInput from None
