"""Every way in which a PDF is known to give away what was redacted, each as a named attack.

An attack plants the canary in one channel of a file. ``test_channels`` plants it in a case file,
whose release must not give it away, and in a sound release, which the verifier must then refuse.
The groups and the order are those of the published failures; SECURITY.md lists them.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.leak.planting import (
    CANARY,
    HIGH,
    PLACED,
    WIDE,
    C,
    Plant,
    annotation,
    content,
    encoded,
    field,
    form,
    helvetica,
    image,
    javascript,
    key,
    picture,
    pixels,
    shown,
    text_stream,
    with_mupdf,
    with_pikepdf,
)


@dataclass(frozen=True)
class Attack:
    """One channel: its group, its name, and how the canary gets in."""

    group: str
    name: str
    plant: Plant


ATTACKS: list[Attack] = []


def attack(group: str, name: str, plant: Plant) -> None:
    """Register an attack."""
    ATTACKS.append(Attack(group, name, plant))


# ---------------------------------------------------------------- page text
text = partial(attack, "page text")
BLACK = b" 0 g 18 56 100 16 re f"


def state(**facts: Any) -> Callable[[pikepdf.Pdf], dict[str, Any]]:
    """A graphics state ``/G``."""
    return lambda pdf: {"G": Dictionary(Type=Name.ExtGState, **facts)}


def layer(pdf: pikepdf.Pdf, name: str = "Notes") -> dict[str, Any]:
    """A hidden layer ``/L``."""
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([group]), D=Dictionary(OFF=Array([group]), Order=Array([group]))
    )
    return {"L": group}


def in_hidden_form(pdf: pikepdf.Pdf) -> dict[str, Any]:
    made = form(pdf, shown())
    made.OC = layer(pdf)["L"]
    return {"X": made}


def tagged(marks: bytes, /, parent: bool = False, **element: str) -> Plant:
    """Tagged content whose element, or the element above it, carries text."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        said = {k: String(v) for k, v in element.items()}
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        above = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, P=root))
        leaf = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.P, P=above, Pg=page.obj, K=0)
        )
        for name, value in said.items():
            (above if parent else leaf)[f"/{name}"] = value
        above.K, root.K = leaf, above
        root.ParentTree = Dictionary(Nums=Array([0, Array([leaf])]))
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
        page.obj.StructParents = 0
        code = b"/P <</MCID 0>> BDC\n" + marks + b"\nEMC"
        pdf.pages[0].contents_add(code)

    plant = with_pikepdf(change)
    return lambda data: plant(content(b"")(data))


def fonted(change: Callable[[pikepdf.Pdf, Any], None]) -> Plant:
    """The canary in an embedded font, then the font changed."""

    def write(_: pymupdf.Document, page: pymupdf.Page) -> None:
        page.insert_font("Emb", fontbuffer=pymupdf.Font("helv").buffer)
        page.insert_text((20, HIGH - 60), CANARY, fontname="Emb", fontsize=11)

    def edit(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            if font.get("/Subtype") == "/Type0":
                change(pdf, font)

    return lambda data: with_pikepdf(edit)(with_mupdf(write)(data))


def shifted(pdf: pikepdf.Pdf, font: Any) -> None:
    """A map to Unicode that says the letter after the one that is shown."""
    mapped(pdf, font, lambda c: b"%04X" % (ord(c) + 1))


def interspersed(pdf: pikepdf.Pdf, font: Any) -> None:
    """A map to Unicode that says a zero-width space after each letter."""
    mapped(pdf, font, lambda c: b"%04X200B" % ord(c))


def mapped(pdf: pikepdf.Pdf, font: Any, said: Callable[[str], bytes]) -> None:
    """A map to Unicode by a rule of its own."""
    lines = b"".join(
        b"<%04X> <%s>\n" % (pymupdf.Font("helv").has_glyph(ord(c)), said(c))
        for c in sorted(set(CANARY))
    )
    count = len(set(CANARY))
    font.ToUnicode = pdf.make_stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"%d beginbfchar\n%sendbfchar endcmap end end" % (count, lines)
    )


def unmapped(_: pikepdf.Pdf, font: Any) -> None:
    if "/ToUnicode" in font:
        del font["/ToUnicode"]


def scattered(order: Callable[[list[int]], list[int]]) -> bytes:
    letters = order(list(range(len(CANARY))))
    return (
        b"BT /F 11 Tf "
        + b" ".join(b"1 0 0 1 %d 60 Tm (%s) Tj" % (20 + 7 * n, CANARY[n].encode()) for n in letters)
        + b" ET"
    )


def glyph_font(code: bytes, resources: Callable[[pikepdf.Pdf], Any]) -> Callable[..., Any]:
    """A Type 3 font ``/T3`` whose letter A is drawn by ``code``."""

    def make(pdf: pikepdf.Pdf) -> dict[str, Any]:
        proc = pdf.make_stream(b"1000 0 d0 " + code)
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000],
            FontMatrix=Array([1, 0, 0, 1, 0, 0]), FirstChar=65, LastChar=65, Widths=Array([100]),
            CharProcs=Dictionary(A=proc), Resources=resources(pdf),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name.A])),
        )  # fmt: skip
        return {"T3": pdf.make_indirect(font)}

    return make


def pattern(draw: Callable[[pikepdf.Pdf], tuple[bytes, Any]]) -> Callable[..., Any]:
    """A tiling pattern ``/Pt`` of one tile."""

    def make(pdf: pikepdf.Pdf) -> dict[str, Any]:
        code, resources = draw(pdf)
        tile = pdf.make_stream(code)
        facts = {"Type": Name.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1,
                 "BBox": Array([0, 0, WIDE, HIGH]), "XStep": WIDE, "YStep": HIGH,
                 "Resources": resources}  # fmt: skip
        for name, value in facts.items():
            tile[f"/{name}"] = value
        return {"Pt": tile}

    return make


def soft_masked(draw: Callable[[pikepdf.Pdf], Any]) -> Callable[..., Any]:
    """A graphics state ``/G`` with a group as its soft mask."""

    def make(pdf: pikepdf.Pdf) -> dict[str, Any]:
        group = draw(pdf)
        group.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group)
        return {"G": Dictionary(Type=Name.ExtGState, SMask=mask)}

    return make


def outlined(document: pymupdf.Document, page: pymupdf.Page) -> None:
    """The canary drawn as paths."""
    with pymupdf.open() as other:
        drawn = other.new_page(width=WIDE, height=40)
        drawn.insert_text((20, 25), CANARY, fontsize=14)
        svg = drawn.get_svg_image(text_as_path=True)
    with pymupdf.open("pdf", pymupdf.open("svg", svg.encode()).convert_to_pdf()) as paths:
        page.show_pdf_page(pymupdf.Rect(0, 90, WIDE, 130), paths, 0)


def ligature(_: pymupdf.Document, page: pymupdf.Page) -> None:
    page.insert_font("Emb", fontbuffer=pymupdf.Font("tiro").buffer)
    page.insert_text((20, HIGH - 60), "Quillgri\ufb03n", fontname="Emb", fontsize=11)


def fonts(pdf: pikepdf.Pdf) -> Any:
    return Dictionary(Font=Dictionary(F=helvetica(pdf)))


def page_key(name: str, value: Any) -> Plant:
    plant = content(shown())
    return lambda data: key("page", name, lambda _: value)(plant(data))


def split_streams(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"BT /F 11 Tf 20 60 Td (%s) Tj" % C[:5])
    page.contents_add(b"(%s) Tj ET" % C[5:])


text("text under a drawn box", content(shown() + BLACK))
text(
    "text under an image",
    content(shown() + b" q 100 0 0 16 18 56 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q"),
)
text(
    "text under a square annotation",
    lambda d: annotation(Subtype=Name.Square, IC=[0, 0, 0], C=[0, 0, 0])(content(shown())(d)),
)
text(
    "somebody else's box over half a line",
    content(b"BT /F 11 Tf 20 60 Td (Mina ) Tj (%s) Tj ET 0 g 44 56 100 16 re f" % C),
)
text("invisible text", content(shown(code=b"3 Tr")))
text("transparent text", content(b"/G gs " + shown(), ExtGState=state(ca=0)))
text("white text", content(b"1 g " + shown()))
text("text of no size", content(shown(size=0.05)))
text("text as a clip", content(shown(code=b"7 Tr")))
text("text clipped away", content(b"0 0 5 5 re W n " + shown()))
text("text under an empty clip", content(b"0 0 0 0 re W n " + shown()))
text("text outside the media box", content(shown(at=(20, 900))))
text("text outside the crop box", page_key("CropBox", Array([0, 75, WIDE, HIGH])))
text("text in a hidden layer", content(b"/OC /L BDC " + shown() + b" EMC", Properties=layer))
text("a form in a hidden layer", content(b"/X Do", XObject=in_hidden_form))
text("the name of a layer", with_pikepdf(lambda pdf: layer(pdf, CANARY)))
text("actual text of a tagged word", tagged(shown(), ActualText=CANARY))
text(
    "actual text of tagged other words",
    tagged(b"BT /F 11 Tf 20 60 Td (Reporter:) Tj ET", ActualText=f"Reporter: {CANARY}"),
)
text("alternative text of an element above", tagged(shown(), parent=True, Alt=CANARY))
text("expansion of an element", tagged(shown(), E=CANARY))
text("title of an element", tagged(shown(), parent=True, T=CANARY))
text("identifier of an element", tagged(shown(), ID=CANARY))
text(
    "actual text within the content",
    content(b"/Span <</ActualText (%s)>> BDC BT /F 11 Tf 20 60 Td (who) Tj ET EMC" % C),
)
text(
    "actual text in a property list",
    content(
        b"/Span /M BDC BT /F 11 Tf 20 60 Td (who) Tj ET EMC",
        Properties=lambda _: {"M": Dictionary(ActualText=String(CANARY))},
    ),
)
text("actual text that lies", content(b"/Span <</ActualText (weather)>> BDC " + shown() + b" EMC"))
text("a font without a map to Unicode", fonted(unmapped))
text("a font with a false map to Unicode", fonted(shifted))
text(
    "letters set apart",
    content(b"BT /F 11 Tf 20 60 Td (%s) Tj ET" % b" ".join(bytes([c]) for c in C)),
)
text("no-break spaces within", content(b"BT /F 11 Tf 20 60 Td (Quill\xa0grif\xa0fin) Tj ET"))
text("soft hyphens within", content(b"BT /F 11 Tf 20 60 Td (Quill\xadgrif\xadfin) Tj ET"))
text("single letters in another order", content(scattered(lambda n: [*n[1::2], *n[::2]])))
text("letters from right to left", content(scattered(lambda n: n[::-1])))
text("zero-width spaces within", fonted(interspersed))
text(
    "letters one below the other",
    content(
        b"BT /F 8 Tf "
        + b" ".join(b"1 0 0 1 250 %d Tm (%c) Tj" % (145 - 10 * n, c) for n, c in enumerate(C))
        + b" ET"
    ),
)
text(
    "letters without width",
    content(
        b"BT /Z 11 Tf " + scattered(list)[8:],
        Font=lambda pdf: {"Z": helvetica(pdf, FirstChar=32, LastChar=126, Widths=Array([0] * 95))},
    ),
)
text(
    "a name over two lines",
    content(b"BT /F 11 Tf 13 TL 20 75 Td (it was Quillgrif-) Tj T* (fin who called) Tj ET"),
)
text(
    "a name in two fonts",
    content(
        b"BT /F 11 Tf 20 60 Td (%s) Tj /B 11 Tf (%s) Tj ET" % (C[:5], C[5:]),
        Font=lambda pdf: {"B": helvetica(pdf, BaseFont=Name("/Helvetica-Bold"))},
    ),
)
text("a name in two streams", lambda d: with_pikepdf(split_streams)(content(b"")(d)))
text(
    "a form within a form",
    content(
        b"/X Do",
        XObject=lambda pdf: {
            "X": form(pdf, b"/Y Do", Resources=Dictionary(XObject=Dictionary(Y=form(pdf, shown()))))
        },
    ),
)
text(
    "a form used twice",
    content(b"/X Do q 1 0 0 1 120 0 cm /X Do Q", XObject=lambda pdf: {"X": form(pdf, shown())}),
)
text("bold by printing twice", content(shown() + shown(at=(20.3, 60))))
text("text at right angles", content(b"BT /F 11 Tf 0 1 -1 0 150 40 Tm (%s) Tj ET" % C))
text("slanting text", content(b"BT /F 11 Tf .7071 .7071 -.7071 .7071 150 40 Tm (%s) Tj ET" % C))
for angle in (90, 180, 270):
    text(f"a page turned by {angle} degrees", page_key("Rotate", angle))
text("a media box upside down", page_key("MediaBox", Array([WIDE, HIGH, 0, 0])))
text("a media box below zero", page_key("MediaBox", Array([-40, -40, WIDE, HIGH])))
text("a page in another unit", page_key("UserUnit", 2))
text("an unbalanced state", content(b"q q 1 0 0 1 5 5 cm " + shown()))
text("a ligature", with_mupdf(ligature))
text("an accent", content(b"BT /F 11 Tf 20 60 Td (Quillgriff\xedn) Tj ET"))
text("capitals", content(b"BT /F 11 Tf 20 60 Td (%s) Tj ET" % C.upper()))
text(
    "text in the glyph of a drawn font",
    content(b"BT /T3 1 Tf 20 60 Td (A) Tj ET", Font=glyph_font(shown((0, 0)), fonts)),
)
text(
    "text in a pattern",
    content(
        b"/Pattern cs /Pt scn 0 0 300 90 re f", Pattern=pattern(lambda pdf: (shown(), fonts(pdf)))
    ),
)
text(
    "text in a soft mask",
    content(
        b"/G gs 0 g 0 40 300 50 re f",
        ExtGState=soft_masked(lambda pdf: form(pdf, b"1 g " + shown(size=16))),
    ),
)
text(
    "text on a shading",
    content(
        b"q 0 50 300 30 re W n /Sh sh Q 0 g " + shown(),
        Shading=lambda _: {
            "Sh": Dictionary(
                ShadingType=2,
                ColorSpace=Name.DeviceRGB,
                Coords=Array([0, 0, 300, 0]),
                Function=Dictionary(
                    FunctionType=2,
                    Domain=Array([0, 1]),
                    C0=Array([1, 1, 0.6]),
                    C1=Array([0.6, 1, 1]),
                    N=1,
                ),
            )
        },
    ),
)
text("text drawn as outlines", with_mupdf(outlined))
text(
    "kerning of single letters",
    content(
        b"BT /F 11 Tf 20 60 Td [%s] TJ ET"
        % b" ".join(b"(%c) %d" % (c, 11 * n) for n, c in enumerate(C))
    ),
)
text(
    "letters of a font cut to size",
    fonted(lambda _, font: font.__setattr__("BaseFont", Name(f"/ABCDEF+{CANARY}"))),
)
text(
    "the name of a font",
    content(b"BT /X 11 Tf ET", Font=lambda pdf: {"X": helvetica(pdf, BaseFont=Name(f"/{CANARY}"))}),
)
text(
    "the key of a font", content(b"BT /%s 11 Tf ET" % C, Font=lambda pdf: {CANARY: helvetica(pdf)})
)
text(
    "the name of an ink",
    content(
        b"/S1 cs 1 scn 20 60 9 9 re f",
        ColorSpace=lambda _: {
            "S1": Array(
                [
                    Name.Separation,
                    Name(f"/{CANARY}"),
                    Name.DeviceGray,
                    Dictionary(
                        FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([0]), N=1
                    ),
                ]
            )
        },
    ),
)
text("the tag of marked content", content(b"/%s BMC EMC" % C))
text(
    "the key of an object",
    content(b"/%s Do" % C, XObject=lambda pdf: {CANARY: form(pdf, b"0 0 5 5 re f")}),
)

# ---------------------------------------------------------------- images
images = partial(attack, "images")


def flate(mode: str = "L") -> Callable[[], bytes]:
    return lambda: picture(mode).tobytes()


def on_two_pages(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=(WIDE, HIGH))
    pdf.pages[-1].obj.Resources = pdf.pages[0].obj.Resources
    pdf.pages[-1].contents_add(PLACED + b" /Im Do")


def with_exif() -> bytes:
    exif = picture().getexif()
    exif[0x010E] = CANARY
    return encoded("JPEG", exif=exif)


def jpeg_of_nothing(data: Callable[[], bytes], **facts: Any) -> Plant:
    """A picture beside the page's words, whose object says more than it shows."""
    return pixels(data, matrix=b"20 0 0 20 270 8 cm", Filter=Name.DCTDecode, **facts)


def plain_jpeg(**options: Any) -> bytes:
    out = io.BytesIO()
    picture().point(lambda _: 255).save(out, "JPEG", **options)
    return out.getvalue()


def inline(data: bytes) -> bytes:
    code = PLACED + b" BI /W 400 /H 80 /BPC 1 /CS /G ID " + picture("1").tobytes() + b" EI"
    return content(code)(data)


def ccitt() -> bytes:
    with Image.open(
        io.BytesIO(encoded("TIFF", "1", compression="group4", strip_size=9999))
    ) as tiff:
        start, size = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    raw = encoded("TIFF", "1", compression="group4", strip_size=9999)
    return raw[start : start + size]


SPREAD = Array([0, 1])
images("packed grey pixels", pixels(flate()))
images("colour pixels", pixels(flate("RGB"), ColorSpace=Name.DeviceRGB))
images("grey JPEG", pixels(lambda: encoded("JPEG"), Filter=Name.DCTDecode))
images(
    "colour JPEG",
    pixels(lambda: encoded("JPEG", "RGB"), Filter=Name.DCTDecode, ColorSpace=Name.DeviceRGB),
)
images(
    "CMYK JPEG",
    pixels(lambda: encoded("JPEG", "CMYK"), Filter=Name.DCTDecode, ColorSpace=Name.DeviceCMYK),
)
images("JPEG 2000", pixels(lambda: encoded("JPEG2000"), Filter=Name.JPXDecode))
images(
    "fax",
    pixels(
        ccitt,
        Filter=Name.CCITTFaxDecode,
        BitsPerComponent=1,
        DecodeParms=Dictionary(K=-1, Columns=400, Rows=80, BlackIs1=False),
    ),
)
images("one bit a pixel", pixels(flate("1"), BitsPerComponent=1))
images(
    "sixteen bits a pixel",
    pixels(lambda: b"".join(bytes([v, v]) for v in picture().tobytes()), BitsPerComponent=16),
)
images(
    "a colour table",
    pixels(
        lambda: bytes(v > 127 for v in picture().tobytes()),
        ColorSpace=Array([Name.Indexed, Name.DeviceGray, 1, String("\x00\xff")]),
    ),
)
images(
    "one ink of its own",
    pixels(
        flate(),
        ColorSpace=Array(
            [
                Name.Separation,
                Name.Spot,
                Name.DeviceGray,
                Dictionary(FunctionType=2, Domain=SPREAD, C0=Array([0]), C1=Array([1]), N=1),
            ]
        ),
    ),
)
images(
    "a stencil",
    pixels(
        lambda: bytes(255 - b for b in picture("1").tobytes()),
        ImageMask=True,
        BitsPerComponent=1,
        ColorSpace=None,
        Decode=Array([1, 0]),
    ),
)
images("a colour key", pixels(flate(), Mask=Array([250, 255])))
images(
    "a soft mask",
    pixels(
        lambda: bytes(400 * 80),
        SMask=lambda pdf: image(pdf, bytes(255 - v for v in picture().tobytes())),
    ),
)
images("an image within the content", inline)
images("a turned image", pixels(flate(), matrix=b"0 100 -20 0 260 40 cm"))
images(
    "a mirrored image set right",
    pixels(lambda: picture().transpose(0).tobytes(), matrix=b"-144 0 0 28.8 164 60 cm"),
)
images(
    "an image within a form",
    content(
        b"/X Do",
        XObject=lambda pdf: {
            "X": form(
                pdf,
                PLACED + b" /Im Do",
                Resources=Dictionary(XObject=Dictionary(Im=image(pdf, flate()()))),
            )
        },
    ),
)
images("the same image on another page", lambda d: with_pikepdf(on_two_pages)(pixels(flate())(d)))
images(
    "an image in a pattern",
    content(
        b"/Pattern cs /Pt scn 0 0 300 90 re f",
        Pattern=pattern(
            lambda pdf: (
                PLACED + b" /Im Do",
                Dictionary(XObject=Dictionary(Im=image(pdf, flate()()))),
            )
        ),
    ),
)
images(
    "an image in a soft mask",
    content(
        b"/G gs 0 g 0 40 300 60 re f",
        ExtGState=soft_masked(
            lambda pdf: form(
                pdf,
                PLACED + b" /Im Do",
                Resources=Dictionary(
                    XObject=Dictionary(Im=image(pdf, bytes(255 - v for v in picture().tobytes())))
                ),
            )
        ),
    ),
)
images("EXIF of a JPEG", jpeg_of_nothing(with_exif))
images("a comment in a JPEG", jpeg_of_nothing(lambda: plain_jpeg(comment=C)))
images(
    "alternates of an image",
    jpeg_of_nothing(
        plain_jpeg, Alternates=lambda pdf: Array([Dictionary(Image=image(pdf, flate()()))])
    ),
)
images(
    "metadata of an image",
    jpeg_of_nothing(
        plain_jpeg, Metadata=lambda pdf: text_stream(pdf, Type=Name.Metadata, Subtype=Name.XML)
    ),
)
images(
    "private data of an image",
    jpeg_of_nothing(plain_jpeg, PieceInfo=Dictionary(X=Dictionary(Private=String(CANARY)))),
)
images("the name of an image", jpeg_of_nothing(plain_jpeg, Name=Name(f"/{CANARY}")))
images(
    "a thumbnail of the page",
    key(
        "page",
        "Thumb",
        lambda pdf: text_stream(
            pdf, Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8
        ),
    ),
)
images(
    "an object of the resources that nothing shows",
    content(b"", XObject=lambda pdf: {"X": form(pdf, shown())}),
)

# ---------------------------------------------------------------- forms, notes, actions
forms = partial(attack, "forms, notes, actions")


def appearance(pdf: pikepdf.Pdf) -> Any:
    made = form(pdf, shown((2, 5)))
    made.BBox = Array([0, 0, 140, 20])
    return Dictionary(N=made)


def hidden_states(pdf: pikepdf.Pdf) -> Any:
    off, on = form(pdf, b""), form(pdf, shown((2, 5)))
    return Dictionary(N=Dictionary(**{"Off": off, CANARY: on}))


def no_widget(pdf: pikepdf.Pdf) -> None:
    lone = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("f"), V=String(CANARY)))
    pdf.Root.AcroForm = Dictionary(Fields=Array([lone]))


def xfa(pdf: pikepdf.Pdf) -> None:
    no_widget(pdf)
    pdf.Root.AcroForm.XFA = text_stream(pdf)
    pdf.Root.AcroForm.Fields[0].V = String("x")


def signed(pdf: pikepdf.Pdf) -> None:
    facts = {k: String(CANARY) for k in ("Name", "Reason", "Location", "ContactInfo")}
    signature = pdf.make_indirect(Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), **facts))
    pdf.Root.Perms = Dictionary(DocMDP=signature)


def embedded(pdf: pikepdf.Pdf) -> Any:
    stream = text_stream(pdf, Type=Name.EmbeddedFile)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec, F=String("n.txt"), UF=String("n.txt"), EF=Dictionary(F=stream)
        )
    )


def names(kind: str, value: Callable[[pikepdf.Pdf], Any]) -> Plant:
    def change(pdf: pikepdf.Pdf) -> None:
        tree = Dictionary(Names=Array([String("a"), value(pdf)]))
        pdf.Root.Names = Dictionary(**{kind: tree})

    return with_pikepdf(change)


def link(action: Callable[[pikepdf.Pdf], Any]) -> Plant:
    return annotation(Subtype=Name.Link, A=action)


forms("the value of a field, with its picture", field(V=String(CANARY), AP=appearance))
forms("the value of a field, without one", field(V=String(CANARY)))
forms("the default of a field", field(DV=String(CANARY)))
forms("the tip of a field", field(TU=String(CANARY)))
forms("the export name of a field", field(TM=String(CANARY)))
forms("the name of a field", field(T=String(CANARY)))
forms(
    "choices of a field",
    field(FT=Name.Ch, Opt=Array([String("one"), String(CANARY)]), V=String("one")),
)
forms(
    "the name of a checkbox's state", field(FT=Name.Btn, AP=hidden_states, AS=Name.Off, V=Name.Off)
)
forms("a field without a place", with_pikepdf(no_widget))
forms("a script of a field", field(AA=lambda pdf: Dictionary(K=javascript(pdf))))
forms("form data beside the pages", with_pikepdf(xfa))
forms("a signature", with_pikepdf(signed))
forms("a note", annotation(Subtype=Name.Text, Contents=String(CANARY), T=String("x")))
forms("the author of a note", annotation(Subtype=Name.Text, Contents=String("x"), T=String(CANARY)))
forms("a popup", annotation(Subtype=Name.Popup, Contents=String(CANARY)))
forms(
    "rich text of a note",
    annotation(Subtype=Name.Text, RC=String(f"<body>{CANARY}</body>"), Contents=String("x")),
)
forms(
    "a highlight that copies its text",
    annotation(
        Subtype=Name.Highlight,
        Contents=String(CANARY),
        QuadPoints=Array([20, 80, 140, 80, 20, 60, 140, 60]),
    ),
)
forms(
    "free text",
    annotation(Subtype=Name.FreeText, Contents=String(CANARY), DA=String("/Helv 10 Tf 0 g")),
)
forms("a stamp", annotation(Subtype=Name.Stamp, AP=appearance, Contents=String("x")))
forms("another look of a note", annotation(Subtype=Name.Text, AP=hidden_states, AS=Name.Off))
forms(
    "a hidden note", annotation(Subtype=Name.FreeText, F=2, Contents=String(CANARY), AP=appearance)
)
forms(
    "a note for the printer alone",
    annotation(Subtype=Name.FreeText, F=36, Contents=String("x"), AP=appearance),
)
forms(
    "somebody else's mark for redaction",
    annotation(
        Subtype=Name.Redact,
        OverlayText=String(CANARY),
        QuadPoints=Array([20, 80, 140, 80, 20, 60, 140, 60]),
        Contents=String(CANARY),
    ),
)
forms(
    "an attached file on the page",
    annotation(Subtype=Name.FileAttachment, FS=embedded, Contents=String("x")),
)
forms("an attached file", names("EmbeddedFiles", embedded))
forms("an associated file", key("catalog", "AF", lambda pdf: Array([embedded(pdf)])))
forms(
    "a portfolio",
    lambda d: key(
        "catalog",
        "Collection",
        lambda _: Dictionary(Schema=Dictionary(X=Dictionary(N=String(CANARY)))),
    )(names("EmbeddedFiles", embedded)(d)),
)
forms(
    "a link to an address",
    link(lambda _: Dictionary(S=Name.URI, URI=String(f"mailto:{CANARY}@larkin.example"))),
)
forms(
    "a link that starts a file",
    link(lambda _: Dictionary(S=Name.Launch, F=String(f"/home/{CANARY}/n.doc"))),
)
forms(
    "a chain of actions",
    link(lambda pdf: Dictionary(S=Name.Named, N=Name.NextPage, Next=javascript(pdf))),
)
forms("a script by name", names("JavaScript", javascript))
forms("a script on opening", key("catalog", "OpenAction", javascript))
forms(
    "a script on opening, by reference",
    key("catalog", "OpenAction", lambda pdf: pdf.make_indirect(javascript(pdf))),
)
forms("a script of the page", key("page", "AA", lambda pdf: Dictionary(O=javascript(pdf))))
forms("a script of the document", key("catalog", "AA", lambda pdf: Dictionary(WC=javascript(pdf))))

# ---------------------------------------------------------------- document and file
files = partial(attack, "document and file")


def outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as tree:
        tree.root.append(pikepdf.OutlineItem(CANARY, 0))


def dictionary(**facts: Any) -> Callable[[pikepdf.Pdf], Any]:
    return lambda _: Dictionary(**facts)


def later_revision(data: bytes) -> bytes:
    """The canary on the page, then a second revision in which the page is another."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(content(shown())(data))
        with pymupdf.open(path) as document:
            document.update_stream(document[0].get_contents()[-1], b" ")
            document.saveIncr()
        return path.read_bytes()


def unreferenced(data: bytes) -> bytes:
    """An object in the table that nothing leads to."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        number = document.get_new_xref()
        document.update_object(number, f"<</A ({CANARY})>>")
        return bytes(document.tobytes(garbage=0))


def owned(data: bytes) -> bytes:
    with pymupdf.open(stream=content(shown())(data), filetype="pdf") as document:
        return bytes(
            document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw=CANARY, user_pw="")
        )


def behind_a_stream(data: bytes) -> bytes:
    head, found, tail = data.rpartition(b"endstream")
    return head + found + b"\n%" + C + b"\n" + tail


XMP = partial(text_stream, Type=Name.Metadata, Subtype=Name.XML)
files("the title", key("info", "Title", lambda _: String(CANARY)))
files("the author", key("info", "Author", lambda _: String(CANARY)))
files("a fact of somebody's own", key("info", "CaseWorkerNote", lambda _: String(CANARY)))
files("metadata of the document", key("catalog", "Metadata", XMP))
files("metadata of the page", key("page", "Metadata", XMP))
files(
    "metadata of a font",
    content(b"BT /X 11 Tf ET", Font=lambda pdf: {"X": helvetica(pdf, Metadata=XMP(pdf))}),
)
files("a bookmark", with_pikepdf(outline))
files(
    "the name of a destination",
    key(
        "catalog", "Dests", lambda pdf: Dictionary(**{CANARY: Array([pdf.pages[0].obj, Name.Fit])})
    ),
)
files(
    "a page label",
    key("catalog", "PageLabels", dictionary(Nums=Array([0, Dictionary(P=String(CANARY))]))),
)
files(
    "an article thread",
    key("catalog", "Threads", lambda _: Array([Dictionary(I=Dictionary(Title=String(CANARY)))])),
)
files("a page template", names("Templates", lambda pdf: form(pdf, shown())))
files(
    "the base of links", key("catalog", "URI", dictionary(Base=String(f"http://{CANARY}.example/")))
)
files("legal attestation", key("catalog", "Legal", dictionary(Attestation=String(CANARY))))
files("the language", key("catalog", "Lang", lambda _: String(CANARY)))
files(
    "an output intent",
    key(
        "catalog",
        "OutputIntents",
        lambda _: Array(
            [
                Dictionary(
                    S=Name.GTS_PDFX, Info=String(CANARY), OutputConditionIdentifier=String("x")
                )
            ]
        ),
    ),
)
files(
    "parts of a print job",
    key(
        "catalog",
        "DPartRoot",
        dictionary(DPartRootNode=Dictionary(DPM=Dictionary(Client=String(CANARY)))),
    ),
)
files(
    "a viewport",
    key("page", "VP", lambda _: Array([Dictionary(BBox=Array([0, 0, 9, 9]), Name=String(CANARY))])),
)
files(
    "private data of a program",
    key("catalog", "PieceInfo", dictionary(X=Dictionary(Private=String(CANARY)))),
)
files("an unknown key of the catalog", key("catalog", "XNote", lambda _: String(CANARY)))
files("an unknown key of the page", key("page", "XNote", lambda _: String(CANARY)))
files("an unknown key of the trailer", key("trailer", "XNote", lambda _: String(CANARY)))
files("an older revision", later_revision)
files("an object that nothing leads to", unreferenced)
files("a comment between objects", lambda d: d.replace(b"startxref", b"%" + C + b"\nstartxref", 1))
files("bytes before the header", lambda d: C + b"\n" + d)
files("bytes behind the end", lambda d: d + b"\n" + C + b"\n")
files("bytes behind a stream", behind_a_stream)
files("an encrypted file", owned)

assert len({a.name for a in ATTACKS}) == len(ATTACKS)
