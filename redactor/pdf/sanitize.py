"""The case file made plain before it is read.

What forms and notes show becomes page content, rotation is undone, and what lies outside the
visible page is cut. What would be lost on the way and might name somebody is handed on as text,
so that it is read and counted. The order is that of docs/decisions/strip-first.md.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pymupdf

from redactor.types import Box, Source

PAGE_KEYS = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Resources", "/Contents", "/Group"}
CATALOG_KEYS = {"/Type", "/Pages", "/OCProperties"}  # layers stay until the page is drawn


@dataclass(frozen=True, slots=True)
class Extra:
    """Text that stood in the file but not as words on a page. ``channel`` names where."""

    channel: str
    text: str
    box: Box
    source: Source


@dataclass(frozen=True)
class Stripped:
    """The normalised file and what was taken off it, counted by channel."""

    pdf: bytes
    extras: tuple[Extra, ...]
    counts: dict[str, int]


def strip(pdf: bytes) -> Stripped:
    """The file with forms and notes baked in and nothing but pages left.

    The bytes are the same for the same input. Page sizes are those of the page as displayed.
    """
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        extras = tuple(_extras(document))
        for page in document:
            for annotation in list(page.annots(types=[pymupdf.PDF_ANNOT_REDACT]) or ()):
                page.delete_annot(annotation)
        document.bake(annots=True, widgets=True)
        for page in document:
            page.remove_rotation()
        plain = _clipped(document.tobytes(garbage=1, no_new_id=True))
    return Stripped(_allowed(plain), extras, dict(Counter(e.channel for e in extras)))


def _clipped(pdf: bytes) -> bytes:
    """The file cut to its visible pages; as it was where MuPDF's cut would take what is seen."""
    with pymupdf.open(stream=pdf) as before, pymupdf.open(stream=pdf) as after:
        for page in after:
            page.clip_to_rect(page.rect)
        if all(_look(a) == _look(b) for a, b in zip(before, after, strict=True)):
            return after.tobytes(garbage=1, no_new_id=True)
    return pdf


def _look(page: pymupdf.Page) -> bytes:
    return bytes(page.get_pixmap(dpi=50, colorspace=pymupdf.csGRAY, alpha=False).samples)


def _allowed(pdf: bytes) -> bytes:
    """Only allow-listed keys of catalog, pages and trailer; unreferenced objects are gone."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for key in set(file.Root.keys()) - CATALOG_KEYS:
            del file.Root[key]
        for page in file.pages:
            for key in set(page.obj.keys()) - PAGE_KEYS:
                del page.obj[key]
        if "/Info" in file.trailer:
            del file.trailer["/Info"]
        file.remove_unreferenced_resources()
        out = io.BytesIO()
        file.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _extras(document: pymupdf.Document) -> Iterator[Extra]:
    nowhere = Box(0, 0.0, 0.0, 0.0, 0.0)
    for _, title, *_ in document.get_toc():
        yield Extra("bookmark", title, nowhere, Source.LINK)
    for name in document.embfile_names():
        info = document.embfile_info(name)
        told = (name, *(info.get(k) for k in ("filename", "ufilename", "description", "desc")))
        for text in dict.fromkeys(t for t in told if t):
            yield Extra("attachment", text, nowhere, Source.ANNOTATION)
    for key, value in (document.metadata or {}).items():
        if value and key not in ("format", "encryption", "creationDate", "modDate"):
            yield Extra("metadata", value, nowhere, Source.HIDDEN)
    for page in document:
        yield from _page_extras(page)


def _page_extras(page: pymupdf.Page) -> Iterator[Extra]:
    for link in page.get_links():
        if link.get("uri"):
            yield Extra("link", link["uri"], _box(page, link["from"]), Source.LINK)
    for note in page.annots() or ():
        for text in {note.info.get("content", ""), note.info.get("title", "")} - {""}:
            yield Extra("note", text, _box(page, note.rect), Source.ANNOTATION)
    for field in page.widgets() or ():
        for text in {str(field.field_value or ""), str(field.field_label or "")} - {"", "Off"}:
            yield Extra("field", text, _box(page, field.rect), Source.FIELD)


def _box(page: pymupdf.Page, rect: pymupdf.Rect) -> Box:
    r = pymupdf.Rect(rect) * page.rotation_matrix
    r.normalize()
    return Box(page.number, r.x0, r.y0, r.x1, r.y1)
