"""The certificate vouches for one document, by one key, as long as nobody touched either."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from redactor.errors import BadSettings, CannotWrite
from redactor.types import Check, Verdict
from redactor.verify.certificate import certify, faults, public_text, signing_key

DOCUMENT = b"%PDF-1.7 a release"
GOOD = Verdict((Check("opens", passed=True), Check("text", passed=True)))
WHEN = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "certificate.key"


def made(path: Path, verdict: Verdict = GOOD) -> tuple[bytes, str]:
    key = signing_key(path)
    certificate = certify(DOCUMENT, verdict, {"program": "1"}, {"boxes": []}, key, WHEN)
    return certificate, public_text(key.public_key())


def test_it_vouches_for_its_document(key_file: Path) -> None:
    """And says what was checked, when, with what."""
    certificate, public = made(key_file)
    statement = json.loads(certificate)["statement"]

    assert faults(certificate, DOCUMENT, public) == []
    assert [c["name"] for c in statement["checks"]] == ["opens", "text"]
    assert statement["time"] == "2026-11-25T00:00:00+00:00"
    assert statement["versions"] == {"program": "1"}


def test_key_is_made_once_for_its_owner_alone(key_file: Path) -> None:
    """The second use reads it; nothing else lies beside it."""
    first, second = made(key_file), made(key_file)

    assert first == second
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in key_file.parent.iterdir()] == [key_file.name]


def test_another_document_key_or_word_is_noticed(key_file: Path, tmp_path: Path) -> None:
    """Each by a sentence of its own."""
    certificate, public = made(key_file)
    _, stranger = made(tmp_path / "other.key")
    failed, _ = made(key_file, Verdict((Check("text", passed=False, count=1),)))
    changed = certificate.replace(b'"count": 0', b'"count": 7')

    assert "another document" in faults(certificate, DOCUMENT + b" ", public)[0]
    assert "not signed with this key" in faults(certificate, DOCUMENT, stranger)[0]
    assert "changed" in faults(changed, DOCUMENT, public)[0]
    assert "a check failed" in faults(failed, DOCUMENT, public)[0]


@pytest.mark.parametrize("certificate", [b"", b"{}", b"[]", b"\xff", b'{"statement": 1}'])
def test_rubbish_vouches_for_nothing(certificate: bytes, key_file: Path) -> None:
    """Nor breaks anything."""
    _, public = made(key_file)

    assert faults(certificate, DOCUMENT, public)
    assert faults(made(key_file)[0], DOCUMENT, "no key")


def test_a_key_that_others_may_read_is_not_used(key_file: Path) -> None:
    """Nor one that is none, nor a folder that cannot be written."""
    made(key_file)
    key_file.chmod(0o644)
    with pytest.raises(BadSettings):
        signing_key(key_file)
    key_file.write_text("no key")
    key_file.chmod(0o600)
    with pytest.raises(BadSettings):
        signing_key(key_file)
    with pytest.raises(CannotWrite):
        signing_key(Path("/proc/certificate.key"))
