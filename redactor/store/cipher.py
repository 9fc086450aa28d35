"""Seals a stream with AES-GCM piece by piece, so that a big file never stands in memory.

A sealed file is a header (mark, key id, salt) and pieces of 64 KiB, each with its tag. The key of
a file is derived from the named key, the salt and the name of the file; the nonce is the number
of the piece and whether it is the last. So no piece can be changed, moved, left out or put under
another name unnoticed. The construction is that of Tink's AES-GCM-HKDF streaming.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from redactor.errors import DamagedFile
from redactor.store.keyring import Keyring

MARK = b"RDX1"
SALT = 32
PIECE = 64 * 1024
TAG = 16


def seal(plain: BinaryIO, into: BinaryIO, keys: Keyring, name: str) -> None:
    """Everything that is left of ``plain``, written into ``into`` under the current key."""
    identifier, secret = keys.current
    header = _header(identifier, os.urandom(SALT))
    cipher = _cipher(secret, header, name)
    into.write(header)
    pieces = enumerate(_pieces(plain, PIECE))
    into.writelines(cipher.encrypt(_nonce(n, last), piece, None) for n, (piece, last) in pieces)


def key_of(sealed: BinaryIO) -> str:
    """The id of the key that a sealed file needs.

    Raises:
        DamagedFile: it does not begin as a sealed file does.
    """
    return _read_header(sealed)[0]


def unseal(sealed: BinaryIO, keys: Keyring, name: str) -> BinaryIO:
    """A stream of what was sealed; closing it closes ``sealed``.

    Raises:
        DamagedFile: here or while it is read: changed, cut short, or another file's.
        MissingKey: the keyring lacks its key.
    """
    identifier, header = _read_header(sealed)
    cipher = _cipher(keys.get(identifier), header, name)
    return io.BufferedReader(_Unsealed(sealed, cipher), PIECE)


class _Unsealed(io.RawIOBase):
    def __init__(self, sealed: BinaryIO, cipher: AESGCM) -> None:
        self._sealed = sealed
        self._plain = _decrypted(sealed, cipher)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._left:
            self._left = next(self._plain, b"")
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def close(self) -> None:
        self._sealed.close()
        super().close()


def _decrypted(sealed: BinaryIO, cipher: AESGCM) -> Iterator[bytes]:
    for number, (piece, last) in enumerate(_pieces(sealed, PIECE + TAG)):
        try:
            yield cipher.decrypt(_nonce(number, last), piece, None)
        except InvalidTag:
            raise DamagedFile from None


def _pieces(stream: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces and whether each is the last; one empty last piece for an empty stream."""
    piece = _full(stream, size)
    while True:
        following = _full(stream, size)
        yield piece, not following
        if not following:
            return
        piece = following


def _full(stream: BinaryIO, size: int) -> bytes:
    parts, missing = [], size
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _header(identifier: str, salt: bytes) -> bytes:
    raw = identifier.encode()
    return MARK + bytes([len(raw)]) + raw + salt


def _read_header(sealed: BinaryIO) -> tuple[str, bytes]:
    start = _full(sealed, len(MARK) + 1)
    if start[: len(MARK)] != MARK or len(start) <= len(MARK):
        raise DamagedFile
    rest = _full(sealed, start[-1] + SALT)
    if len(rest) != start[-1] + SALT:
        raise DamagedFile
    return rest[: start[-1]].decode(errors="replace"), start + rest


def _cipher(secret: bytes, header: bytes, name: str) -> AESGCM:
    info = header[:-SALT] + name.encode()
    return AESGCM(HKDF(SHA256(), 32, header[-SALT:], info).derive(secret))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
