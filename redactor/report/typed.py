"""Lines of text as a PDF in a standard font; the same lines give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf

PAGE = (612, 792)
MARGIN, LEADING, WIDE = 72, 16, 84
LINES = (PAGE[1] - 2 * MARGIN) // LEADING + 1  # of one page


def typed_pdf(lines: Sequence[str], *, mono: bool = False) -> bytes:
    """The lines as pages of Helvetica, or of small Courier where columns must stand in line."""
    size, leading, left = (8, 11, 40) if mono else (11, LEADING, MARGIN)
    per_page = int((PAGE[1] - 2 * MARGIN) // leading) + 1
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Courier if mono else pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        for first in range(0, max(len(lines), 1), per_page):
            content = _content(lines[first : first + per_page], size, leading, left)
            pdf.pages.append(_page(pdf, font, content))
        pdf.Root.Lang = pikepdf.String("en-US")
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _content(lines: Sequence[str], size: int, leading: int, left: int) -> bytes:
    content = [b"BT /T %d Tf" % size]
    for n, line in enumerate(lines):
        text = line.encode("cp1252", "replace")
        text = text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        content.append(b"1 0 0 1 %d %d Tm (%s) Tj" % (left, PAGE[1] - MARGIN - n * leading, text))
    return b"\n".join([*content, b"ET"])


def _page(pdf: pikepdf.Pdf, font: pikepdf.Dictionary, content: bytes) -> pikepdf.Page:
    return pikepdf.Page(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, *PAGE],
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(T=font)),
            Contents=pdf.make_stream(content),
        )
    )
