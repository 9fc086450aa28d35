"""Files inside a case file: each is a case file of its own, to be redacted as such on request.

Nothing of them travels with a release of the file that holds them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from redactor.errors import UnreadableInput
from redactor.pdf.open import open_case_file, sniff
from redactor.settings import Settings

DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file inside another. ``kind`` is pdf, png, jpeg, tiff, or other for what stays back."""

    kind: str
    data: bytes


def attachments(data: bytes, settings: Settings, *, password: str = "") -> tuple[Attachment, ...]:
    """The files inside a case file, wherever they hang, each once, in the order of their objects.

    Raises:
        RedactorError: the case file cannot be opened.
    """
    case = open_case_file(data, password=password, settings=settings)
    with pikepdf.open(io.BytesIO(case.pdf)) as pdf:
        found = {s.objgen: s for thing in pdf.objects for s in _embedded(thing, 0)}
        held = [bytes(found[key].read_bytes()) for key in sorted(found)]
    return tuple(Attachment(_kind(one), one) for one in dict.fromkeys(held))


def _embedded(thing: Any, depth: int) -> Iterator[Any]:
    """The streams of every file specification in an object and in what it holds directly."""
    if depth > DEEPEST:
        return
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        files = thing.get("/EF")
        if isinstance(files, pikepdf.Dictionary):
            yield from (v for _, v in files.items() if isinstance(v, pikepdf.Stream))
        inner = [thing[key] for key in thing.keys()]  # noqa: SIM118 - no mapping
    elif isinstance(thing, pikepdf.Array):
        inner = list(thing)
    else:
        return
    for item in inner:
        if not getattr(item, "is_indirect", False):
            yield from _embedded(item, depth + 1)


def _kind(data: bytes) -> str:
    try:
        return sniff(data)
    except UnreadableInput:
        return "other"
