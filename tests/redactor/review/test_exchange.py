"""Boxes out to Acrobat and back: what was moved, added and deleted there comes home as steps."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import BadRequest, OverrideNeeded
from redactor.report.review_table import review_csv
from redactor.report.xfdf import Drawn, read_xfdf, write_xfdf
from redactor.review import Journal, Subject, judge, record
from redactor.review.exchange import marks, rows, steps_of
from redactor.types import Box

LETTER = [(612.0, 792.0)]
point = st.floats(min_value=0, max_value=600, allow_nan=False)


@given(st.lists(st.tuples(point, point, point, point), max_size=5))
def test_marks_come_back_as_they_went(corners: list[tuple[float, ...]]) -> None:
    """Names and places survive the way through XFDF, whose origin is the other corner."""
    drawn = tuple(
        Drawn(f"b{n}", Box(0, min(a, c), min(b, d), max(a, c), max(b, d)))
        for n, (a, b, c, d) in enumerate(corners)
    )

    found = read_xfdf(write_xfdf(drawn, LETTER), LETTER)

    assert [d.name for d in found] == [d.name for d in drawn]
    for was, now in zip(drawn, found, strict=True):
        for side in ("x0", "y0", "x1", "y1"):
            assert getattr(now.box, side) == pytest.approx(getattr(was.box, side), abs=0.011)


def test_unchanged_marks_change_nothing(subject: Subject) -> None:
    judged = judge(subject)

    found = read_xfdf(write_xfdf(marks(judged), LETTER), LETTER)

    assert found
    assert steps_of(judged, found, deletions=True) == []


def test_what_was_done_in_acrobat_comes_home(subject: Subject) -> None:
    """A new mark, a wider one, and one deleted; the deleted only where that was said."""
    judged = judge(subject)
    out = list(marks(judged))
    phone = next(d for d in out if text_of(subject, d.name) == "573-555-0188")
    b = phone.box
    wider = Drawn(phone.name, Box(0, b.x0 - 40, b.y0, b.x1, b.y1))
    new = Drawn("7f1c-from-elsewhere", Box(0, 300, 600, 380, 620))
    witness = next(d for d in out if text_of(subject, d.name) == "Ruth Hale")
    found = [d for d in out if d not in (phone, witness)] + [wider, new]

    careful = steps_of(judged, found, deletions=False)
    whole = steps_of(judged, found, deletions=True)

    assert sorted(s.do for s in careful) == ["add_box", "resize"]
    assert sorted(s.do for s in whole) == ["add_box", "open", "resize"]
    journal = Journal()
    for step in whole:
        journal, judged = record(subject, journal, step, journal.revision)
    assert Box(0, 300, 600, 380, 620) in {r.box for r in judged.removals}
    assert "Ruth Hale" not in {text_of(subject, d.name) for d in marks(judged)}


def test_a_deleted_mark_never_opens_the_shield(subject: Subject) -> None:
    """The reporter's mark deleted in Acrobat is refused here without an override."""
    judged = judge(subject)
    left = [d for d in marks(judged) if text_of(subject, d.name) != "Dana Orr"]
    steps = steps_of(judged, left, deletions=True)

    assert {s.do for s in steps} == {"open"}
    with pytest.raises(OverrideNeeded):
        record(subject, Journal(), steps[0], 0)


def text_of(subject: Subject, name: str) -> str:
    if not name.startswith("w:"):
        return ""
    _, start, end, _ = name.split(":")
    return subject.reading.text[int(start) : int(end)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not xml",
        b"<other/>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><xfdf/>',
        b'<xfdf xmlns="http://ns.adobe.com/xfdf/"><annots><redact page="9" rect="1,2,3,4"/></annots></xfdf>',
        b'<xfdf xmlns="http://ns.adobe.com/xfdf/"><annots><redact page="0" rect="1,2"/></annots></xfdf>',
        b'<xfdf xmlns="http://ns.adobe.com/xfdf/"><annots><redact page="0" rect="1,2,nan,4"/></annots></xfdf>',
    ],
)  # fmt: skip
def test_bad_files_are_refused(data: bytes) -> None:
    with pytest.raises(BadRequest):
        read_xfdf(data, LETTER)


def test_what_is_taken_out_repeats_no_text(subject: Subject) -> None:
    """Neither the marks nor the table holds a name or number of the file."""
    judged = judge(subject)
    written = write_xfdf(marks(judged), LETTER).decode() + review_csv(rows(judged))

    for secret in ("Dana", "Orr", "573-555-0142", "412-68-9023", "Ruth", "next door"):
        assert secret not in written
    table = list(csv.DictReader(io.StringIO(review_csv(rows(judged)))))
    assert len(table) == len(marks(judged))
    assert {r["state"] for r in table} == {"redact", "hold"}
