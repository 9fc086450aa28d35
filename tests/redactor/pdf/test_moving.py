"""Fixed-width boxes: nothing on a page tells how wide a hidden text was."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import numpy as np
import pikepdf
import pymupdf
import pypdfium2
import pytest

from redactor.pdf.apply import Applied, apply
from redactor.pdf.layout import compose
from redactor.pdf.moving import WIDTH
from redactor.pdf.sanitize import strip
from redactor.pdf.words import read_text_pages
from redactor.settings import Settings
from redactor.types import Box, Reading, Removal

SETTINGS = Settings(render="pixels")
VECTOR = Settings(render="vector")
SIZE = 11
LINES = (
    "On Monday the school was called by",
    "{} who said that the boy had",
    "a bruise. The worker asked {} about it and",
    "wrote it down, ({}), for the file. She then",
    "went home. Nobody was told before {}",
    "and the door was shut when they came back.",
)
NAMES = ("Al Fry", "Ottilie Quillfeather", "Wm. Wimmer-Mwangi", "I. Li")
Setter = Callable[[pymupdf.Page, int, str], None]


def ragged(page: pymupdf.Page, n: int, line: str) -> None:
    page.insert_text((72, 120 + n * 14), line, fontname="tiro", fontsize=SIZE)


def justified(page: pymupdf.Page, n: int, line: str) -> None:
    words = line.split(" ")
    widths = [pymupdf.get_text_length(w, "tiro", SIZE) for w in words]
    gap, x = (300 - sum(widths)) / (len(words) - 1), 72.0
    for word, width in zip(words, widths, strict=True):
        page.insert_text((x, 120 + n * 14), word, fontname="tiro", fontsize=SIZE)
        x += width + gap


def centred(page: pymupdf.Page, n: int, line: str) -> None:
    x = 306 - pymupdf.get_text_length(line, "tiro", SIZE) / 2
    page.insert_text((x, 120 + n * 14), line, fontname="tiro", fontsize=SIZE)


def right(page: pymupdf.Page, n: int, line: str) -> None:
    x = 540 - pymupdf.get_text_length(line, "tiro", SIZE)
    page.insert_text((x, 120 + n * 14), line, fontname="tiro", fontsize=SIZE)


def case(setter: Setter, name: str, lines: Sequence[str] = LINES) -> bytes:
    with pymupdf.open() as document:
        page = document.new_page()
        for n, line in enumerate(lines):
            setter(page, n, line.format(name))
        for n in range(3):  # lines that hold no name tell the page's usual gap
            ragged(
                page, n + 20, "The weather was fair and nothing else of note was seen by anybody."
            )
        return strip(document.tobytes()).pdf


def release(pdf: bytes, *names: str, settings: Settings = SETTINGS) -> tuple[Applied, Reading]:
    reading = compose(read_text_pages(pdf, settings))
    return apply(pdf, list(removals(reading, *names)), reading, settings), reading


def removals(reading: Reading, *names: str):
    for name in names:
        start = reading.text.find(name)
        while start >= 0:
            for n, box in enumerate(reading.boxes(start, start + len(name))):
                yield Removal(box, "ID", "RSMo 210.150", ("MO 210.150.1",), True, n > 0)
            start = reading.text.find(name, start + 1)


def picture(pdf: bytes) -> np.ndarray:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return np.asarray(pikepdf.PdfImage(file.pages[0].images["/P"]).as_pil_image().convert("L"))


@pytest.mark.parametrize("setter", [ragged, justified, centred, right])
def test_releases_that_hide_different_names_are_the_same_file(setter: Setter) -> None:
    """Byte for byte: picture, text layer and boxes. No attack can tell them apart."""
    files = {release(case(setter, name), name)[0].pdf for name in NAMES}

    assert len(files) == 1


@pytest.mark.parametrize("setter", [ragged, justified, centred, right])
def test_vector_releases_that_hide_different_names_are_the_same_file(setter: Setter) -> None:
    """Letters, rectangles and the font too, to the last digit."""
    made = [release(case(setter, name), name, settings=VECTOR)[0] for name in NAMES]

    assert [a.doubts for a in made] == [{}] * len(NAMES)
    assert len({a.pdf for a in made}) == 1


@pytest.mark.parametrize("setter", [ragged, justified])
def test_every_box_has_the_one_width(setter: Setter) -> None:
    """As told, and as black in the picture."""
    applied, _ = release(case(setter, NAMES[1]), NAMES[1])
    image, zoom = picture(applied.pdf), SETTINGS.output_dpi / 72

    assert len(applied.boxes) == 4
    for removal in applied.boxes:
        b = removal.box
        row = image[int(b.y0 * zoom) + 2]
        a, z = int(b.x0 * zoom), round(b.x1 * zoom)
        assert z - a + 1 == round(WIDTH * zoom)
        assert (row[a : z + 1] < 30).all()
        assert row[a - 1] > 30 and row[z + 1] > 30


def test_kept_words_can_be_extracted_where_they_are_seen() -> None:
    """In order along their line, moved to where their ink now is."""
    applied, _ = release(case(ragged, NAMES[1]), NAMES[1])
    page = pypdfium2.PdfDocument(applied.pdf)[0]
    text = " ".join(page.get_textpage().get_text_bounded().split())

    assert "Quillfeather" not in text
    assert "The worker asked [RSMo 210.150] about it and" in text
    image, zoom = picture(applied.pdf), SETTINGS.output_dpi / 72
    assert [t for _, t in applied.kept][:9] == [
        "On",
        "Monday",
        "the",
        "school",
        "was",
        "called",
        "by",
        "who",
        "said",
    ]
    for box, _ in applied.kept:
        rows = slice(int(box.y0 * zoom), int(box.y1 * zoom))
        assert image[rows, int(box.x0 * zoom) : int(box.x1 * zoom)].min() < 128


def test_a_name_wrapped_over_two_lines_shows_one_box() -> None:
    """Nobody sees where it was wrapped, not by a comma that hung on it either."""
    ends = ("The boy was seen and the call was made by {}", "after the game was over on Friday.")
    wraps = (
        "The boy was seen and the call was made by {}",
        "Doe, after the game was over on Friday.",
    )
    whole = release(case(ragged, "Jane Doe", ends), "Jane Doe")[0]
    wrapped = release(case(ragged, "Jane", wraps), "Jane\nDoe")[0]

    assert len(whole.boxes) == len(wrapped.boxes) == 1
    assert whole.pdf == wrapped.pdf


def test_what_stands_in_other_columns_stays() -> None:
    """Cells that other rows hold in their place do not move, ruled lines neither."""
    with pymupdf.open() as document:
        page = document.new_page()
        for n, name in enumerate(("Amos Rye", "Ottilie Quillfeather", "Bea Stone")):
            y = 120 + n * 20
            for x, cell in ((72, name), (250, "neighbor"), (400, f"{n} calls")):
                page.insert_text((x, y), cell, fontsize=SIZE)
            page.draw_line((66, y + 6), (520, y + 6))
        for x in (66, 244, 394, 520):
            page.draw_line((x, 106), (x, 166))
        pdf = strip(document.tobytes()).pdf
    applied, unmoved = (release(pdf, *names)[0] for names in (["Ottilie Quillfeather"], []))
    before, after = (
        np.asarray(pypdfium2.PdfDocument(b)[0].render(scale=2).to_pil().convert("L")).astype(int)
        for b in (unmoved.pdf, applied.pdf)
    )
    assert abs(before[:, 250 * 2 :] - after[:, 250 * 2 :]).mean() < 1
    assert abs(before[106 * 2 : 126 * 2] - after[106 * 2 : 126 * 2]).mean() < 1


def test_a_box_that_stays_is_not_run_into() -> None:
    """Words set anew end before ink that is hidden where it is."""
    pdf = case(ragged, "Al", ("{} was here and so were the others then",))
    reading = compose(read_text_pages(pdf, SETTINGS))
    ink = Removal(Box(0, 300, 110, 420, 125), "ID", "ink", ())
    applied = apply(pdf, [*removals(reading, "Al"), ink], reading, SETTINGS)

    assert all(b.x1 <= 300 for b, _ in applied.kept if b.y0 < 130)
