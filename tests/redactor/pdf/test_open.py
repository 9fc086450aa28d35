"""What may come in: one test for each kind of bad input, built here."""

import contextlib
import io
import zlib
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trial
from hypothesis import strategies as st
from PIL import Image

from redactor.errors import EmptyInput, Encrypted, RedactorError, TooLarge, UnreadableInput
from redactor.pdf.open import open_case_file, sniff
from redactor.settings import Settings

SETTINGS = Settings(
    max_bytes=2_000_000, max_pages=5, max_page_inches=50, max_pixels=12_000_000, ocr_dpi=200
)


def pdf(pages=1, text="Call received 4:10 pm", **save):
    document = pymupdf.open()
    for number in range(pages):
        document.new_page(width=612, height=792).insert_text((72, 72), f"{text} {number}")
    return document.tobytes(**save)


def picture(kind="PNG", size=(850, 1100), mode="L", **save):
    out = io.BytesIO()
    Image.new(mode, size, "white").save(out, kind, **save)
    return out.getvalue()


def edited(change, **save):
    with pikepdf.open(io.BytesIO(pdf())) as file:
        change(file)
        out = io.BytesIO()
        file.save(out, **save)
    return out.getvalue()


def taken(data, **options):
    return open_case_file(data, settings=SETTINGS, **options)


def test_a_sound_pdf_is_taken_as_it_is():
    data = pdf(3)
    case = taken(data)
    assert (case.pdf, case.pages, case.was) == (data, 3, "pdf")
    assert not case.repaired
    assert not case.encrypted
    assert case.warnings == ()


@pytest.mark.parametrize("data", [b"", b"\x00" * 40, b" \n\r\n"])
def test_no_bytes_are_empty(data):
    with pytest.raises(EmptyInput):
        taken(data)


@pytest.mark.parametrize(
    "data",
    [b"Dear Ms. Oyler", b"PK\x03\x04 a document", b"<html></html>", b"GIF89a" + b"\x00" * 20],
)
def test_other_formats_are_refused(data):
    with pytest.raises(UnreadableInput):
        taken(data)


def test_a_file_without_pages_is_empty():
    def drop(file):
        del file.pages[0]

    with pytest.raises(EmptyInput):
        taken(edited(drop))


def test_bytes_over_the_limit():
    with pytest.raises(TooLarge) as caught:
        taken(pdf() + b"%" * SETTINGS.max_bytes)
    assert caught.value.facts["limit"] == "max_bytes"


def test_pages_over_the_limit():
    with pytest.raises(TooLarge) as caught:
        taken(pdf(SETTINGS.max_pages + 1))
    assert caught.value.facts["limit"] == "max_pages"


@pytest.mark.parametrize(
    ("box", "unit", "limit"),
    [
        ([0, 0, 51 * 72, 72], 1, "max_page_inches"),
        ([0, 0, 72, 612], 6.5, "max_page_inches"),  # a UserUnit makes it 55 inches high
        ([0, 0, 30 * 72, 30 * 72], 1, "max_pixels"),
    ],
)
def test_pages_too_large_to_draw(box, unit, limit):
    def stretch(file):
        file.pages[0].obj.MediaBox = box
        file.pages[0].obj.UserUnit = unit

    with pytest.raises(TooLarge) as caught:
        taken(edited(stretch))
    assert caught.value.facts["limit"] == limit


def image_stream(file, data, **keys):
    stream = pikepdf.Stream(file, data)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    for key, value in keys.items():
        stream[f"/{key}"] = value
    file.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Im0=file.make_indirect(stream))


def test_an_image_that_claims_too_many_pixels():
    def plant(file):
        image_stream(file, b"\x00", Width=60_000, Height=60_000, BitsPerComponent=1)

    with pytest.raises(TooLarge):
        taken(edited(plant))


def test_a_jpeg_that_is_larger_than_its_dictionary_says():
    data = picture("JPEG", (4000, 4000))

    def plant(file):
        image_stream(file, data, Width=10, Height=10, Filter=pikepdf.Name.DCTDecode)

    with pytest.raises(TooLarge):
        taken(edited(plant))


@pytest.mark.parametrize("layers", [1, 2])
def test_a_stream_that_explodes(layers):
    bomb = b" " * (60_000_000)
    for _ in range(layers):
        bomb = zlib.compress(bomb, 9)

    def plant(file):
        names = [pikepdf.Name.FlateDecode] * layers
        file.pages[0].obj.Contents = file.make_indirect(
            pikepdf.Stream(file, bomb, Filter=pikepdf.Array(names))
        )

    with pytest.raises(TooLarge):
        taken(
            edited(
                plant, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
            )
        )


def test_objects_nested_without_end_do_no_harm():
    data = pdf().replace(b"/Rotate 0", b"")
    nested = data.replace(
        b"/Type/Page/", b"/Deep " + b"[" * 20_000 + b"]" * 20_000 + b"/Type/Page/"
    )
    assert nested != data
    with contextlib.suppress(UnreadableInput):
        assert taken(nested).pages == 1


def test_a_password_that_is_missing_wrong_and_right():
    locked = pdf(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="maple", owner_pw="oak")
    for password in ("", "birch"):
        with pytest.raises(Encrypted):
            taken(locked, password=password)
    case = taken(locked, password="maple")
    assert case.encrypted
    with pymupdf.open(stream=case.pdf) as document:
        assert not document.is_encrypted
        assert "Call received" in document[0].get_text()


def test_an_owner_password_alone_keeps_nobody_out():
    locked = pdf(encryption=pymupdf.PDF_ENCRYPT_RC4_128, owner_pw="oak", permissions=0)
    case = taken(locked)
    assert case.encrypted
    assert case.warnings
    with pikepdf.open(io.BytesIO(case.pdf)) as file:
        assert not file.is_encrypted


def test_a_damaged_file_is_written_anew():
    data = pdf(2)
    case = taken(data.replace(b"startxref", b"startxxxx"))
    assert case.repaired
    assert case.pages == 2
    with pikepdf.open(io.BytesIO(case.pdf)) as file:
        assert not file.get_warnings()
    with pymupdf.open(stream=case.pdf) as document:
        assert not document.is_repaired


def test_a_file_cut_short_is_refused_or_mended_but_never_raises_another_error():
    data = pdf(2)
    for share in (0.05, 0.3, 0.6, 0.9):
        try:
            case = taken(data[: int(len(data) * share)])
        except (UnreadableInput, EmptyInput):
            continue
        assert case.repaired


def test_a_page_tree_that_qpdf_calls_a_loop_is_written_anew():
    """MuPDF's own ``delete_pages`` can make such files: one node hangs twice in the tree."""
    with pikepdf.open(io.BytesIO(pdf(1))) as file:
        root, leaf = file.Root.Pages, file.pages[0].obj
        node = file.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=[leaf], Count=1, Parent=root)
        )
        root.Kids, root.Count = pikepdf.Array([node, node]), 2
        out = io.BytesIO()
        file.save(out)
    data = out.getvalue()
    with pytest.raises(pikepdf.PdfError):
        pikepdf.open(io.BytesIO(data))
    case = taken(data)
    assert case.repaired
    with pikepdf.open(io.BytesIO(case.pdf)) as file:
        assert len(file.pages) == case.pages


def test_two_readers_must_agree_on_the_pages():
    """A page that only one engine sees would leave the house unread."""
    data = pdf(2)
    lying = data.replace(b"/Count 2", b"/Count 1")
    assert lying != data
    try:
        case = taken(lying)
    except UnreadableInput:
        return
    with pikepdf.open(io.BytesIO(case.pdf)) as file:
        assert len(file.pages) == case.pages == 2


def test_forms_that_only_one_program_can_show_are_refused_with_advice():
    def dynamic(file):
        file.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array(), XFA=pikepdf.Stream(file, b"<xdp/>")
        )
        file.Root.NeedsRendering = True

    with pytest.raises(UnreadableInput, match="XFA"):
        taken(edited(dynamic))


def test_portfolios_are_refused_with_advice():
    def collect(file):
        file.Root.Collection = pikepdf.Dictionary(View=pikepdf.Name.D)

    with pytest.raises(UnreadableInput, match="portfolio"):
        taken(edited(collect))


def test_what_a_release_will_lack_is_said():
    with pymupdf.open(stream=pdf()) as document:
        document.embfile_add("notes.txt", b"more", filename="notes.txt")
        case = taken(document.tobytes())
    assert any("attached" in w for w in case.warnings)


@pytest.mark.parametrize(("kind", "was"), [("PNG", "png"), ("JPEG", "jpeg"), ("TIFF", "tiff")])
def test_a_picture_becomes_a_page_at_its_resolution(kind, was):
    case = taken(picture(kind, (850, 1100), dpi=(100, 100)))
    assert (case.was, case.pages) == (was, 1)
    with pymupdf.open(stream=case.pdf) as document:
        assert tuple(document[0].rect)[2:] == pytest.approx((612, 792), abs=1)


def test_a_picture_of_unknown_resolution_fits_a_letter_page():
    case = taken(picture("JPEG", (1700, 2200)))
    with pymupdf.open(stream=case.pdf) as document:
        assert tuple(document[0].rect)[2:] == pytest.approx((612, 792), abs=1)


def test_every_page_of_a_tiff_is_taken():
    frames = [Image.new("1", (1728, 2200), 1) for _ in range(3)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], dpi=(204, 196))
    assert taken(out.getvalue()).pages == 3


def test_a_tiff_of_too_many_pages():
    frames = [Image.new("1", (100, 100), 1) for _ in range(SETTINGS.max_pages + 1)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    with pytest.raises(TooLarge):
        taken(out.getvalue())


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_mode_of_picture_is_flat_on_white(mode):
    kind = "TIFF" if mode in ("CMYK", "I;16") else "PNG"
    out = io.BytesIO()
    Image.new("L", (200, 200), 255).convert("RGBA" if mode == "LA" else "L").convert(mode).save(
        out, kind, dpi=(150, 150)
    )
    assert taken(out.getvalue()).pages == 1


def test_a_sideways_photograph_is_turned_upright_and_loses_its_metadata():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010E] = "taken at 12 Larch St"
    case = taken(picture("JPEG", (1100, 850), exif=exif, dpi=(100, 100)))
    with pymupdf.open(stream=case.pdf) as document:
        assert tuple(document[0].rect)[2:] == pytest.approx((612, 792), abs=1)
    assert b"Larch" not in case.pdf


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_damaged_picture_is_refused(kind):
    data = picture(kind)
    with pytest.raises(UnreadableInput):
        taken(data[: len(data) // 3])


def test_a_picture_with_too_many_pixels():
    with pytest.raises(TooLarge):
        taken(picture("PNG", (4000, 4000), "1"))


def test_messages_never_repeat_the_file():
    with pytest.raises(RedactorError) as caught:
        taken(b"%PDF-1.7 Verna Sue Pickett called")
    assert "Verna" not in str(caught.value)
    assert "Verna" not in repr(caught.value.facts)


SOUND = pdf(2)


@trial(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_broken_file_raises_anything_but_our_errors(data):
    sound = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 12))):
        sound[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(sound)))
    try:
        case = taken(bytes(sound[:cut] if data.draw(st.booleans()) else sound))
    except RedactorError:
        return
    assert case.pages >= 1
    with pymupdf.open(stream=case.pdf) as document:
        assert document.page_count == case.pages


def test_magic_decides():
    assert sniff(b"junk before" + pdf()) == "pdf"
    assert sniff(picture("TIFF")) == "tiff"


@pytest.mark.parametrize("part", [0.02, 0.1, 0.5, 0.9])
def test_a_file_that_was_cut_off_is_refused(part):
    """What is mended of it may be an empty page, which would go out as the whole."""
    whole = (Path(__file__).resolve().parents[3] / "samples" / "s-01-intake.pdf").read_bytes()
    with pytest.raises(UnreadableInput):
        open_case_file(whole[: int(part * len(whole))], settings=Settings())
    padded = open_case_file(whole + b"\0" * 5000, settings=Settings())
    assert padded.pages == open_case_file(whole, settings=Settings()).pages
