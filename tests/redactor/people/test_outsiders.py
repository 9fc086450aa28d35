"""What people who attacked releases found about names: the ways in which a reporter stayed named."""

from __future__ import annotations

import pytest

from redactor.detect.merge import merge
from redactor.detect.recognizers.names import NameRecognizer
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
