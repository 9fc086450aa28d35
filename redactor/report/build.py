"""Everything that is said about a release, gathered into it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from redactor.policy import Policy, Ruling
from redactor.report.internal_log import internal_log, reviewed
from redactor.report.notices import notices
from redactor.report.rendition import rendition
from redactor.report.requester_log import requester_log
from redactor.types import Decision, Findings, Reading, Release, Removal, Request, Verdict


def reports(
    request: Request,
    policy: Policy,
    ruling: Ruling,
    reading: Reading,
    findings: Findings,
    decisions: Sequence[Decision],
    boxes: Sequence[Removal],
    verdict: Verdict,
    pdf: bytes,
    meta: Mapping[str, str],
    review: Sequence[Mapping[str, object]] = (),
    taken: Mapping[str, int] | None = None,
) -> Release:
    """The release with its logs; without its document unless every check passed.

    ``taken`` counts by channel what stood in the file but on no page.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    safe = verdict.releasable
    still = [b for b in boxes if not b.fixed_width]  # the others no longer cover what they hide
    facts: dict[str, object] = {
        "release": digest[:16],
        "jurisdiction": policy.id,
        "category": ruling.category,
        "answers": dict(sorted(request.answers.items())),
        "waived": [r.code for r in ruling.reasons if r.waived],
        "holds": request.holds,
        "versions": {k: v for k, v in sorted(meta.items()) if k != "log_key"},
        "output_sha256": digest,
        "taken_off": dict(sorted((taken or {}).items())),
        "verdict": {
            "releasable": safe,
            "checks": [
                {"name": c.name, "passed": c.passed, "count": c.count, "detail": c.detail}
                for c in verdict.checks
            ],
        },
    }
    return Release(
        outcome="released" if safe else "withheld",
        verdict=verdict,
        document=pdf if safe else None,
        text=rendition(reading, findings, decisions, still) if safe else "",
        requester_log=requester_log(policy, ruling, boxes, len(reading.pages), digest[:16]),
        internal_log=reviewed(
            internal_log(reading, findings, decisions, facts, meta["log_key"]), review
        ),
        notices=notices(policy, ruling),
        reasons=tuple(
            {"code": c.name, "why": c.detail or "the check failed", "citations": []}
            for c in verdict.failing
        ),
    )
