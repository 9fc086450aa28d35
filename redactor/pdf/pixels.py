"""Pages written anew as pictures with a typed layer of the words that were kept.

Nothing of the case file's own objects goes into the release: each page is one image and one
content stream of invisible words in a standard font (ISO 32000-1, 9.3.6 text rendering mode 3).
"""

from __future__ import annotations

import io
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pikepdf
from PIL import Image as Pillow

from redactor.pdf.render import Image
from redactor.pdf.tags import Tree
from redactor.types import Box

TITLE = "Redacted copy"
FONT_UNITS = 1000.0
WIDTHS = [278] * 32 + [  # Helvetica, Adobe AFM, WinAnsi 32 to 126
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]  # fmt: skip
OTHER_WIDTH = 556
LOW = 0.25  # of a word's height; low and wide type keeps quotes and commas on one line with letters
BASELINE = 0.345  # of a word's height; puts the middle of low type at that of the word's letters
JPEG_QUALITY = 78
NOISY = 0.02  # share of grey pixels above which a picture is a photograph to a compressor


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of the text layer and the box it must fill.

    ``block`` counts the paragraphs of a page; ``alt`` is what a screen reader says of a box.
    """

    text: str
    box: Box
    block: int = 0
    alt: str = ""


@dataclass(frozen=True)
class PixelPage:
    """One page of the release: its size in points, its picture, its words in reading order."""

    width: float
    height: float
    image: Image
    words: tuple[Typed, ...]


def write(pages: Iterable[PixelPage], *, language: str = "en-US") -> bytes:
    """A PDF of these pages; the same pages give the same bytes."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        tree = Tree(pdf)
        for page in pages:
            _add(pdf, page, font, tree)
        tree.finish()
        pdf.Root.Lang = pikepdf.String(language)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.docinfo["/Title"] = TITLE
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _add(pdf: pikepdf.Pdf, page: PixelPage, font: pikepdf.Object, tree: Tree) -> None:
    image = pdf.make_indirect(_image(pdf, page.image))
    runs = [list(run) for _, run in groupby(page.words, key=lambda w: (w.block, w.alt and w.box))]
    size = b"%.3f 0 0 %.3f 0 0" % (page.width, page.height)
    content = b"/Artifact BMC q %s cm /P Do Q EMC\n" % size
    content += b"\n".join(_marked(n, run, page.height) for n, run in enumerate(runs))
    pdf.pages.append(
        pikepdf.Page(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, round(page.width, 3), round(page.height, 3)],
                Resources=pikepdf.Dictionary(
                    XObject=pikepdf.Dictionary(P=image), Font=pikepdf.Dictionary(T=font)
                ),
                Contents=pdf.make_stream(content),
            )
        )
    )
    tree.add(pdf.pages[-1].obj, page.height, runs)


def _image(pdf: pikepdf.Pdf, image: Image) -> pikepdf.Stream:
    """The picture as an image object: JPEG for photographs and noise, else packed grey."""
    height, width = image.shape[:2]
    colour = image.ndim == 3
    facts = {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": width,
        "Height": height,
        "ColorSpace": pikepdf.Name.DeviceRGB if colour else pikepdf.Name.DeviceGray,
    }
    middle = float(((image > 40) & (image < 215)).mean()) + float(
        ((image > 214) & (image < 252)).mean()
    )
    if colour or middle > 10 * NOISY:
        buffer = io.BytesIO()
        Pillow.fromarray(image).save(buffer, "JPEG", quality=JPEG_QUALITY)
        data, more = buffer.getvalue(), {"BitsPerComponent": 8, "Filter": pikepdf.Name.DCTDecode}
    else:
        data, more = _packed(image), {"BitsPerComponent": 4, "Filter": pikepdf.Name.FlateDecode}
    stream = pikepdf.Stream(pdf, data)
    for key, value in {**facts, **more}.items():
        stream[f"/{key}"] = value
    return stream


def _packed(image: Image) -> bytes:
    """Sixteen greys, two pixels a byte, deflated."""
    levels = (image.astype(np.uint16) * 15 + 127) // 255
    if levels.shape[1] % 2:
        levels = np.pad(levels, ((0, 0), (0, 1)))
    return zlib.compress((levels[:, 0::2] << 4 | levels[:, 1::2]).astype(np.uint8).tobytes(), 6)


def _marked(number: int, run: Sequence[Typed], height: float) -> bytes:
    """One marked content of the page: words of a paragraph, or the label of a box."""
    tag = b"/Figure" if run[0].alt else b"/P"
    return b"%s <</MCID %d>> BDC\n%s\nEMC" % (tag, number, _typed(run, height))


def _typed(words: Sequence[Typed], height: float) -> bytes:
    lines = [b"BT 3 Tr"]
    for word in words:
        code = winansi(word.text)
        if not code or word.box.width <= 0 or word.box.height <= 0:
            continue
        size = max(LOW * word.box.height, 1.0)
        natural = advance(code) * size
        scale = 100.0 * word.box.width / natural
        x, y = word.box.x0, height - word.box.y1 + BASELINE * word.box.height
        text = code.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        lines.append(
            b"/T %.2f Tf %.2f Tz 1 0 0 1 %.2f %.2f Tm (%s ) Tj" % (size, scale, x, y, text)
        )
    lines.append(b"ET")
    return b"\n".join(lines)


def winansi(text: str) -> bytes:
    """The text in the font's encoding; what it lacks becomes a base letter or a question mark."""
    out = bytearray()
    for char in text:
        for c in (char, *unicodedata.normalize("NFKD", char)):
            try:
                code = c.encode("cp1252")
            except UnicodeEncodeError:
                continue
            if code[0] > 31:
                out += code
                break
        else:
            out += b"?" if char.isalnum() else b""
    return bytes(out)


def advance(code: bytes) -> float:
    """Width of encoded text at size 1."""
    return sum(WIDTHS[c] if c < len(WIDTHS) else OTHER_WIDTH for c in code) / FONT_UNITS
