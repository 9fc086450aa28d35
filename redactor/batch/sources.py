"""Where the bytes of one case file come from: a URL, or a member of a zip or tar.

A source is a small value that travels to a worker, which reads it; nothing is ever unpacked to a
disk. ``stamp`` changes when the file does, so that a run which goes on need not read it again.
"""

from __future__ import annotations

import tarfile
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, Any, Protocol

import fsspec

from redactor.errors import Encrypted, TooLarge, UnreadableInput, UnsafeArchive


class Source(Protocol):
    """One case file that can be read, here or in another process."""

    @property
    def path(self) -> str:
        """Where it lies, as a person would write it."""

    @property
    def stamp(self) -> str:
        """Another text whenever the file has changed."""

    def read(self, limit: int) -> bytes:
        """Its bytes.

        Raises:
            TooLarge: they are more than ``limit``.
            UnreadableInput: they cannot be read.
        """


@dataclass(frozen=True)
class UrlSource:
    """A file of any file system that fsspec knows, a local path among them."""

    path: str
    stamp: str = ""

    def read(self, limit: int) -> bytes:
        """See ``Source``."""
        try:
            with fsspec.open(self.path, "rb") as file:
                return _at_most(file, limit)
        except TooLarge:
            raise
        except Exception:  # noqa: BLE001 - every file system raises its own
            raise UnreadableInput("The file is not there or may not be read.") from None


@dataclass(frozen=True)
class ZipSource:
    """One member of a zip."""

    archive: str
    member: str
    stamp: str = ""

    @property
    def path(self) -> str:
        """The archive and the member in it."""
        return f"{self.archive}!{self.member}"

    def read(self, limit: int) -> bytes:
        """See ``Source``; raises ``Encrypted`` for a member that needs a password."""
        archive = open_zip(self.archive)
        if archive.getinfo(self.member).flag_bits & 1:
            raise Encrypted
        try:
            with archive.open(self.member) as file:
                return _at_most(file, limit)
        except TooLarge:
            raise
        except Exception:  # noqa: BLE001 - damaged members raise whatever their packer does
            raise UnreadableInput("The member of the archive is damaged.") from None


@dataclass(frozen=True)
class TarSource:
    """One member of a tar: ``size`` bytes from ``offset`` of the unpacked archive."""

    archive: str
    member: str
    offset: int
    size: int
    stamp: str = ""

    @property
    def path(self) -> str:
        """The archive and the member in it."""
        return f"{self.archive}!{self.member}"

    def read(self, limit: int) -> bytes:
        """See ``Source``."""
        if self.size > limit:
            raise TooLarge("The file has more bytes than the limit.", limit="max_bytes")
        try:
            file = open_tar(self.archive).fileobj
            file.seek(self.offset)  # members are read in order, so a packed tar is unpacked once
            data = file.read(self.size)
        except Exception:  # noqa: BLE001
            raise UnreadableInput("The member of the archive is damaged.") from None
        if len(data) < self.size:
            raise UnreadableInput("The archive ends in the middle of this file.")
        return bytes(data)


@dataclass(frozen=True)
class RefusedSource:
    """A member that must not be read."""

    path: str
    stamp: str = ""

    def read(self, limit: int) -> bytes:
        """See ``Source``."""
        del limit
        raise UnsafeArchive("A member of the archive has a name that leads out of it.")


@lru_cache(maxsize=1)
def open_zip(url: str) -> zipfile.ZipFile:
    """The archive, opened once in a process.

    Raises:
        UnreadableInput: it is no zip, or is not there.
    """
    try:
        return zipfile.ZipFile(_seekable(url))
    except Exception:  # noqa: BLE001
        raise UnreadableInput("The archive cannot be opened as a zip.") from None


@lru_cache(maxsize=1)
def open_tar(url: str) -> Any:
    """The archive, packed or not, opened once in a process.

    Raises:
        UnreadableInput: it is no tar, or is not there.
    """
    try:
        return tarfile.open(fileobj=_seekable(url), mode="r:*")
    except Exception:  # noqa: BLE001
        raise UnreadableInput("The archive cannot be opened as a tar.") from None


def _seekable(url: str) -> IO[bytes]:
    file: IO[bytes] = fsspec.open(url, "rb").open()
    return file


def _at_most(file: IO[bytes], limit: int) -> bytes:
    data = file.read(limit + 1)
    if len(data) > limit:
        raise TooLarge("The file has more bytes than the limit.", limit="max_bytes")
    return data
