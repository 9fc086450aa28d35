"""Log lines as JSON. A line holds only the keys named here, so that no text of a file can."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset({
    "event", "level", "timestamp", "request_id", "job_id", "actor", "method", "route", "status",
    "ms", "state", "outcome", "error", "attempt", "stage", "pages",
})  # fmt: skip


def only_allowed(_: Any, __: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """The event without every key that is not on the list."""
    return {k: v for k, v in event.items() if k in ALLOWED}


structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        only_allowed,
        structlog.processors.JSONRenderer(sort_keys=True),
    ],
    logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # standard output is for answers
)
log = structlog.get_logger()
