"""Reads the saved file object by object with qpdf, and byte by byte without any library."""

from __future__ import annotations

import io
import re
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pikepdf

from redactor.verify.structure import STANDARD, TITLE, foreign

NAME = re.compile(rb"/[A-Za-z0-9+-]+|(?<=\()" + TITLE.encode() + rb"(?=\))")
STREAM = re.compile(rb"stream\r?\n")
DEEPEST = 60
PIECE = 1 << 16  # bytes
MOST = 200_000_000  # bytes that one carved stream may unpack to
JPEG_PARTS = {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xE0, 0xEE}  # frame, tables, JFIF, Adobe


def unexpected(data: bytes, *, vector: bool = False) -> list[str]:
    """Names of structures that no release of ours has; empty for a clean file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = list(foreign(pdf, vector=vector))
        found += ["encrypted"] if pdf.is_encrypted else []
        if any(marked(o) for o in pdf.objects if isinstance(o, pikepdf.Stream)):
            found.append("markers in a JPEG")
        complaints = [*pdf.check_pdf_syntax(), *pdf.get_warnings()]
        found += [f"{len(complaints)} complaints of qpdf"] if complaints else []
    return [*found, *_bytes(data)]


def marked(stream: Any) -> bool:
    """True for a JPEG that carries more than its picture: EXIF, comments, profiles, thumbnails."""
    if stream.get("/Filter") != "/DCTDecode":
        return False
    raw, at = bytes(stream.read_raw_bytes()), 2
    while at + 4 <= len(raw) and raw[at] == 0xFF and raw[at + 1] != 0xDA:
        if raw[at + 1] not in JPEG_PARTS:
            return True
        at += 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
    return not raw.rstrip(b"\r\n\x00").endswith(b"\xff\xd9")


def _bytes(data: bytes) -> Iterator[str]:
    if data.count(b"%%EOF") != 1 or data.count(b"startxref") != 1:
        yield "more than one revision"
    if not data.startswith(b"%PDF-") or not data.rstrip().endswith(b"%%EOF"):
        yield "bytes outside the file"


def named(data: bytes) -> bytes:
    """The bytes of the file without the names of the standard, which every release has."""
    return NAME.sub(lambda m: b" " if m[0].decode("latin-1") in STANDARD else m[0], data)


def strings(data: bytes) -> Iterator[str]:
    """Every string and name of the file, also of unused objects; names of the standard apart."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in (pdf.trailer, *pdf.objects):
            for text in set(_strings(thing, 0)) - STANDARD:
                yield unicodedata.normalize("NFKD", text)


def streams(data: bytes) -> Iterator[bytes]:
    """Every stream of the file unpacked; pictures apart, which are looked at as pictures."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
                raw = bytes(thing.read_bytes())
                yield raw
                if b"\x00" in raw:
                    yield raw.replace(b"\x00", b"")  # UTF-16


def carved(data: bytes) -> Iterator[bytes]:
    """What stands behind each word ``stream`` of the raw bytes, whether an xref knows it or not.

    Finds what an older revision or a careless save left behind. Unpacks Flate and nothing else.
    """
    for start in (m.end() for m in STREAM.finditer(data)):
        yield _unpacked(memoryview(data)[start:])


def _unpacked(raw: memoryview) -> bytes:
    """What a stream that begins there unpacks to, as far as it is sound; its end is unknown."""
    unpack, out = zlib.decompressobj(), bytearray()
    with suppress(zlib.error):
        for at in range(0, len(raw), PIECE):
            out += unpack.decompress(raw[at : at + PIECE], MOST - len(out))
            if unpack.eof or len(out) >= MOST:
                break
    return bytes(out)


def _strings(thing: Any, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
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
