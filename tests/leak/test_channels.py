"""Every channel twice: planted in a case file, and put back into a sound release.

The release is looked at by engines that share nothing with the verifier's own code: PDFium and
MuPDF for text, a walk over all objects and unpacked streams, the raw bytes, and OCR of what the
page shows.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zlib
from collections.abc import Iterator

import pikepdf
import pymupdf
import pypdfium2
import pytest

from redactor.errors import RedactorError
from redactor.ocr.page import glance
from redactor.pipeline import run
from redactor.settings import Settings
from redactor.types import Release
from redactor.verify import verify
from scripts import coverage
from tests.conftest import make_request
from tests.leak.channels import ATTACKS, Attack
from tests.leak.planting import CANARY, base, content, shown
from tests.leak.sound import sound

WAYS = {way: Settings(ocr_strategy="fast", render=way) for way in ("pixels", "vector")}
BASE = base()
REFUSED = {  # files that no release is made of, and why
    "a portfolio": "unreadable_input",
}
FLAT = CANARY.casefold()


def squashed(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^0-9a-z]", "", plain)


def texts(pdf: bytes) -> Iterator[str]:
    """What text engines read, in the order of the content."""
    for page in pypdfium2.PdfDocument(pdf):
        yield page.get_textpage().get_text_range()
    with pymupdf.open(stream=pdf) as document:
        for page in document:
            yield page.get_text(clip=pymupdf.INFINITE_RECT(), flags=0)


def things(pdf: bytes) -> Iterator[str]:
    """Every object, stream and byte of the file, packed ones too."""
    yield pdf.decode("latin-1")
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for thing in file.objects:
            yield repr(thing)
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
                yield thing.read_bytes().decode("latin-1")
                yield thing.read_bytes().decode("utf-16-be", "replace")
    for match in re.finditer(rb"stream\r?\n", pdf):
        machine = zlib.decompressobj()
        try:
            yield machine.decompress(pdf[match.end() :]).decode("latin-1")
        except zlib.error:
            continue


def seen(pdf: bytes) -> str:
    """What a reader makes of the pages as they are shown."""
    found = ""
    for page in pypdfium2.PdfDocument(pdf):
        image = page.render(scale=200 / 72, grayscale=True).to_numpy()
        found += glance(image[..., 0] if image.ndim == 3 else image, 200, WAYS["pixels"])
    return found


def leaks(pdf: bytes) -> list[str]:
    """The engines that find the canary."""
    found = ["text" for text in texts(pdf) if FLAT in squashed(text)]
    found += ["objects" for thing in things(pdf) if FLAT in thing.casefold()]
    return found + (["seen"] if FLAT in squashed(seen(pdf)) else [])


def released(data: bytes, way: str) -> Release | str:
    request = make_request("inv_alleged_perpetrator", must_hide=(CANARY,))
    try:
        return run(data, request, settings=WAYS[way])
    except RedactorError as error:
        return error.code


SOUND = {way: sound(BASE, f"Mina {CANARY}", given) for way, given in WAYS.items()}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.name)
def test_release_gives_nothing_away(attack: Attack, way: str) -> None:
    """Whatever channel the canary was in, and whichever way the page is written."""
    release = released(attack.plant(BASE), way)

    if attack.name in REFUSED:
        end = release if isinstance(release, str) else release.outcome
        assert end == REFUSED[attack.name]
        return
    assert not isinstance(release, str), release
    assert release.outcome == "released", [(c.name, c.detail) for c in release.verdict.failing]
    assert leaks(release.document or b"") == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.name)
def test_verifier_sees_the_leak_put_back(attack: Attack, way: str) -> None:
    """In a release that was sound before; the verdict does not repeat it."""
    made, expected = SOUND[way]
    verdict = verify(attack.plant(made.pdf), expected)

    assert not verdict.releasable
    assert all(FLAT not in c.detail.casefold() for c in verdict.checks)


def test_the_engines_find_what_was_not_hidden() -> None:
    """Else finding nothing would prove nothing: each channel is seen in the file as it came in."""
    assert set(leaks(content(shown())(BASE))) == {"text", "objects", "seen"}
    for made, expected in SOUND.values():
        assert verify(made.pdf, expected).releasable
    assert [len(expected.vector) for _, expected in SOUND.values()] == [0, 1]


def test_few_files_are_refused() -> None:
    """A refusal is safe, but no help."""
    assert len(REFUSED) <= 0.1 * len(ATTACKS)


def test_the_table_of_attacks_is_current() -> None:
    """SECURITY.md lists them; `make docs` writes it."""
    assert coverage.PAGE.read_text(encoding="utf-8") == coverage.page()
