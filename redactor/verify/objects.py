"""Reads the saved file object by object with qpdf: only what a release is made of may be in it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pikepdf

CATALOG = {"/Type", "/Pages", "/Lang", "/ViewerPreferences", "/MarkInfo", "/StructTreeRoot"}
PAGE = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/StructParents", "/Tabs"}
TRAILER = {"/Root", "/Info", "/ID", "/Size"}
INFO = {"/Title"}
IMAGE = {"/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter",
         "/DecodeParms", "/Length", "/ImageMask", "/Decode"}  # fmt: skip
FONT = {"/Type", "/Subtype", "/BaseFont", "/Encoding"}
RESOURCES = {"/XObject", "/Font"}
MARKERS = re.compile(rb"\xff(?:\xe1|\xfe|\xed)")  # EXIF, comment, Photoshop


def unexpected(data: bytes) -> list[str]:
    """Names of structures that no release of ours has; empty for a clean file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        faults = list(pdf.get_warnings())
        found = [f"{len(faults)} warnings on opening"] if faults else []
        found += ["encrypted"] if pdf.is_encrypted else []
        found += _foreign(pdf.trailer, TRAILER, "trailer")
        found += _foreign(pdf.Root, CATALOG, "catalog")
        if "/Info" in pdf.trailer:
            found += _foreign(pdf.trailer["/Info"], INFO, "info")
        for page in pdf.pages:
            found += _foreign(page.obj, PAGE, "page")
            found += _page(page)
    return found + _bytes(data)


def _page(page: pikepdf.Page) -> Iterator[str]:
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    yield from _foreign(resources, RESOURCES, "resources")
    for thing in dict(resources.get("/XObject", {})).values():
        if thing.get("/Subtype") != "/Image":
            yield "a form inside a page"
        yield from _foreign(thing, IMAGE, "image")
        if thing.get("/Filter") == "/DCTDecode" and MARKERS.search(_headers(thing)):
            yield "markers in a JPEG"
    for thing in dict(resources.get("/Font", {})).values():
        yield from _foreign(thing, FONT, "font")


def _headers(stream: Any) -> bytes:
    raw = bytes(stream.read_raw_bytes())
    return raw[: raw.find(b"\xff\xda")]


def _foreign(thing: Any, allowed: set[str], where: str) -> list[str]:
    return [f"{where} key {n}" for n, k in enumerate(sorted(thing.keys())) if k not in allowed]


def _bytes(data: bytes) -> list[str]:
    found = []
    if data.count(b"%%EOF") != 1 or data.count(b"startxref") != 1:
        found.append("more than one revision")
    if not data.startswith(b"%PDF-") or not data.rstrip().endswith(b"%%EOF"):
        found.append("bytes outside the file")
    return found


def strings(data: bytes) -> Iterator[bytes]:
    """Every string, name and decoded stream (images apart) of the file, also of unused objects."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            for text in _strings(thing, 0):
                yield unicodedata.normalize("NFKD", text).encode("ascii", "ignore")
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
                raw = bytes(thing.read_bytes())
                yield raw
                yield raw.replace(b"\x00", b"")  # UTF-16


def _strings(thing: Any, depth: int) -> Iterator[str]:
    if depth > 60:
        return
    if isinstance(thing, pikepdf.String | pikepdf.Name):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for item in thing:
            if not getattr(item, "is_indirect", False):
                yield from _strings(item, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in thing.keys():  # noqa: SIM118 - no mapping
            yield str(key)
            if not getattr(thing[key], "is_indirect", False):
                yield from _strings(thing[key], depth + 1)
