"""The whole way on small real files: what goes out, what is said of it, what stays in."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace

import pikepdf
import pymupdf
import pypdfium2
import pytest

from redactor.errors import EmptyInput, Encrypted, UnreadableInput
from redactor.files import renditions
from redactor.pipeline import Draft, analyze, begin, release, run
from redactor.policy import load
from redactor.report.requester_log import COLUMNS
from redactor.settings import Settings
from redactor.types import Release
from redactor.verify.certificate import faults, public_text, signing_key
from tests.conftest import make_pdf, make_request

SECRETS = ("Dana", "Orr", "573-555-0142", "dorr", "412-68-9023")


def words(pdf: bytes) -> str:
    return " ".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(pdf))


def released(data: bytes, settings: Settings, **more: object) -> Release:
    release = run(
        data, make_request("inv_alleged_perpetrator", "Carl Dufresne", **more), settings=settings
    )
    assert release.outcome == "released", [c.name for c in release.verdict.failing]
    return release


def test_release_hides_the_reporter_and_keeps_the_story(
    case_pdf: bytes, settings: Settings
) -> None:
    """The accused sees what he may, and not who told."""
    release = released(case_pdf, settings)
    text = words(release.document or b"")

    assert [s for s in SECRETS if s in text] == []
    for kept in ("Milo", "Nora", "Carl", "Sand", "without a coat"):
        assert kept in text


def test_same_input_gives_the_same_bytes(case_pdf: bytes, settings: Settings) -> None:
    """Document, logs and text, byte for byte; only the certificate tells the time."""
    one, two = (renditions(released(case_pdf, settings)) for _ in range(2))

    assert one.keys() == two.keys()
    assert [n for n in one if one[n] != two[n] and n != "certificate.json"] == []


def test_certificate_goes_with_the_release(case_pdf: bytes, settings: Settings) -> None:
    """Signed with the key of the settings, of this document, without the case file's digest."""
    release = released(case_pdf, settings)
    key = public_text(signing_key(settings.certificate_path).public_key())

    assert faults(release.certificate, release.document or b"", key) == []
    assert hashlib.sha256(case_pdf).hexdigest() not in release.certificate.decode()


def test_logs_hold_no_protected_text(case_pdf: bytes, settings: Settings) -> None:
    """Neither the requester's log nor the internal one repeats what was hidden."""
    for ending, data in renditions(released(case_pdf, settings)).items():
        if ending != "pdf":
            text = data.decode("utf-8", "replace")
            assert [s for s in SECRETS if s in text] == [], ending


def test_requesters_log_tells_nothing_it_must_not(case_pdf: bytes, settings: Settings) -> None:
    """No role, kind, person, rule, score or hash; one citation for all boxes."""
    log = released(case_pdf, settings).requester_log
    boxes = log["boxes"]

    assert all(tuple(b) == COLUMNS for b in boxes)  # type: ignore[attr-defined]
    for word in ("reporter", "sha", "hmac", "score", "recognizer", "rule", "210.109"):
        assert word not in json.dumps(log).casefold(), word
    assert len({b["citation"] for b in boxes}) == 1  # type: ignore[attr-defined]


def test_internal_log_explains_each_mention(case_pdf: bytes, settings: Settings) -> None:
    """Rule, law, recognizer and a keyed digest that another key changes."""
    log = released(case_pdf, settings).internal_log
    other = released(case_pdf, settings.model_copy(update={"log_key": "another"})).internal_log
    hidden = [e for e in log["entries"] if e["action"] != "keep"]  # type: ignore[union-attr, index]

    assert hidden
    assert all(
        e["rule"] and e["citations"] and e["recognizer"] and len(e["digest"]) == 64 for e in hidden
    )
    assert [e["digest"] for e in log["entries"]] != [e["digest"] for e in other["entries"]]  # type: ignore[index, union-attr]
    assert log["versions"]["policy"] and log["output_sha256"]  # type: ignore[index]


def test_pages_of_plain_text_are_vectors_unless_somebody_asks_for_pictures(
    case_pdf: bytes, settings: Settings
) -> None:
    """The settings, a unit's own or the policy; the internal log tells how each was written."""
    request = make_request()
    of_unit = settings.model_copy(update={"render_by_unit": (("east", "pixels"),)})
    policy = load("us-mo")
    careful = policy.jurisdiction.model_copy(update={"render": "pixels"})
    draft = begin(case_pdf, request, settings=settings)
    assert isinstance(draft, Draft)
    asked = replace(draft, policy=replace(policy, jurisdiction=careful))

    def ways(made: Release) -> list[object]:
        assert made.outcome == "released"
        return [page["way"] for page in made.internal_log["written"]]  # type: ignore[attr-defined]

    assert ways(release(draft, settings=settings)) == ["vector"]
    assert ways(release(draft, settings=of_unit.of_unit("west"))) == ["vector"]
    assert ways(release(draft, settings=of_unit.of_unit("east"))) == ["pixels"]
    assert ways(release(asked, settings=settings)) == ["pixels"]


def test_internal_log_lists_what_still_tells_of_the_reporter(settings: Settings) -> None:
    """Kinds and places of small words beside a hidden reporter, and no words."""
    data = make_pdf(
        "Reporter: Dana Orr, phone 573-555-0142",
        "RP Dana Orr said that she saw Milo Finch without a coat.",
        "Victim: Milo Finch. He was taken home.",
    )
    told = released(data, settings).internal_log["telltales"]
    assert all(set(t) == {"kind", "page", "box"} for t in told)  # type: ignore[union-attr]
    assert [(t["kind"], t["page"]) for t in told] == [("pronoun", 1)]  # type: ignore[union-attr, index]


def test_held_mentions_stop_the_release_unless_they_are_hidden(settings: Settings) -> None:
    """The victim's injury is for a person to decide (rule A3)."""
    data = make_pdf(
        "Victim: Milo Finch.",
        "The doctor said that Milo has asthma and takes albuterol.",
        "Carl Dufresne, alleged perpetrator.",
    )
    stopped = run(
        data,
        make_request("inv_alleged_perpetrator", "Carl Dufresne", holds="stop"),
        settings=settings,
    )

    assert stopped.outcome == "held"
    assert stopped.document is None
    assert stopped.holds
    assert "asthma" not in json.dumps([h.question for h in stopped.holds])


def test_answer_only_and_unanswered_requests_read_no_page(settings: Settings) -> None:
    """The file is not even opened: these bytes are no PDF."""
    letter = run(b"not a file", make_request("inv_employer"), settings=settings)
    refused = run(
        b"not a file", make_request("inv_alleged_perpetrator", answers={}), settings=settings
    )

    assert (letter.outcome, letter.document) == ("letter", None)
    assert set(letter.letter["response_fields"]) == {
        "nature_of_report",
        "disposition",
        "name_of_alleged_perpetrator",
    }  # type: ignore[index, call-overload]
    assert (refused.outcome, refused.document) == ("withheld", None)
    assert "pending_criminal_charges" in json.dumps(refused.reasons)


def test_must_hide_and_must_keep(settings: Settings) -> None:
    """A term of the request goes wherever it stands; a must-keep opens no reporter."""
    data = make_pdf(
        "Reporter: Dana Orr.",
        "The green Cadillac stood there. A green",
        "Cadillac is rare.",
        "Milo Finch, victim.",
    )

    text = words(
        released(data, settings, must_hide=("green Cadillac",), must_keep=("Dana Orr",)).document
        or b""
    )

    assert "Cadillac" not in text
    assert "Orr" not in text


def test_metadata_notes_fields_and_attachments_do_not_travel(settings: Settings) -> None:
    """Every channel beside the page, looked at by object walk and raw bytes."""
    canary = "Quillfeather"
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((60, 80), f"Reporter: Mina {canary}. Victim: Milo Finch.")
        page.add_text_annot((300, 80), f"{canary} called again")
        field = pymupdf.Widget()
        field.rect, field.field_type = pymupdf.Rect(60, 200, 300, 220), pymupdf.PDF_WIDGET_TYPE_TEXT
        field.field_name, field.field_value = "caller", f"Mina {canary}"
        page.add_widget(field)
        page.insert_link(
            {
                "kind": pymupdf.LINK_URI,
                "from": pymupdf.Rect(60, 300, 200, 320),
                "uri": f"mailto:{canary}@a.example",
            }
        )
        document.embfile_add("notes.txt", canary.encode())
        document.set_metadata({"title": canary, "author": canary})
        document.set_toc([[1, canary, 1]])
        data = document.tobytes()

    release = released(data, settings, must_hide=(canary,))
    pdf, taken = release.document or b"", release.internal_log["taken_off"]

    assert set(taken) == {"attachment", "bookmark", "field", "link", "metadata", "note"}  # type: ignore[call-overload]
    haystack = pdf + words(pdf).encode()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for thing in file.objects:
            haystack += repr(thing).encode()
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
                haystack += thing.read_bytes()
    assert canary.casefold().encode() not in haystack.lower()


@pytest.mark.slow
def test_a_scan_loses_its_pixels(case_pdf: bytes, settings: Settings) -> None:
    """An image-only page is read, and what is hidden is gone from the picture."""
    with pymupdf.open(stream=case_pdf) as source, pymupdf.open() as scan:
        picture = source[0].get_pixmap(dpi=200).tobytes("png")
        scan.new_page(width=612, height=792).insert_image(
            pymupdf.Rect(0, 0, 612, 792), stream=picture
        )
        data = scan.tobytes()

    pdf = released(data, settings).document or b""
    again = analyze(pdf, settings=settings).reading.text

    assert "Milo" in again
    assert [s for s in SECRETS if s in again] == []


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"", EmptyInput), (b"%PDF-1.7 broken", UnreadableInput), (b"hello", UnreadableInput)],
)
def test_bad_input_is_a_clear_error(
    data: bytes, error: type[Exception], settings: Settings
) -> None:
    """And nothing else."""
    with pytest.raises(error):
        run(data, make_request(), settings=settings)


def test_encrypted_file_needs_its_password(case_pdf: bytes, settings: Settings) -> None:
    """With it the release is plain."""
    with pymupdf.open(stream=case_pdf) as document:
        data = document.tobytes(
            encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open", owner_pw="own"
        )
    request = make_request("inv_alleged_perpetrator", "Carl Dufresne")

    with pytest.raises(Encrypted):
        run(data, request, settings=settings)

    assert run(data, request, settings=settings, password="open").outcome == "released"
