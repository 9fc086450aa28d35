"""What people who attacked releases found about names: the ways in which a reporter stayed named."""

from __future__ import annotations

import pytest

from redactor.detect.merge import merge
from redactor.detect.recognizers.names import NameRecognizer
from redactor.detect.recognizers.nobodys import NobodysRecognizer
from redactor.detect.recognizers.phone import PhoneRecognizer
from redactor.detect.recognizers.reporter import ReporterRecognizer
from redactor.people import resolve
from redactor.people.link import link
from redactor.people.names import parse
from redactor.pipeline import run
from redactor.settings import Settings
from redactor.types import Mention, Request
from tests.conftest import make_request
from tests.leak.test_alignment import page_with
from tests.redactor.people.test_resolve import named, reading, roles, who

NOBODY = Request("", "")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Reporter Thessaly Quillfeather. It was Tess who rang.", ("Thessaly Quillfeather", "Tess")),
        ("Name: Thessaly Quillteather. RP Thessaly O uillfeather saw it.",
         ("Thessaly Quillteather", "Thessaly O uillfeather")),
        ("Reporter Hân Đặng. Ms. Dang called.", ("Hân Đặng", "Dang")),
        ("Reporter Ana Peña. Mrs. Pena called.", ("Ana Peña", "Pena")),
    ],
    ids=["pet name by its sound", "garbled by a reader", "stroke and accents", "tilde"],
)  # fmt: skip
def test_two_writings_are_one_person(text: str, names: tuple[str, ...]) -> None:
    assert len(link(text, named(text, *names))) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [("Michael Patterson", "Michael Petersohn"), ("Ann Doyle", "Ann Boyle"), ("Theo Bly", "Tess Bly")],
)  # fmt: skip
def test_two_people_are_not_taken_for_one(first: str, second: str) -> None:
    text = f"{first} met {second}."
    assert len(link(text, named(text, first, second))) == 2


def test_names_on_two_sides_of_a_case_are_two_names() -> None:
    text = "Fwd: Quillfeather v. Holloway and Thessaly - Mason H."
    found = merge(text, [Mention("name", 5, 29, 0.9, "ModelRecognizer"),
                         Mention("name", 34, 53, 0.9, "ModelRecognizer")])  # fmt: skip
    names = [text[m.start : m.end] for m in found]
    assert names == ["Quillfeather", "Holloway", "Thessaly", "Mason H."]
    whole = Mention("name", 0, 15, 0.9, "ModelRecognizer")
    assert merge("Thessaly V. Bly said", [whole]) == (whole,)


def test_one_mailbox_is_one_persons() -> None:
    text = "RP T. Doyle <tq4@mail.example> rang. Bea <tq4@mail.example> wrote."
    mails = [
        Mention("email", at, at + 16, 1.0, "EmailRecognizer") for at in (text.find("tq4"), text.rfind("tq4"))
    ]  # fmt: skip
    findings = resolve(reading(text), (*named(text, "T. Doyle", "Bea"), *mails), NOBODY)
    assert roles(text, findings, "Bea")["reporter"] >= 0.2


def test_who_is_thanked_for_a_report_made_it() -> None:
    text = "Dear Ms. Doyle, thank you for your report. Dear Mr. Marsh, thank you for coming."
    findings = resolve(reading(text), named(text, "Doyle", "Marsh"), NOBODY)
    assert roles(text, findings, "Doyle")["reporter"] >= 0.2
    assert roles(text, findings, "Marsh").get("reporter", 0.0) < 0.2


def test_an_address_beside_the_reporters_telephone_is_the_reporters() -> None:
    text = "Reporter\nName: Ann Doyle\n\nCall back: 573-555-0142\tAddress: 12 Larkspur Ct"
    phone, address = text.find("573"), text.find("12 Lark")
    found = (
        *named(text, "Ann Doyle"),
        Mention("phone", phone, phone + 12, 1.0, "ModelRecognizer", roles={"reporter": 0.9}),
        Mention("address", address, len(text), 1.0, "AddressRecognizer"),
    )
    findings = resolve(reading(text), found, NOBODY)
    assert who(text, findings, "12 Larkspur Ct") == who(text, findings, "573-555-0142") != {""}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Reporter: Ann Doyle\nReporter phone: 555-0142\nRelationship to child: neighbor\nChild: Lee", "neighbor"),
        ("Reporter: Ann Doyle\nAlleged perpetrator: Al Marsh\nRelationship to child: father", ""),
        ("Reporter: Ann Doyle\nRelationship: unknown\n", ""),
    ],
)  # fmt: skip
def test_the_relation_in_the_reporters_block_tells_the_reporter(text: str, told: str) -> None:
    found = [
        text[m.start : m.end]
        for m in ReporterRecognizer().find(text)
        if m.entity_type == "INDIRECT_TEXT"
    ]
    assert found == ([told] if told else [])


@pytest.mark.parametrize(
    ("term", "text", "gone", "stays"),
    [
        ("Thessaly Quillfeather", "Subject: RE: Mason Quillfeather-Holloway complaint", "Quillfeather", "complaint"),
        ("Thessaly Quillfeather", "Saved as quillfeather_statement.pdf today", "quillfeather", "today"),
        ("Ngoc Quyen Le", "LE, NGOC QUYEN spoke of it", "QUYEN", "spoke"),
        ("Xochitl Penaflor-Quinones", "La Sra. Peñaflor dijo que no", "Peñaflor", "que no"),
    ],
)  # fmt: skip
def test_a_must_hide_name_is_hidden_by_its_telling_words(
    term: str, text: str, gone: str, stays: str
) -> None:
    request = make_request("inv_alleged_perpetrator", must_hide=(term,), holds="hide")
    release = run(page_with(text, 72.0).tobytes(), request, settings=Settings())
    assert release.outcome == "released"
    assert gone not in release.text
    assert stays in release.text


def test_a_namesakes_surname_is_left_to_them() -> None:
    request = make_request("inv_alleged_perpetrator", must_hide=("Thessaly Quillfeather",))
    text = "The worker, Nora Quillfeather, Children's Division, met the family."
    release = run(page_with(text, 72.0).tobytes(), request, settings=Settings())
    assert parse("Nora Quillfeather").last == "quillfeather"
    assert "Nora Quillfeather" in release.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Spelled: Q as in queen, U, I, double L, F as in Frank.", "Q as in queen, U, I, double L, F as in Frank"),
        ("T as in Tom, H, E, S, S, A is her name", "T as in Tom, H, E, S, S, A"),
        ("Exhibits A, B, C, D, E are filed as in the last case", ""),
        ("Child: Juniper Marrow DOB 06/06/2016", "Juniper Marrow"),
        ("MARROW, DALE Alleged perpetrator", "MARROW, DALE"),
    ],
)  # fmt: skip
def test_names_end_where_they_end(text: str, told: str) -> None:
    found = [text[m.start : m.end] for m in NameRecognizer().find(text)]
    assert found == ([told] if told else [])


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("06:20\tOral report\tNEP\n06:31\tPolice notified\tTL", ["NEP"]),
        ("Letter #1 sent certified.\tnep\nLetter #2", ["nep"]),
        ("Sent films. OK. NP\n\nNext", ["NP"]),
        ("The NP saw the boy, np problem", []),  # nurse practitioner, and no signature
        ("NEPS is no one, nep is a word", []),
    ],
)  # fmt: skip
def test_a_reporters_initials_are_found_where_entries_are_signed(
    text: str, gone: list[str]
) -> None:
    text += "\n\nReporter: Norma Ellen Pryor"
    names = named(text, "Norma Ellen Pryor", roles={"Norma Ellen Pryor": {"reporter": 0.97}})
    found = [m for m in resolve(reading(text), names, NOBODY).mentions if m.kind == "initials"]

    assert [text[m.start : m.end] for m in found] == gone
    assert len({m.person for m in (*found, *names)}) <= 2  # hers, and not yet linked


def test_the_initials_of_others_are_left_alone() -> None:
    text = "Sent films.\tNEP\n\nWorker: Norma Ellen Pryor"
    names = named(text, "Norma Ellen Pryor", roles={"Norma Ellen Pryor": {"caseworker": 0.97}})
    assert {m.kind for m in resolve(reading(text), names, NOBODY).mentions} == {"name"}


def test_a_title_tells_which_of_two_relatives_is_meant() -> None:
    text = "Mr. Dale Hutcherson rang. Jenna Hutcherson was out. She is the niece of Mr. Hutcherson."
    full, niece = ("Dale Hutcherson", "Hutcherson"), "Jenna Hutcherson"
    people = [
        {text[m.start : m.end] for m in c_mentions} for c_mentions in linked(text, *full, niece)
    ]
    assert people == [set(full), {niece}]


def linked(text: str, *names: str) -> list[list[Mention]]:
    mentions = named(text, *names)
    return [[mentions[n] for n in c.mentions] for c in link(text, mentions)]


@pytest.mark.parametrize(
    ("kind", "given", "left"),
    [
        ("indirect_text", "the woman who lives upstairs and", "woman who lives upstairs"),
        ("indirect_text", "the landlady", "the landlady"),  # one word would pass for a crumb
        ("indirect_text", "an aunt with", "an aunt"),  # what is behind "an" begins with a vowel
        ("indirect_text", "she saw the porch", "she saw the porch"),
        ("medical", "bipolar disorder for", "bipolar disorder"),
        ("name", "the Ann Doyle", "Ann Doyle"),
    ],
)  # fmt: skip
def test_small_words_at_the_edges_stay(kind: str, given: str, left: str) -> None:
    found = merge(given, [Mention(kind, 0, len(given), 0.9, "ModelRecognizer")])
    assert [given[m.start : m.end] for m in found] == [left]


@pytest.mark.parametrize("number", ["form MO 886-4570", "MO 300-1189", "Form 470-3240"])
def test_a_forms_number_is_no_telephone(number: str) -> None:
    text = f"Turn in {number} today."
    rules = (NobodysRecognizer(), PhoneRecognizer())
    found = [
        Mention(r.entity_type.lower(), r.start, r.end, r.score, "rule")
        for rule in rules
        for r in rule.find(text)
    ]
    assert merge(text, found) == ()


def test_a_name_ends_at_a_stop() -> None:
    text = "I am Lupe Arriaga. A, R, R"
    found = merge(text, [Mention("name", 5, 20, 0.9, "ModelRecognizer")])
    assert text[found[0].start : found[0].end] == "Lupe Arriaga"


@pytest.mark.parametrize(
    ("text", "names", "together"),
    [
        ("Mr. Dale E. and Rosie Hutcherson. Later Mr. Hutcherson nodded.",
         ("Dale E.", "Rosie Hutcherson", "Hutcherson"), [{"Dale E.", "Hutcherson"}, {"Rosie Hutcherson"}]),
        ("Her mother, Jenna Finch, left. The brother Cody Finch came. Mr. Finch rang.",
         ("Jenna Finch", "Cody Finch", "Finch"), [{"Jenna Finch"}, {"Cody Finch", "Finch"}]),
        ("Amber, and Rosie Finch rang.", ("Amber", "Rosie Finch"), [{"Amber"}, {"Rosie Finch"}]),
    ],
)  # fmt: skip
def test_a_couple_shares_a_name_and_kin_tell_who_is_mr(
    text: str, names: tuple[str, ...], together: list[set[str]]
) -> None:
    """A mother is no Mr.; whoever asks for the file must not be given her brother-in-law's."""
    assert [{text[m.start : m.end] for m in c} for c in linked(text, *names)] == together


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("told by Quill-\n\n1 A footnote of the page.\fPage 2\n\nfeather that he", ["Quill", "feather"]),
        ("told by Quill-\n\nNext column\tfeather that he", ["Quill", "feather"]),
        ("a quill-\n\nand a feather that he", []),  # no half begins a line
        ("the well-\n\nknown feather", []),
    ],
)  # fmt: skip
def test_a_name_that_a_page_cuts_in_two_is_found(text: str, gone: list[str]) -> None:
    text = f"Reporter Thessaly Quillfeather rang.\n\n{text}"
    names = named(text, "Thessaly Quillfeather")
    found = [m for m in resolve(reading(text), names, NOBODY).mentions if "half" in m.why]
    assert [text[m.start : m.end] for m in found] == gone
    assert {m.person for m in found} <= who(
        text, resolve(reading(text), names, NOBODY), "Thessaly Quillfeather"
    )


@pytest.mark.parametrize(
    ("before", "found"),
    [("Coach", "Coach"), ("Mamaw", "Mamaw"), ("the deputy", "deputy"), ("Mr.", None), ("of", None)],
)
def test_what_a_reporter_is_called_is_told_with_the_name(before: str, found: str | None) -> None:
    """The word says that it was the coach, or whose grandmother."""
    text = f"Reporter: Thessaly Quill. They ask for {before} Quill and Coach Doyle."
    sure = {"Thessaly Quill": {"reporter": 0.95}, "Doyle": {"professional": 0.9}}
    mentions = named(text, *sure, "Quill", roles=sure)
    told = [
        m for m in resolve(reading(text), mentions, NOBODY).mentions if m.recognizer == "called"
    ]
    assert [text[m.start : m.end] for m in told] == ([found] if found else [])
