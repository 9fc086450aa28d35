"""Who calls, in the transcript of a call to a hotline."""

from __future__ import annotations

import pytest

from redactor.people.transcripts import calling
from tests.redactor.people.test_resolve import named

CALL = """Transcript

SCREENER: Child abuse hotline. Are the children safe right now?
ORTIZ: Yes. She is asleep on my sofa.
SCREENER: What is your name, please?
ORTIZ: Nieves. Nieves Ortiz.
INTERPRETER: Like snow.
SCREENER: And the child's name?
ORTIZ: Joelys Fung.
"""
INTERVIEW = CALL.replace("SCREENER: Child abuse hotline.", "INTERVIEWER: Hello.").replace(
    "SCREENER", "INTERVIEWER"
)


def test_the_caller_is_who_the_screener_speaks_with() -> None:
    names = named(CALL, "Nieves Ortiz", "Nieves", "ORTIZ", "Joelys Fung")
    found = {CALL[m.start : m.end] for m in calling(CALL, names)}
    assert found == {"ORTIZ", "Nieves", "Nieves Ortiz"}


def test_a_call_is_found_among_forms_and_talks() -> None:
    talk = "WORKER: Is it okay?\nKELLS: Fine.\n" * 3
    text = f"Page: 1\nChild: Joelys Fung\nPage: 2\n{CALL}\nWORKER: Hello?\n{talk}"
    names = named(text, "Nieves Ortiz", "Nieves", "ORTIZ", "Joelys Fung", "KELLS")
    assert {text[m.start : m.end] for m in calling(text, names)} == {
        "ORTIZ",
        "Nieves",
        "Nieves Ortiz",
    }


@pytest.mark.parametrize(
    "text",
    [
        INTERVIEW,
        "ANN: The hotline called.\nBOB: Who?\nANN: The hotline.\nBOB: When?\n",
        "WORKER: Somebody called the hotline. Is it okay?\nKELLS: Fine.\nWORKER: What is your name?\nKELLS: Nieves.\n",
        "SCREENER: Child abuse hotline.\nORTIZ: Yes.\n",
        "Reporter: Nieves Ortiz\nRelation: aunt\nHotline: no\nNotes: none\n",
    ],
    ids=[
        "an interview with a child",
        "a talk about it",
        "a worker at the door",
        "too short",
        "a form",
    ],
)
def test_other_talk_has_no_caller(text: str) -> None:
    names = named(text, "Nieves Ortiz", "Nieves", "ORTIZ", "Joelys Fung", "ANN", "BOB")
    assert list(calling(text, names)) == []
