"""A task in a worker: the files of a packet share their people and end together."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from redactor.batch.intake import Row
from redactor.batch.sources import UrlSource
from redactor.batch.work import work
from redactor.settings import Settings
from tests.conftest import make_pdf, make_request


def a_row(folder: Path, name: str, data: bytes) -> Row:
    (folder / f"{name}.pdf").write_bytes(data)
    request = make_request("inv_alleged_perpetrator", "Carl Dufresne")
    return Row(UrlSource(str(folder / f"{name}.pdf"), "1"), name, request, "7")


def test_a_packet_shares_its_people(tmp_path: Path, settings: Settings) -> None:
    """Who reported by the first file is hidden in the second, which does not say so."""
    rows = (
        a_row(tmp_path, "a", make_pdf()),
        a_row(tmp_path, "b", make_pdf("Dana Orr called again.")),
    )
    out = tmp_path / "out"

    results = work(rows, out, settings)

    assert [(r.name, r.outcome, r.pages) for r in results] == [
        ("a", "released", 1),
        ("b", "released", 1),
    ]
    shown = pypdfium2.PdfDocument(out / "b.pdf")[0].get_textpage().get_text_range()
    assert "Orr" not in shown
    assert (out / "a.pdf").exists()


def test_a_packet_with_a_bad_file_releases_nothing(tmp_path: Path, settings: Settings) -> None:
    """The others would be decided without what the bad one tells."""
    rows = (a_row(tmp_path, "a", make_pdf()), a_row(tmp_path, "c", b"hello"))

    results = work(rows, tmp_path / "out", settings)

    assert [(r.name, r.outcome, r.detail) for r in results] == [
        ("a", "failed", "unreadable_input"), ("c", "failed", "unreadable_input")
    ]  # fmt: skip
    assert not (tmp_path / "out").exists()
