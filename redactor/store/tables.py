"""The table of jobs. No column holds text of a case file or of a request.

Tables of other nouns stand in files of their own and are imported by ``upgrade.py``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Double, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from redactor.store.db import Base

ID = String(32)
WORD = String(80)
DIGEST = String(64)


class JobRow(Base):
    """One job: the truth about it. Times are seconds since the epoch, 0 for not yet."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_created", "state", "created"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    unit: Mapped[str] = mapped_column(WORD, index=True)  # whose it is
    submitter: Mapped[str] = mapped_column(WORD)  # id of the key or account that sent it
    state: Mapped[str] = mapped_column(WORD)
    priority: Mapped[int]
    jurisdiction: Mapped[str] = mapped_column(WORD)
    category: Mapped[str] = mapped_column(WORD)
    received: Mapped[date | None]  # when the requester asked
    deadline: Mapped[date | None]  # when the law wants an answer
    created: Mapped[float] = mapped_column(Double, index=True)
    started: Mapped[float] = mapped_column(Double)
    ended: Mapped[float] = mapped_column(Double)

    lease_owner: Mapped[str] = mapped_column(WORD)
    lease_until: Mapped[float] = mapped_column(Double)
    heartbeat: Mapped[float] = mapped_column(Double)
    attempts: Mapped[int]  # claims, ever; each names its files by its number
    forgiven: Mapped[int]  # claims that do not count towards quarantine
    submitted: Mapped[float] = mapped_column(Double)  # last handed to the engine
    stage: Mapped[str] = mapped_column(WORD)
    page: Mapped[int]
    pages: Mapped[int]

    source_digest: Mapped[str] = mapped_column(DIGEST)  # of a packet: over those of its files
    policy_digest: Mapped[str] = mapped_column(DIGEST)
    release_digest: Mapped[str] = mapped_column(DIGEST)
    outcome: Mapped[str] = mapped_column(WORD)
    review: Mapped[bool]  # a person looks before the release, whatever is held
    draft: Mapped[int]  # version of the stored draft, 0 for none
    approved: Mapped[int]  # version of the draft that a person approved, 0 for none
    published: Mapped[int]  # attempt whose files are the release, 0 for none
    files: Mapped[list[str]] = mapped_column(JSON)
    documents: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # one for each file sent
    verdict: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    holds: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    error_code: Mapped[str] = mapped_column(WORD)
    error: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    purged: Mapped[float] = mapped_column(Double)  # when original and draft were removed
