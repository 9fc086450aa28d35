"""A case file's own process: what it does to itself stays there."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from redactor import isolation
from redactor.errors import BadRequest, Crashed, RedactorError, TimedOut, TooLarge
from redactor.isolation import Child
from redactor.progress import Progress
from redactor.settings import Settings
from tests.conftest import make_request

SECRET = "Quillfeather"


def add(a: int, b: int, *, progress: Progress) -> int:
    progress("read", 1, 2)
    return a + b


def crash(*, progress: Progress) -> None:
    os.abort()


def hang(*, progress: Progress) -> None:
    time.sleep(60)


def swell(*, progress: Progress) -> None:
    bytearray(8 * 2**30)


def fail(*, progress: Progress) -> None:
    raise ValueError(SECRET)


def tarry(pages: int, *, progress: Progress) -> int:
    progress("read", 0, pages)
    time.sleep(1)
    return pages


def refuse(*, progress: Progress) -> None:
    raise BadRequest("no such field", field="category")


def write_much(folder: str, *, progress: Progress) -> None:
    Path(folder, "big").write_bytes(bytes(3 * 2**20))


@pytest.fixture(scope="module")
def child():
    with Child(Settings(max_seconds=200)) as made:
        yield made


def test_work_is_done_elsewhere_and_told_of(child: Child) -> None:
    """Result and progress come back."""
    told = []

    assert child.call(add, 2, 3, progress=lambda *what: told.append(what)) == 5
    assert told == [("read", 1, 2)]


def test_a_crash_costs_one_file(child: Child) -> None:
    """The next file gets a fresh process."""
    with pytest.raises(Crashed):
        child.call(crash)

    assert child.call(add, 2, 3) == 5


def test_what_never_ends_is_ended() -> None:
    """After the time of the settings."""
    with Child(Settings(max_seconds=2)) as child, pytest.raises(TimedOut):
        child.call(hang)


def test_a_file_of_many_pages_has_more_time() -> None:
    """The limit grows with the pages that the work tells of, and holds all the same."""
    with Child(Settings(max_seconds=60, page_seconds=1)) as child:
        child.call(add, 2, 3)  # the process is up; its start is not to be timed
        child._settings = Settings(max_seconds=0.2, page_seconds=1)
        assert child.call(tarry, 100) == 100
        with pytest.raises(TimedOut):
            child.call(tarry, 0)


def test_memory_has_a_limit(child: Child) -> None:
    """And the process lives on."""
    with pytest.raises(TooLarge) as caught:
        child.call(swell)

    assert caught.value.facts == {"limit": "max_memory"}
    assert child.call(add, 2, 3) == 5


def test_files_have_a_limit(tmp_path: Path) -> None:
    """A file that is unpacked does not fill the disk."""
    with (
        Child(Settings(max_seconds=200, max_bytes=2**20)) as child,
        pytest.raises(RedactorError),
    ):
        child.call(write_much, str(tmp_path))

    assert (tmp_path / "big").stat().st_size <= 2**20


def test_errors_come_back_without_foreign_text(child: Child) -> None:
    """Ours whole, with their facts; others as an internal error that says nothing."""
    with pytest.raises(BadRequest) as ours:
        child.call(refuse)
    with pytest.raises(RedactorError) as foreign:
        child.call(fail)

    assert (ours.value.detail, ours.value.facts) == ("no such field", {"field": "category"})
    assert type(foreign.value) is RedactorError
    assert SECRET not in str(foreign.value)


@pytest.mark.slow
def test_a_release_is_the_same_there(case_pdf: bytes, settings: Settings) -> None:
    """Byte for byte what the pipeline makes."""
    from redactor.pipeline import run

    request = make_request("inv_alleged_perpetrator", "Carl Dufresne")
    with Child(settings) as child:
        there = child.call(isolation.redact, case_pdf, request, settings, "", "")

    assert there.document == run(case_pdf, request, settings=settings).document
