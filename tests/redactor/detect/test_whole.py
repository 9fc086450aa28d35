"""What a finder cut short is taken whole, and nothing of somebody else's with it."""

from __future__ import annotations

import pytest

from redactor.detect.whole import whole
from redactor.types import Mention


def found(text: str, *mentions: tuple[str, str]) -> list[str]:
    given = [Mention(k, text.index(w), text.index(w) + len(w), 0.9, "test") for k, w in mentions]
    return [text[m.start : m.end] for m in whole(text, given)]


@pytest.mark.parametrize(
    ("text", "kind", "cut", "expected"),
    [
        ("at the Prairie Star Motel, who", "employer", "Prairie Star", "Prairie Star Motel"),
        ("the clerk of Prairie Star Motel.", "indirect_text", "the clerk of Prairie", None),
        ("at Larkin when she came", "employer", "Larkin", "Larkin"),
        ("at the mill. She said", "employer", "mill", "mill"),
        ("AT LARKIN SCHOOL TODAY", "employer", "LARKIN", "LARKIN"),
        ("at 214 Pulaski Street, Fort Wayne.", "address", "214 Pulaski Street", None),
        ("at 214 Pulaski Street, Salem, MO 65560.", "address", "214 Pulaski Street", None),
        (
            "at Three Rivers Community Hospital today",
            "employer",
            "Rivers Community",
            "Three Rivers Community Hospital",
        ),
        ("of Sumter Chip & Timber that", "employer", "Chip", "Sumter Chip & Timber"),
        ("at Valley Drug #4, Elm", "employer", "Valley Drug", "Valley Drug #4"),
        ("He Works at Larkin. Father", "employer", "Larkin", "Larkin"),
        ("Employer Larkin and Lena", "employer", "Larkin", "Larkin"),
        ("bus driver; Verna Runs Above, cook", "name", "Verna", "Verna Runs Above"),
        ("ref. V. Runs Above, Head Start", "name", "V.", "V. Runs Above"),
        ("Verna Voss Red Lodge", "name", "Verna Voss", "Verna Voss"),
        ("Tessa Kells, IV drug user", "name", "Tessa Kells", "Tessa Kells"),
        ("Kim Red Cross volunteer", "name", "Kim", "Kim"),
        ("Verna runs above", "name", "Verna", "Verna"),
        ("met Verna Black River Road", "name", "Verna", "Verna"),
        ("Voss, Larkin (NMN), born", "name", "Voss, Larkin", "Voss, Larkin (NMN)"),
        ("VOSS, LARKIN\n(NMN )\tW", "name", "VOSS, LARKIN", "VOSS, LARKIN\n(NMN )"),
        ("Larkin Voss\nII. Findings", "name", "Larkin Voss", "Larkin Voss"),
        ("of Wm. Voss, who", "name", "Voss", "Wm. Voss"),
        ("BABY BOY VOSS was", "name", "VOSS", "BABY BOY VOSS"),
        ("the baby boy. Voss came", "name", "Voss", "Voss"),
        ("Mr. Larkin Voss III called", "name", "Larkin Voss", "Larkin Voss III"),
        ("Larkin Voss, Jr. called", "name", "Larkin Voss", "Larkin Voss, Jr."),
        ("Larkin Voss said I called", "name", "Larkin Voss", "Larkin Voss"),
        ("Mother Larkin Mills", "employer", "Larkin Mills", "Larkin Mills"),
        ("at 9 Elm Ct, Lena said", "address", "9 Elm Ct", "9 Elm Ct"),
        ("at 9 Elm Ct, Lena Voss came", "address", "9 Elm Ct", "9 Elm Ct"),
    ],
)
def test_the_rest_of_a_name_or_address(
    text: str, kind: str, cut: str, expected: str | None
) -> None:
    wanted = expected or text[text.index(cut) :].partition(".")[0]
    assert found(text, (kind, cut)) == [wanted]


def test_no_mention_grows_over_another() -> None:
    text = "at Larkin Elementary Priya Raman said"
    own = ["Larkin Elementary", "Priya Raman"]
    assert found(text, ("employer", "Larkin"), ("name", "Priya Raman")) == own
