"""What a review stands on: a case file as it was found, and the request it is reviewed for."""

from __future__ import annotations

from dataclasses import dataclass

from redactor.policy import Policy, Ruling
from redactor.settings import Settings
from redactor.types import Findings, Reading, Request


@dataclass(frozen=True)
class Subject:
    """Policy, request and findings before any edit; nothing here ever changes."""

    policy: Policy
    ruling: Ruling
    request: Request
    reading: Reading
    findings: Findings
    settings: Settings
