"""The file made plain: nothing rides along into the release, and what was cut is handed on."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import numpy as np
import pikepdf
import pymupdf
import pypdfium2
import pytest

from redactor.pdf.apply import apply
from redactor.pdf.layout import compose
from redactor.pdf.sanitize import PAGE_KEYS, strip
from redactor.pdf.words import read_text_pages
from redactor.settings import Settings
from tests.conftest import make_pdf

CANARY = "Quillfeather"
SETTINGS = Settings()


def drawn(change: Callable[[pymupdf.Page], object]) -> bytes:
    with pymupdf.open(stream=make_pdf("plain words stay")) as document:
        change(document[0])
        return document.tobytes()


def edited(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(make_pdf("plain words stay"))) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def content(code: str) -> bytes:
    return edited(lambda pdf: pdf.pages[0].contents_add(code.encode()))


def in_catalog(**keys: pikepdf.Object) -> bytes:
    return edited(lambda pdf: [pdf.Root.__setattr__(k, v) for k, v in keys.items()])


def in_page(**keys: pikepdf.Object) -> bytes:
    return edited(lambda pdf: [pdf.pages[0].obj.__setattr__(k, v) for k, v in keys.items()])


def outlined(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(CANARY, 0))


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["n.txt"] = pikepdf.AttachedFileSpec(pdf, CANARY.encode(), filename=CANARY)


def described(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as meta:
        meta["dc:title"] = CANARY


def field(page: pymupdf.Page) -> None:
    widget = pymupdf.Widget()
    widget.field_type = pymupdf.PDF_WIDGET_TYPE_TEXT
    widget.field_name, widget.field_label, widget.field_value = CANARY, CANARY, CANARY
    widget.rect = pymupdf.Rect(60, 300, 300, 320)
    page.add_widget(widget)


def text(where: str) -> str:
    return f"BT /helv 11 Tf {where} ({CANARY}) Tj ET"


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(CANARY))
SECRET = pikepdf.String(CANARY)
# text that nobody sees on the page; no word of it may reach the release
CHANNELS: dict[str, Callable[[], bytes]] = {
    "bookmark": lambda: edited(outlined),
    "attachment": lambda: edited(attached),
    "XMP": lambda: edited(described),
    "author": lambda: edited(lambda pdf: pdf.docinfo.__setitem__("/Author", CANARY)),
    "script": lambda: in_catalog(OpenAction=SCRIPT),
    "page script": lambda: in_page(AA=pikepdf.Dictionary(O=SCRIPT)),
    "URI base": lambda: in_catalog(URI=pikepdf.Dictionary(Base=SECRET)),
    "private data": lambda: in_page(PieceInfo=pikepdf.Dictionary(A=pikepdf.Dictionary(Private=SECRET))),
    "unknown page key": lambda: in_page(Quill=SECRET),
    "language": lambda: in_catalog(Lang=SECRET),
    "structure tree": lambda: in_catalog(StructTreeRoot=pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Dictionary(S=pikepdf.Name.P, Alt=SECRET, ActualText=SECRET))),
    "ActualText": lambda: content(f"/Span <</ActualText ({CANARY})>> BDC EMC"),
    "tag name": lambda: content(f"/{CANARY} BMC EMC"),
    "unused resource": lambda: edited(lambda pdf: pdf.pages[0].add_resource(pdf.make_stream(CANARY.encode(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]), pikepdf.Name.XObject)),
    "off the page": lambda: content(text("1 0 0 1 60 3000 Tm")),
    "outside the crop box": lambda: edited(lambda pdf: (pdf.pages[0].contents_add(text("1 0 0 1 60 30 Tm").encode()), pdf.pages[0].obj.__setattr__("CropBox", pikepdf.Array([0, 100, 612, 792])))),
    "invisible": lambda: content(text("3 Tr 1 0 0 1 60 300 Tm")),
    "link": lambda: drawn(lambda p: p.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(9, 9, 99, 99), "uri": f"mailto:{CANARY}@a.example"})),
    "sticky note": lambda: drawn(lambda p: p.add_text_annot((60, 300), CANARY)),
    "foreign redaction": lambda: drawn(lambda p: p.add_redact_annot(pymupdf.Rect(60, 300, 300, 320), text=CANARY)),
}  # fmt: skip


def everything(data: bytes) -> Iterator[bytes]:
    """Raw bytes, decoded streams and strings of the file, and what PDFium reads."""
    yield data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            yield repr(thing).encode()
            if isinstance(thing, pikepdf.Stream):
                yield bytes(thing.read_raw_bytes())
                if thing.get("/Subtype") != "/Image":
                    yield bytes(thing.read_bytes())
    for page in pypdfium2.PdfDocument(data):
        yield page.get_textpage().get_text_bounded().encode()


def released(pdf: bytes) -> bytes:
    plain = strip(pdf).pdf
    return apply(plain, [], compose(read_text_pages(plain, SETTINGS)), SETTINGS).pdf


def gives_away(data: bytes) -> bool:
    utf16 = CANARY.encode("utf-16-be").lower()
    return any(CANARY.lower().encode() in b.lower() or utf16 in b.lower() for b in everything(data))


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_nobody_sees_does_not_reach_the_release(channel: str) -> None:
    """The file held it in that place, the release holds it nowhere, and the page's words stay."""
    source = CHANNELS[channel]()
    release = released(source)

    assert gives_away(source)
    assert not gives_away(release)
    shown = pypdfium2.PdfDocument(release)[0].get_textpage().get_text_bounded()
    assert "plain words stay" in shown


@pytest.mark.parametrize("channel", ["bookmark", "attachment", "author", "link", "sticky note"])
def test_what_is_taken_off_is_handed_on_and_counted(channel: str) -> None:
    """So that it is read before anything is decided."""
    stripped = strip(CHANNELS[channel]())

    assert any(CANARY in e.text for e in stripped.extras)
    assert sum(stripped.counts.values()) == len(stripped.extras)


def test_a_shown_field_becomes_a_word_of_the_page() -> None:
    """It can then be found and removed like any other; its value is handed on with its place."""
    stripped = strip(drawn(field))
    words = read_text_pages(stripped.pdf, SETTINGS)[0].words

    assert CANARY in [w.text for w in words]
    value = next(e for e in stripped.extras if e.channel == "field")
    assert value.box.x0 == pytest.approx(60, abs=2) and value.box.y0 == pytest.approx(300, abs=2)


@pytest.mark.parametrize("channel", CHANNELS)
def test_only_listed_keys_are_left(channel: str) -> None:
    """Whatever the file brought."""
    with pikepdf.open(io.BytesIO(strip(CHANNELS[channel]()).pdf)) as pdf:
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages", "/OCProperties"}
        assert set(pdf.pages[0].obj.keys()) <= PAGE_KEYS
        assert "/Info" not in pdf.trailer


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_page_looks_as_before(turn: int) -> None:
    """Rotation is undone in the file and not in the look; PDFium draws both."""
    with pymupdf.open(stream=make_pdf()) as document:
        document[0].set_rotation(turn)
        source = document.tobytes()

    before, after = (
        pypdfium2.PdfDocument(b)[0].render(grayscale=True).to_numpy().astype(int)
        for b in (source, strip(source).pdf)
    )

    assert before.shape == after.shape
    assert (np.abs(before - after) > 60).mean() < 0.005


def test_same_file_gives_the_same_bytes() -> None:
    """From the file as it came to the release."""
    source = drawn(field)

    assert strip(source).pdf == strip(source).pdf
    assert released(source) == released(source)


def test_cutting_to_the_page_never_takes_what_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where MuPDF's cut would change the look of a page the file stays uncut."""
    with pymupdf.open() as document:
        document.new_page().insert_text((60, 80), "Milo came without a coat.", fontsize=14)
        pdf = document.tobytes()
    monkeypatch.setattr(pymupdf.Page, "clip_to_rect", lambda page, _: _wipe(page))

    with pymupdf.open(stream=strip(pdf).pdf) as document:
        assert "Milo" in document[0].get_text()


def _wipe(page: pymupdf.Page) -> None:
    """What the cut was seen to do to a real file."""
    page.parent.update_stream(page.get_contents()[0], b"q Q")
