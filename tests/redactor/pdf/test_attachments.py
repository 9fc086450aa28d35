"""Files inside a case file come out as case files of their own, wherever they hang."""

from __future__ import annotations

import io

import pikepdf
import pymupdf
from click.testing import CliRunner
from PIL import Image

from redactor.cli.main import main
from redactor.pdf.attachments import attachments
from redactor.settings import Settings
from tests.conftest import make_pdf


def holder() -> bytes:
    """A PDF embedded by name, an image on an annotation, a table behind /AF, one of them twice."""
    out = io.BytesIO()
    Image.new("L", (40, 40), "white").save(out, "PNG")
    with pymupdf.open(stream=make_pdf("the file that holds the others")) as document:
        document.embfile_add("a.pdf", make_pdf("inner words"))
        document[0].add_file_annot((300, 300), out.getvalue(), "photo.png")
        document[0].add_file_annot((300, 400), out.getvalue(), "again.png")
        data = document.tobytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        sheet = pdf.make_stream(b"name;phone")
        spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF=pikepdf.Dictionary(F=sheet))
        pdf.Root.AF = pikepdf.Array([spec])
        pdf.save(done := io.BytesIO())
    return done.getvalue()


def test_every_attached_file_is_found_once() -> None:
    """By name, on an annotation and as an associated file."""
    found = attachments(holder(), Settings())

    assert sorted(a.kind for a in found) == ["other", "pdf", "png"]
    inner = next(a for a in found if a.kind == "pdf")
    with pymupdf.open(stream=inner.data) as document:
        assert "inner words" in document[0].get_text()


def test_the_command_writes_what_can_be_redacted_and_lists_the_rest(tmp_path) -> None:
    """Under names of our own: an attached file's name may name somebody."""
    source = tmp_path / "in.pdf"
    source.write_bytes(holder())

    told = CliRunner().invoke(main, ["attachments", str(source), str(tmp_path / "out")])

    assert told.exit_code == 0
    assert "stays back" in told.output
    assert sorted(p.suffix for p in (tmp_path / "out").iterdir()) == [".pdf", ".png"]
    assert "photo" not in told.output
