"""A sound vector page with one leak put back, or with more than it shows: all must be caught."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from redactor.settings import Settings
from redactor.verify import verify
from tests.leak import test_seeded_faults as seeded
from tests.leak.sound import sound

CANARY = seeded.CANARY
SETTINGS = Settings(render="vector")
PICTURED = {  # of the other faults, those of the picture that a page is
    "a key of the image", "a comment in a JPEG", "boxes that are not there", "a box that slipped",
    "pixels under a drawn box", "a picture of the name", "what must stay is gone",
}  # fmt: skip


APPLIED, EXPECTED = sound(seeded.FILE, seeded.NAME, SETTINGS)
RELEASE = APPLIED.pdf
BOX = EXPECTED.boxes[1]
PLACE = (BOX.x0 + 3, 792 - BOX.y1 + 3)


def edited(change: Callable[[Any], None]) -> bytes:
    with pikepdf.open(io.BytesIO(RELEASE)) as pdf:
        change(pdf.pages[0])
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def under(code: bytes) -> Callable[[Any], None]:
    """Operators drawn before everything else, so that the boxes lie over them."""

    def change(page: Any) -> None:
        page.Contents.write(code + b"\n" + page.Contents.read_bytes())

    return change


def behind(code: bytes) -> Callable[[Any], None]:
    def change(page: Any) -> None:
        page.Contents.write(page.Contents.read_bytes() + b"\n" + code)

    return change


def font_of(change: Callable[[Any], None]) -> Callable[[Any], None]:
    return lambda page: change(page.Resources.Font.F)


def renamed(font: Any) -> None:
    font.BaseFont = pikepdf.Name("/ABCDEF+Charis")


def wider(font: Any) -> None:
    font.DescendantFonts[0].W[1].append(500)


def mapped(font: Any) -> None:
    text = font.ToUnicode.read_bytes().replace(b"endbfchar", b"<00FE> <0051>\nendbfchar", 1)
    font.ToUnicode.write(text)


def remarked(font: Any) -> None:
    font.ToUnicode.write(font.ToUnicode.read_bytes() + b"% seen\n")


def program(change: Callable[[bytes], bytes]) -> Callable[[Any], None]:
    def changed(font: Any) -> None:
        stream = font.DescendantFonts[0].FontDescriptor.FontFile3
        stream.write(change(stream.read_bytes()))

    return font_of(changed)


def foreign_program(font: Any) -> None:
    descriptor = font.DescendantFonts[0].FontDescriptor
    descriptor.FontFile3.write(b"OTTO" + descriptor.FontFile3.read_bytes())


def another_font(page: Any) -> None:
    page.Resources.Font.G = page.Resources.Font.F


def unshown(page: Any) -> None:
    """A word is taken off the page, its glyphs stay in the font."""
    code = page.Contents.read_bytes()
    head, _, tail = code.partition(b"] TJ")
    page.Contents.write(head[: head.rindex(b"[") + 1] + b"] TJ" + tail)


AT = b"1 0 0 1 %.1f %.1f Tm" % PLACE
# name of the fault -> what is done to the page, and the check that must see it
FAULTS: dict[str, tuple[Callable[[Any], None], str]] = {
    "a letter under a box": (under(b"BT 0 Tr /F 9 Tf 100 Tz " + AT + b" [<0001>] TJ ET"), "beneath"),
    "other words under a box": (under(b"BT 0 Tr /T 9 Tf 100 Tz " + AT + b" (abc) Tj ET"), "beneath"),
    "a rectangle under a box": (under(b"0.5 0.5 0.5 rg %.1f %.1f 9 4 re f" % PLACE), "beneath"),
    "a black rectangle under a box": (under(b"0 0 0 rg %.1f %.1f 9 4 re f" % PLACE), "beneath"),
    "a box that is not there": (lambda p: p.Contents.write(p.Contents.read_bytes().replace(b"0 0 0 rg %.2f" % (int(BOX.x0 * 200 / 72) * 72 / 200), b"1 1 1 rg 0.00", 1)), "boxes"),
    "a line": (behind(b"0 0 m 9 9 l S"), "operators"),
    "a curve": (behind(b"0 0 m 9 9 9 9 8 8 c f"), "operators"),
    "an image within the content": (behind(b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"), "operators"),
    "a clip": (behind(b"0 0 9 9 re W n"), "operators"),
    "a shading": (behind(b"/S sh"), "operators"),
    "marked content that says something": (behind(b"/Span <</ActualText (abc)>> BDC EMC"), "operators"),
    "a font of its old name": (font_of(renamed), "fonts"),
    "a second font": (another_font, "fonts"),
    "a width too many": (font_of(wider), "fonts"),
    "a letter too many in the map": (font_of(mapped), "fonts"),
    "a remark in the map": (font_of(remarked), "fonts"),
    "letters that the page does not show": (unshown, "fonts"),
    "bytes behind the font program": (program(lambda b: b + b"Charis"), "fonts"),
    "a name in the font program": (program(lambda b: b.replace(b"\x00\x01\x01\x01\x02R", b"\x00\x01\x01\x01\x07Charis")), "fonts"),
    "another font program": (font_of(foreign_program), "fonts"),
    "a byte of an outline changed": (program(lambda b: b.replace(b"\x0e", b"\x0b", 1)), "fonts"),
    "what must stay is gone": (behind(b"1 1 1 rg 60 600 400 150 re f"), "outside"),
}  # fmt: skip


def test_the_sound_release_passes() -> None:
    """It is written as vectors, and no fault of it is known."""
    assert EXPECTED.vector == {0} and APPLIED.doubts == {}
    assert verify(RELEASE, EXPECTED).failing == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_caught(fault: str) -> None:
    """By the check that is meant to."""
    change, check = FAULTS[fault]
    verdict = verify(edited(change), EXPECTED)

    assert check in [c.name for c in verdict.failing]


@pytest.mark.parametrize("fault", [f for f in seeded.FAULTS if f not in PICTURED])
def test_other_fault_is_caught(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fault of a page that is a picture, put into one that is none."""
    monkeypatch.setattr(seeded, "RELEASE", RELEASE)
    make, check = seeded.FAULTS[fault]
    verdict = verify(make(), EXPECTED)

    assert check in [c.name for c in verdict.failing]
    assert all(CANARY.casefold() not in c.detail.casefold() for c in verdict.checks)
