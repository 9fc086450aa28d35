"""Files of one case share their people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from redactor.draft import Draft, split
from redactor.errors import TooLarge
from redactor.packet import Part, apart, decided, digest_of, together, torn
from redactor.pdf.packet import cut, join
from redactor.pipeline import analyze_packet, begin_packet, release_packet, run_packet
from redactor.settings import Settings
from redactor.types import (
    Action,
    Box,
    Decision,
    Findings,
    Mention,
    Page,
    Reading,
    Region,
    Word,
)
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


def test_readings_come_back_whole_with_what_was_marked_on_their_pages() -> None:
    """Words, offsets and the places that an officer hid are those of each file."""
    files = [reading("abc def"), reading("ghi"), reading("")]
    whole = together(files)
    spot = Region("ink", Box(1, 0, 0, 5, 5), "")
    marked = replace(whole.pages[1], regions=(spot,))
    whole = replace(whole, pages=(whole.pages[0], marked, whole.pages[2]))
    parts = [Part(len(f.pages), len(f.text)) for f in files]

    first, second, third = torn(whole, parts)

    assert (first, third) == (files[0], files[2])
    assert second.pages[0].regions == (replace(spot, box=Box(0, 0, 0, 5, 5)),)
    assert replace(second.pages[0], regions=()) == files[1].pages[0]


def test_what_goes_across_two_files_is_hidden_in_both() -> None:
    """An officer may mark words from the end of one file to the start of the next."""
    files = [reading("abc def"), reading("ghi")]
    mentions = (Mention("name", 0, 3, 1.0, "r"), Mention("name", 4, 11, 1.0, "r"))
    decisions = (
        Decision(0, Action.KEEP, "r", ()),
        Decision(1, Action.REDACT, "r", ()),
    )

    (first, one), (second, two) = decided(Findings(mentions, ()), decisions, files)

    assert [(m.start, m.end) for m in first.mentions] == [(0, 3), (4, 7)]
    assert [(m.start, m.end) for m in second.mentions] == [(0, 3)]
    assert [d.action for d in one] == [Action.KEEP, Action.REDACT]
    assert [(d.mention, d.action) for d in two] == [(0, Action.REDACT)]


def test_pages_are_joined_and_cut_apart() -> None:
    """In the order given; a single file stays as it is, byte for byte."""
    one, two = make_pdf("first"), make_pdf("last")

    packet = join([one, two, one])
    first, second = cut(packet, [2, 1])

    assert join([one]) is one
    assert [text_of(first, n) for n in (0, 1)] == ["first", "last"]
    assert [text_of(second, 0)] == ["first"]


def text_of(pdf: bytes, number: int) -> str:
    page = pypdfium2.PdfDocument(pdf)[number]
    return str(page.get_textpage().get_text_bounded()).strip()


def test_limits_count_the_pages_of_all_files(settings: Settings) -> None:
    """A packet is no way around them."""
    small = settings.model_copy(update={"max_pages": 1})
    with pytest.raises(TooLarge):
        analyze_packet([make_pdf("a"), make_pdf("b")], settings=small)


def test_a_packet_waits_as_one_and_is_released_file_by_file(
    settings: Settings, tmp_path: Path
) -> None:
    """What is decided on the whole stands in each; kept and read again between the two."""
    from redactor.jobs.drafts import load_draft, save_first
    from redactor.store.files import open_files

    request = make_request("inv_alleged_perpetrator")
    files = [make_pdf(*INTAKE), make_pdf(*LETTER)]
    begun = begin_packet(files, request, settings=settings)
    assert isinstance(begun, Draft)
    store = open_files(settings.model_copy(update={"data_dir": tmp_path}))
    save_first(store, "a" * 32, 1, begun)

    draft = load_draft(store, "a" * 32, 1, request, settings)
    intake, letter = split(draft)
    releases = release_packet(draft, settings=settings)

    assert draft == begun
    assert [len(d.analysis.reading.pages) for d in (draft, intake, letter)] == [2, 1, 1]
    assert letter.analysis.reading.text.startswith("Clinic letter")
    assert draft.source_digest == digest_of([intake.source_digest, letter.source_digest])
    straight = run_packet(files, request, settings=settings)
    assert [r.text for r in releases] == [r.text for r in straight]
    assert [r.outcome for r in releases] == ["released", "released"]
    sources = [r.internal_log["versions"]["source_sha256"] for r in releases]  # type: ignore[index]
    assert sources == [intake.source_digest, letter.source_digest]


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
