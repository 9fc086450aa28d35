"""Files of jobs, sealed, in a folder or an S3-compatible bucket; never half of one."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

import fsspec

from redactor.errors import BadSettings, CannotWrite, NotFound
from redactor.settings import Settings
from redactor.store.cipher import key_of, seal, unseal
from redactor.store.keyring import Keyring, open_keyring

NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")


@dataclass(frozen=True)
class Stored:
    """What was put: bytes and SHA-256 of the plain file."""

    size: int
    digest: str


class FileStore(Protocol):
    """Where files lie. Names are lower-case words parted by slashes."""

    def put(self, name: str, data: bytes | BinaryIO) -> Stored:
        """The file is there whole; what stood under its name is replaced."""

    def get(self, name: str) -> bytes:
        """The whole file. Raises NotFound, DamagedFile, MissingKey."""

    def open(self, name: str) -> BinaryIO:
        """A stream of the file, to be closed. Raises as ``get`` does."""

    def list(self, prefix: str) -> Iterator[str]:
        """Names below a prefix, in order."""

    def delete(self, prefix: str) -> int:
        """Remove the file of that name and all below it; how many went."""


class SealedFiles:
    """Files on any file system that fsspec knows, each sealed under the keyring."""

    def __init__(self, url: str, keys: Keyring) -> None:
        """Use the folder or the bucket and prefix of the URL; a folder is made if need be.

        Raises:
            BadSettings: the URL is of no file system that is installed.
        """
        options: dict[str, Any] = {} if _is_local(url) else {"use_listings_cache": False}
        try:
            self._fs, root = fsspec.url_to_fs(url, **options)
        except (ImportError, ValueError):
            raise BadSettings("REDACTOR_FILES_URL is no file system that is installed.") from None
        self._root, self._keys, self._local = root.rstrip("/"), keys, _is_local(url)
        self._beside: Path | None = None
        if self._local:
            self._beside = Path(self._root) / ".writing"
            self._beside.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, name: str, data: bytes | BinaryIO) -> Stored:
        """See FileStore: written beside and published in one step.

        Raises:
            CannotWrite: no room, no right, or the bucket does not answer.
        """
        path = self._path(name)
        source = _Counted(io.BytesIO(data) if isinstance(data, bytes) else data)
        beside = ""
        try:
            handle, beside = tempfile.mkstemp(dir=self._beside, prefix="part-")
            with os.fdopen(handle, "wb") as file:
                seal(cast("BinaryIO", source), file, self._keys, name)
                file.flush()
                os.fsync(file.fileno())
            self._publish(beside, path)
        except OSError as error:
            raise CannotWrite(reason=error.strerror or "") from None
        finally:
            if beside:
                Path(beside).unlink(missing_ok=True)
        return Stored(source.size, source.hash.hexdigest())

    def _publish(self, beside: str, path: str) -> None:
        if not self._local:
            self._fs.put_file(beside, path)
            return
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        Path(beside).replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        os.fsync(folder)  # the name, too, outlives a loss of power
        os.close(folder)

    def get(self, name: str) -> bytes:
        """See FileStore."""
        with self.open(name) as file:
            return file.read()

    def open(self, name: str) -> BinaryIO:
        """See FileStore."""
        return unseal(self._open_sealed(name), self._keys, name)

    def list(self, prefix: str) -> Iterator[str]:
        """See FileStore."""
        base = f"{self._root}/"
        for path in sorted(self._fs.find(self._path(prefix))):
            yield str(path).removeprefix(base)

    def delete(self, prefix: str) -> int:
        """See FileStore."""
        names = list(self.list(prefix))
        if names:
            path = self._path(prefix)
            self._fs.rm(path, recursive=True)
        return len(names)

    def age(self, prefix: str, now: float) -> float:
        """Seconds since the youngest file below a prefix was put; 0 where there is none."""
        found = self._fs.find(self._path(prefix), detail=True).values()
        return now - max((_time(facts) for facts in found), default=now)

    def reseal(self, prefix: str) -> int:
        """Every file below the prefix is sealed with the current key; how many were not."""
        moved = 0
        for name in list(self.list(prefix)):
            try:
                with self._open_sealed(name) as sealed:
                    current = key_of(sealed) == self._keys.current[0]
                if not current:
                    with self.open(name) as plain:
                        self.put(name, plain)
                    moved += 1
            except NotFound:
                continue  # purged meanwhile
        return moved

    def clean(self, before: float) -> int:
        """Remove what writers that died left behind before that time; how many files."""
        left = [p for p in (self._beside.iterdir() if self._beside else ()) if _older(p, before)]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _open_sealed(self, name: str) -> BinaryIO:
        try:
            return cast("BinaryIO", self._fs.open(self._path(name), "rb"))
        except FileNotFoundError:
            raise NotFound from None

    def _path(self, name: str) -> str:
        if not NAME.fullmatch(name):
            raise NotFound
        return f"{self._root}/{name}"


class _Counted:
    """A stream that keeps count of what was read of it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self.size, self.hash = source, 0, hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self._source.read(size)
        self.size += len(data)
        self.hash.update(data)
        return data


def open_files(settings: Settings) -> SealedFiles:
    """The file store of the settings; a folder of this machine where none is set."""
    return SealedFiles(_url(settings), keyring_of(settings))


def keyring_of(settings: Settings) -> Keyring:
    """The keyring that files of these settings are sealed with."""
    return open_keyring(settings, shared=not _is_local(_url(settings)))


def _url(settings: Settings) -> str:
    return settings.files_url or str(settings.data_dir.resolve())


def _time(facts: dict[str, Any]) -> float:
    if "LastModified" in facts:
        return float(facts["LastModified"].timestamp())
    return float(facts["mtime"])


def _older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False


def _is_local(url: str) -> bool:
    return "://" not in url or url.startswith(("file://", "local://"))
