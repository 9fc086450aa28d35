"""What a release promises, the proof of it on its saved bytes, and the certificate that says so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from redactor import __version__
from redactor.detect.nlp import load_pipeline
from redactor.draft import Draft
from redactor.ocr.page import glance
from redactor.pdf.apply import Applied
from redactor.policy import Policy, texts
from redactor.removals import allowed, protected
from redactor.settings import Settings
from redactor.types import Release, Removal, Verdict
from redactor.verify import Expectation, Protected, verify
from redactor.verify.certificate import certify, signing_key


def promised(draft: Draft, applied: Applied, gone: tuple[Removal, ...]) -> Expectation:
    """What the release of a draft promises."""
    reading, findings = draft.analysis.reading, draft.analysis.findings
    return Expectation(
        sizes=tuple((p.width, p.height) for p in reading.pages),
        protected=(
            *protected(reading, findings, draft.decisions),
            *(Protected(term, "must_hide") for term in draft.request.must_hide),
        ),
        boxes=tuple(r.box for r in applied.boxes),
        removed=tuple(r.box for r in gone),
        kept=applied.kept,
        labels=tuple(sorted({f"[{r.prints}]" for r in gone if r.prints})),
        allowed=allowed(reading, findings, draft.decisions),
        before=draft.analysis.stripped.pdf,
        scans=frozenset(p.number for p in reading.pages if p.kind != "text"),
        vector=applied.vector,
        fixed=applied.fixed,
        moved=applied.moved,
        sideways=applied.sideways,
    )


def proved(applied: Applied, expected: Expectation, settings: Settings) -> Verdict:
    """The verdict on the saved bytes, with OCR for what only a reader of pictures sees."""

    def read_again(image: Any, dpi: float) -> str:
        return glance(image, dpi, settings)

    seconds = settings.seconds(len(expected.sizes))
    return verify(applied.pdf, expected, read_image=read_again, seconds=seconds)


def beside(made: Release, policy: Policy) -> dict[str, str]:
    """Everything that is said beside the document, but for the policy's words and the gate's."""
    own = policy.said | {c.name for c in made.verdict.checks}

    def of(values: object) -> str:
        return "\n".join(t for t in texts(values) if t not in own)

    return {
        "text": made.text,
        "requester's log": of(made.requester_log),
        "internal log": of(made.internal_log),
        "notices": of(made.notices),
    }


def certificate(
    made: Release, document: bytes, draft: Draft, settings: Settings, now: datetime | None
) -> bytes:
    """The signed certificate of a release; ``now`` is its date, the present where it is None."""
    meta = load_pipeline(settings).meta
    versions = {
        "program": __version__,
        "policy": f"{draft.policy.id} {draft.policy.digest}",
        "model": f"{meta.get('name', '')} {meta.get('version', '')}",
    }
    key = signing_key(settings.certificate_path)
    when = now or datetime.now(UTC)
    return certify(document, made.verdict, versions, made.requester_log, key, when)
