"""A sound release with one leak put back: the verifier must catch every one of them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.pdf.apply import apply
from redactor.pdf.layout import compose
from redactor.pdf.sanitize import strip
from redactor.pdf.words import read_text_pages
from redactor.settings import Settings
from redactor.types import Removal
from redactor.verify import Expectation, Protected, verify
from redactor.verify.match import Matcher
from tests.conftest import make_pdf

CANARY = "Quillfeather"
SETTINGS = Settings()


def sound() -> tuple[bytes, Expectation]:
    """A release without fault, and what it promises."""
    plain = strip(make_pdf(f"Reporter: Mina {CANARY}, teacher", "Milo came without a coat.")).pdf
    reading = compose(read_text_pages(plain, SETTINGS))
    gone = [
        Removal(w.box, "ID", "RSMo 210.150", ("MO 210.150.1",))
        for w in reading.words
        if w.text.strip(",") in ("Mina", CANARY)
    ]
    made = apply(plain, gone, reading, SETTINGS)
    expected = Expectation(
        sizes=((612.0, 792.0),),
        protected=(Protected(f"Mina {CANARY}", "name"),),
        boxes=tuple(r.box for r in made.boxes),
        removed=tuple(r.box for r in gone),
        kept=made.kept,
        labels=("[RSMo 210.150]",),
    )
    return made.pdf, expected


RELEASE, EXPECTED = sound()


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
        target = {
            "catalog": pdf.Root,
            "page": pdf.pages[0].obj,
            "image": pdf.pages[0].images["/P"],
        }[where]
        target["/Secret"] = value

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


TYPED = b"BT 3 Tr /T 10 Tf 1 0 0 1 60 300 Tm (%s) Tj ET"
FAULTS: dict[str, Callable[[], bytes]] = {
    "invisible text": lambda: edited(add_content(TYPED % CANARY.encode())),
    "letters set apart": lambda: edited(add_content(TYPED % " ".join(CANARY).encode())),
    "text under its box": lambda: drawn(lambda p: p.insert_text((EXPECTED.removed[1].x0 + 4, EXPECTED.removed[1].y1 - 3), CANARY, fontsize=9)),
    "white text": lambda: drawn(lambda p: p.insert_text((60, 500), CANARY, color=(1, 1, 1))),
    "tiny text": lambda: drawn(lambda p: p.insert_text((60, 500), CANARY, fontsize=0.5)),
    "text off the page": lambda: edited(add_content(TYPED.replace(b"60 300", b"60 3000") % CANARY.encode())),
    "a sticky note": lambda: drawn(lambda p: p.add_text_annot((60, 60), CANARY)),
    "a link": lambda: drawn(lambda p: p.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(9, 9, 99, 99), "uri": f"mailto:{CANARY}@a.example"})),
    "an attachment": lambda: edited(attach),
    "a bookmark": lambda: edited(bookmark),
    "XMP metadata": lambda: edited(metadata),
    "an author": lambda: edited(author),
    "a key of the catalog": lambda: edited(say("catalog", pikepdf.String(CANARY))),
    "a key of the page": lambda: edited(say("page", pikepdf.String(CANARY))),
    "a key of the image": lambda: edited(say("image", pikepdf.String(CANARY))),
    "a name": lambda: edited(say("page", pikepdf.Name(f"/{CANARY}"))),
    "a hexadecimal UTF-16 string": lambda: edited(say("page", pikepdf.String(CANARY + "é"))),
    "a script": lambda: edited(scripted),
    "a layer": lambda: edited(layered),
    "boxes that are not there": lambda: edited(white_image),
    "an older revision": lambda: RELEASE + b"\n% later\n" + RELEASE,
    "bytes behind the end": lambda: RELEASE + CANARY.encode(),
    "bytes before the start": lambda: CANARY.encode() + b"\n" + RELEASE,
    "a comment": lambda: RELEASE.replace(b"startxref", b"%" + CANARY.encode() + b"\nstartxref"),
    "a page too many": lambda: edited(lambda pdf: pdf.add_blank_page()),
    "kept words lost": lambda: edited(lambda pdf: pdf.pages[0].__setattr__("Contents", pdf.make_stream(b"q 612 0 0 792 0 0 cm /P Do Q"))),
    "half a file": lambda: RELEASE[: len(RELEASE) // 2],
    "no file": lambda: b"",
}  # fmt: skip


def test_the_sound_release_passes() -> None:
    """Else the faults below would prove nothing."""
    assert verify(RELEASE, EXPECTED).failing == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_caught(fault: str) -> None:
    """One leak is enough, and the verdict does not repeat it."""
    verdict = verify(FAULTS[fault](), EXPECTED)

    assert not verdict.releasable
    assert all(CANARY.casefold() not in c.detail.casefold() for c in verdict.checks)


def test_a_reader_that_sees_the_name_fails_the_release() -> None:
    """What OCR of the release still reads counts; so does a reader that breaks."""

    def broken(_: int) -> str:
        raise RuntimeError(CANARY)

    assert [
        c.name for c in verify(RELEASE, EXPECTED, read_image=lambda _: f"Mina {CANARY}").failing
    ] == ["seen"]
    assert [c.name for c in verify(RELEASE, EXPECTED, read_image=broken).failing] == ["seen"]


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
