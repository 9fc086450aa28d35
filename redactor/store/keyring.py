"""The keys that files are sealed with: from the environment, a file, or a service of keys.

A keyring is written ``id:key``, one a line or parted by commas, the key as 32 bytes in base64.
The last one seals; the others still open what they sealed.
"""

from __future__ import annotations

import base64
import binascii
import importlib
import os
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from redactor.errors import BadSettings, MissingKey
from redactor.settings import Settings

ID = re.compile(r"[A-Za-z0-9._-]{1,40}")
SIZE = 32


class Keyring:
    """Keys by their id, in the order they were made."""

    def __init__(
        self, keys: Mapping[str, bytes], again: Callable[[], Keyring] | None = None
    ) -> None:
        """Keep the keys; ``again`` reads them once more where one lacks.

        Raises:
            BadSettings: none, or one that is no key.
        """
        good = all(ID.fullmatch(i) and len(k) == SIZE for i, k in keys.items())
        if not keys or not good:
            raise BadSettings("A key of the files is an id and 32 bytes.")
        self.keys = dict(keys)
        self._again = again

    @property
    def current(self) -> tuple[str, bytes]:
        """The id and the key that new files are sealed with."""
        identifier = list(self.keys)[-1]
        return identifier, self.keys[identifier]

    def get(self, identifier: str) -> bytes:
        """The key of that id.

        Raises:
            MissingKey: the keyring lacks it.
        """
        if identifier not in self.keys and self._again is not None:
            self.keys |= self._again().keys  # another process has added one meanwhile
        try:
            return self.keys[identifier]
        except KeyError:
            raise MissingKey(key=identifier) from None


def open_keyring(settings: Settings, *, shared: bool) -> Keyring:
    """The keyring of the settings.

    Where nothing is set, a key is made beside the data of a single machine.

    Raises:
        BadSettings: the keys cannot be read, or are not set where several machines share files.
    """
    if settings.files_key_hook:
        return Keyring(_hooked(settings))
    if settings.files_key:
        return parse(settings.files_key)
    path = key_file(settings)
    if not path.exists():
        if shared or settings.files_key_file is not None:
            raise BadSettings("Set REDACTOR_FILES_KEY, _KEY_FILE or _KEY_HOOK for these files.")
        add_key(path)
    return Keyring(parse(_text(path)).keys, lambda: parse(_text(path)))


def key_file(settings: Settings) -> Path:
    """Where a keyring in a file stands."""
    return settings.files_key_file or settings.data_dir / "files.keys"


def parse(text: str) -> Keyring:
    """The keyring that is written so.

    Raises:
        BadSettings: it is not; the text is not repeated.
    """
    keys = {}
    for line in text.replace(",", "\n").split():
        identifier, _, key = line.partition(":")
        try:
            keys[identifier] = base64.b64decode(key, validate=True)
        except binascii.Error:
            raise BadSettings("A key of the files is not base64.") from None
    return Keyring(keys)


def add_key(path: Path) -> None:
    """The file has one key more, which is now the current one; of two that make it one wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = _text(path) if path.exists() else ""
    number = len(before.split()) + 1
    key = base64.b64encode(secrets.token_bytes(SIZE)).decode()
    beside = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{before}k{number}:{key}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        if before:
            beside.replace(path)
        else:
            path.hardlink_to(beside)  # fails where another process made it first
    except FileExistsError:
        pass
    finally:
        beside.unlink(missing_ok=True)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        raise BadSettings("The file of the keys cannot be read.") from None


def _hooked(settings: Settings) -> Mapping[str, bytes]:
    """What the function ``module:name`` hands out; it asks the service of keys and unwraps them."""
    module, _, name = settings.files_key_hook.partition(":")
    try:
        found: Mapping[str, bytes] = getattr(importlib.import_module(module), name)()
    except (ImportError, AttributeError, ValueError):
        raise BadSettings("REDACTOR_FILES_KEY_HOOK names no function (module:function).") from None
    return found
