"""From the evidence on a person to roles with a confidence.

What decides most is whether the law lets a name stay: it does for officials and for those the
report is about, and not for anybody else. So the confidence of a role that stays compares the
evidence for staying with the evidence against it; where that is thin the name is hidden. The
reporter is weighed alone, and any credible evidence of being the reporter counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from redactor.people.evidence import OFFICIAL, OTHER, SUBJECT, Evidence, gather
from redactor.types import Mention

# How often each role is met at all; a probability no higher than that tells nothing.
USUAL = {
    "child_victim": 0.12, "alleged_perpetrator": 0.12, "parent": 0.15, "caseworker": 0.1, "attorney": 0.02,
    "judge": 0.01, "law_enforcement": 0.03, "sibling": 0.03, "relative": 0.05, "collateral": 0.05,
    "professional": 0.05, "foster_parent": 0.03, "unknown": 0.02, "reporter": 0.04,
}  # fmt: skip
CUE = 1.5  # weight of a cue beside the model's mean
DOUBT = 0.05  # always held against staying
ENOUGH = 0.75  # share of the evidence for staying at which a name may stay ...
OFFICIALLY = 0.7  # ... less for those in office: their names are no secret ...
KEPT = 0.6  # ... which is this confidence, the policies' limit for keeping
LEAST = 0.35  # of the strongest role of its group a role must have to be one
REPORTER_MEAN, REPORTER_TOP, REPORTER_CUE = 0.7, 0.3, 0.75


def roles_of(text: str, mentions: Sequence[Mention]) -> tuple[dict[str, float], tuple[str, ...]]:
    """(role -> confidence, reasons) of a person with these mentions; no reason repeats text."""
    evidence = gather(text, mentions)
    roles = _compared({r: _strength(evidence, r) for r in USUAL})
    reporter = _reporter(evidence)
    if reporter > 0.02:
        roles["reporter"] = round(reporter, 3)
    why = tuple(sorted({f"{where}: {role}" for role, _, where in evidence.told}))
    return roles or {"unknown": 1.0}, why or ("read by the model",)


def _strength(evidence: Evidence, role: str) -> float:
    return max(evidence.means[role] - USUAL[role], 0.0) + CUE * evidence.cues[role]


def _compared(strength: Mapping[str, float]) -> dict[str, float]:
    """Confidence of every role that has evidence worth the name."""
    official = _best(strength, OFFICIAL, 1)
    subject = _best(strength, SUBJECT, 2)
    other = _best(strength, OTHER, 3) + DOUBT
    stays = (official + subject) / (official + subject + other)
    # Both kinds of staying are one to those named in the report, but not to a researcher: a
    # doubt between them counts against the official.
    sure = {
        OFFICIAL: _scaled(stays, OFFICIALLY) * official / max(official + subject, 1e-9),
        SUBJECT: _scaled(stays) * min(2 * subject / max(official, 1e-9), 1.0),
        OTHER: 1 - stays,
    }
    return {
        role: round(min(sure[group], 1.0), 3)
        for group in sure
        for role in group
        if strength[role] > 0 and strength[role] >= LEAST * max(strength[r] for r in group)
    }


def _best(strength: Mapping[str, float], group: Sequence[str], most: int) -> float:
    return sum(sorted((strength[r] for r in group), reverse=True)[:most])


def _scaled(stays: float, enough: float = ENOUGH) -> float:
    """The share of evidence for staying, so that what is enough becomes ``KEPT``."""
    if stays <= enough:
        return KEPT * stays / enough
    return KEPT + (1 - KEPT) * (stays - enough) / (1 - enough)


def _reporter(evidence: Evidence) -> float:
    read = REPORTER_MEAN * evidence.means["reporter"] + REPORTER_TOP * evidence.tops["reporter"]
    return 1 - (1 - read) * (1 - REPORTER_CUE * evidence.cues["reporter"])
