"""The states of a job as a table; a move that is not in it raises."""

from __future__ import annotations

MOVES: dict[str, frozenset[str]] = {
    "queued": frozenset({"detecting", "cancelled", "failed", "expired"}),
    "detecting": frozenset(
        {"needs_review", "applying", "done", "failed", "quarantined", "cancelled"}
    ),
    "needs_review": frozenset({"approved", "cancelled", "expired"}),
    "approved": frozenset({"applying", "cancelled"}),
    "applying": frozenset({"verifying", "failed", "quarantined"}),
    "verifying": frozenset({"done", "failed", "quarantined"}),
    "done": frozenset({"expired"}),
    "failed": frozenset({"queued", "expired"}),
    "quarantined": frozenset({"queued", "expired"}),
    "cancelled": frozenset({"expired"}),
    "expired": frozenset(),
}  # fmt: skip
ENDED = frozenset({"done", "failed", "quarantined", "cancelled", "expired", "needs_review"})
STAGES = {"strip": "detecting", "read": "detecting", "detect": "detecting", "people": "detecting",
          "apply": "applying", "verify": "verifying"}  # fmt: skip


class IllegalMove(Exception):
    """A job was asked to go where its state does not lead."""


def move(state: str, to: str) -> str:
    """The new state.

    Raises:
        IllegalMove: the table has no such move.
    """
    if to != state and to not in MOVES[state]:
        raise IllegalMove(f"{state} -> {to}")
    return to
