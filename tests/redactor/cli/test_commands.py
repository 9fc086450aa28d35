"""The command line as a user runs it: exit codes, files, and silence about protected text."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from redactor.errors import ExitCode
from redactor.policy import least_answers, load
from tests.conftest import make_pdf

ROOT = Path(__file__).resolve().parents[3]
AP = ("--jurisdiction", "us-mo", "--category", "inv_alleged_perpetrator")
SECRETS = ("Dana Orr", "573-555-0142", "412-68-9023")


def redactor(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "redactor", *args],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        check=False,
    )


def answers(category: str = "inv_alleged_perpetrator") -> list[str]:
    return [
        x
        for q, a in least_answers(load("us-mo"), category).items()
        for x in ("--answer", f"{q}={a}")
    ]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "in.pdf"
    path.write_bytes(make_pdf())
    return path


def test_the_command_that_set_up_makes_redacts(case: Path, tmp_path: Path) -> None:
    """It starts processes of its own, which read its script again."""
    command, out = Path(sys.executable).with_name("redactor"), tmp_path / "out.pdf"
    args = [command, "redact", case, out, *AP, *answers(), "--holds", "hide"]

    done = subprocess.run(args, cwd=ROOT, capture_output=True, check=False)
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no pdf")
    refused = subprocess.run(
        [command, "redact", bad, tmp_path / "none.pdf", *AP, *answers()],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip

    assert done.returncode == ExitCode.OK, done.stderr
    assert out.read_bytes().startswith(b"%PDF")
    assert refused.stderr.startswith(b"unreadable_input")
    assert not (tmp_path / "none.pdf").exists()


def test_redact_writes_the_release_and_its_log(case: Path, tmp_path: Path) -> None:
    """Document and logs; no protected text on the terminal."""
    out, log, inner, text = (tmp_path / n for n in ("out.pdf", "log.json", "inner.csv", "out.txt"))

    done = redactor(
        "redact", str(case), str(out), *AP, "--requester-name", "Carl Dufresne", *answers(), "--holds", "hide",
        "--log", str(log), "--internal-log", str(inner), "--text", str(text),
    )  # fmt: skip

    assert done.returncode == ExitCode.OK, done.stderr
    shown = " ".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(out))
    assert json.loads(log.read_text())["boxes"]
    assert inner.read_text().startswith("mention,page")
    for secret in SECRETS:
        for place in (
            shown,
            log.read_text(),
            inner.read_text(),
            text.read_text(),
            (done.stdout + done.stderr).decode(),
        ):
            assert secret not in place


def test_standard_streams(case: Path) -> None:
    """- reads and writes the standard streams, and nothing else is on standard output."""
    done = redactor("redact", "-", "-", *AP, *answers(), "--holds", "hide", stdin=case.read_bytes())

    assert done.returncode == ExitCode.OK, done.stderr
    assert done.stdout.startswith(b"%PDF-")


def test_nothing_is_written_over_unasked(case: Path, tmp_path: Path) -> None:
    """An output that is there already stays as it is."""
    out = tmp_path / "out.pdf"
    out.write_bytes(b"precious")

    done = redactor("redact", str(case), str(out), *AP, *answers())

    assert done.returncode == ExitCode.ALREADY_DONE
    assert out.read_bytes() == b"precious"


ENDINGS = [
    ("unknown category", ("--jurisdiction", "us-mo", "--category", "press"), ExitCode.BAD_ARGUMENTS),
    ("unknown jurisdiction", ("--jurisdiction", "us-zz", "--category", "x"), ExitCode.BAD_ARGUMENTS),
    ("no answers", AP, ExitCode.WITHHELD),
    ("an answer without a value", (*AP, "--answer", "identity_verified"), ExitCode.BAD_ARGUMENTS),
    ("an answer nobody offers", (*AP, "--answer", "identity_verified=maybe"), ExitCode.BAD_ARGUMENTS),
    ("an unknown option", (*AP, "--colour", "red"), ExitCode.BAD_ARGUMENTS),
    ("held for missing facts", ("--jurisdiction", "us-mo", "--category", "inv_victim"), ExitCode.NEEDS_REVIEW),
]  # fmt: skip


@pytest.mark.parametrize(("name", "options", "code"), ENDINGS, ids=[e[0] for e in ENDINGS])
def test_exit_codes_of_requests(
    name: str, options: tuple[str, ...], code: ExitCode, case: Path, tmp_path: Path
) -> None:
    """A refusal names its reason and leaves no output behind."""
    done = redactor("redact", str(case), str(tmp_path / "out.pdf"), *options)

    assert done.returncode == code, done.stderr
    assert done.stderr
    assert list(tmp_path.iterdir()) == [case]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", ExitCode.UNREADABLE_INPUT), (b"hello", ExitCode.UNREADABLE_INPUT), (None, ExitCode.UNREADABLE_INPUT)],
    ids=["empty", "not a PDF", "missing"],
)  # fmt: skip
def test_exit_codes_of_files(data: bytes | None, code: ExitCode, tmp_path: Path) -> None:
    """What cannot be opened ends clearly."""
    path = tmp_path / "in.pdf"
    if data is not None:
        path.write_bytes(data)

    done = redactor("redact", str(path), str(tmp_path / "out.pdf"), *AP, *answers())

    assert done.returncode == code
    assert not (tmp_path / "out.pdf").exists()


def test_unwritable_output(case: Path, tmp_path: Path) -> None:
    """A folder that cannot be made."""
    (tmp_path / "file").write_text("")

    done = redactor(
        "redact", str(case), str(tmp_path / "file" / "out.pdf"), *AP, *answers(), "--holds", "hide"
    )

    assert done.returncode == ExitCode.CANNOT_WRITE


def test_holds_end_with_the_list_of_what_to_decide(tmp_path: Path) -> None:
    """Exit code 7, questions without protected text, no document."""
    path = tmp_path / "in.pdf"
    path.write_bytes(
        make_pdf("Victim: Milo Finch.", "The doctor said that Milo has asthma and takes albuterol.")
    )

    done = redactor("redact", str(path), str(tmp_path / "out.pdf"), *AP, *answers())

    assert done.returncode == ExitCode.NEEDS_REVIEW
    assert json.loads(done.stderr)["to_decide"]
    assert b"asthma" not in done.stderr
    assert not (tmp_path / "out.pdf").exists()


def test_batch_goes_on_past_a_bad_file(case: Path, tmp_path: Path) -> None:
    """Two good rows and a bad one: exit code 10, two releases, none half written; again: done already."""
    table = tmp_path / "requests.csv"
    (tmp_path / "bad.pdf").write_bytes(b"hello")
    asked = json.dumps(least_answers(load("us-mo"), "inv_alleged_perpetrator"))
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["file", "jurisdiction", "category", "requester_name", "relation", "answers"]
        )
        for name in ("in.pdf", "bad.pdf", "in.pdf"):
            writer.writerow([name, "us-mo", "inv_alleged_perpetrator", "Carl Dufresne", "", asked])
    out = tmp_path / "out"

    done = redactor("batch", "--requests", str(table), str(out), "--holds", "hide", "--jobs", "2")
    again = redactor("batch", "--requests", str(table), str(out), "--holds", "hide")

    assert done.returncode == ExitCode.SOME_FAILED, done.stderr
    assert {"in.pdf", "in-2.pdf", "in.log.json", "in.internal.json", "in.txt"} <= {
        p.name for p in out.iterdir()
    }
    assert not (out / "bad.pdf").exists()
    assert b"unreadable_input" in done.stderr
    assert again.stderr.count(b"already done") == 2
    assert not list(out.glob(".writing-*"))


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "file,jurisdiction,category,answers\nx.pdf,us-mo,y,{\n"]
)
def test_bad_table_of_requests(text: str, tmp_path: Path) -> None:
    """A table that cannot be understood runs nothing."""
    table = tmp_path / "requests.csv"
    table.write_text(text)

    assert (
        redactor("batch", "--requests", str(table), str(tmp_path / "out")).returncode
        == ExitCode.BAD_ARGUMENTS
    )


def test_analyze_shows_people_roles_and_boxes(case: Path) -> None:
    """JSON on standard output."""
    found = json.loads(redactor("analyze", str(case), "--json").stdout)

    assert any("reporter" in p["roles"] for p in found["people"])
    assert all(len(b) == 5 for m in found["mentions"] for b in m["boxes"])


def test_policy_and_doctor() -> None:
    """Everything that is installed is sound."""
    assert b"inv_parent" in redactor("policy", "list").stdout
    assert b"safety_determination" in redactor("policy", "show", "us-mo", "inv_parent").stdout
    assert redactor("policy", "check").returncode == ExitCode.OK
    assert redactor("doctor").returncode == ExitCode.OK


def test_policy_check_names_the_fault(tmp_path: Path) -> None:
    """A file of one's own is checked before it is used."""
    path = tmp_path / "us-xx.yaml"
    path.write_text("schema: release-policy/1\nname: 7\n")

    done = redactor("policy", "check", str(path))

    assert done.returncode == ExitCode.BAD_CONFIGURATION
    assert b"us-xx.yaml" in done.stderr
