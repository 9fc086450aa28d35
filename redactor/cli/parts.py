"""Processes kept running together: started anew when one ends by itself, stopped as one."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time

PAUSE = 1.0  # seconds before a part that ended by itself is started anew
QUICK, TRIES = 10.0, 3  # a part that ends so soon, so often in a row, will not come up
LOOK = 0.2


class Part:
    """One module run as a process of its own."""

    def __init__(self, *module: str) -> None:
        """Start it."""
        self._command = [sys.executable, "-m", *module]
        self.failures = 0
        self.start()

    def start(self) -> None:
        """Run it in a session of its own, so that a Ctrl-C reaches the parent alone."""
        self._began = time.monotonic()
        self.process = subprocess.Popen(self._command, start_new_session=True)  # noqa: S603

    def ended(self) -> bool:
        """Whether it ended by itself; counts how often in a row it did so at once."""
        if self.process.poll() is None:
            return False
        quick = time.monotonic() - self._began < QUICK
        self.failures = self.failures + 1 if quick else 0
        return True


def keep_up(modules: list[list[str]], stop_seconds: float) -> int:
    """Run modules until a signal comes or one will not come up; its exit code, else 0."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    parts = [Part(*module) for module in modules]
    code = 0
    while not code and not stop.wait(LOOK):
        for part in parts:
            if part.ended():
                if part.failures >= TRIES:
                    code = part.process.returncode or 1
                elif not stop.wait(PAUSE):
                    part.start()
    _end(parts, stop_seconds)
    return code


def _end(parts: list[Part], seconds: float) -> None:
    until = time.monotonic() + seconds
    for part in parts:
        part.process.terminate()
    for part in parts:
        try:
            part.process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            part.process.kill()
