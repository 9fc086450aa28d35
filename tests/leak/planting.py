"""Small tools that plant a canary in a PDF; ``channels`` says where."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageDraw, ImageFont

CANARY = "Quillgriffin"
C = CANARY.encode()
WIDE, HIGH = 300, 160
Plant = Callable[[bytes], bytes]


def base() -> bytes:
    """A small page that names the canary where everybody looks, and keeps another line."""
    with pymupdf.open() as document:
        page = document.new_page(width=WIDE, height=HIGH)
        page.insert_text((20, 30), f"Mina {CANARY} called about Milo.", fontsize=11)
        page.insert_text((20, 50), "He came to school without a coat.", fontsize=11)
        return bytes(document.tobytes(no_new_id=True))


def with_pikepdf(change: Callable[[pikepdf.Pdf], Any]) -> Plant:
    """A plant that edits objects."""

    def plant(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            change(pdf)
            out = io.BytesIO()
            pdf.save(out)
            return out.getvalue()

    return plant


def with_mupdf(change: Callable[[pymupdf.Document, pymupdf.Page], Any]) -> Plant:
    """A plant that edits the page with MuPDF."""

    def plant(data: bytes) -> bytes:
        with pymupdf.open(stream=data, filetype="pdf") as document:
            change(document, document[0])
            return bytes(document.tobytes())

    return plant


def content(code: bytes, *, first: bool = False, **resources: Any) -> Plant:
    """A plant that adds operators to the page; ``/F`` is Helvetica, further resources by kind."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        add_font(pdf, page.obj)
        for kind, made in resources.items():
            here = page.Resources.get(f"/{kind}")
            if here is None:
                page.Resources[f"/{kind}"] = here = Dictionary()
            for key, value in made(pdf).items():
                here[f"/{key}"] = value
        page.contents_add(b"q\n" + code + b"\nQ\n", prepend=first)

    return with_pikepdf(change)


def add_font(pdf: pikepdf.Pdf, thing: Any) -> None:
    """Give a page or form the font ``/F``."""
    if "/Resources" not in thing:
        thing.Resources = Dictionary()
    if "/Font" not in thing.Resources:
        thing.Resources.Font = Dictionary()
    thing.Resources.Font["/F"] = helvetica(pdf)


def helvetica(pdf: pikepdf.Pdf, **more: Any) -> Any:
    """The standard font."""
    facts = {"Type": Name.Font, "Subtype": Name.Type1, "BaseFont": Name.Helvetica,
             "Encoding": Name.WinAnsiEncoding, **more}  # fmt: skip
    return pdf.make_indirect(Dictionary(**facts))


def form(pdf: pikepdf.Pdf, code: bytes, **more: Any) -> Any:
    """A form XObject of the size of the page."""
    made = pdf.make_stream(code)
    facts = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, WIDE, HIGH]), **more}
    for key, value in facts.items():
        made[f"/{key}"] = value
    add_font(pdf, made)
    return made


def shown(at: tuple[float, float] = (20, 60), code: bytes = b"", size: float = 11) -> bytes:
    """Operators that show the canary."""
    return b"BT %s /F %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (code, size, *at, C)


def key(where: str, name: str, make: Callable[[pikepdf.Pdf], Any]) -> Plant:
    """A plant that sets a key of the catalog, the page, the trailer or the info dictionary."""

    def change(pdf: pikepdf.Pdf) -> None:
        target = {"catalog": pdf.Root, "page": pdf.pages[0].obj, "trailer": pdf.trailer,
                  "info": pdf.docinfo}[where]  # fmt: skip
        target[f"/{name}"] = make(pdf)

    return with_pikepdf(change)


def annotation(**facts: Any) -> Plant:
    """A plant that adds an annotation."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        if "/Annots" not in page:
            page.Annots = Array()
        made = {k: v(pdf) if callable(v) else v for k, v in facts.items()}
        note = Dictionary(Type=Name.Annot, Rect=[20, 60, 140, 80], **made)
        page.Annots.append(pdf.make_indirect(note))

    return with_pikepdf(change)


def field(**facts: Any) -> Plant:
    """A plant that adds a form field with a widget."""

    def change(pdf: pikepdf.Pdf) -> None:
        made = {k: v(pdf) if callable(v) else v for k, v in facts.items()}
        whole = {"FT": Name.Tx, "T": String("f"), "F": 4, **made}
        widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=[20, 60, 160, 80], **whole)
        widget = pdf.make_indirect(widget)
        pdf.pages[0].obj.Annots = Array([widget])
        font = Dictionary(Font=Dictionary(Helv=helvetica(pdf)))
        pdf.Root.AcroForm = Dictionary(
            Fields=Array([widget]), NeedAppearances=True, DR=font, DA=String("/Helv 10 Tf 0 g")
        )

    return with_pikepdf(change)


def javascript(pdf: pikepdf.Pdf) -> Any:
    """An action that says the canary."""
    return Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{CANARY}')"))


def text_stream(pdf: pikepdf.Pdf, **facts: Any) -> Any:
    """A stream that holds the canary."""
    made = Stream(pdf, b"<x>%s</x>" % C)
    for name, value in facts.items():
        made[f"/{name}"] = value
    return pdf.make_indirect(made)


@lru_cache(maxsize=8)
def picture(mode: str = "L") -> Image.Image:
    """The canary as pixels, at 200 dpi."""
    image = Image.new("L", (400, 80), 255)
    ImageDraw.Draw(image).text((20, 15), CANARY, fill=0, font=ImageFont.load_default(48))
    return image.convert(mode)


def encoded(kind: str, mode: str = "L", **options: Any) -> bytes:
    """The picture in a file format."""
    out = io.BytesIO()
    picture(mode).save(out, kind, **options)
    return out.getvalue()


def image(pdf: pikepdf.Pdf, data: bytes, **facts: Any) -> Any:
    """An image object of the size of the picture."""
    made = Stream(pdf, data)
    whole = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 400, "Height": 80,
             "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray, **facts}  # fmt: skip
    for name, value in whole.items():
        if value is not None:
            made[f"/{name}"] = value
    return pdf.make_indirect(made)


PLACED = b"144 0 0 28.8 20 60 cm"


def pixels(data: Callable[[], bytes], matrix: bytes = PLACED, **facts: Any) -> Plant:
    """A plant that shows the picture."""

    def make(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = {k: v(pdf) if callable(v) else v for k, v in facts.items()}
        return {"Im": image(pdf, data(), **made)}

    return content(matrix + b" /Im Do", XObject=make)
