"""Forms as programs make them: what stands around a hidden name must not tell how long it is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pymupdf
import pypdfium2
import pytest

from redactor.pdf.layer import _is_squeezed
from redactor.pipeline import run
from redactor.settings import Settings
from tests.conftest import make_request
from tests.leak.test_alignment import BODY

SHORT, LONG = "Ines Ott", "Wilhelmina Mommsenworth"
Draw = Callable[[pymupdf.Page, str], None]


def comb(page: pymupdf.Page, name: str) -> None:
    """A letter a cell."""
    for n in range(25):
        page.draw_rect((60 + 16 * n, 100, 76 + 16 * n, 118))
        page.insert_text((64 + 16 * n, 113), name.upper()[n : n + 1], fontsize=10)


def right(page: pymupdf.Page, name: str) -> None:
    """A field set to the right."""
    page.insert_text((60, 113), "Source", fontsize=10)
    page.draw_rect((200, 100, 420, 118))
    page.insert_text((418 - pymupdf.get_text_length(name, fontsize=10), 113), name, fontsize=10)


def caption(page: pymupdf.Page, name: str) -> None:
    """A caption in the middle of a grey button."""
    page.draw_rect((200, 100, 420, 118), fill=(0.8, 0.8, 0.8), color=None)
    text = f"Mail {name}"
    wide = pymupdf.get_text_length(text, fontsize=10)
    page.insert_text((310 - wide / 2, 113), text, fontsize=10)


def whited_out(page: pymupdf.Page, name: str) -> None:
    """White letters within a line."""
    x = 60.0
    for text, colour in (("The caller ", 0), (f"{name} ", 1), ("came in.", 0)):
        page.insert_text((x, 113), text, fontsize=10, color=(colour,) * 3)
        x += pymupdf.get_text_length(text, fontsize=10)


def yellow_on_red(page: pymupdf.Page, name: str) -> None:
    """Letters that a grey picture hardly shows, in a coloured cell."""
    page.draw_rect((150, 100, 420, 118), fill=(1, 0, 0))
    page.insert_text((60, 113), "Row 5", fontsize=10)
    page.insert_text((155, 113), f"{name} called", fontsize=10, color=(1, 0.9, 0))


def underlined(page: pymupdf.Page, name: str) -> None:
    """A line of signs under a heading, one for each letter."""
    page.insert_text((60, 100), name, fontname="cour", fontsize=10)
    page.insert_text((60, 110), "=" * len(name), fontname="cour", fontsize=10)


def squeezed(page: pymupdf.Page, name: str) -> None:
    """Type much narrower than it is high."""
    at = pymupdf.Point(60, 113)
    text = f"The caller {name} came in on Monday"
    page.insert_text(at, text, fontsize=10, morph=(at, pymupdf.Matrix(0.4, 1)))


def released(draw: Draw, name: str) -> tuple[np.ndarray, str]:
    """Pixels and text of the page's release."""
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    draw(page, name)
    for n, body in enumerate(BODY):
        page.insert_text((60, 300 + 16 * n), body, fontname="tiro", fontsize=12)
    request = make_request("inv_alleged_perpetrator", must_hide=(name,), holds="hide")
    release = run(document.tobytes(), request, settings=Settings())
    assert release.outcome == "released", [(c.name, c.detail) for c in release.verdict.failing]
    shown = pypdfium2.PdfDocument(release.document or b"")[0]
    return np.asarray(shown.render(scale=2).to_pil().convert("RGB")), release.text


@pytest.mark.parametrize(
    "draw", [comb, right, caption, whited_out, yellow_on_red, underlined, squeezed]
)
def test_a_form_shows_the_same_whoever_is_hidden(draw: Draw) -> None:
    short, long = released(draw, SHORT), released(draw, LONG)
    assert short[1] == long[1]
    assert np.array_equal(short[0], long[0])


def test_a_coloured_cell_does_not_run_over_its_neighbours() -> None:
    picture, _ = released(yellow_on_red, SHORT)
    red = (picture[:, :, 0] > 180) & (picture[:, :, 1] < 90)
    columns = np.flatnonzero(red.any(0)) / 2
    assert columns[0] > 149
    assert columns[-1] < 422


@pytest.mark.parametrize(
    ("matrix", "narrow"), [((0.4, 1), True), ((1, 1), False), ((0.5, 0.5), False)]
)
def test_squeezed_type_is_told_by_what_is_drawn(matrix: tuple[float, float], narrow: bool) -> None:
    page = pymupdf.open().new_page(width=612, height=792)
    at = pymupdf.Point(60, 113)
    page.insert_text(at, "The caller", fontsize=10, morph=(at, pymupdf.Matrix(*matrix)))
    assert _is_squeezed(page) is narrow
