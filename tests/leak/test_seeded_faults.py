"""A sound release with one leak put back: the verifier must catch every one of them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pikepdf
import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from redactor.settings import Settings
from redactor.types import Box
from redactor.verify import Protected, verify, verify_beside
from redactor.verify.match import Matcher
from redactor.verify.pages import Pages
from tests.conftest import make_pdf
from tests.leak.sound import sound

CANARY = "Quillfeather"
NAME = f"Mina {CANARY}"
FILE = make_pdf(f"Reporter: {NAME}, teacher", "Milo came without a coat.")
SETTINGS = Settings(render="pixels")


MADE, EXPECTED = sound(FILE, NAME, SETTINGS)
RELEASE = MADE.pdf


def edited(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(RELEASE)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def drawn(change: Callable[[pymupdf.Page], None]) -> bytes:
    with pymupdf.open(stream=RELEASE) as document:
        change(document[0])
        return document.tobytes()


def add_content(code: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_add(code)

    return change


def say(where: str, value: pikepdf.Object) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        targets: dict[str, Callable[[], pikepdf.Object]] = {
            "catalog": lambda: pdf.Root,
            "page": lambda: pdf.pages[0].obj,
            "image": lambda: pdf.pages[0].images["/P"],
        }
        targets[where]()["/Secret"] = value

    return change


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["n.txt"] = pikepdf.AttachedFileSpec(pdf, CANARY.encode(), filename="n.txt")


def bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(CANARY, 0))


def metadata(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as meta:
        meta["dc:title"] = CANARY


def author(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = CANARY


def white_image(pdf: pikepdf.Pdf) -> None:
    image = pdf.pages[0].images["/P"]
    image.write(b"\xff" * (image.Height * ((image.Width + 1) // 2)))


def scripted(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def layered(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array(), D=pikepdf.Dictionary(Name=pikepdf.String(CANARY))
    )


def image_of(draw: Callable[[ImageDraw.ImageDraw], None], base: Image.Image | None = None) -> bytes:
    """The release with something drawn into the picture of its page."""
    image = (base or Image.fromarray(Pages(RELEASE).picture(0, 200))).copy()
    draw(ImageDraw.Draw(image))

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].images["/P"]
        stream.write(image.tobytes(), filter=None)
        stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, 8

    return edited(change)


def only_covered() -> bytes:
    """The page as it was, with rectangles drawn over it: pixels stay in the image object."""
    boxes = b"".join(
        b"%f %f %f %f re f " % (x.x0, 792 - x.y1, x.width, x.height) for x in EXPECTED.boxes
    )
    was = Image.fromarray(Pages(EXPECTED.before).picture(0, 200))
    with pikepdf.open(io.BytesIO(image_of(lambda _: None, was))) as pdf:
        pdf.pages[0].contents_add(b"q 0 g " + boxes + b"Q")
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def lost_object(text: bytes) -> bytes:
    """An object that no cross-reference table knows, as a careless save leaves it."""
    body = b"99 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(text), text)
    head, found, tail = RELEASE.rpartition(b"xref\n0 ")
    return head + body + found + tail


def jpeg_with_comment(pdf: pikepdf.Pdf) -> None:
    out = io.BytesIO()
    Image.fromarray(Pages(RELEASE).picture(0, 200)).save(out, "JPEG", comment=CANARY.encode())
    stream = pdf.pages[0].images["/P"]
    stream.write(out.getvalue(), filter=pikepdf.Name.DCTDecode)
    stream.Width, stream.Height = Image.open(out).size
    stream.BitsPerComponent = 8


def form(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"BT /T 9 Tf (%s) Tj ET" % CANARY.encode())
    stream.Type, stream.Subtype, stream.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 9, 9]
    if "/XObject" not in pdf.pages[0].Resources:
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary()
    pdf.pages[0].Resources.XObject.Q = stream


def drawing_font(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.Font.T.Subtype = pikepdf.Name.Type3


def titled(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Report on the neighbour"


def unused(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources["/Font"]["/Longername"] = pdf.pages[0].Resources.Font.T


def white_out(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((100, 250, 900, 320), fill=255)  # the second line, which must stay


def slipped(draw: ImageDraw.ImageDraw) -> None:
    box, zoom = EXPECTED.boxes[0], 200 / 72
    draw.rectangle([v * zoom for v in (box.x0, box.y0, box.x0 + 5, box.y1)], fill=255)


TYPED = b"BT 3 Tr /T 10 Tf 1 0 0 1 60 300 Tm (%s) Tj ET"
# name of the fault -> the release with it, and the check that must see it
FAULTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "invisible text": (lambda: edited(add_content(TYPED % CANARY.encode())), "text"),
    "letters set apart": (lambda: edited(add_content(TYPED % " ".join(CANARY).encode())), "text"),
    "most of a name": (lambda: edited(add_content(TYPED % CANARY[:9].encode())), "text"),
    "a surname alone": (lambda: edited(add_content(TYPED % b"Mina Quillfeather")), "typed"),
    "text under its box": (lambda: drawn(lambda p: p.insert_text((EXPECTED.removed[1].x0 + 4, EXPECTED.removed[1].y1 - 3), CANARY, fontsize=9)), "under_boxes"),
    "white text": (lambda: drawn(lambda p: p.insert_text((60, 500), CANARY, color=(1, 1, 1))), "text"),
    "tiny text": (lambda: drawn(lambda p: p.insert_text((60, 500), CANARY, fontsize=0.5)), "text"),
    "text off the page": (lambda: edited(add_content(TYPED.replace(b"60 300", b"60 3000") % CANARY.encode())), "text"),
    "a sticky note": (lambda: drawn(lambda p: p.add_text_annot((60, 60), CANARY)), "objects"),
    "a link": (lambda: drawn(lambda p: p.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(9, 9, 99, 99), "uri": f"mailto:{CANARY}@a.example"})), "objects"),
    "an attachment": (lambda: edited(attach), "structure"),
    "a bookmark": (lambda: edited(bookmark), "objects"),
    "XMP metadata": (lambda: edited(metadata), "objects"),
    "an author": (lambda: edited(author), "objects"),
    "a title": (lambda: edited(titled), "structure"),
    "a key of the catalog": (lambda: edited(say("catalog", pikepdf.String(CANARY))), "objects"),
    "a key of the page": (lambda: edited(say("page", pikepdf.String(CANARY))), "objects"),
    "a key of the image": (lambda: edited(say("image", pikepdf.String(CANARY))), "objects"),
    "a name": (lambda: edited(say("page", pikepdf.Name(f"/{CANARY}"))), "objects"),
    "a hexadecimal UTF-16 string": (lambda: edited(say("page", pikepdf.String(CANARY + "é"))), "objects"),
    "a telling name of a resource": (lambda: edited(unused), "structure"),
    "a script": (lambda: edited(scripted), "structure"),
    "a layer": (lambda: edited(layered), "structure"),
    "a form inside the page": (lambda: edited(form), "structure"),
    "a font that draws": (lambda: edited(drawing_font), "structure"),
    "a comment in a JPEG": (lambda: edited(jpeg_with_comment), "structure"),
    "boxes that are not there": (lambda: edited(white_image), "boxes"),
    "a box that slipped": (lambda: image_of(slipped), "images"),
    "pixels under a drawn box": (only_covered, "images"),
    "a picture of the name": (lambda: image_of(lambda d: d.text((200, 1500), f"Mina {CANARY}", fill=0, font_size=40)), "outside"),
    "what must stay is gone": (lambda: image_of(white_out), "outside"),
    "an older revision": (lambda: RELEASE + b"\n% later\n" + RELEASE, "structure"),
    "bytes behind the end": (lambda: RELEASE + CANARY.encode(), "structure"),
    "bytes before the start": (lambda: CANARY.encode() + b"\n" + RELEASE, "structure"),
    "a comment": (lambda: RELEASE.replace(b"startxref", b"%" + CANARY.encode() + b"\nstartxref"), "objects"),
    "a packed object that nobody uses": (lambda: lost_object(zlib.compress(CANARY.encode())), "carved"),
    "a page too many": (lambda: edited(lambda pdf: pdf.add_blank_page()), "page_sizes"),
    "kept words lost": (lambda: edited(lambda pdf: pdf.pages[0].__setattr__("Contents", pdf.make_stream(b"q 612 0 0 792 0 0 cm /P Do Q"))), "kept_words"),
    "half a file": (lambda: RELEASE[: len(RELEASE) // 2], "opens"),
    "no file": (lambda: b"", "opens"),
}  # fmt: skip


def test_the_sound_release_passes() -> None:
    """Else the faults below would prove nothing."""
    assert verify(RELEASE, EXPECTED).failing == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_caught(fault: str) -> None:
    """One leak is enough, seen by the check that is meant to; the verdict does not repeat it."""
    make, check = FAULTS[fault]
    verdict = verify(make(), EXPECTED)

    assert check in [c.name for c in verdict.failing]
    assert all(CANARY.casefold() not in c.detail.casefold() for c in verdict.checks)


def test_a_reader_that_sees_the_name_fails_the_release() -> None:
    """What OCR of the release still reads counts; so does a reader that breaks."""

    def broken(*_: object) -> str:
        raise RuntimeError(CANARY)

    scan = replace(EXPECTED, scans=frozenset({0}))
    for reader in (broken, lambda *_: f"Mina {CANARY}"):
        assert [c.name for c in verify(RELEASE, scan, read_image=reader).failing] == ["seen"]


def test_only_marks_without_words_are_shown_to_a_reader() -> None:
    """A page typed in full costs no OCR; a drawn name is cut out and read."""
    shown: list[tuple[int, ...]] = []

    def reader(image: np.ndarray, _: float) -> str:
        shown.append(image.shape)
        return f"Mina {CANARY}"

    drawn_name = image_of(lambda d: d.text((200, 1500), "Mina Q.", fill=0, font_size=40))

    assert verify(RELEASE, EXPECTED, read_image=reader).releasable and shown == []
    assert "seen" in [c.name for c in verify(drawn_name, EXPECTED, read_image=reader).failing]
    assert shown[0][0] < 200


def test_boxes_of_one_line_are_of_one_width() -> None:
    """Where a width is hidden; a box that is wider than its neighbour tells what it hides."""
    box = Box(0, 100.0, 100.0, 148.0, 112.0)
    like, wider = replace(box, x0=200.0, x1=248.0), replace(box, x0=200.0, x1=251.0)

    assert verify(RELEASE, replace(EXPECTED, fixed=(box, like))).releasable
    assert [c.name for c in verify(RELEASE, replace(EXPECTED, fixed=(box, wider))).failing] == [
        "widths"
    ]


def test_checks_that_are_not_done_in_time_have_failed() -> None:
    """Nobody proved the file safe."""
    late = verify(RELEASE, EXPECTED, seconds=-1.0)

    assert not late.releasable
    assert "Overdue" in {c.detail for c in late.failing}


@pytest.mark.parametrize("what", ["text", "requester's log", "notices", "file name"])
def test_what_goes_with_the_release_gives_nothing_away(what: str) -> None:
    """Logs, notices and the name of the file are looked through too."""
    verdict = verify(RELEASE, EXPECTED)

    assert verify_beside(verdict, EXPECTED, {what: "Report-17"}).releasable
    assert verify_beside(verdict, EXPECTED, {what: f"Mina_{CANARY}_3"}).failing[0].detail == what


NOISE = st.lists(
    st.sampled_from([" ", "-\n", "\n", "", "\u00ad", "\u200b", "  "]), min_size=12, max_size=12
)


@given(NOISE, st.booleans())
def test_a_planted_name_is_found_through_anything(gaps: list[str], shout: bool) -> None:
    """Spaces, hyphens, line wraps, soft hyphens, accents, case."""
    matcher = Matcher([Protected(CANARY, "name")], [])
    name = "".join(c + g for c, g in zip(CANARY, gaps, strict=True)).replace("e", "e\u0301")

    assert matcher.count(f"came {name.upper() if shout else name} home") > 0


@given(st.text(alphabet="abcdefghijklmnop ", max_size=200))
def test_text_without_the_name_is_no_find(text: str) -> None:
    """No letter of the alphabet above spells it."""
    assert (
        Matcher([Protected(CANARY, "name"), Protected("573-555-0142", "phone")], []).count(text)
        == 0
    )


def test_a_name_that_is_a_kept_word_is_no_find() -> None:
    """'Will Reed' is protected; 'will' and 'reed' may be words, the whole name may not."""
    matcher = Matcher([Protected("Will Reed", "name")], ["he", "will", "see", "the", "reed"])

    assert matcher.count("he will see the reed") == 0
    assert matcher.count("then Will Reed came") > 0


def test_standing_among_the_words_excuses_no_name() -> None:
    """A place that detection missed is typed with the rest, and must still be found."""
    words = ["then", "Mina", "Quillfeather", "came"]
    protected = [Protected("Mina Quillfeather", "name")]

    assert Matcher(protected, words).count("then Mina Quillfeather came") > 0
    assert (
        Matcher(protected, words, ["Mina Quillfeather"]).count("then Mina Quillfeather came") == 0
    )
