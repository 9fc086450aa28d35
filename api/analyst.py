"""Looks into case files for /v1/analyze, in a confined process of its own."""

from __future__ import annotations

import threading
from typing import Any

from redactor.errors import Busy
from redactor.isolation import Child, look
from redactor.settings import Settings

PATIENCE = 30.0  # seconds a request waits for the one before it


class Analyst:
    """One process, started by the first look, that works on one case file at a time."""

    def __init__(self, settings: Settings) -> None:
        """Start nothing yet."""
        self._settings, self._child = settings, Child(settings)
        self._turn = threading.Lock()

    def look(self, data: bytes, password: str) -> Any:
        """People, roles and mentions of a case file, as plain values.

        Raises:
            RedactorError: it cannot be worked on, or takes more than the limits.
            Busy: others are looked into.
        """
        if not self._turn.acquire(timeout=PATIENCE):
            raise Busy
        try:
            return self._child.call(look, data, self._settings, password)
        finally:
            self._turn.release()
