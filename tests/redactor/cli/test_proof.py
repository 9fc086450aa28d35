"""redactor verify, verify-certificate and compare, as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from redactor.cli.main import main
from redactor.errors import ExitCode
from redactor.settings import settings
from redactor.verify.certificate import public_text, signing_key
from tests.conftest import make_pdf
from tests.leak.planting import CANARY, base, content, shown


def ran(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    return result.exit_code, result.output


def test_verify_tells_what_can_be_recovered(tmp_path: Path) -> None:
    """Of a file that somebody covered with a box, by the number of the term."""
    bad, terms = tmp_path / "bad.pdf", tmp_path / "terms.txt"
    bad.write_bytes(content(shown() + b" 0 g 18 56 100 16 re f")(base()))
    terms.write_text(f"weather\n\n{CANARY}\n")

    code, said = ran("verify", bad, "--terms", terms, "--no-ocr")

    assert code == ExitCode.VERIFICATION_FAILED
    assert "Term 2 can be found in the text of page 1." in said
    assert CANARY not in said


def test_verify_refuses_what_is_no_pdf(tmp_path: Path) -> None:
    """With the error every command gives."""
    (tmp_path / "a.pdf").write_bytes(b"hello")

    assert ran("verify", tmp_path / "a.pdf")[0] == ExitCode.UNREADABLE_INPUT


@pytest.mark.slow
def test_a_release_its_certificate_and_an_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redact, vouch, change a byte, compare."""
    monkeypatch.setenv("REDACTOR_DATA_DIR", str(tmp_path / "var"))
    settings.cache_clear()
    case, out, earlier = (tmp_path / n for n in ("case.pdf", "out.pdf", "earlier.pdf"))
    case.write_bytes(make_pdf())
    earlier.write_bytes(make_pdf("Reporter: Dana Orr said that", "Milo Finch came."))
    answers = tmp_path / "answers.yaml"
    answers.write_text(ANSWERS)

    code, said = ran(
        "redact", case, out, "--jurisdiction", "us-mo", "--category", "inv_alleged_perpetrator",
        "--answers", answers, "--holds", "hide", "--earlier", earlier,
    )  # fmt: skip
    vouched, changed = ran("verify-certificate", out), tmp_path / "changed.pdf"
    changed.write_bytes(out.read_bytes() + b"\n")
    public = public_text(signing_key(tmp_path / "var" / "certificate.key").public_key())

    assert code == ExitCode.OK, said
    assert "warning: Page 1: earlier release 1 shows" in said
    assert vouched == (ExitCode.OK, "The certificate vouches for this document.\n")
    assert (
        ran("verify-certificate", changed, tmp_path / "out.certificate.json", "--key", public)[0]
        == ExitCode.VERIFICATION_FAILED
    )
    assert ran("compare", out, out) == (
        ExitCode.OK,
        "Neither release shows a word that the other hides.\n",
    )
    settings.cache_clear()


ANSWERS = """
record_status: central_registry
identity_verified: 'yes'
written_request: 'yes'
pending_criminal_charges: 'no'
indictment_or_information: none_needed
criminal_investigation_certified: 'no'
retention_expired: 'no'
safety_determination: no_danger
"""
