"""Runs as a user starts them: through kills, interruptions, full disks and bad files."""

from __future__ import annotations

import json
import os
import resource
import shlex
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pymupdf
import pypdfium2
import pytest

from redactor.batch.intake import rows, sources
from redactor.batch.manifest import Manifest, Result
from redactor.batch.runner import Run
from redactor.batch.slots import LocalEngine
from redactor.errors import Busy, CannotWrite, ExitCode
from redactor.settings import Settings
from redactor.types import Request
from tests.conftest import make_pdf
from tests.redactor.batch.runs import ASKED, batch, begin, ended
from tests.redactor.batch.test_archives import a_zip
from tests.servers import s3

SECRETS = ("Dana Orr", "573-555-0142", "412-68-9023")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Three small case files."""
    folder = tmp_path / "vault"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.pdf").write_bytes(make_pdf())
    return folder


def entries(out: Path) -> dict[str, tuple[str, str, int]]:
    with sqlite3.connect(out / "manifest.sqlite") as db:
        found = db.execute("select name, state, outcome, attempts from file").fetchall()
    return {name: (state, outcome, attempts) for name, state, outcome, attempts in found}


def repeated(pdf: bytes, times: int) -> bytes:
    """The pages of a file several times over."""
    with pymupdf.open(stream=pdf) as one, pymupdf.open() as many:
        for _ in range(times):
            many.insert_pdf(one)
        return bytes(many.tobytes())


def documents(out: Path) -> set[str]:
    return {p.name for p in out.glob("*.pdf") if not p.name.endswith(".notices.pdf")}


def gone(session: int) -> bool:
    """Whether every process of the session ends within ten seconds."""
    for _ in range(100):
        if subprocess.run(
            ["pgrep", "-s", str(session)], capture_output=True, check=False
        ).returncode:
            return True
        time.sleep(0.1)
    os.killpg(session, signal.SIGKILL)
    return False


def test_an_archive_with_a_bad_file(tmp_path: Path) -> None:
    """Document, logs and manifest for each file; the bad ones fail alone."""
    path = a_zip(
        tmp_path / "v.zip", {"x/a.pdf": make_pdf(), "bad.pdf": b"hello", "../b.pdf": b"%PDF-"}
    )
    out, report = tmp_path / "out", tmp_path / "run.csv"

    code, lines, err = batch(path, out, *ASKED, "--json", "--report", report)

    told = {r["name"]: r for r in map(json.loads, lines.splitlines())}
    assert code == ExitCode.SOME_FAILED
    assert told["x/a"]["outcome"] == "released"
    assert (told["x/a"]["pages"], told["x/a"]["verdict"]) == (1, "passed")
    assert told["bad"]["detail"] == "unreadable_input"
    assert told["unsafe-member"]["detail"] == "unsafe_archive"
    assert {p.suffix for p in (out / "x").iterdir()} == {".pdf", ".txt", ".json", ".csv"}
    assert report.read_text().count("\n") == 4
    shown = " ".join(
        p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(out / "x/a.pdf")
    )
    for secret in SECRETS:
        for place in (
            shown,
            lines,
            err,
            report.read_text(),
            (out / "manifest.sqlite").read_bytes().decode("latin-1"),
        ):
            assert secret not in place

    assert not (tmp_path / "b.pdf").exists()


def test_interrupted_and_killed_and_gone_on_with(vault: Path, tmp_path: Path) -> None:
    """Ctrl-C finishes what is in hand and prints how to go on; a kill in the middle loses nothing."""
    out = tmp_path / "out"
    run = begin("batch", vault, out, *ASKED, start_new_session=True)
    assert next(ended(run)) == "a"
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, err = run.communicate(timeout=120)

    assert run.returncode == ExitCode.INTERRUPTED
    assert entries(out) == {"a": ("done", "released", 1), "b": ("done", "released", 1)}
    assert "1 files are left" in err

    words = shlex.split(err.strip().splitlines()[-1])
    assert words[:2] == ["redactor", "batch"]
    run = begin(*words[1:], start_new_session=True)
    while entries(out).get("c", ("",))[0] != "running":
        time.sleep(0.05)
    run.kill()
    run.wait()
    assert gone(run.pid), "a worker outlived its parent"
    (out / ".writing-left").write_bytes(b"half a file")

    assert batch(*words[2:])[0] == ExitCode.OK
    assert entries(out)["c"] == ("done", "released", 2)
    assert documents(out) == {"a.pdf", "b.pdf", "c.pdf"}
    assert not list(out.glob(".writing-*"))


def test_a_full_disk_loses_nothing(vault: Path, tmp_path: Path) -> None:
    """The run stops by itself, nothing stands half written, and the same command goes on."""
    out = tmp_path / "out"
    small = 20_000  # bytes a file may have: the manifest fits, a release does not
    for path in vault.iterdir():
        path.write_bytes(repeated(path.read_bytes(), 4))

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (small, small))

    code, _, err = batch(vault, out, *ASKED, preexec_fn=fill)

    assert code == ExitCode.CANNOT_WRITE
    assert "2 files are left" in err
    assert not documents(out) and not list(out.glob(".writing-*"))

    assert batch(vault, out, *ASKED)[0] == ExitCode.OK
    assert len(documents(out)) == 3


def test_a_dry_run_writes_nothing(vault: Path, tmp_path: Path) -> None:
    """It says what would become of each file, and what that costs."""
    (vault / "bad.pdf").write_bytes(b"hello")
    out = tmp_path / "out"

    code, lines, err = batch(vault, out, *ASKED, "--dry-run", "--json")

    told = {r["name"]: r for r in map(json.loads, lines.splitlines())}
    assert code == ExitCode.OK
    assert (told["a"]["effect"], told["a"]["pages"], told["a"]["scanned"]) == ("proceed", 1, 0)
    assert told["a"]["seconds"] > 0
    assert told["bad"]["effect"] == "failed"
    assert "4 files, 3 pages" in err
    assert not out.exists()


class Scripted:
    """An engine that ends rows as a test tells it to; the runner does not know the difference."""

    def __init__(self, out: Path, **outcomes: str) -> None:
        self.out, self.outcomes, self.ran = out, outcomes, []

    def run(self, task: object, told: object) -> list[Result]:
        results = []
        for row in task:  # type: ignore[attr-defined]
            self.ran.append(row.name)
            outcome = self.outcomes.get(row.name, "released")
            if outcome == "released":
                (self.out / f"{row.name}.pdf").write_bytes(b"%PDF-")
            results.append(Result(row.name, outcome))
        return results

    def close(self, *, kill: bool = False) -> None:
        pass


def run_of(
    vault: Path, out: Path, request: Request, engine: Scripted, **more: object
) -> dict[str, str]:
    found = rows(sources(str(vault)), request)
    engine.ran = []
    return {r.name: r.outcome for r in Run(found, out, engine, **more).results()}  # type: ignore[arg-type]


def test_what_is_done_again_and_what_is_not(vault: Path, tmp_path: Path) -> None:
    """A changed file, another request, a failure and a lost document are done again; nothing else."""
    out, request = tmp_path / "out", Request("us-mo", "x")
    engine = Scripted(out, b="failed", c="withheld")
    run_of(vault, out, request, engine)
    assert engine.ran == ["a", "b", "c"]

    run_of(vault, out, request, engine)
    assert engine.ran == ["b"]

    engine.outcomes.pop("b")
    run_of(vault, out, request, engine)
    (vault / "a.pdf").write_bytes(make_pdf("another page"))
    (out / "b.pdf").unlink()
    run_of(vault, out, request, engine)
    assert engine.ran == ["a", "b"]

    run_of(vault, out, request, engine, force=True)
    assert engine.ran == ["a", "b", "c"]

    run_of(vault, out, Request("us-mo", "y"), engine)
    assert engine.ran == ["a", "b", "c"]


def test_no_release_of_another_request_is_left_under_the_name(vault: Path, tmp_path: Path) -> None:
    """Where the new request ends without a document, none of the old one may stand there."""
    out = tmp_path / "out"
    run_of(vault, out, Request("us-mo", "x"), Scripted(out))

    run_of(vault, out, Request("us-mo", "y"), Scripted(out, a="failed"))

    assert not (out / "a.pdf").exists()
    assert (out / "b.pdf").exists()


def test_a_strange_file_in_the_place_of_an_output_is_left_alone(
    vault: Path, tmp_path: Path
) -> None:
    """What no run is known to have written is not written over unasked."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.pdf").write_bytes(b"precious")

    told = run_of(vault, out, Request("us-mo", "x"), Scripted(out))

    assert told["a"] == "already there"
    assert (out / "a.pdf").read_bytes() == b"precious"
    assert run_of(vault, out, Request("us-mo", "x"), Scripted(out), force=True)["a"] == "released"


def test_fail_fast_begins_nothing_more(vault: Path, tmp_path: Path) -> None:
    """The first failure ends the run; what was begun is finished."""
    out = tmp_path / "out"
    engine = Scripted(out, a="failed")

    assert run_of(vault, out, Request("us-mo", "x"), engine, fail_fast=True) == {"a": "failed"}


def test_two_runs_never_share_an_output_folder(vault: Path, tmp_path: Path) -> None:
    """The second is told so and touches nothing."""
    manifest = Manifest(tmp_path / "out")
    with pytest.raises(Busy):
        run_of(vault, tmp_path / "out", Request("us-mo", "x"), Scripted(tmp_path / "out"))
    manifest.close()


def test_a_manifest_that_is_none(vault: Path, tmp_path: Path) -> None:
    """A damaged manifest stops the run before anything is done."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.sqlite").write_bytes(b"no database" * 1000)

    with pytest.raises(CannotWrite):
        run_of(vault, out, Request("us-mo", "x"), Scripted(out))


class Deadly:
    """A source whose reading ends the worker, as a crash of a C library does."""

    path, stamp = "deadly.pdf", "1"

    def __init__(self, how: str) -> None:
        self.how = how

    def read(self, limit: int) -> bytes:
        if self.how == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        time.sleep(60)
        return b""


def test_a_crash_or_a_hang_costs_one_file(tmp_path: Path) -> None:
    """The worker is replaced and the next file is worked on."""
    from redactor.batch.intake import Row

    settings = Settings(max_seconds=240)
    engine = LocalEngine(tmp_path, settings, 1)
    closed = Request("us-mo", "inv_alleged_perpetrator")  # without answers: withheld, no page read

    try:
        crashed = engine.run((Row(Deadly("crash"), "x", closed),), lambda *_: None)
        engine._all[0]._patience = lambda pages: 3
        hung = engine.run((Row(Deadly("hang"), "y", closed),), lambda *_: None)
        engine._all[0]._patience = settings.seconds
        (tmp_path / "z.pdf").write_bytes(make_pdf())
        found = rows(sources(str(tmp_path / "z.pdf")), closed)
        well = engine.run(tuple(found), lambda *_: None)
    finally:
        engine.close()

    assert [r.detail for r in crashed + hung] == ["crashed", "timed_out"]
    assert well[0].outcome == "withheld"


def test_a_bucket_of_an_object_store(tmp_path: Path) -> None:
    """The same releases as of a folder, read from a real S3 server; a folder of it and a zip in it."""
    import boto3

    with s3("vault") as bucket:
        store = boto3.client("s3")
        store.put_object(Bucket="vault", Key="2024/a.pdf", Body=make_pdf())
        packed = a_zip(tmp_path / "old.zip", {"b.pdf": make_pdf()})
        store.upload_file(str(packed), "vault", "old.zip")

        for place, name in ((f"{bucket}/2024", "a.pdf"), (f"{bucket}/old.zip", "b.pdf")):
            code, _, err = batch(place, tmp_path / name, *ASKED)
            assert (code, (tmp_path / name / name).is_file()) == (0, True), err


def test_a_place_whose_library_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    code, _, err = batch("gs://vault/2024", tmp_path / "out", *ASKED)
    assert code == ExitCode.BAD_ARGUMENTS
    assert "pip install" in err
