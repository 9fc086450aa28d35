"""redactor verify, verify-certificate, compare: what a release gives away, and who vouches for it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from redactor import isolation
from redactor.cli.console import say
from redactor.cli.options import read_input
from redactor.errors import BadRequest, ExitCode
from redactor.isolation import Child
from redactor.settings import Settings, settings
from redactor.verify.certificate import faults, public_text, signing_key


@click.command()
@click.argument("source", metavar="FILE")
@click.option(
    "--terms",
    type=click.Path(dir_okay=False),
    help="Text file of what must not be in it, one term a line.",
)
@click.option(
    "--ocr/--no-ocr", default=True, show_default=True, help="Look for the terms by eye too."
)
@click.option("--password", default="", help="Password of an encrypted file.")
def verify(source: str, terms: str | None, password: str, *, ocr: bool) -> None:  # fmt: skip
    """Say what can be recovered from FILE, a PDF that this program or any other redacted."""
    wanted = [t for t in _text(terms).splitlines() if t.strip()] if terms else []
    with Child(settings()) as child:
        work = (isolation.examine, read_input(source), wanted, settings(), password, ocr)
        found = child.call(*work)
    for finding in found:
        click.echo(("" if finding.certain else "Look: ") + finding.what)
    bad = [f for f in found if f.certain]
    if not bad:
        kept = f", and none of {len(wanted)} terms was found" if wanted else ""
        click.echo(f"Nothing hidden could be recovered{kept}.")
    sys.exit(ExitCode.VERIFICATION_FAILED if bad else ExitCode.OK)


@click.command("verify-certificate")
@click.argument("source", metavar="RELEASE")
@click.argument("certificate", required=False)
@click.option(
    "--key",
    default="",
    help="Public key of the agency in base 64, or a file that holds it; default: the key of this installation.",
)
def verify_certificate(source: str, certificate: str | None, key: str) -> None:  # fmt: skip
    """Check that the certificate beside RELEASE vouches for it."""
    beside = Path(certificate) if certificate else Path(source).with_suffix(".certificate.json")
    found = faults(read_input(str(beside)), read_input(source), _public(key, settings()))
    for fault in found:
        click.echo(fault)
    if not found:
        click.echo("The certificate vouches for this document.")
    sys.exit(ExitCode.VERIFICATION_FAILED if found else ExitCode.OK)


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
def compare(first: str, second: str) -> None:
    """Say what somebody learns who holds the releases A and B of one case."""
    with Child(settings()) as child:
        said = child.call(isolation.compared, read_input(first), read_input(second), "A", "B")
    for sentence in said:
        click.echo(sentence)
    if not said:
        click.echo("Neither release shows a word that the other hides.")
    sys.exit(ExitCode.NEEDS_REVIEW if said else ExitCode.OK)


def warn_of_earlier(child: Child, document: bytes, earlier: tuple[str, ...]) -> None:
    """Tell what the release and earlier ones of the case give away together."""
    for number, path in enumerate(earlier, 1):
        name = f"earlier release {number}"
        data = read_input(path)
        for sentence in child.call(isolation.compared, document, data, "this release", name):
            say(f"warning: {sentence}")


def _public(key: str, given: Settings) -> str:
    if key:
        return _text(key).strip() if Path(key).is_file() else key
    path = given.certificate_path
    if not path.exists():
        raise BadRequest("Give the public key of the agency: this installation has no key.")
    return public_text(signing_key(path).public_key())


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadRequest("A file of terms or a key cannot be read.") from None
