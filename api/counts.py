"""Counts requests in this process, as ``memory://`` of the limits library does but for one thing.

That one starts a thread with every request that is counted, and waits for it.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from limits.storage import MemoryStorage

SWEEP = 60.0  # seconds between looks for counts that are over


class Counts(MemoryStorage):
    """What ``memory://`` means once this is imported."""

    STORAGE_SCHEME = ["memory"]  # noqa: RUF012 - as the base class has it

    def __init__(self, uri: str | None = None, **more: Any) -> None:
        """Begin with nothing counted."""
        super().__init__(uri, **more)
        self._turn, self._swept = threading.Lock(), time.time()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """The count of the key, which begins anew when ``expiry`` seconds are over."""
        now = time.time()
        with self._turn:
            if now - self._swept > SWEEP:
                self._sweep(now)
            if self.expirations.get(key, 0.0) <= now:
                self.storage[key], self.expirations[key] = 0, now + expiry
            self.storage[key] += amount
            return self.storage[key]

    def _sweep(self, now: float) -> None:
        self._swept = now
        for key in [k for k, ends in self.expirations.items() if ends <= now]:
            self.storage.pop(key, None)
            self.expirations.pop(key, None)
