"""Text layer, OCR and what was told outside the page become one page."""

from redactor.pdf.joining import add_ocr, add_told
from redactor.pdf.rawpage import RawPage
from redactor.types import Box, Source, Word


def words(text, source, y=100.0, x=72.0, slip=0.0):
    out = []
    for part in text.split():
        out.append(
            Word(
                part, Box(0, x + slip, y + slip, x + 6 * len(part) + slip, y + 12 + slip), 0, source
            )
        )
        x += 6 * len(part) + 4
    return tuple(out)


def page(*groups, **facts):
    return RawPage(0, 612, 792, tuple(w for g in groups for w in g), **facts)


def told(page, source):
    return " ".join(w.text for w in page.words if w.source is source)


def test_an_ocr_layer_that_says_what_the_picture_shows_is_not_repeated():
    scan = page(words("Verna Sue Pickett,", Source.HIDDEN, slip=1.5), kind="scan")
    read = add_ocr(scan, words("Verna Sue Pickett", Source.OCR), angle=1.2, confidence=0.9)
    assert told(read, Source.OCR) == "Verna Sue Pickett"
    assert told(read, Source.HIDDEN) == ""
    assert read.angle == 1.2
    assert read.confidence == 0.9


def test_a_hidden_line_that_says_something_else_stays_whole():
    scan = page(
        words("Verna Sue Pickett", Source.HIDDEN), words("called at noon", Source.HIDDEN, y=130)
    )
    read = add_ocr(
        scan, (*words("The weather was", Source.OCR), *words("called at noon", Source.OCR, y=130))
    )
    assert told(read, Source.HIDDEN) == "Verna Sue Pickett"


def test_visible_words_are_not_read_twice():
    form = page(words("Verna Pickett", Source.TEXT), kind="mixed")
    read = add_ocr(
        form, (*words("Name Verna", Source.OCR, x=0), *words("Pickett", Source.OCR, x=106))
    )
    assert told(read, Source.TEXT) == "Verna Pickett"
    assert told(read, Source.OCR) in ("Name", "Name Verna")


def test_where_the_picture_says_something_else_than_the_layer_it_stands_behind():
    form = page(words("weather", Source.TEXT), kind="mixed")
    read = add_ocr(form, words("Pickett", Source.OCR))
    assert told(read, Source.TEXT) == "weather"
    assert told(read, Source.OCR2) == "Pickett"


def test_the_second_readers_words_stay_the_second_readers():
    read = add_ocr(page(), (*words("Vema", Source.OCR), *words("Verna", Source.OCR2)))
    assert told(read, Source.OCR) == "Vema"
    assert told(read, Source.OCR2) == "Verna"


def test_confidence_is_shared_by_letters():
    read = add_ocr(
        page(words("aaaa", Source.TEXT)), words("bbbb", Source.OCR, y=300), confidence=0.5
    )
    assert read.confidence == 0.75


def test_what_a_field_tells_is_added_unless_the_page_shows_it():
    shown = page(words("Caller: Harlan Teague", Source.TEXT))
    box = Box(0, 200, 200, 300, 220)
    extra = [Word("Teague", box, 0, Source.FIELD), Word("417-555-0194", box, 0, Source.FIELD)]
    assert told(add_told(shown, extra), Source.FIELD) == "417-555-0194"


def test_a_second_reader_does_not_bring_the_hidden_layer_back():
    scan = page(words("Verna Sue Pickett", Source.HIDDEN), kind="scan")
    seen = (*words("Verna Sue Pickett", Source.OCR), *words("Verna Sue Pickell", Source.OCR2))
    assert told(add_ocr(scan, seen), Source.HIDDEN) == ""
