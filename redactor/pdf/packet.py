"""The plain pages of several files as one file, and taken apart again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pymupdf


def join(files: Sequence[bytes]) -> bytes:
    """The pages of every file in the order given, as one PDF."""
    if len(files) == 1:
        return files[0]
    with pymupdf.open() as packet:
        for data in files:
            with pymupdf.open(stream=data, filetype="pdf") as part:
                packet.insert_pdf(part)
        return _bytes(packet)


def cut(packet: bytes, pages: Sequence[int]) -> Iterator[bytes]:
    """The file again for each count of pages, in their order."""
    first = 0
    with pymupdf.open(stream=packet, filetype="pdf") as whole:
        for count in pages:
            with pymupdf.open() as part:
                part.insert_pdf(whole, from_page=first, to_page=first + count - 1)
                yield _bytes(part)
            first += count


def _bytes(document: pymupdf.Document) -> bytes:
    made: bytes = document.tobytes(garbage=1, no_new_id=True)
    return made
