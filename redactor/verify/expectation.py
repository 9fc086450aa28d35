"""What the saved release must and must not be, as the pipeline tells the verifier."""

from __future__ import annotations

from dataclasses import dataclass

from redactor.types import Box


@dataclass(frozen=True, slots=True)
class Protected:
    """A text that must be gone everywhere, and its kind."""

    text: str
    kind: str


@dataclass(frozen=True)
class Expectation:
    """What a release promises.

    ``sizes`` are page sizes in points; ``boxes`` the painted boxes; ``removed`` the places of the
    protected words; ``kept`` the words that must still be extractable, with their boxes.
    ``before`` is the normalised file: outside the boxes and the ``moved`` stretches a release looks
    like it. ``vector`` names pages that are not pictures. ``fixed`` boxes hide a width: those of
    one line are of one width.
    ``scans`` are the pages that were read by OCR, and are read so again; the lines of the
    ``sideways`` ones run up or down.
    """

    sizes: tuple[tuple[float, float], ...]
    protected: tuple[Protected, ...]
    boxes: tuple[Box, ...]
    removed: tuple[Box, ...]
    kept: tuple[tuple[Box, str], ...]
    labels: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()  # texts of mentions that were decided to stay
    before: bytes = b""
    vector: frozenset[int] = frozenset()
    scans: frozenset[int] = frozenset()
    fixed: tuple[Box, ...] = ()
    moved: tuple[Box, ...] = ()
    sideways: frozenset[int] = frozenset()
