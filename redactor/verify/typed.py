"""The text of a page as its content stream types it, read without a text engine.

A second opinion beside PDFium: operators in the order of the stream, letters by the font's own
ToUnicode map or, without one, as WinAnsi. Positions are not looked at.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pikepdf

SHOW = {"Tj", "'", '"', "TJ"}
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
MAPS = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
WIDEST = 256  # codes of one range


def typed(data: bytes) -> Iterator[str]:
    """The text of every page and of the forms it draws, one string a page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            yield "".join(_typed(page.obj, page.obj.get("/Resources", {}), 0))


def _typed(thing: Any, resources: Any, depth: int) -> Iterator[str]:
    fonts = resources.get("/Font", {})
    decode = _winansi
    for step in pikepdf.parse_content_stream(thing):
        operands, name = step.operands, str(step.operator)
        if name == "Tf":
            decode = _decoder(fonts.get(str(operands[0])))
        elif name in SHOW:
            yield "".join(decode(s) for s in _shown(operands))
            yield "\n" if name != "TJ" else ""
        elif name == "Do" and depth < 8:
            form = resources.get("/XObject", {}).get(str(operands[0]))
            if form is not None and form.get("/Subtype") == "/Form":
                yield from _typed(form, form.get("/Resources", resources), depth + 1)


def _shown(operands: Any) -> Iterator[bytes]:
    for operand in operands:
        if isinstance(operand, pikepdf.Array):
            yield from _shown(operand)
        elif isinstance(operand, pikepdf.String):
            yield bytes(operand)


def _winansi(code: bytes) -> str:
    return code.decode("cp1252", "replace")


def _decoder(font: Any) -> Any:
    unicode = font.get("/ToUnicode") if font is not None else None
    if not isinstance(unicode, pikepdf.Stream):
        return _winansi
    table, wide = _table(unicode.read_bytes()), font.get("/Subtype") == "/Type0"
    step = 2 if wide else 1

    def decode(code: bytes) -> str:
        codes = (int.from_bytes(code[n : n + step], "big") for n in range(0, len(code), step))
        return "".join(table.get(c, "") for c in codes)

    return decode


@lru_cache(maxsize=64)  # a page turns to one font again and again
def _table(cmap: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for kind, body in MAPS.findall(cmap):
        if kind == b"char":
            for code, text in PAIR.findall(body):
                found[int(code, 16)] = _utf16(text)
        else:
            for first, last, text in RANGE.findall(body):
                start = int(first, 16)
                for n in range(min(int(last, 16) - start + 1, WIDEST)):
                    found[start + n] = _next(_utf16(text), n)
    return found


def _utf16(text: bytes) -> str:
    raw = bytes.fromhex((text + b"0" * (len(text) % 2)).decode())
    return raw.decode("utf-16-be", "replace")


def _next(text: str, n: int) -> str:
    return text[:-1] + chr(ord(text[-1]) + n) if text else ""
