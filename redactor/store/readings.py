"""What OCR read of an image, kept sealed under a name made from the image: read once, never again.

The name is a digest of the pixels, the resolution, the strategy and the readers themselves, so a
reading is never taken for that of another image or of another version. A shelf that cannot be
used is no reason to stop: the page is read anew.
"""

from __future__ import annotations

import time
from contextlib import suppress
from functools import lru_cache

from redactor.errors import RedactorError
from redactor.settings import Settings
from redactor.store.files import SealedFiles
from redactor.store.keyring import open_keyring

DAY = 86400.0


class Readings:
    """Readings by their name, in a folder of sealed files."""

    def __init__(self, files: SealedFiles) -> None:
        """Keep them there."""
        self._files = files

    def get(self, name: str) -> bytes | None:
        """The reading of that name; None where there is none that can be opened."""
        try:
            return self._files.get(_path(name))
        except RedactorError:  # damaged, or sealed with a key that is gone
            return None

    def put(self, name: str, reading: bytes) -> None:
        """Keep a reading, if there is room."""
        with suppress(RedactorError):
            self._files.put(_path(name), reading)

    def forget(self, days: float, now: float) -> int:
        """Remove readings older than so many days; how many went."""
        names = list(self._files.list("readings"))
        old = [n for n in names if self._files.age(n, now) > days * DAY]
        return sum(self._files.delete(n) for n in old)


@lru_cache(maxsize=2)
def open_readings(settings: Settings) -> Readings | None:
    """The shelf of the settings, without what is past its time; None where none can be used."""
    if settings.readings_dir is None:
        return None
    try:
        keys = open_keyring(settings, shared=False)
        shelf = Readings(SealedFiles(str(settings.readings_dir.resolve()), keys))
        if settings.keep_originals_days:
            shelf.forget(settings.keep_originals_days, time.time())
    except (OSError, RedactorError):
        return None
    return shelf


def _path(name: str) -> str:
    return f"readings/{name[:2]}/{name}"
