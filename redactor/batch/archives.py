"""The case files of a zip or tar. Members are named, measured and read; none is unpacked to a disk.

So a member's name can reach no file: it becomes a name inside the output folder, and a member whose
name tries to leave it fails by itself. What unpacks to far more than a scanner could have packed
is a bomb, and is left alone before it is unpacked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import fsspec

from redactor.batch.sources import RefusedSource, Source, TarSource, ZipSource, open_tar, open_zip
from redactor.errors import UnsafeArchive

ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
MEMBERS = 1_000_000  # a vault of more belongs in several archives
GROWTH = 100  # times its packed size; pages and scans hardly pack at all
SLACK = 100_000_000  # bytes a small archive may unpack to whatever its size


def is_archive(path: str) -> bool:
    """Whether the name is that of an archive."""
    return path.lower().endswith(ENDINGS)


def members(url: str) -> Iterator[tuple[str, Source]]:
    """(name, source) of every plain file of the archive, in the order in which they lie in it.

    Raises:
        UnreadableInput: the archive cannot be opened.
        UnsafeArchive: it unpacks to far more than it should.
    """
    return _zip(url) if url.lower().endswith(".zip") else _tar(url)


def inner_name(member: str) -> str:
    """The member's name below the archive, with forward slashes.

    Raises:
        UnsafeArchive: it is absolute, climbs, or holds characters that no file name should.
    """
    name = member.replace("\\", "/")
    parts = PurePosixPath(name).parts
    climbs = name.startswith("/") or ":" in name.split("/", 1)[0] or ".." in parts
    if not parts or climbs or not name.isprintable():
        raise UnsafeArchive("A member of the archive has a name that leads out of it.")
    return "/".join(parts)


def _zip(url: str) -> Iterator[tuple[str, Source]]:
    archive = open_zip(url)
    infos = archive.infolist()
    _check_growth(len(infos), sum(i.file_size for i in infos), sum(i.compress_size for i in infos))
    for info in infos:
        if not info.is_dir() and not _is_link(info.external_attr >> 16):
            stamp = f"{info.file_size}-{info.CRC:08x}"
            yield _named(info.filename, ZipSource(url, info.filename, stamp), url)


def _tar(url: str) -> Iterator[tuple[str, Source]]:
    archive = open_tar(url)
    packed, unpacked, count = _size(url), 0, 0
    while (member := archive.next()) is not None:
        archive.members = []  # or it would keep every header it has seen
        count, unpacked = count + 1, unpacked + member.size
        _check_growth(count, unpacked, packed)  # before the next header, behind this member's bytes
        if member.isreg() and not member.issparse():
            stamp = f"{member.size}-{int(member.mtime)}"
            source = TarSource(url, member.name, member.offset_data, member.size, stamp)
            yield _named(member.name, source, url)


def _named(member: str, source: Source, url: str) -> tuple[str, Source]:
    try:
        return inner_name(member), source
    except UnsafeArchive:
        return "unsafe-member.pdf", RefusedSource(f"{url}!(a name that leads out)")


def _size(url: str) -> int:
    fs, path = fsspec.url_to_fs(url)
    return int(fs.size(path) or 0)


def _check_growth(count: int, unpacked: int, packed: int) -> None:
    if count > MEMBERS:
        raise UnsafeArchive("The archive holds more files than one run takes.", limit=MEMBERS)
    if unpacked > SLACK + GROWTH * packed:
        raise UnsafeArchive("The archive unpacks to far more than it should.")


def _is_link(mode: int) -> bool:
    return (mode & 0o170000) == 0o120000
