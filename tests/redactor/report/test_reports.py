"""What is said about a release: enough to contest each box, nothing that names anybody."""

from __future__ import annotations

import json
import re

import pytest

from redactor.policy import check, decide, least_answers, load
from redactor.report import internal_csv, letter, notice_pdf, requester_csv
from redactor.report.build import reports
from redactor.report.digests import digests
from redactor.types import (
    Box,
    Check,
    Context,
    Decision,
    Findings,
    Mention,
    Page,
    Person,
    Reading,
    Release,
    Removal,
    Request,
    Source,
    Verdict,
    Word,
)

CATEGORY = "inv_parent"
POLICY = load("us-mo")
ANSWERS = least_answers(POLICY, CATEGORY)
REQUEST = Request("us-mo", CATEGORY, answers=ANSWERS)
KEY = "a key of the test"
META = {"program": "1", "policy": POLICY.digest, "source_sha256": "0" * 64, "log_key": KEY}
PASSED, FAILED = Verdict((Check("text", passed=True),)), Verdict((Check("text", passed=False),))


def lay(text: str, hidden: str = "") -> Reading:
    """One page with a word for each run of letters; those of ``hidden`` are in no visible layer."""
    words = tuple(
        Word(m[0], Box(0, 10.0 * n, 10.0, 10.0 * n + 9, 20.0), m.start(),
             Source.HIDDEN if m[0] in hidden.split() else Source.TEXT)
        for n, m in enumerate(re.finditer(r"\S+", text))
    )  # fmt: skip
    return Reading(text, (Page(0, 612.0, 792.0, 0, len(text), words),))


def build(name: str, role: str, verdict: Verdict = PASSED, key: str = KEY) -> Release:
    """A release of one sentence about somebody of that name and role."""
    reading = lay(f"Worker saw {name} at home.")
    mention = Mention("name", 11, 11 + len(name), 0.91, "hand", why="a cue", person="p7", context=Context.OTHER)  # fmt: skip
    findings = Findings((mention,), (Person("p7", (name,), {role: 0.97}),))
    decisions = decide(POLICY, CATEGORY, ANSWERS, findings, REQUEST)
    boxes = tuple(
        Removal(Box(0, 100.0, 10.0, 170.0, 20.0), d.label, d.prints, d.citations) for d in decisions
    )
    ruling = check(POLICY, REQUEST)
    assert ruling.effect == "proceed"
    return reports(
        REQUEST, POLICY, ruling, reading, findings, decisions, boxes, verdict, b"%PDF", {**META, "log_key": key}
    )  # fmt: skip


def test_the_requesters_log_does_not_tell_a_reporter_from_anybody_else() -> None:
    """Law note, section 13: no role, rule, number of a person or length."""
    logs = {
        json.dumps(build(name, role).requester_log)
        for name, role in (("Dana Orr", "reporter"), ("Christabel Vailsworth", "collateral"), ("Al Fox", "relative"))
    }  # fmt: skip

    assert len(logs) == 1


@pytest.mark.parametrize("role", ["reporter", "collateral", "sibling"])
def test_the_requesters_log_holds_nothing_forbidden(role: str) -> None:
    """Neither text nor role, person, recognizer, score, rule or digest."""
    release = build("Dana Orr", role)
    entry = release.internal_log["entries"][0]  # type: ignore[index]
    told = json.dumps(release.requester_log) + requester_csv(release.requester_log)

    for forbidden in ("Dana", "Orr", role, "p7", "hand", "0.91", "a cue", entry["digest"]):
        assert forbidden.casefold() not in told.casefold()
    assert not re.search(rf"\b{re.escape(entry['rule'])}\b", told)
    assert set(release.requester_log["boxes"][0]) == {  # type: ignore[index]
        "page", "sequence", "x0", "y0", "x1", "y1", "label", "citation", "text_date"
    }  # fmt: skip


def test_boxes_are_cited_by_the_requesters_own_law_in_order_of_place() -> None:
    """A citation that only reporters have would name one."""
    from redactor.report.requester_log import requester_log

    boxes = [
        Removal(Box(1, 5.0, 5.0, 9.0, 9.0), "ID", "RSMo 210.150", ("MO 210.109.3(3)",)),
        Removal(Box(0, 5.0, 50.0, 9.0, 59.0), "ID", "RSMo 210.150", ("MO 210.150.1",)),
        Removal(Box(0, 5.0, 5.0, 9.0, 9.0), "PI", "Personal identifier", ("MO 210.150.1",)),
    ]

    log = requester_log(POLICY, check(POLICY, REQUEST), boxes, 2, "r1")

    entries: list[dict[str, object]] = log["boxes"]  # type: ignore[assignment]
    assert [(e["page"], e["sequence"], e["y0"]) for e in entries] == [(1, 1, 5.0), (1, 2, 50.0), (2, 3, 5.0)]  # fmt: skip
    assert {e["citation"] for e in entries} == {"MO 210.150.2(4)"}
    assert log["boxes_by_page"] == {"1": 2, "2": 1}
    assert log["boxes_by_label"] == {"Personal identifier": 1, "RSMo 210.150": 2}


def test_the_internal_log_explains_each_mention_without_its_text() -> None:
    """Rule, role, law, recognizer and a keyed digest; never the words."""
    release = build("Dana Orr", "reporter")
    log = release.internal_log
    entry = log["entries"][0]  # type: ignore[index]

    assert "Dana" not in json.dumps(log) + internal_csv(log)
    assert entry["roles"] == {"reporter": 0.97}
    assert entry["action"] == "redact"
    assert entry["rule"]
    assert entry["citations"]
    assert entry["digest"] == digests(["DANA ORR"], KEY)[0]  # spelling is squashed
    assert KEY not in json.dumps(log)
    assert log["answers"] == dict(sorted(ANSWERS.items()))


def test_digests_need_the_key() -> None:
    """A plain digest of a name can be guessed, so without a key there is none."""
    assert digests(["Dana Orr"], "") == [""]
    assert digests(["Dana Orr"], "one") != digests(["Dana Orr"], "two")
    assert digests([""], "one") == [""]


def test_the_same_release_gives_the_same_reports() -> None:
    """Byte for byte."""
    first, second = build("Dana Orr", "reporter"), build("Dana Orr", "reporter")

    assert json.dumps(first.requester_log) == json.dumps(second.requester_log)
    assert json.dumps(first.internal_log) == json.dumps(second.internal_log)
    assert first.text == second.text
    assert notice_pdf(first.notices) == notice_pdf(second.notices)  # type: ignore[arg-type]


def test_a_failed_check_keeps_document_and_text_back() -> None:
    """No page and no rendition leave the house; the reason names the check."""
    release = build("Dana Orr", "reporter", FAILED)

    assert release.outcome == "withheld"
    assert release.document is None
    assert release.text == ""
    assert [r["code"] for r in release.reasons] == ["text"]


def test_the_rendition_tells_neither_length_nor_lines_of_what_is_hidden() -> None:
    """Names of any length, on one line or two, leave the same text."""
    texts = {build(n, "reporter").text for n in ("Al Fox", "Christabel\nVailsworth", "Bo\tLi")}

    assert len(texts) == 1
    assert "Worker saw [" in texts.pop()


def test_the_rendition_leaves_out_what_no_page_shows() -> None:
    """Hidden layers are no part of a release."""
    from redactor.report.rendition import rendition

    text = rendition(lay("seen unseen words", hidden="unseen"), Findings((), ()), (), ())

    assert "unseen" not in text
    assert "seen" in text
    assert "words" in text


def test_the_rendition_hides_what_lies_under_a_box() -> None:
    """A box over ink nobody asked about hides the words below it as well."""
    from redactor.report.rendition import rendition

    under = Removal(Box(0, 9.0, 5.0, 20.0, 25.0), "ID", "RSMo 210.150", ())

    assert "second" not in rendition(lay("first second third"), Findings((), ()), (), (under,))


def test_overlapping_stretches_leave_nothing_behind() -> None:
    """The union of two hidden stretches is hidden."""
    from redactor.report.rendition import rendition
    from redactor.types import Action

    reading = lay("Worker saw Dana Orr, teacher at Larkin.")
    mentions = (Mention("name", 11, 19, 1.0, "a"), Mention("indirect_text", 16, 38, 0.4, "b"))
    decisions = (
        Decision(0, Action.REDACT, "x", (), "ID", "RSMo 210.150"),
        Decision(1, Action.HOLD, "y", (), "MIN", "Minor - RSMo 210.150"),
    )

    text = rendition(reading, Findings(mentions, ()), decisions, ())

    for word in ("Dana", "Orr", "teacher", "Larkin"):
        assert word not in text


def test_notices_carry_their_law_and_its_date() -> None:
    """RSMo 210.150.1: purpose and penalty go along."""
    notices = build("Dana Orr", "reporter").notices

    assert notices
    for notice in notices:
        assert notice["text"]
        assert POLICY.cite(notice["citation"]).text_date == notice["text_date"]


def test_the_notice_is_a_page_that_can_be_read() -> None:
    """Brackets and backslashes of a text survive the trip into the file."""
    import pypdfium2

    text = r"Use it (only) for the stated purpose \ penalty: RSMo 210.150"
    document = pypdfium2.PdfDocument(notice_pdf([{"text": text, "citation": "MO 210.150.1"}]))

    read = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert text in read


def test_a_long_notice_stays_on_its_pages() -> None:
    """What does not fit one page goes on to the next; nothing falls off the edge."""
    import pypdfium2

    texts = [{"text": f"Notice number {n} " + "word " * 120, "citation": "x"} for n in range(12)]
    document = pypdfium2.PdfDocument(notice_pdf(texts))

    read = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert all(f"Notice number {n}" in " ".join(read.split()) for n in range(12))


@pytest.mark.parametrize("category", ["inv_employer", "inv_parent_caregiver_check", "reporter_disposition"])  # fmt: skip
def test_an_answer_has_fields_and_no_page(category: str) -> None:
    """Law note, scenarios 20 to 22."""
    request = Request("us-mo", category, answers=least_answers(POLICY, category))

    fields = letter(POLICY, check(POLICY, request), request)

    assert fields["kind"] == "response"
    assert fields["response_fields"]
    assert set(fields["response_fields"].values()) == {""}  # type: ignore[attr-defined]


def test_a_refusal_names_the_rule() -> None:
    """Scenario 15: charged and not indicted."""
    answers = {
        **least_answers(POLICY, "inv_alleged_perpetrator"),
        "pending_criminal_charges": "yes",
        "indictment_or_information": "no",
    }
    request = Request("us-mo", "inv_alleged_perpetrator", answers=answers)

    fields = letter(POLICY, check(POLICY, request), request)

    assert fields["kind"] == "refusal"
    assert "210.150" in str(fields["sentence"])
