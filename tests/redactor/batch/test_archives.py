"""Archives are read in place: nothing is unpacked, nothing reaches out, nothing swells."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from redactor.batch import archives
from redactor.batch.archives import inner_name, members
from redactor.batch.intake import sources
from redactor.batch.sources import UrlSource
from redactor.errors import BadRequest, Encrypted, TooLarge, UnreadableInput, UnsafeArchive

LIMIT = 10_000
FILES = {"a.pdf": b"%PDF-1.7 one", "sub/b.png": b"\x89PNG two", "notes.docx": b"no case file"}


def a_zip(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def a_tar(path: Path, files: dict[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def a_folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


MAKERS = {
    "zip": lambda p: a_zip(p / "x.zip", FILES),
    "tar": lambda p: a_tar(p / "x.tar", FILES, "w"),
    "tar.gz": lambda p: a_tar(p / "x.tar.gz", FILES),
    "tar.xz": lambda p: a_tar(p / "x.tar.xz", FILES, "w:xz"),
    "folder": lambda p: a_folder(p / "x", {**FILES, ".hidden/c.pdf": b"no"}),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_every_place_gives_its_case_files(kind: str, tmp_path: Path) -> None:
    """The same names and bytes from a folder and from every kind of archive, in any order."""
    found = dict(sources(str(MAKERS[kind](tmp_path))))

    assert sorted(found) == ["a.pdf", "sub/b.png"]
    for name in ("sub/b.png", "a.pdf"):
        assert found[name].read(LIMIT) == FILES[name]
        assert found[name].stamp


def test_a_file_of_an_object_store(tmp_path: Path) -> None:
    """Any file system that fsspec knows is a place; here one that lives in memory."""
    import fsspec

    with fsspec.open("memory://vault/a.pdf", "wb") as file:
        file.write(b"%PDF-1.7 far")

    found = dict(sources("memory://vault"))

    assert found["a.pdf"].read(LIMIT) == b"%PDF-1.7 far"


@pytest.mark.parametrize(
    "name", ["../out.pdf", "/etc/x.pdf", "a/../../x.pdf", "C:\\x.pdf", "..\\x.pdf", "a\nb.pdf", ""]
)
def test_names_that_climb_are_refused(name: str) -> None:
    """No member's name leads out of the archive, in either style of slashes."""
    with pytest.raises(UnsafeArchive):
        inner_name(name)


@pytest.mark.parametrize("make", [a_zip, a_tar], ids=["zip", "tar"])
def test_a_climbing_member_fails_alone(make: object, tmp_path: Path) -> None:
    """Its neighbours are worked on; it is named without its name."""
    ending = "x.zip" if make is a_zip else "x.tar.gz"
    path = make(tmp_path / ending, {"../../evil.pdf": b"%PDF-", "good.pdf": b"%PDF-"})  # type: ignore[operator]

    found = dict(sources(str(path)))

    assert sorted(found) == ["good.pdf", "unsafe-member.pdf"]
    assert "evil" not in found["unsafe-member.pdf"].path
    with pytest.raises(UnsafeArchive):
        found["unsafe-member.pdf"].read(LIMIT)


def test_links_and_devices_of_a_tar_are_no_files(tmp_path: Path) -> None:
    """A link could lead anywhere; only plain files are taken."""
    path = tmp_path / "x.tar"
    with tarfile.open(path, "w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo("link.pdf")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)

    assert list(sources(str(path))) == []


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_bombs_are_left_alone(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to more than it should is refused before it is unpacked."""
    monkeypatch.setattr(archives, "SLACK", 100_000)
    bomb = {"a.pdf": b"\0" * 5_000_000, "b.pdf": b"%PDF-"}
    path = a_zip(tmp_path / "x.zip", bomb) if kind == "zip" else a_tar(tmp_path / "x.tar.gz", bomb)

    with pytest.raises(UnsafeArchive):
        list(members(str(path)))


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of a million nothings is no archive of case files."""
    monkeypatch.setattr(archives, "MEMBERS", 3)

    with pytest.raises(UnsafeArchive):
        list(members(str(a_tar(tmp_path / "x.tar", {f"{n}.pdf": b"" for n in range(4)}, "w"))))


@pytest.mark.parametrize("kind", ["zip", "tar", "folder"])
def test_a_file_over_the_limit_is_never_read_whole(kind: str, tmp_path: Path) -> None:
    """The limit on bytes holds for what is unpacked, not for what is packed."""
    big = {"a.pdf": b"\0" * 50_000}
    place = {"zip": lambda: a_zip(tmp_path / "x.zip", big), "tar": lambda: a_tar(tmp_path / "x.tar", big, "w"),
             "folder": lambda: a_folder(tmp_path / "x", big)}[kind]()  # fmt: skip

    with pytest.raises(TooLarge):
        dict(sources(str(place)))["a.pdf"].read(LIMIT)


def test_damaged_archives_and_members(tmp_path: Path) -> None:
    """A damaged archive is refused; a damaged member fails alone; a missing file when it is read."""
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 no zip")
    (tmp_path / "x.tar").write_bytes(b"no tar at all" * 100)
    for name in ("x.zip", "x.tar"):
        with pytest.raises(UnreadableInput):
            list(sources(str(tmp_path / name)))
    path = a_zip(tmp_path / "y.zip", {"a.pdf": bytes(range(256)) * 20, "b.pdf": b"%PDF-"})
    raw = bytearray(path.read_bytes())
    raw[60:90] = b"x" * 30
    path.write_bytes(raw)
    found = dict(sources(str(path)))
    with pytest.raises(UnreadableInput):
        found["a.pdf"].read(LIMIT)
    assert found["b.pdf"].read(LIMIT) == b"%PDF-"
    with pytest.raises(UnreadableInput):
        UrlSource(str(tmp_path / "none.pdf")).read(LIMIT)


def test_a_member_with_a_password_says_so(tmp_path: Path) -> None:
    """An encrypted member ends like an encrypted file."""
    path = a_zip(tmp_path / "x.zip", {"a.pdf": b"%PDF-"})
    raw = bytearray(path.read_bytes())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)

    with pytest.raises(Encrypted):
        dict(sources(str(path)))["a.pdf"].read(LIMIT)


def test_no_such_place(tmp_path: Path) -> None:
    """A place that is not there, or cannot be reached, is said at once."""
    for place in (str(tmp_path / "none"), "nosuchscheme://x"):
        with pytest.raises(BadRequest):
            list(sources(place))
