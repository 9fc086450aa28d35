"""How the pipeline tells the world where it is, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of each step: a stage name, pages done, pages in all."""

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Take note of one step."""


def silent(stage: str, done: int = 0, total: int = 0) -> None:
    """Take no note of anything."""
