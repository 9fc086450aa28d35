"""What a file may ask of this service: pages, sizes, pixels, and bytes once unpacked."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import Image

from redactor.errors import TooLarge, UnreadableInput
from redactor.pdf.render import POINTS
from redactor.settings import Settings

BYTES_A_PIXEL = 4  # CMYK; a stream may unpack to one image of the largest size
INFLATION = 1032  # most bytes that one byte of a Flate stream can become (zlib's manual)
STEP = 1 << 20
PACKED = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
PICTURED = {"/DCTDecode", "/DCT", "/JPXDecode"}


def check_pages(pdf: pikepdf.Pdf, settings: Settings) -> int:
    """The number of pages. Raises ``TooLarge`` over a limit on their number or size."""
    count = len(pdf.pages)
    if count > settings.max_pages:
        raise TooLarge("The file has more pages than the limit.", limit="max_pages", pages=count)
    for number, page in enumerate(pdf.pages):
        wide, high = _inches(page)
        if max(wide, high) > settings.max_page_inches:
            raise TooLarge("A page is longer than the limit.", limit="max_page_inches", page=number)
        if wide * high * settings.ocr_dpi**2 > settings.max_pixels:
            raise TooLarge("A page is larger than the limit.", limit="max_pixels", page=number)
    return count


def _inches(page: pikepdf.Page) -> tuple[float, float]:
    try:
        x0, y0, x1, y1 = (float(v) for v in page.mediabox)
        unit = float(page.obj.get("/UserUnit", 1)) or 1.0
    except (TypeError, ValueError, AttributeError) as error:
        raise UnreadableInput("A page has no usable size.") from error
    return abs(x1 - x0) * abs(unit) / POINTS, abs(y1 - y0) * abs(unit) / POINTS


def check_streams(pdf: pikepdf.Pdf, settings: Settings) -> None:
    """Nothing. Raises ``TooLarge`` for an image over the limit and for a stream that explodes."""
    most = settings.max_pixels * BYTES_A_PIXEL
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        filters = list(_filters(item))
        if item.get("/Subtype") == "/Image":
            _check_image(item, filters, settings)
        packed = sum(f in PACKED for f in filters)
        if packed and (packed > 1 or _length(item) * INFLATION > most):
            _check_unpacked(item, filters, most)


def _filters(stream: pikepdf.Stream) -> Iterator[str]:
    found = stream.get("/Filter")
    if isinstance(found, pikepdf.Array):
        yield from (str(f) for f in found.as_list())
    elif found is not None:
        yield str(found)


def _length(stream: pikepdf.Stream) -> int:
    length = stream.get("/Length", 0)
    return int(length) if isinstance(length, int) else len(stream.read_raw_bytes())


def _check_image(image: pikepdf.Stream, filters: list[str], settings: Settings) -> None:
    sizes = [(_number(image, "/Width"), _number(image, "/Height"))]
    if filters and filters[-1] in PICTURED and len(filters) == 1:
        sizes.append(_pictured_size(image.read_raw_bytes()))
    if any(wide * high > settings.max_pixels for wide, high in sizes):
        raise TooLarge("An image has more pixels than the limit.", limit="max_pixels")


def _number(image: pikepdf.Stream, key: str) -> int:
    value: Any = image.get(key, 0)
    try:
        return abs(int(value))
    except (TypeError, ValueError):
        return 0


def _pictured_size(data: bytes) -> tuple[int, int]:
    """The size that a JPEG or JPEG 2000 gives itself, whatever its dictionary says."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.size
    except Image.DecompressionBombError:
        raise TooLarge("An image has more pixels than the limit.", limit="max_pixels") from None
    except (OSError, ValueError, SyntaxError):
        return 0, 0  # a broken picture draws nothing


def _check_unpacked(stream: pikepdf.Stream, filters: list[str], most: int) -> None:
    """Unpack with a ceiling; only Flate can multiply a thousandfold, others are bounded."""
    data = stream.read_raw_bytes()
    for name in filters:
        if name not in ("/FlateDecode", "/Fl"):
            return
        data = _inflate(data, most)


def _inflate(data: bytes, most: int) -> bytes:
    out, total = [], 0
    machine = zlib.decompressobj()
    try:
        while data and not machine.eof:
            part = machine.decompress(data, STEP)
            total += len(part)
            if total > most:
                raise TooLarge("A stream unpacks to more than the limit.", limit="max_pixels")
            out.append(part)
            data = machine.unconsumed_tail
            if not part and not data:
                break
    except zlib.error:
        pass  # what the engines make of the good part is bounded too
    return b"".join(out)
