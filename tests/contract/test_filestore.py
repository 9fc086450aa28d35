"""One contract for files in a folder and in a bucket: whole or not there, and sealed."""

from __future__ import annotations

import io
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor.errors import BadSettings, DamagedFile, MissingKey, NotFound
from redactor.settings import Settings
from redactor.store.cipher import PIECE
from redactor.store.files import SealedFiles, open_files
from redactor.store.keyring import Keyring, add_key, open_keyring, parse
from tests.servers import s3

OLD, NEW = {"k1": b"1" * 32}, {"k1": b"1" * 32, "k2": b"2" * 32}
SECRET = b"the reporter is Dana Orr"
SIZES = (0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE)


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with s3("cases") as url:
        yield url


@pytest.fixture(params=["folder", "bucket"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "folder":
        return str(tmp_path / "files")
    return f"{request.getfixturevalue('bucket')}/{secrets.token_hex(4)}"


@pytest.fixture
def files(url: str) -> SealedFiles:
    return SealedFiles(url, Keyring(OLD))


def raw(files: SealedFiles, name: str) -> bytes:
    return files._fs.cat_file(files._path(name))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_put_is_got(files: SealedFiles, size: int) -> None:
    """At every edge of a piece, as bytes and as a stream, with its size and digest."""
    import hashlib

    data = os.urandom(size)

    stored = files.put("jobs/a/input", io.BytesIO(data))

    assert (stored.size, stored.digest) == (size, hashlib.sha256(data).hexdigest())
    assert files.get("jobs/a/input") == data
    with files.open("jobs/a/input") as stream:
        assert stream.read(10) + stream.read() == data


def test_nothing_readable_is_stored(files: SealedFiles) -> None:
    """Neither the text nor its start; the same file is sealed differently each time."""
    files.put("jobs/a/input", SECRET)
    first = raw(files, "jobs/a/input")
    files.put("jobs/a/input", SECRET)

    assert SECRET[:8] not in first
    assert raw(files, "jobs/a/input") != first


@pytest.mark.parametrize("place", [4, 10, 40, -1, -20])
def test_a_changed_byte_is_found(files: SealedFiles, place: int) -> None:
    files.put("jobs/a/input", SECRET)
    sealed = bytearray(raw(files, "jobs/a/input"))
    sealed[place] ^= 1
    files._fs.pipe_file(files._path("jobs/a/input"), bytes(sealed))

    with pytest.raises((DamagedFile, MissingKey)):
        files.get("jobs/a/input")


@pytest.mark.parametrize("length", [0, 3, 20, 39, PIECE, -17, -1])
def test_a_file_cut_short_is_found(files: SealedFiles, length: int) -> None:
    """Also where a whole piece is missing at the end."""
    files.put("jobs/a/input", os.urandom(2 * PIECE))
    files._fs.pipe_file(files._path("jobs/a/input"), raw(files, "jobs/a/input")[:length])

    with pytest.raises(DamagedFile):
        files.get("jobs/a/input")


def test_pieces_that_change_places_are_found(files: SealedFiles) -> None:
    files.put("jobs/a/input", os.urandom(3 * PIECE))
    sealed = raw(files, "jobs/a/input")
    start, step = len(sealed) - 3 * (PIECE + 16), PIECE + 16
    a, b, c = (sealed[start + n * step : start + (n + 1) * step] for n in range(3))
    files._fs.pipe_file(files._path("jobs/a/input"), sealed[:start] + b + a + c)

    with pytest.raises(DamagedFile):
        files.get("jobs/a/input")


def test_one_jobs_file_does_not_pass_for_anothers(files: SealedFiles) -> None:
    """The name is part of the seal."""
    files.put("jobs/a/1.pdf", SECRET)
    files.put("jobs/b/1.pdf", b"another")
    files._fs.pipe_file(files._path("jobs/b/1.pdf"), raw(files, "jobs/a/1.pdf"))

    with pytest.raises(DamagedFile):
        files.get("jobs/b/1.pdf")


def test_list_and_delete_know_folders_from_names(files: SealedFiles) -> None:
    """`jobs/a` is not `jobs/ab`."""
    for name in ("jobs/a/input", "jobs/a/1.pdf", "jobs/ab/input"):
        files.put(name, b"x")

    assert list(files.list("jobs/a")) == ["jobs/a/1.pdf", "jobs/a/input"]
    assert files.delete("jobs/a") == 2
    assert list(files.list("jobs")) == ["jobs/ab/input"]
    assert (files.delete("jobs/a"), list(files.list("jobs/none"))) == (0, [])
    with pytest.raises(NotFound):
        files.get("jobs/a/input")


@pytest.mark.parametrize("name", ["../keys", "/etc/passwd", "jobs/../../x", "jobs//a", "", ".writing/x", "jobs/A"])  # fmt: skip
def test_no_name_leads_out_of_the_store(files: SealedFiles, name: str) -> None:
    for act in (files.get, files.delete, files.open, lambda n: files.put(n, b""), lambda n: list(files.list(n))):  # fmt: skip
        with pytest.raises(NotFound):
            act(name)


class Broken(io.RawIOBase):
    """An upload that ends in the middle."""

    given = 0

    def read(self, size: int = -1) -> bytes:
        self.given += 1
        if self.given > 3:
            raise OSError("gone")
        return b"y" * size


def test_a_write_that_breaks_leaves_what_was_there(files: SealedFiles) -> None:
    from redactor.errors import CannotWrite

    files.put("jobs/a/input", b"before")

    with pytest.raises(CannotWrite):
        files.put("jobs/a/input", Broken())  # type: ignore[arg-type]

    assert files.get("jobs/a/input") == b"before"
    assert list(files.list("jobs")) == ["jobs/a/input"]


def test_keys_are_changed_without_losing_a_file(url: str, files: SealedFiles) -> None:
    """Old files open under both, then only under the new key; the old one can be destroyed."""
    files.put("jobs/a/input", SECRET)
    files.put("jobs/b/input", os.urandom(2 * PIECE))
    both = SealedFiles(url, Keyring(NEW))

    assert both.get("jobs/a/input") == SECRET
    assert (both.reseal("jobs"), both.reseal("jobs")) == (2, 0)
    assert SealedFiles(url, Keyring({"k2": b"2" * 32})).get("jobs/a/input") == SECRET
    with pytest.raises(MissingKey):
        files.get("jobs/a/input")
    told = SealedFiles(url, Keyring(OLD, lambda: Keyring(NEW)))  # a running service reads again
    assert told.get("jobs/a/input") == SECRET


def test_folder_is_the_owners_alone_and_remnants_go(tmp_path: Path) -> None:
    files = SealedFiles(str(tmp_path / "f"), Keyring(OLD))
    files.put("jobs/a/input", b"x")
    place = tmp_path / "f" / "jobs" / "a" / "input"
    (tmp_path / "f" / ".writing" / "part-x").write_bytes(b"half")

    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700
    assert (files.clean(0), files.clean(time.time() + 1)) == (0, 1)


def hook() -> dict[str, bytes]:
    """What a service of keys would hand out."""
    return NEW


def test_keys_come_from_where_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Environment, file, function; without any, one is made for a single machine only."""
    import sys

    module = type(sys)("a_service_of_keys")
    module.hand_out = hook  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "a_service_of_keys", module)
    written = "k7:" + "A" * 43 + "="
    (tmp_path / "keys").write_text(f"k1:{'B' * 43}=\n{written}\n")

    def current(**given: object) -> str:
        return open_keyring(Settings(data_dir=tmp_path / "d", **given), shared=False).current[0]  # type: ignore[arg-type]

    assert current(files_key=written) == "k7"
    assert current(files_key_file=tmp_path / "keys") == "k7"
    assert current(files_key_hook="a_service_of_keys:hand_out") == "k2"
    assert current() == "k1"
    assert (tmp_path / "d" / "files.keys").stat().st_mode & 0o777 == 0o600
    for bad in ({"files_key": "k1:x"}, {"files_key_hook": "no:such"}, {"files_key_file": tmp_path / "none"}):  # fmt: skip
        with pytest.raises(BadSettings):
            current(**bad)
    with pytest.raises(BadSettings):
        open_files(Settings(data_dir=tmp_path, files_url="s3://cases/x"))


def test_a_new_key_is_added_behind_the_old(tmp_path: Path) -> None:
    add_key(tmp_path / "keys")
    first = parse((tmp_path / "keys").read_text()).current
    add_key(tmp_path / "keys")
    ring = parse((tmp_path / "keys").read_text())

    assert (first[0], ring.current[0]) == ("k1", "k2")
    assert ring.get("k1") == first[1]
