"""What the desk hands on: drafts that keep every mark, packets, letters, indexes, pictures."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from redactor.errors import NotFound
from redactor.jobs.drafts import load_draft, plain_pdf, save_first, save_next
from redactor.pdf.preview import page_png, preview_png
from redactor.pipeline import Analysis, Draft
from redactor.policy import load
from redactor.report.answer_letter import plain_letter, release_letter
from redactor.report.index import index_csv, index_pdf
from redactor.review import Subject, as_step, judge
from redactor.settings import Settings
from redactor.store.files import open_files

LOG = {
    "citation": "MO 210.150.2(5)",
    "category_title": "Alleged perpetrator named in the report",
    "pages": 2,
    "release": "0123456789abcdef",
    "boxes_by_label": {"RSMo 210.150": 1},
    "review": "You may ask the agency to review any box.",
    "boxes": [
        {"page": 1, "sequence": 1, "x0": 60.0, "y0": 80.0, "x1": 90.0, "y1": 92.0,
         "label": "RSMo 210.150", "citation": "MO 210.150.2(5)", "text_date": "2004-08-28 text"},
    ],
}  # fmt: skip


def text_of(pdf: bytes) -> str:
    return " ".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(pdf))


def test_a_reviewed_draft_is_kept_whole(
    tmp_path: Path, opened_file: tuple[Subject, Analysis]
) -> None:
    """Drawn boxes, cleared ink and the officer's log come back as they went to the worker."""
    subject, found = opened_file
    box = {"page": 0, "x0": 300, "y0": 600, "x1": 400, "y1": 640}
    judged = judge(
        subject,
        [
            as_step({"do": "add_box", "reason": "missed", "box": box, "label": "PI"}),
            as_step({"do": "answer_hold", "reason": "looked", "hold": "region:0:0", "action": "keep"}),
        ],
    )  # fmt: skip
    settings = Settings(data_dir=tmp_path)
    files = open_files(settings)
    first = Draft(
        subject.request, subject.policy, subject.ruling, found, judged.decisions, (), "0" * 64
    )
    analysis = replace(found, reading=judged.reading, findings=judged.findings)
    changed = replace(first, analysis=analysis, review=({"step": "add_box", "by": "officer-7"},))

    save_first(files, "job", 1, first)
    save_next(files, "job", 1, 2, changed)

    again = load_draft(files, "job", 2, subject.request, settings)
    assert again == changed
    assert load_draft(files, "job", 1, subject.request, settings) == first
    assert plain_pdf(files, "job", 2) == found.stripped.pdf


def test_the_letter_says_law_count_and_review() -> None:
    notices = [{"text": "May be used only for the purpose.", "citation": "MO 210.150.1"}]

    text = text_of(release_letter(LOG, notices, "Children's Division"))

    for part in ("Children's Division", "MO 210.150.2(5)", "1 x RSMo 210.150", "review any box"):
        assert part in " ".join(text.split())


def test_a_letter_without_pages_leaves_its_fields_open() -> None:
    letter = {
        "agency": "Children's Division",
        "sentence": "The agency answers with the fields below.",
        "response_fields": {"disposition": ""},
        "notices": [],
    }

    assert "Disposition: ____" in text_of(plain_letter(letter))


def test_the_index_has_a_row_a_box_and_its_ground() -> None:
    policy = load("us-mo")

    rows = list(csv.DictReader(io.StringIO(index_csv(LOG, policy))))
    text = text_of(index_pdf(LOG, policy))

    assert len(rows) == 1
    assert rows[0]["ground"] == policy.vocabulary.labels["ID"].meaning
    assert "INDEX OF REDACTIONS" in text
    assert "identity or contact" in text
    many = {**LOG, "boxes": LOG["boxes"] * 200}
    assert len(pypdfium2.PdfDocument(index_pdf(many, policy))) > 3
    assert index_pdf(LOG, policy) == index_pdf(json.loads(json.dumps(LOG)), policy)


def test_a_page_is_shown_as_it_is_and_as_it_will_be(
    opened_file: tuple[Subject, Analysis],
) -> None:
    """Both pictures are of one size; the second is dark where the first one's name stood."""
    subject, found = opened_file
    judged = judge(subject)
    pdf = found.stripped.pdf

    plain = np.asarray(Image.open(io.BytesIO(page_png(pdf, 0, 100, subject.settings))).convert("L"))
    seen = np.asarray(
        Image.open(
            io.BytesIO(preview_png(pdf, 0, judged.removals, judged.reading, 100, subject.settings))
        )
    )

    assert plain.shape[:2] == seen.shape[:2]
    assert (seen < 40).sum() > 2 * (plain < 40).sum()
    with pytest.raises(NotFound):
        page_png(pdf, 9, 100, subject.settings)
