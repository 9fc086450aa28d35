"""Two readings of one page: whom to trust, and what detection must see as well."""

from hypothesis import given
from hypothesis import strategies as st

from redactor.ocr.base import OcrPage, OcrWord
from redactor.ocr.merge import clean, combine, level, off_rules, overlaps


def line(text, y=0.0, confidence=0.95, number=0):
    words, x = [], 0.0
    for part in text.split():
        words.append(OcrWord(part, x, y, x + 10 * len(part), y + 20, confidence, number))
        x += 10 * len(part) + 8
    return words


def page(*lines, confidence=0.9):
    words = tuple(
        w
        for n, x in enumerate(lines)
        for w in (OcrWord(w.text, w.x0, w.y0, w.x1, w.y1, w.confidence, n) for w in x)
    )
    return OcrPage(words, confidence=confidence, readers=("reader",))


def texts(words):
    return " ".join(w.text for w in words)


def test_what_both_read_alike_stands_once():
    both = combine(page(line("Verna Sue Pickett")), page(line("VERNA Sue Pickett,")))
    assert texts(both.words) == "Verna Sue Pickett"
    assert both.second == ()


def test_a_line_read_otherwise_stands_behind_whole():
    both = combine(page(line("Vema Sue Picket")), page(line("Verna Sue Pickett")))
    assert texts(both.words) == "Vema Sue Picket"
    assert texts(both.second) == "Verna Sue Pickett"


def test_a_line_that_only_the_second_saw_is_taken_over():
    both = combine(page(line("above")), page(line("above"), line("Pickett below", y=60)))
    assert texts(both.words) == "above Pickett below"
    assert both.second == ()


def test_where_the_first_doubts_itself_the_second_is_trusted():
    both = combine(page(line("Vcma 5ue", confidence=0.3)), page(line("Verna Sue")))
    assert texts(both.words) == "Verna Sue"
    assert texts(both.second) == "Vcma 5ue"


def test_a_line_found_on_doubted_ground_is_no_surer_than_the_first_reader_was():
    both = combine(page(line("Vcma 5ue", confidence=0.3)), page(line("Verna Sue", confidence=0.99)))
    assert all(w.confidence <= 0.6 for w in both.words)


def test_confidence_stays_the_first_readers():
    assert (
        combine(page(line("a"), confidence=0.4), page(line("b"), confidence=0.99)).confidence == 0.4
    )


LINES = st.lists(
    st.builds(line, st.text("abc ", min_size=1, max_size=12), st.floats(0, 400), st.floats(0, 1)),
    max_size=5,
)


@given(LINES, LINES)
def test_no_letters_are_lost(first, second):
    """Every word of either reader that says something of its own stands in front or behind."""
    a, b = page(*first), page(*second)
    both = combine(a, b)
    all_words = (*both.words, *both.second)
    for word in a.words:
        assert any(word.text == w.text and word.x0 == w.x0 and word.y0 == w.y0 for w in all_words)
    for word in b.words:
        same = any(word.text == w.text and overlaps(word, w) for w in all_words)
        assert same or any(overlaps(word, w) for w in a.words)


def test_dirt_is_swept_and_marks_that_were_read_stay():
    words = [*line("- Pickett", confidence=0.9), *line("~ .", y=50, confidence=0.1)]
    assert texts(clean(words)) == "- Pickett"


def test_letters_stay_however_doubtful():
    assert texts(clean(line("Xq", confidence=0.01))) == "Xq"


def test_bars_on_ruling_lines_are_no_words():
    words = [
        OcrWord("|", 100, 0, 104, 20),
        OcrWord("Pickett", 110, 0, 200, 20),
        OcrWord("|", 400, 0, 404, 20),
    ]
    assert texts(off_rules(words, [(101.0, -50.0, 103.0, 90.0)])) == "Pickett |"


def test_levelled_words_never_shrink_and_grow_by_less_than_their_height():
    words = [
        OcrWord("once", 0, 5, 40, 15),
        OcrWord("Lynn", 50, 0, 90, 20),
        OcrWord("FAX", 100, -60, 300, 40),
    ]
    for before, after in zip(words, level(words), strict=True):
        assert after.y0 <= before.y0
        assert after.y1 >= before.y1
        assert after.y1 - after.y0 <= 2.3 * (before.y1 - before.y0)


def test_a_box_over_the_words_that_follow_is_cut_where_they_begin() -> None:
    """On blurred paper; else the words would be moved or hidden with it."""
    line = [
        OcrWord("Mr.", 0, 0, 30, 12),
        OcrWord("Holloway", 36, 0, 300, 12),
        OcrWord("was", 130, 0, 160, 12),
        OcrWord("angry", 166, 0, 216, 12),
    ]
    assert [(w.x0, w.x1) for w in level(line)] == [(0, 30), (36, 130), (130, 160), (166, 216)]


def test_a_box_that_runs_into_the_next_word_in_part_keeps_its_ink() -> None:
    """Letters set apart are wide too; cut short, the end of a name would stay in sight."""
    line = [
        OcrWord("said", 0, 0, 40, 12),
        OcrWord("Doyle", 50, 0, 200, 12),
        OcrWord("then", 180, 0, 220, 12),
        OcrWord("left", 230, 0, 270, 12),
    ]
    assert [(w.x0, w.x1) for w in level(line)] == [(w.x0, w.x1) for w in line]
