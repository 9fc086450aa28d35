"""Keys, accounts and the trail from the command line, as an operator has them at hand."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from redactor.cli.main import main
from redactor.errors import ExitCode
from redactor.settings import settings


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of its own."""
    monkeypatch.setenv("REDACTOR_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("REDACTOR_AUDIT_KEY", "a test key")
    settings.cache_clear()
    return tmp_path


def run(*args: str, text: str = "") -> Result:
    return CliRunner().invoke(main, args, input=text)


def test_key_is_made_listed_and_revoked() -> None:
    """Printed once, on standard output alone, so that it can be piped; never listed."""
    made = run("keys", "create", "portal", "--role", "submitter", "--unit", "east", "--days", "5")
    key = made.stdout.strip()
    listed = run("keys", "list").stdout
    run("keys", "revoke", key.split("_")[1])

    assert key.startswith("rdk_")
    assert "portal\tsubmitter\teast\tends" in listed
    assert key not in listed
    assert "revoked" in run("keys", "list").stdout
    assert run("keys", "revoke", "00000000").exit_code == ExitCode.BAD_ARGUMENTS


def test_account_is_made_and_shut() -> None:
    """The password is asked for twice and never shown."""
    typed = "correct horse battery\n" * 2
    made = run("accounts", "create", "lee.sand", "--role", "reviewer", text=typed)
    shut = run("accounts", "disable", "lee.sand")

    assert (made.exit_code, shut.exit_code) == (0, 0)
    assert "correct horse" not in made.output
    assert "lee.sand\treviewer\tmain\tdisabled" in run("accounts", "list").stdout
    assert run("accounts", "create", "x", "--role", "reviewer", text="short\n" * 2).exit_code


def test_trail_is_exported_and_tampering_is_named(data: Path) -> None:
    """With an exit code that a nightly check sees; the operator stands in every row."""
    for name in ("one", "two", "three"):
        run("keys", "create", name, "--role", "submitter")
    head = run("audit", "head").stdout.strip()
    rows = [json.loads(line) for line in run("audit", "export").stdout.splitlines()]
    whole = run("audit", "verify", "--head", head)
    with sqlite3.connect(data / "redactor.db") as database:
        database.execute("DROP TRIGGER audit_no_update")
        database.execute("UPDATE audit SET actor = 'key:00000000' WHERE seq = 2")
    faulty = run("audit", "verify")

    assert [r["action"] for r in rows] == ["key.issued"] * 3 + ["audit.exported"]
    assert all(r["actor"].startswith("operator:") for r in rows)
    assert whole.exit_code == 0
    assert faulty.exit_code == ExitCode.VERIFICATION_FAILED
    assert faulty.stdout.startswith("row 2 ")
