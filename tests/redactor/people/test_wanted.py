"""The words of a must-hide name, wherever and however they stand alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.people import resolve
from redactor.people.wanted import wanted_words
from redactor.types import Box, Page, Reading, Request, Word
from tests.redactor.people.test_resolve import named, reading, who


def hidden(text: str, term: str, *others: str) -> list[str]:
    """What of the text the term hides, in order of place."""
    found = wanted_words(reading(text), (term,), (term, *others))
    return [text[m.start : m.end] for m in sorted(found, key=lambda m: (m.start, m.end))]


@pytest.mark.parametrize(
    ("term", "text", "gone"),
    [
        ("Jill Fitti", "Then Jill left. The Fittis live here.", ["Jill", "Fittis"]),
        ("Mary Ann Doyle", "Mary Ann left, Doyle too", ["Mary", "Ann", "Doyle"]),
        ("Maria Garcia-Lopez", "Lopez said. Ms. Garcia left.", ["Lopez", "Garcia"]),
        ("Ana de la Cruz", "Ms. Cruz read de la Mare", ["Cruz"]),
        ("Rita D'Angelo", "Angelo said so.", ["Angelo"]),
        ("Kim Ott", "Ott1 by phone, KimFile, /home/ott/x, Kim_Ott.pdf", ["Ott", "Kim", "ott", "Kim", "Ott"]),
        ("Kim Ott", "user kott or kimott, ottk9", ["kott", "kimott", "ottk"]),
        ("Kim Ott", "O tt called. L. O T T. O.T.T. O\u00adtt", ["O tt", "O T T", "O.T.T", "O\u00adtt"]),
        ("Kim Ott", "bottom of the cotton pottery", []),
        ("Jill Fitti", "F****i, Fitt..., Fit... and Jil\u2026, fit...", ["F****i", "Fitt...", "Fit...", "Jil\u2026"]),
        ("Jill Fitti", "F as in Foxtrot, F as the first", ["F as in Foxtrot"]),
        ("Ada Baker", "Ms. baker said that ada left. A baker bakes.", ["baker", "ada"]),
        ("Ada Baker", "Baker said no. baker: yes", ["Baker", "baker"]),
        ("An Do", "Later Do called. An apple. Do you see An?", ["Do", "An"]),
        ("Will Mark", "Mark the box. It will do. Then Mark left with Mr. Will.", ["Mark", "Will"]),
        ("Ann Reed", "May House, Reed and Ann House", ["Reed", "Ann"]),
        ("Dana Jackson", "\nJackson\tneighbor, JACKSON CALLED, we met jackson", ["Jackson", "JACKSON", "jackson"]),
        ("Dana Jackson", "in Jackson County", []),
        ("Ada Winterbottom", "Present: Winterbottom Dr. Jones", ["Winterbottom"]),
        ("Will Mark", "The mother will attend. The worker will call. 24 hours/day", []),
        ("Binh To", "asked the mother to keep it", []),
        ("Robert Owens", "Roberto came, robertow7", ["robertow"]),
        ("Ines Ott", "I like school, I for one", []),
        ("Andrew Aman", "and... A man came. Exhibit A____", []),
        ("Fay Ott", "F as in Frank, A as in Ann, Y", ["F as in Frank, A as in Ann, Y"]),
    ],
)  # fmt: skip
def test_words_of_a_wanted_name(term: str, text: str, gone: list[str]) -> None:
    assert hidden(text, term) == gone


def test_a_word_that_is_somebody_elses_name_is_left_to_them() -> None:
    assert hidden("Ms. Ott left", "Kim Ott", "Lee Ott") == []
    assert hidden("Ms. Lopez left", "Maria Garcia-Lopez", "Garcia Lopez") == ["Lopez"]  # her own
    assert hidden("Tessa left", "Tessa Kells", "Tessa Kel") == ["Tessa"]  # cut off


def test_a_surname_of_two_goes_to_who_must_be_hidden_unless_it_is_read_otherwise() -> None:
    text = "Reporter: Renata Kowal. Piotr Kowal was there. Ms. Kowal called."
    mentions = named(text, "Renata Kowal", "Piotr Kowal", "Kowal")
    for hide, same in ((("Renata Kowal",), "Renata Kowal"), ((), "Piotr Kowal")):
        findings = resolve(reading(text), mentions, Request("", "", must_hide=hide))
        assert who(text, findings, "Kowal") == who(text, findings, same)


def test_a_word_cut_off_by_the_pages_edge() -> None:
    text = "said Winterbo and Winterbo"
    cut, whole = (
        Word("Winterbo", Box(0, 560, 10, 611, 20), 5),
        Word("Winterbo", Box(0, 60, 10, 99, 20), 18),
    )
    page = Page(0, 612.0, 792.0, 0, len(text), (cut, whole))
    [found] = wanted_words(Reading(text, (page,)), ("Ada Winterbottom",), ())
    assert (found.start, found.end) == (cut.start, cut.end)


@given(st.text(alphabet="Ot t.\n-*Kim", max_size=60))
def test_any_text_is_searched_and_places_lie_within(text: str) -> None:
    for m in wanted_words(reading(text), ("Kim Ott",), ()):
        assert 0 <= m.start < m.end <= len(text)


def test_the_models_reading_of_a_wanted_name_is_kept() -> None:
    text = "Kim Ott called."
    [mention] = named(text, "Kim Ott", roles={"Kim Ott": {"reporter": 0.9}})
    findings = resolve(reading(text), (mention,), Request("", "", must_hide=("Kim Ott",)))
    [found] = findings.mentions
    assert found.recognizer == "must_hide"
    assert found.roles == mention.roles
