"""What a run is to do: case files of a folder, an archive or a URL, each with its request."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

import fsspec

from redactor.batch.archives import is_archive, members
from redactor.batch.sources import Source, UrlSource
from redactor.errors import BadRequest
from redactor.types import Request

CASE_FILES = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


@dataclass(frozen=True)
class Row:
    """One case file for one requester; rows of one ``case`` and one request are a packet.

    ``name`` is the path of its outputs below the output folder, without ending.
    """

    source: Source
    name: str
    request: Request
    case: str = ""
    password: str = ""

    @property
    def asked(self) -> str:
        """A digest of everything that was asked but the day, so that another request is noticed."""
        facts = asdict(self.request)
        facts.pop("received")
        text = json.dumps(facts, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


Task = tuple[Row, ...]  # one row, or the rows of a packet


def sources(place: str) -> Iterator[tuple[str, Source]]:
    """(name, source) of each case file of a folder, a zip, a tar, or an fsspec URL of any of them.

    Raises:
        BadRequest: there is nothing there.
        UnreadableInput, UnsafeArchive: an archive that must not be used.
    """
    try:
        fs, root = fsspec.url_to_fs(place)
        is_folder, is_file = fs.isdir(root), fs.isfile(root)
    except ImportError:
        raise BadRequest(
            "Files of this kind need a package more: pip install -r requirements-scale.txt"
            " brings that of s3://; fsspec's list of file systems names the others.",
            place=place.partition("://")[0],
        ) from None
    except Exception as error:  # noqa: BLE001 - every file system raises its own
        raise BadRequest("The place cannot be reached.", reason=type(error).__name__) from None
    if is_folder:
        yield from _folder(fs, root)
    elif is_file and is_archive(root):
        yield from ((n, s) for n, s in members(place) if _is_case_file(n))
    elif is_file:
        yield PurePosixPath(root).name, url_source(place)
    else:
        raise BadRequest("There is no such folder, archive or file.")


def url_source(url: str) -> UrlSource:
    """The source at a path or URL; a file that is not there is found out when it is read."""
    try:
        fs, path = fsspec.url_to_fs(url)
        return UrlSource(url, _stamp(fs.info(path)))
    except Exception:  # noqa: BLE001
        return UrlSource(url)


def rows(found: Iterable[tuple[str, Source]], request: Request, password: str = "") -> list[Row]:
    """A row for each source, all asked alike; names that would fall together are numbered."""
    return named(
        Row(s, str(PurePosixPath(n).with_suffix("")), request, "", password) for n, s in found
    )


def outside(found: Iterable[tuple[str, Source]], out: Path) -> Iterator[tuple[str, Source]]:
    """The sources that do not lie in the output folder: releases are no case files."""
    for name, source in found:
        if not (_is_local(source) and Path(source.path).absolute().is_relative_to(out.absolute())):
            yield name, source


def named(given: Iterable[Row]) -> list[Row]:
    """The rows with names of their own: ``a``, ``a-2``, ``a-3``."""
    taken: set[str] = set()
    out = []
    for row in given:
        name, n = row.name, 1
        while name.casefold() in taken:
            n += 1
            name = f"{row.name}-{n}"
        taken.add(name.casefold())
        out.append(Row(row.source, name, row.request, row.case, row.password))
    return out


def tasks(given: Iterable[Row]) -> list[Task]:
    """The rows as units of work, in order; rows of one case and one request are one unit."""
    packets: dict[object, list[Row]] = {}
    for row in given:
        key = (row.case, row.asked) if row.case else row.name
        packets.setdefault(key, []).append(row)
    return [tuple(p) for p in packets.values()]


def refuse_overwriting(given: Iterable[Row], out: Path) -> None:
    """Pass when no output would be written over a case file.

    Raises:
        BadRequest: one would.
    """
    for row in given:
        target = (out / f"{row.name}.pdf").absolute()
        if _is_local(row.source) and Path(row.source.path).absolute() == target:
            raise BadRequest("The output folder is the folder of the case files.")


def _is_local(source: Source) -> bool:
    return isinstance(source, UrlSource) and "://" not in source.path


def _folder(fs: fsspec.AbstractFileSystem, root: str) -> Iterator[tuple[str, Source]]:
    base = root.rstrip("/") + "/"
    for path, facts in sorted(fs.find(root, detail=True).items()):
        name = path.removeprefix(base)
        if _is_case_file(name):
            url = path if "file" in fs.protocol else fs.unstrip_protocol(path)
            yield name, UrlSource(url, _stamp(facts))


def _is_case_file(name: str) -> bool:
    hidden = any(part.startswith(".") for part in PurePosixPath(name).parts)
    return not hidden and name.lower().endswith(CASE_FILES)


def _stamp(facts: dict[str, object]) -> str:
    changed = next((facts[k] for k in ("ETag", "etag", "mtime", "LastModified") if k in facts), "")
    return f"{facts.get('size', '')}-{changed}"
