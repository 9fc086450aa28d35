"""A scanner's folder: whole files only, each once, moved away, and nothing lost over a restart."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from redactor.batch.intake import url_source
from redactor.batch.manifest import Manifest, Result
from redactor.batch.watch import Watch
from redactor.cli.watch import Asked, as_request
from redactor.errors import BadRequest, ExitCode
from redactor.types import Request
from tests.conftest import make_pdf
from tests.redactor.batch.runs import ASKED, begin, ended
from tests.redactor.batch.test_runs import Scripted

REQUEST = Request("us-mo", "x")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def a_watch(inbox: Path, **outcomes: str) -> Watch:
    out = inbox.parent / "out"
    return Watch(inbox, out, Scripted(out, **outcomes), lambda _: REQUEST)


def look(watch: Watch, *moments: float) -> list[tuple[str, str]]:
    return [(r.name, r.outcome) for moment in moments for r in watch.round(moment)]


def test_only_what_stands_still_is_taken(inbox: Path) -> None:
    """A file that grows, an empty one, a hidden one and a link wait; ten quiet seconds make it whole."""
    watch = a_watch(inbox)
    scan = inbox / "scan.pdf"
    scan.write_bytes(b"%PDF")
    (inbox / "empty.pdf").write_bytes(b"")
    (inbox / ".part.pdf").write_bytes(b"%PDF-")
    (inbox / "link.pdf").symlink_to("/etc/hostname")
    assert look(watch, 0, 9) == []
    scan.write_bytes(b"%PDF-1.7")
    assert look(watch, 11, 20) == []

    assert look(watch, 21) == [("scan", "released")]
    assert (inbox / "done" / "scan.pdf").read_bytes() == b"%PDF-1.7"
    assert sorted(p.name for p in inbox.iterdir()) == [".part.pdf", "done", "empty.pdf", "link.pdf"]


def test_a_scanner_uses_its_names_again(inbox: Path) -> None:
    """The second scan.pdf takes nothing from the first, neither release nor case file."""
    watch = a_watch(inbox)
    for n in range(2):
        (inbox / "scan.pdf").write_bytes(b"%%PDF-%d" % n)
        assert len(look(watch, 100 * n, 100 * n + 50)) == 1

    assert {p.name for p in (inbox.parent / "out").glob("*.pdf")} == {"scan.pdf", "scan-2.pdf"}
    assert {p.name for p in (inbox / "done").iterdir()} == {"scan.pdf", "scan-2.pdf"}


def test_failures_go_to_their_own_folder(inbox: Path) -> None:
    """With its subfolder; what the law holds or withholds has been done."""
    (inbox / "unit7").mkdir()
    (inbox / "unit7" / "bad.pdf").write_bytes(b"hello")
    (inbox / "held.pdf").write_bytes(b"%PDF-")

    look(a_watch(inbox, **{"unit7/bad": "failed", "held": "held"}), 0, 50)

    assert (inbox / "failed" / "unit7" / "bad.pdf").exists()
    assert (inbox / "done" / "held.pdf").exists()


def test_a_restart_goes_on_where_it_was(inbox: Path) -> None:
    """What was ended but not moved is only moved; what cut off three watches goes to failed."""
    out = inbox.parent / "out"
    for name in ("ended.pdf", "deadly.pdf"):
        (inbox / name).write_bytes(b"%PDF-")
    watch = a_watch(inbox)
    rows = {r.name: r for r in watch._rows([inbox / "ended.pdf", inbox / "deadly.pdf"])}
    manifest = Manifest(out)
    for _ in range(3):
        manifest.begin(rows["deadly"])
    manifest.begin(rows["ended"])
    manifest.end(Result("ended", "withheld"))
    manifest.close()

    assert look(watch, 0, 50) == [("ended", "already done")]
    assert watch.engine.ran == []  # type: ignore[attr-defined]
    assert (inbox / "done" / "ended.pdf").exists()
    assert (inbox / "failed" / "deadly.pdf").exists()


def test_a_full_disk_is_no_fault_of_the_file(inbox: Path) -> None:
    """It stays where it is and is taken again when there is room."""
    (inbox / "scan.pdf").write_bytes(b"%PDF-")

    class Full(Scripted):
        def run(self, task: object, told: object) -> list[Result]:
            return [Result("scan", "failed", "cannot_write")]

    watch = a_watch(inbox)
    watch.engine = Full(watch.out)  # type: ignore[assignment]
    assert look(watch, 0, 50) == [("scan", "failed")]
    assert (inbox / "scan.pdf").exists()

    watch.engine = Scripted(watch.out)  # type: ignore[assignment]
    assert look(watch, 60) == [("scan", "released")]


def test_a_file_waits_until_somebody_has_said_who_asks(inbox: Path) -> None:
    """The nearest request.yaml above the file says it; without one, the options; else it waits."""
    deep = inbox / "smith" / "today"
    deep.mkdir(parents=True)
    told = inbox / "smith" / "request.yaml"
    told.write_text(
        "jurisdiction: us-mo\ncategory: inv_parent\nanswers: {identity_verified: yes}\n"
    )
    asked = Asked(inbox, None, "hide")

    found = asked(deep / "scan.pdf")

    assert found is not None
    assert (found.category, found.answers, found.holds) == (
        "inv_parent",
        {"identity_verified": "yes"},
        "hide",
    )
    assert asked(inbox / "scan.pdf") is None
    assert Asked(inbox, REQUEST, "hide")(inbox / "scan.pdf") is REQUEST
    told.write_text("category: x\n")
    assert asked(deep / "scan.pdf") is None
    with pytest.raises(BadRequest):
        as_request(["no mapping"], "stop")


def test_a_watch_as_a_user_starts_it(inbox: Path) -> None:
    """A file written in two halves is released once, and SIGTERM ends the watch well."""
    out, data = inbox.parent / "out", make_pdf()
    run = begin("watch", inbox, out, *ASKED, "--settle", 1, "--every", 0.2)
    with (inbox / "scan.pdf").open("wb") as file:
        file.write(data[:500])
        file.flush()
        time.sleep(0.5)
        file.write(data[500:])

    assert next(ended(run)) == "scan"
    os.kill(run.pid, signal.SIGTERM)
    run.communicate(timeout=60)
    assert run.returncode == ExitCode.OK
    assert (out / "scan.pdf").exists()
    assert url_source(str(inbox / "done" / "scan.pdf")).read(10**6) == data
