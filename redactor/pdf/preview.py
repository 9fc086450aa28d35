"""Pictures of one page for a person: as it is, and as the requester will see it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image as Pillow

from redactor.errors import NotFound
from redactor.pdf.paint import grow, paint
from redactor.pdf.render import Image, render_page
from redactor.settings import Settings
from redactor.types import Box, Page, Removal, Source

SHOWN = {Source.TEXT, Source.OCR}
FAST = 1  # zlib level; the picture is looked at once and never kept


def page_png(pdf: bytes, number: int, dpi: float, settings: Settings) -> bytes:
    """The page of a normalised file as a PNG in colour.

    Raises:
        NotFound: the file has no such page.
        TooLarge: it would hold more than ``settings.max_pixels``.
    """
    try:
        return _png(render_page(pdf, number, dpi, settings, rgb=True))
    except IndexError:
        raise NotFound from None


def preview_png(
    pdf: bytes, page: Page, removals: Sequence[Removal], dpi: float, settings: Settings
) -> bytes:
    """The page with these boxes destroyed and labelled, as the release paints it.

    Raises:
        TooLarge: it would hold more than ``settings.max_pixels``.
    """
    image = render_page(pdf, page.number, dpi, settings, rgb=True)
    gone = [r for r in removals if r.box.page == page.number]
    kept = [w.box for w in page.words if w.source in SHOWN and not _under(w.box, gone)]
    grown = [
        Removal(
            grow(r.box, kept, page.width, page.height),
            r.label,
            r.prints,
            r.citations,
            r.fixed_width,
        )
        for r in gone
    ]
    return _png(paint(image, grown, dpi))


def _under(box: Box, removals: Sequence[Removal]) -> bool:
    x = (box.x0 + box.x1) / 2
    y = (box.y0 + box.y1) / 2
    return any(r.box.x0 <= x <= r.box.x1 and r.box.y0 <= y <= r.box.y1 for r in removals)


def _png(image: Image) -> bytes:
    out = io.BytesIO()
    Pillow.fromarray(image).save(out, "png", compress_level=FAST)
    return out.getvalue()
