"""PNG, JPEG and TIFF as PDF, a page for each image at its own resolution."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pymupdf
from PIL import Image, ImageOps, ImageSequence

from redactor.errors import EmptyInput, TooLarge, UnreadableInput
from redactor.pdf.render import POINTS
from redactor.settings import Settings

LETTER = (8.5, 11.0)  # inches; what a picture of unknown resolution is taken to show
BELIEVED = (90.0, 2400.0)  # dpi; 72 and 96 are what software writes that does not know
QUALITY = 95


def to_pdf(data: bytes, settings: Settings) -> bytes:
    """A PDF of the images of a file, upright by their orientation tag, without metadata.

    Raises ``TooLarge`` over ``max_pixels`` or ``max_pages``, ``UnreadableInput`` for a damaged one.
    """
    document = pymupdf.open()
    try:
        with Image.open(io.BytesIO(data)) as picture:
            for number, frame in enumerate(_frames(picture, settings)):
                if number >= settings.max_pages:
                    raise TooLarge("The file has more pages than the limit.", limit="max_pages")
                _add(document, frame, picture.format or "")
    except Image.DecompressionBombError:
        raise TooLarge("An image has more pixels than the limit.", limit="max_pixels") from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError) as error:
        raise UnreadableInput("The image is damaged or cut short.") from error
    if not document.page_count:
        raise EmptyInput("The file holds no image.")
    return bytes(document.tobytes(garbage=1, deflate=True))


def _frames(picture: Image.Image, settings: Settings) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(picture):
        if frame.width * frame.height > settings.max_pixels:
            raise TooLarge("An image has more pixels than the limit.", limit="max_pixels")
        yield frame


def _add(document: pymupdf.Document, frame: Image.Image, kind: str) -> None:
    dots = frame.info.get("dpi", (0, 0))
    upright = ImageOps.exif_transpose(frame)
    x, y = _dpi(upright, dots, turned=upright.size != frame.size)
    flat = _flat(upright)
    out = io.BytesIO()
    if kind == "JPEG":
        flat.save(out, "JPEG", quality=QUALITY)
    else:
        flat.save(out, "PNG")
    page = document.new_page(width=flat.width / x * POINTS, height=flat.height / y * POINTS)
    page.insert_image(page.rect, stream=out.getvalue(), keep_proportion=False)


def _dpi(image: Image.Image, dots: tuple[float, float], *, turned: bool) -> tuple[float, float]:
    """Resolution of both axes; one that fits the image on a letter page where none is known."""
    x, y = (float(d) for d in (dots if not turned else dots[::-1]))
    if BELIEVED[0] < x <= BELIEVED[1] and BELIEVED[0] < y <= BELIEVED[1] and 0.4 < x / y < 2.5:
        return x, y
    short, long = sorted(image.size)
    dpi = max(short / LETTER[0], long / LETTER[1], 1.0)
    return dpi, dpi


def _flat(image: Image.Image) -> Image.Image:
    """The image on white paper, in one of the modes that every writer knows."""
    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode.startswith(("I", "F")):  # sixteen bits
        low, high = image.getextrema()
        scale = 255.0 / max(float(high) - float(low), 1.0)  # type: ignore[arg-type]
        return image.point(lambda v: (v - float(low)) * scale).convert("L")  # type: ignore[arg-type]
    if "transparency" in image.info or image.mode in ("LA", "PA", "RGBA", "La", "RGBa"):
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return image.convert("RGB")
