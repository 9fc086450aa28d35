"""Files of one case share their people."""

from __future__ import annotations

from redactor.packet import apart, together
from redactor.pipeline import analyze_packet, run_packet
from redactor.settings import Settings
from redactor.types import Box, Findings, Mention, Page, Reading, Word
from tests.conftest import make_pdf, make_request

INTAKE = (
    "Hotline intake of 3/4/2025",
    "Reporter: Dr. Helen Novak, phone 573-555-0142",
    "RP Dr. Novak said that Milo Finch came without a coat.",
    "Victim: Milo Finch, born 6/6/2016.",
)
LETTER = (
    "Clinic letter of 3/9/2025",
    "Seen today with Novak, who found two bruises on the left arm.",
    "Milo Finch is to come back on Friday.",
)


def reading(text: str) -> Reading:
    word = Word(text[:3], Box(0, 0, 0, 10, 10), 0)
    return Reading(text, (Page(0, 612.0, 792.0, 0, len(text), (word,)),))


def test_a_packet_is_taken_apart_again() -> None:
    """Offsets and pages come back as each file had them."""
    files = [reading("abc def"), reading("ghi")]
    whole = together(files)
    mentions = (Mention("name", 0, 3, 1.0, "r"), Mention("name", 8, 11, 1.0, "r"))

    first, second = apart(Findings(mentions, ()), files)

    assert whole.text == "abc def\fghi"
    assert [p.number for p in whole.pages] == [0, 1]
    assert [w.box.page for w in whole.words] == [0, 1]
    assert [(m.start, m.end) for m in first.mentions] == [(0, 3)]
    assert [(m.start, m.end) for m in second.mentions] == [(0, 3)]


def test_the_reporter_of_one_file_is_known_in_the_other(settings: Settings) -> None:
    """The letter alone does not tell that its doctor reported."""
    files = [make_pdf(*INTAKE), make_pdf(*LETTER)]

    intake, letter = analyze_packet(files, settings=settings)

    def owner(analysis: object, name: str) -> set[str]:
        text = analysis.reading.text  # type: ignore[attr-defined]
        found = analysis.findings.mentions  # type: ignore[attr-defined]
        return {m.person for m in found if name in text[m.start : m.end]}

    assert owner(intake, "Novak") == owner(letter, "Novak") != set()


def test_a_packet_gives_one_release_a_file(settings: Settings) -> None:
    """And the reporter is gone from both."""
    request = make_request("inv_alleged_perpetrator")

    releases = run_packet([make_pdf(*INTAKE), make_pdf(*LETTER)], request, settings=settings)

    assert [r.outcome for r in releases] == ["released", "released"]
    assert all("Novak" not in r.text for r in releases)
    assert "Milo" in releases[1].text


def test_what_one_file_hides_is_hidden_in_the_other(settings: Settings) -> None:
    """A call-back number that only the intake tells to be one stands in a list of numbers too."""
    other = make_pdf("Numbers seen on the fridge", "573 5550142 and no name beside it")
    request = make_request("inv_alleged_perpetrator")

    _, second = run_packet([make_pdf(*INTAKE), other], request, settings=settings)

    assert second.outcome == "released"
    assert "5550142" not in "".join(second.text.split())
    assert "fridge" in second.text
