"""Pictures of one page for a person: as it is, and as the requester will see it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image as Pillow

from redactor.errors import NotFound
from redactor.pdf.apply import draw_page
from redactor.pdf.render import POINTS, Image, render_page
from redactor.settings import Settings
from redactor.types import Reading, Removal

FAST = 1  # zlib level; the picture is looked at once and never kept


def page_png(pdf: bytes, number: int, dpi: float, settings: Settings) -> bytes:
    """The page of a normalised file as a PNG in colour.

    Raises:
        NotFound: the file has no such page.
        TooLarge: it would hold more than ``settings.max_pixels``.
    """
    try:
        return _png(Pillow.fromarray(render_page(pdf, number, dpi, settings, rgb=True)))
    except IndexError:
        raise NotFound from None


def preview_png(
    pdf: bytes,
    number: int,
    removals: Sequence[Removal],
    reading: Reading,
    dpi: float,
    settings: Settings,
) -> bytes:
    """The page with these boxes destroyed and its lines set anew, as the release draws it.

    Raises:
        TooLarge: it would hold more than ``settings.max_pixels``.
    """
    page = reading.pages[number]
    drawn: Image = draw_page(pdf, number, removals, reading, settings)
    size = round(page.width * dpi / POINTS), round(page.height * dpi / POINTS)
    return _png(Pillow.fromarray(drawn).resize(size, Pillow.Resampling.BOX))


def _png(image: Pillow.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "png", compress_level=FAST)
    return out.getvalue()
