"""What is found in the raw bytes of a file, whether or not an xref knows of it."""

from __future__ import annotations

import random
import zlib

from redactor.verify.objects import PIECE, carved

NAME = b"Bartholomew Quigley"


def noise(size: int) -> bytes:
    """Bytes that hardly pack, so that a packed stream is as long."""
    return random.Random(7).randbytes(size)


def test_a_long_stream_is_unpacked_to_its_end() -> None:
    """It is read piece by piece, and what follows it is no part of it."""
    packed = zlib.compress(noise(3 * PIECE) + NAME)

    [found] = carved(b"<<>> stream\n" + packed + b"\nendstream " + bytes(2 * PIECE))

    assert found == noise(3 * PIECE) + NAME


def test_a_damaged_stream_is_unpacked_as_far_as_it_is_sound() -> None:
    """A text before the damage can be read by anybody."""
    packed = bytearray(zlib.compress(NAME + noise(3 * PIECE)))
    packed[2 * PIECE :] = bytes(len(packed) - 2 * PIECE)

    [found] = carved(b"stream\r\n" + bytes(packed))

    assert found.startswith(NAME)


def test_what_is_packed_otherwise_is_nothing() -> None:
    """No error, and no text."""
    assert list(carved(b"stream\nBT (x) Tj ET\nendstream stream\n")) == [b"", b""]
