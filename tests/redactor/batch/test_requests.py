"""A table of requests becomes rows and packets."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor.batch.intake import Row, outside, refuse_overwriting, rows, sources, tasks
from redactor.batch.requests import read_requests
from redactor.batch.sources import UrlSource
from redactor.errors import BadRequest
from redactor.types import Request

HEAD = "file,jurisdiction,category,requester_name,relation,answers,case_id,identity_verified\n"


def table(tmp_path: Path, *lines: str, head: str = HEAD) -> Path:
    path = tmp_path / "requests.csv"
    path.write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8-sig")
    return path


def test_answers_as_json_and_as_columns(tmp_path: Path) -> None:
    """A column that is no column of ours is a question; JSON beats it; an empty cell answers nothing."""
    path = table(
        tmp_path,
        'a.pdf,us-mo,inv_parent,Nora Finch; N. Finch,mother,"{""safety_determination"": ""no_danger""}",,yes',
        'b.pdf,us-mo,inv_parent,,,"{""identity_verified"": ""no""}",,yes',
        "c.pdf,us-mo,inv_parent,,,,,",
    )

    a, b, c = (r.request for r in read_requests(path, "hide"))

    assert a.answers == {"safety_determination": "no_danger", "identity_verified": "yes"}
    assert (a.requester_names, a.relation, a.holds) == (
        ("Nora Finch", "N. Finch"),
        "mother",
        "hide",
    )
    assert b.answers == {"identity_verified": "no"}
    assert c.answers == {}


def test_rows_of_one_case_and_one_request_are_a_packet(tmp_path: Path) -> None:
    """Another requester of the same case is another packet; rows without a case stand alone."""
    path = table(
        tmp_path,
        "a.pdf,us-mo,inv_parent,,,,7,",
        "b.pdf,us-mo,inv_parent,,,,,",
        "c.pdf,us-mo,inv_parent,,,,7,",
        "a.pdf,us-mo,inv_alleged_perpetrator,,,,7,",
    )

    packets = tasks(read_requests(path, "stop"))

    assert [[r.name for r in p] for p in packets] == [["a", "c"], ["b"], ["a-2"]]


def test_files_of_a_table_may_lie_in_an_archive_or_elsewhere(tmp_path: Path) -> None:
    """Beside the table, in the place that is given, or at a URL."""
    (tmp_path / "vault" / "sub").mkdir(parents=True)
    (tmp_path / "vault" / "sub" / "a.pdf").write_bytes(b"%PDF-")
    path = table(tmp_path, "sub/a.pdf,us-mo,x,,,,,", "memory://v/b.pdf,us-mo,x,,,,,")

    a, b = read_requests(path, "stop", str(tmp_path / "vault"))

    assert a.source.read(100) == b"%PDF-"
    assert b.source.path == "memory://v/b.pdf"
    assert (a.name, b.name) == ("a", "b")


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("a,b\n", "1,2"),
        (HEAD, "a.pdf,us-mo,x,,,{,,"),
        (HEAD, "a.pdf,us-mo,x,,,,,,one,too,many"),
        ("", ""),
    ],
    ids=["no columns", "no JSON", "too many cells", "empty"],
)
def test_a_table_that_cannot_be_understood(head: str, line: str, tmp_path: Path) -> None:
    """The whole table is read before anything is done."""
    with pytest.raises(BadRequest):
        read_requests(table(tmp_path, line, head=head), "stop")


def test_names_never_fall_together() -> None:
    """Not even where a file system does not tell a from A; a folder keeps its subfolders."""
    found = [(n, UrlSource(n)) for n in ("a.pdf", "A.png", "s/a.pdf", "a-2.pdf")]

    assert [r.name for r in rows(found, Request("us-mo", "x"))] == ["a", "A-2", "s/a", "a-2-2"]


def test_what_was_asked_is_noticed_and_the_day_is_not() -> None:
    """A resumed run does a row again when the request changed, not because it is another day."""
    import datetime as dt

    def asked(**more: object) -> str:
        return Row(UrlSource("a"), "a", Request("us-mo", "x", **more)).asked  # type: ignore[arg-type]

    assert asked() == asked(received=dt.date(2026, 1, 2))
    assert asked() != asked(holds="hide")
    assert asked() != asked(answers={"q": "yes"})


def test_case_files_are_never_written_over(tmp_path: Path) -> None:
    """The output folder may not be the folder of the case files."""
    row = Row(UrlSource(str(tmp_path / "a.pdf")), "a", Request("us-mo", "x"))

    refuse_overwriting([row], tmp_path / "out")
    with pytest.raises(BadRequest):
        refuse_overwriting([row], tmp_path)


def test_releases_are_no_case_files(tmp_path: Path) -> None:
    """An output folder inside the folder of the case files is not read."""
    (tmp_path / "out").mkdir()
    for name in ("a.pdf", "out/a.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-")

    found = outside(sources(str(tmp_path)), tmp_path / "out")

    assert [name for name, _ in found] == ["a.pdf"]
