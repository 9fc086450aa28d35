"""What is fed with bytes from anywhere, each as a function that must end well on all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from redactor.errors import RedactorError
from redactor.isolation import examine
from redactor.pdf.open import open_case_file
from redactor.pdf.sanitize import strip
from redactor.pdf.words import read_text_pages
from redactor.settings import Settings
from redactor.text import squash, squash_map
from redactor.verify import Protected, verify
from redactor.verify.certificate import faults
from redactor.verify.match import Matcher
from tests.leak.test_seeded_faults import EXPECTED, RELEASE

SMALL = Settings(max_bytes=1_000_000, max_pages=20, max_pixels=4_000_000)
KEY = "VqJ1mVbGp7qpeXx3dbUOXc4iJPC1b5rnH3sGKlWNdwQ="
NAME = "Quillfeather"
MATCHER = Matcher([Protected(f"Mina {NAME}", "name"), Protected("573-555-0142", "phone")], [])


def take_in(data: bytes) -> None:
    """Ends in words, or in one of our errors."""
    try:
        case = open_case_file(data, settings=SMALL)
        read_text_pages(strip(case.pdf).pdf, SMALL)
    except RedactorError:
        return


def check(data: bytes) -> None:
    """Ends in a verdict, and only the release itself passes."""
    verdict = verify(data, replace(EXPECTED, before=b""))
    assert (
        not verdict.releasable
        or data == RELEASE
        or squash(NAME) not in squash(data.decode("latin-1"))
    )


def recover(data: bytes) -> None:
    """Ends in findings, or in what the engines raise and ``isolation.examine`` turns into ours."""
    try:
        examine(data, [NAME], SMALL, "", ocr=False, progress=lambda *_, **__: None)
    except RedactorError:
        return


def match(data: bytes) -> None:
    """A planted name is found in any text around it."""
    text = data.decode("utf-8", "replace")
    squashed, origin = squash_map(text)

    assert len(squashed) == len(origin) and origin == sorted(origin)
    assert squash(squashed) == squashed
    assert MATCHER.count(f"{text} Mina {NAME} {text}") > 0
    MATCHER.raw_count(data)


def vouch(data: bytes) -> None:
    """Nothing that was not signed with the key is vouched for."""
    assert faults(data, b"", KEY)


TARGETS: dict[str, Callable[[bytes], None]] = {
    f.__name__: f for f in (take_in, check, recover, match, vouch)
}
