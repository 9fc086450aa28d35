"""Memory that a stage is done with goes back to the system."""

from __future__ import annotations

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Return what was freed; does nothing where the C library has no ``malloc_trim``.

    The PDF libraries free a file's objects one by one, in a heap that the C library keeps: of a
    file of many pages each stage would leave its peak behind for the next to be added to.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
