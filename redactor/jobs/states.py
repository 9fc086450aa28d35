"""The states of a job as a table; a move that is not in it raises."""

from __future__ import annotations

from redactor.errors import Conflict

MOVES: dict[str, frozenset[str]] = {
    "queued": frozenset({"detecting", "cancelled", "failed", "quarantined"}),
    "detecting": frozenset(
        {"queued", "needs_review", "applying", "done", "failed", "quarantined", "cancelled"}
    ),
    "needs_review": frozenset({"approved", "cancelled", "expired"}),
    "approved": frozenset({"applying", "cancelled", "failed", "quarantined"}),
    "applying": frozenset(
        {"queued", "approved", "detecting", "verifying", "failed", "quarantined", "cancelled"}
    ),
    "verifying": frozenset(
        {"queued", "approved", "detecting", "applying", "done", "failed", "quarantined",
         "cancelled"}
    ),
    "done": frozenset({"expired", "queued"}),  # queued: a withheld one alone, by a supervisor
    "failed": frozenset({"queued", "approved", "expired"}),
    "quarantined": frozenset({"queued", "approved", "expired"}),
    "cancelled": frozenset({"expired"}),
    "expired": frozenset(),
}  # fmt: skip
WAITING = frozenset({"queued", "approved"})  # for a worker
WORKING = frozenset({"detecting", "applying", "verifying"})  # a worker holds the lease, or held it
ENDED = frozenset({"done", "failed", "quarantined", "cancelled", "expired"})
RESTING = ENDED | {"needs_review"}  # nothing more happens by itself
STAGES = {"apply": "applying", "verify": "verifying"}  # the others stay in the state they find


def move(state: str, to: str) -> str:
    """The new state; a state in which a worker works leads to itself, too.

    Raises:
        Conflict: the table has no such move.
    """
    stays = to == state and state in WORKING
    if not stays and to not in MOVES[state]:
        raise Conflict(state=state, to=to)
    return to


def into(to: str) -> frozenset[str]:
    """The states that lead to this one."""
    return frozenset(state for state, leads in MOVES.items() if to in leads)
