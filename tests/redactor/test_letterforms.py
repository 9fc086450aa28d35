"""Letters that a file showed to be what they are called are not read again in the next."""

from __future__ import annotations

import io

import pikepdf
import pymupdf

from redactor.letterforms import Letterforms, embedded, samples, shown
from redactor.settings import Settings

TEXT = "The worker rang the school and wrote down what was said"
SWAPPED = "qwertyuiopasdfghjklzxcvbnm"


def page_in(size: float, *, lies: bool = False) -> pymupdf.Page:
    """A page in a font whose program the file holds, saying what it shows or other letters."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_font("F", fontbuffer=pymupdf.Font("tiro").buffer)
    page.insert_text((60, 100), TEXT, fontname="F", fontsize=size)
    file = pikepdf.open(io.BytesIO(document.tobytes()))
    font = file.pages[0].Resources.Font.F
    font.BaseFont = pikepdf.Name.NimbusRoman
    if lies:
        font.ToUnicode = pikepdf.Stream(file, swapped(font.ToUnicode.read_bytes()))
    out = io.BytesIO()
    file.save(out)
    return pymupdf.open(stream=out.getvalue())[0]


def swapped(cmap: bytes) -> bytes:
    """The map with the small letters, a range of their own in it, called others."""
    whole = next(r for r in cmap.splitlines() if r.endswith(b"<0061>"))
    first = int(whole[1:5], 16)
    letters = [b"<%04x> <%04x>" % (first + n, ord(c)) for n, c in enumerate(SWAPPED)]
    left = cmap.replace(whole, b"<%04x> <%04x> <0061>" % (first + 900, first + 900))
    return left.replace(
        b"endcmap", b"26 beginbfchar\n" + b"\n".join(letters) + b"\nendbfchar\nendcmap"
    )


def test_letters_read_as_they_are_said_are_remembered_by_their_shapes() -> None:
    page = page_in(12)
    assert Letterforms(Settings()).lying(page) == frozenset()

    program = embedded(page, {})["NimbusRoman-Regular"]
    said = {k[1:] for word in samples(page) for k in word.keys}
    assert said <= shown(program)
    assert program == embedded(page_in(14), {})["NimbusRoman-Regular"]


def test_a_font_that_told_the_truth_in_one_file_may_lie_in_the_next() -> None:
    honest, liar = page_in(12), page_in(12, lies=True)
    assert embedded(honest, {}) == embedded(
        liar, {}
    )  # the same program: only the map to Unicode lies
    assert "zit" not in honest.get_text()
    assert "zit" in liar.get_text()
    assert Letterforms(Settings()).lying(honest) == frozenset()
    program = embedded(liar, {})["NimbusRoman-Regular"]
    before = set(shown(program))

    assert Letterforms(Settings()).lying(liar) == {"NimbusRoman-Regular"}
    assert shown(program) == before


def test_two_fonts_that_share_a_name_are_not_told_apart_by_it() -> None:
    page = page_in(12)
    font = page.get_fonts()[0][0]
    page.insert_font("G", fontbuffer=pymupdf.Font("cour").buffer)
    other = page.get_fonts()[1][0]
    page.parent.xref_set_key(other, "BaseFont", "/NimbusRoman")
    assert "NimbusRoman" not in embedded(page, {})
    page.parent.xref_set_key(font, "DescendantFonts", "[null]")
    assert embedded(page, {}) == {}
