"""What a review stands on: a case file as it was found, and the request it is reviewed for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from redactor.policy import Policy, Ruling, decide
from redactor.settings import Settings
from redactor.types import Decision, Findings, Reading, Request


@dataclass(frozen=True)
class Subject:
    """Policy, request and findings before any edit; nothing here ever changes."""

    policy: Policy
    ruling: Ruling
    request: Request
    reading: Reading
    findings: Findings
    settings: Settings

    @cached_property
    def first(self) -> Mapping[tuple[int, int], Decision]:
        """What the policy says of each place before any edit."""
        found = self.findings.mentions
        decisions = decide(
            self.policy, self.ruling.category, self.request.answers, self.findings, self.request
        )
        return {(found[d.mention].start, found[d.mention].end): d for d in decisions}
