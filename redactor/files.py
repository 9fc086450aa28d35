"""Writes files so that nobody ever sees half of one."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from redactor.errors import CannotWrite
from redactor.report import internal_csv, notice_pdf, requester_csv
from redactor.types import Release


def write(path: Path, data: bytes | str, *, mode: int = 0o600) -> None:
    """The file holds the data, or is as it was: written beside and renamed.

    Raises:
        CannotWrite: the folder cannot be written, or the disk is full.
    """
    raw = data.encode() if isinstance(data, str) else data
    beside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(mode)
        Path(beside).replace(path)
    except OSError as error:
        if beside:
            Path(beside).unlink(missing_ok=True)
        raise CannotWrite(reason=error.strerror or "") from None


def dumps(value: Mapping[str, object]) -> str:
    """JSON with sorted keys, the same for the same value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1, default=str) + "\n"


def renditions(release: Release) -> dict[str, bytes]:
    """Every file of a release by its ending; the document only when it may leave.

    The internal log is among them: it is for the agency alone.
    """
    files: dict[str, bytes] = {}
    if release.document is not None:
        files["pdf"] = release.document
        files["txt"] = release.text.encode()
        files["log.json"] = dumps(release.requester_log).encode()
        files["log.csv"] = requester_csv(release.requester_log).encode()
        if release.certificate:
            files["certificate.json"] = release.certificate
        if release.notices:
            files["notices.pdf"] = notice_pdf([dict(n) for n in release.notices])
    if release.internal_log:
        files["internal.json"] = dumps(release.internal_log).encode()
        files["internal.csv"] = internal_csv(release.internal_log).encode()
    if release.letter:
        files["letter.json"] = dumps(release.letter).encode()
    return files
