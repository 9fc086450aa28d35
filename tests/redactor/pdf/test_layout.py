"""The reading order: what stands together on the page stands together in the text."""

import math
import re

import pymupdf
import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from redactor.pdf.layout import compose
from redactor.pdf.rawpage import RawPage
from redactor.pdf.words import read_text_pages
from redactor.settings import Settings
from redactor.types import Box, Source, Word

SETTINGS = Settings()
SEPARATORS = {" ", "\t", "\n", "\n\n", "\f"}


def read(draw, font="helv", size=10):
    """The text of a page on which ``draw(write, page)`` wrote; ``write(x, y, text)``."""
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)

    def write(x, y, text):
        page.insert_text((x, y), text, fontname=font, fontsize=size)

    draw(write, page)
    return compose(read_text_pages(document.tobytes(), SETTINGS)).text


def table(page, xs, ys):
    for y in ys:
        page.draw_line((xs[0], y), (xs[-1], y))
    for x in xs:
        page.draw_line((x, ys[0]), (x, ys[-1]))


def paragraph(write, x, y, lines, step=12.5):
    for n, line in enumerate(lines):
        write(x, y + n * step, line)


def test_wrapped_lines_are_one_block_and_paragraphs_two():
    def draw(write, _):
        paragraph(
            write,
            72,
            100,
            ["Mother said the boys were", "at home all week and that", "nobody came."],
        )
        paragraph(write, 72, 150, ["The worker asked again on", "Friday."])

    assert read(draw) == (
        "Mother said the boys were\nat home all week and that\nnobody came."
        "\n\nThe worker asked again on\nFriday."
    )


def test_a_ruled_table_is_read_by_rows_with_its_cells_whole():
    def draw(write, page):
        table(page, [72, 160, 260, 400], [100, 118, 150, 182])
        for x, text in ((76, "Name"), (164, "Role"), (264, "Where now")):
            write(x, 112, text)
        paragraph(write, 76, 130, ["Rainwater, Cody", "Lee"])
        write(164, 130, "ALP")
        paragraph(write, 264, 130, ["work, Rib Shack", "on Kearney"])
        write(76, 162, "Dobbs, Loretta")
        paragraph(write, 164, 162, ["MGM, not in", "HH"])
        write(264, 162, "Willard MO")

    assert read(draw) == (
        "Name\tRole\tWhere now"
        "\n\nRainwater, Cody\nLee\tALP\twork, Rib Shack\non Kearney"
        "\n\nDobbs, Loretta\tMGM, not in\nHH\tWillard MO"
    )


def test_a_label_stays_with_the_value_below_it_in_one_box():
    def draw(write, page):
        table(page, [72, 180, 300], [100, 130, 160])
        for x, y, label, value in (
            (76, 112, "Call ID", "24109337"),
            (184, 112, "Track", "Investigation"),
            (76, 142, "County", "Greene (077)"),
            (184, 142, "Hotline Worker", "T. Beasley"),
        ):
            write(x, y, label)
            write(x, y + 12, value)

    assert read(draw) == (
        "Call ID\n24109337\tTrack\nInvestigation"
        "\n\nCounty\nGreene (077)\tHotline Worker\nT. Beasley"
    )


def test_a_cell_that_spans_columns_is_one_cell():
    def draw(write, page):
        for y in (100, 120, 140, 160):
            page.draw_line((72, y), (400, y))
        for x in (72, 400):
            page.draw_line((x, 100), (x, 160))
        page.draw_line((240, 100), (240, 140))  # not through the last row
        for y, left, right in (
            (113, "TO: Nick Rutkowski", "FROM: Teresa Ahlers"),
            (133, "FAX: 314-555-0180", "PAGES: 2"),
        ):
            write(76, y, left)
            write(244, y, right)
        write(76, 153, "RE: Courtesy interview of the boy, reference 25063340, please")

    assert read(draw).split("\n\n") == [
        "TO: Nick Rutkowski\tFROM: Teresa Ahlers",
        "FAX: 314-555-0180\tPAGES: 2",
        "RE: Courtesy interview of the boy, reference 25063340, please",
    ]


def test_an_underline_rules_no_cell():
    def draw(write, page):
        table(page, [72, 250, 420], [100, 130])
        write(76, 118, "Name of caller is known")
        page.draw_line((76, 120), (110, 120))
        write(254, 118, "yes")

    assert read(draw) == "Name of caller is known\tyes"


def test_a_frame_around_text_leaves_its_paragraphs():
    def draw(write, page):
        page.draw_rect((60, 80, 400, 180))
        paragraph(write, 72, 100, ["First paragraph of the note", "goes on."])
        paragraph(write, 72, 150, ["Second one."])

    assert read(draw) == "First paragraph of the note\ngoes on.\n\nSecond one."


LEFT = [f"The first column says in line {n} what was" for n in range(12)]
RIGHT = [f"and the second goes on in line {n} with it" for n in range(12)]


@pytest.mark.parametrize("shift", [0, 5])
def test_columns_of_running_text_are_read_one_after_the_other(shift):
    def draw(write, _):
        write(72, 80, "NEWS OF THE COUNTY OFFICE ABOUT ALL THAT HAPPENED IN THE YEAR AND MORE")
        paragraph(write, 72, 110, LEFT)
        paragraph(write, 320, 110 + shift, RIGHT)

    text = read(draw)
    assert "\n".join(LEFT) in text
    assert "\n".join(RIGHT) in text
    assert text.index("NEWS") < text.index(LEFT[0]) < text.index(LEFT[-1]) < text.index(RIGHT[0])


def test_address_blocks_side_by_side_stay_whole():
    def draw(write, _):
        paragraph(
            write,
            72,
            100,
            ["Mark A. Kessinger", "2230 Southwest Blvd, Apt. 14", "Jefferson City, MO 65109"],
        )
        paragraph(
            write,
            330,
            100,
            ["Cole County Office", "1716 Four Seasons Plaza", "Jefferson City, MO 65109"],
        )
        paragraph(write, 72, 190, ["Dear Mr. Kessinger:"])

    assert read(draw).split("\n\n") == [
        (
            "Mark A. Kessinger\n2230 Southwest Blvd, Apt. 14\nJefferson City, MO 65109"
            "\tCole County Office\n1716 Four Seasons Plaza\nJefferson City, MO 65109"
        ),
        "Dear Mr. Kessinger:",
    ]


def test_labels_and_values_set_tight_are_rows():
    def draw(write, _):
        paragraph(write, 72, 100, ["From:", "Sent:", "To:"])
        paragraph(write, 140, 100, ["Leimkuehler, Chris", "Tuesday, October 1", "Dunavant, Page"])

    assert read(draw).split("\n\n") == [
        "From:\tLeimkuehler, Chris",
        "Sent:\tTuesday, October 1",
        "To:\tDunavant, Page",
    ]


def test_a_table_without_rules_is_read_by_rows():
    def draw(write, _):
        for y, row in (
            (100, ("Person", "Relation", "Born")),
            (118, ("Neimon Lokejak", "father", "2/14/91")),
            (136, ("Kimson Laukon", "mother", "11/3/88")),
        ):
            for x, text in zip((72, 200, 300), row, strict=True):
                write(x, y, text)

    assert read(draw).split("\n\n") == [
        "Person\tRelation\tBorn",
        "Neimon Lokejak\tfather\t2/14/91",
        "Kimson Laukon\tmother\t11/3/88",
    ]


def test_a_wrapped_cell_without_rules_stays_in_its_row():
    def draw(write, _):
        for y, name, role in ((100, "Dobbs, Kaysen", "VIC"), (138, "Dobbs, Loretta", "MGM")):
            write(72, y, name)
            write(200, y, role)
        paragraph(write, 300, 100, ["Ridgeview Elementary, dismisses", "at 3:20 every day"])
        paragraph(write, 300, 138, ["Willard MO"])

    assert read(draw).split("\n\n") == [
        "Dobbs, Kaysen\tVIC\tRidgeview Elementary, dismisses\nat 3:20 every day",
        "Dobbs, Loretta\tMGM\tWillard MO",
    ]


def test_cells_at_mid_height_stay_in_their_row():
    def draw(write, _):
        for y in (100, 140):
            paragraph(write, 72, y, ["STUFFLEBEAN,", "Loretta M."])
            write(200, y + 6, "HOH")
            paragraph(write, 300, y, ["498-07-", "2266"])

    row = "STUFFLEBEAN,\nLoretta M.\tHOH\t498-07-\n2266"
    assert read(draw) == f"{row}\n\n{row}"


DOUBLE = [
    "Appellant appeals the judgment denying her motion for relief after",
    "an evidentiary hearing. Finding no error, we affirm the judgment of",
    "the court that counsel was not ineffective because her pleas were",
    "knowing and voluntary.",
]


def test_double_spaced_paragraphs_are_blocks():
    def draw(write, _):
        write(200, 100, "Introduction")
        paragraph(write, 72, 126, DOUBLE, step=26)
        write(200, 230, "Background")
        paragraph(write, 72, 256, DOUBLE, step=26)

    body = "\n".join(DOUBLE)
    assert read(draw).split("\n\n") == ["Introduction", body, "Background", body]


def test_line_numbers_in_the_margin_stand_apart():
    def draw(write, _):
        for n in range(24):
            write(40 if n < 9 else 34, 100 + 26 * n, str(n + 1))
        paragraph(write, 72, 100, DOUBLE, step=26)

    first, last = read(draw).split("\n\n")
    assert first == "\n".join(DOUBLE)
    assert last.split("\n") == [str(n + 1) for n in range(24)]


def test_the_numbers_of_table_rows_stay_with_their_rows():
    def draw(write, _):
        for n in range(6):
            write(72, 100 + 26 * n, str(n + 1))
            write(110, 100 + 26 * n, f"Dobbs, child {n}")

    assert read(draw).split("\n\n")[2] == "3\tDobbs, child 2"


def test_columns_made_of_spaces_are_cells_and_two_spaces_end_a_sentence():
    def draw(write, _):
        write(72, 100, "CSW: H. McBride     Sup: D. Eoff     Texas Co. CD")
        write(72, 140, "She left.  He stayed at home.  Nobody called the office.")

    assert read(draw, font="cour").split("\n\n") == [
        "CSW: H. McBride\tSup: D. Eoff\tTexas Co. CD",
        "She left. He stayed at home. Nobody called the office.",
    ]


def test_the_wide_gaps_of_justified_text_part_nothing():
    lines = [
        ["Mahnomen-area", "county", "human", "services,", "Child", "Welfare,"],
        ["by", "telephone", "and", "again", "by", "letter", "of", "the", "tenth"],
        ["confirmed", "grandmother", "nevertheless", "continuously", "stays"],
    ]

    def draw(write, _):
        for n, words in enumerate(lines):
            bare = sum(pymupdf.get_text_length(w, fontsize=10) for w in words)
            x, gap = 72.0, (310 - bare) / (len(words) - 1)
            for text in words:
                write(x, 100 + n * 12.5, text)
                x += pymupdf.get_text_length(text, fontsize=10) + gap

    assert read(draw) == "\n".join(" ".join(words) for words in lines)


def test_list_items_are_blocks_of_their_own():
    def draw(write, _):
        paragraph(
            write,
            90,
            100,
            [
                "1. On November 25 you were alone.",
                "2. Lyric told an interviewer that",
                "    her tooth bled.",
                "3. Records show the tooth.",
            ],
        )

    assert read(draw).split("\n\n") == [
        "1. On November 25 you were alone.",
        "2. Lyric told an interviewer that\nher tooth bled.",
        "3. Records show the tooth.",
    ]


def test_headings_headers_and_footers_are_blocks_of_their_own():
    def draw(write, page):
        write(72, 40, "Case 24109337")
        page.insert_text((72, 100), "NARRATIVE", fontsize=14)
        paragraph(write, 72, 118, ["She called at noon.", "Nobody came."])
        write(280, 760, "page 1 of 2")

    assert read(draw).split("\n\n") == [
        "Case 24109337",
        "NARRATIVE",
        "She called at noon.\nNobody came.",
        "page 1 of 2",
    ]


def word(text, x, y, source=Source.TEXT, width=None, height=10.0):
    return Word(text, Box(0, x, y, x + (width or 5.0 * len(text)), y + height), 0, source)


def test_what_a_person_does_not_see_stands_behind_in_blocks_of_its_own():
    page = RawPage(
        0,
        612,
        792,
        (
            word("Pickett", 72, 100, Source.HIDDEN),
            word("Seen", 72, 100),
            word("Picket", 100, 100, Source.OCR2),
            word("here.", 100, 100),
            word("Verna", 43, 100, Source.HIDDEN),
        ),
    )
    assert compose([page]).text == "Seen here.\n\nVerna Pickett\n\nPicket"


def test_pages_are_parted_and_bounded():
    pages = [RawPage(n, 612, 792, (word(f"page{n}", 72, 72),)) for n in range(3)]
    reading = compose([*pages, RawPage(3, 612, 792)])
    assert reading.text == "page0\fpage1\fpage2\f"
    for page in reading.pages:
        assert "\f" not in reading.text[page.start : page.end]
    assert [reading.page_at(w.start) for w in reading.words] == [0, 1, 2]


WORDS = st.builds(
    word,
    st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=9),
    st.floats(0, 560),
    st.floats(0, 760),
    st.sampled_from(list(Source)),
    st.floats(2, 90),
    st.floats(4, 30),
)
RULES = st.builds(
    lambda x, y, length, plumb: Box(
        0, x, y, x if plumb else x + length, y + length if plumb else y
    ),
    st.floats(0, 500),
    st.floats(0, 700),
    st.floats(5, 500),
    st.booleans(),
)


@trial(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40), st.lists(RULES, max_size=12), st.floats(-9, 9))
def test_every_word_stands_once_at_its_offset(words, rules, angle):
    reading = compose([RawPage(0, 612, 792, tuple(words), rules=tuple(rules), angle=angle)])
    assert sorted(w.text for w in reading.words) == sorted(w.text for w in words)
    assert sorted(w.box for w in reading.words) == sorted(w.box for w in words)
    at = 0
    for n, found in enumerate(reading.words):
        assert reading.text[found.start : found.end] == found.text
        if n:
            assert reading.text[at : found.start] in SEPARATORS
        else:
            assert found.start == 0
        at = found.end
    assert at == len(reading.text)


def turned(page, degrees):
    """The page as a scanner would see it laid on askew about its middle."""
    turn, cx, cy = math.radians(degrees), page.width / 2, page.height / 2

    def place(box):
        xs, ys = [], []
        for x, y in ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)):
            u, v = x - cx, y - cy
            xs.append(cx + u * math.cos(turn) - v * math.sin(turn))
            ys.append(cy + u * math.sin(turn) + v * math.cos(turn))
        return Box(0, min(xs), min(ys), max(xs), max(ys))

    words = tuple(Word(w.text, place(w.box), 0, Source.OCR) for w in page.words)
    return RawPage(0, page.width, page.height, words, rules=page.rules, angle=degrees)


@pytest.mark.parametrize("degrees", [-4.0, -0.9, 0.3, 2.0, 5.0, 90.0, 180.0, -90.0])
def test_a_page_that_lies_askew_reads_like_a_straight_one(degrees):
    def draw(write, page):
        table(page, [72, 250, 420], [100, 130, 160])
        for x, y, text in (
            (76, 118, "Dobbs, Kaysen"),
            (254, 118, "first child"),
            (76, 148, "Beasley"),
            (254, 148, "worker"),
        ):
            write(x, y, text)
        paragraph(
            write,
            72,
            200,
            ["Mother said the boys were", "at home all week and that", "nobody came."],
        )

    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    draw(lambda x, y, t: page.insert_text((x, y), t, fontsize=10), page)
    straight = read_text_pages(document.tobytes(), SETTINGS)[0]
    assert compose([turned(straight, degrees)]).text == compose([straight]).text


def test_the_text_holds_no_other_white_space():
    text = read(lambda write, _: write(72, 100, "a  b   c"))
    assert re.fullmatch(r"\S+(?:( |\t|\n|\n\n|\f)\S+)*", text)
