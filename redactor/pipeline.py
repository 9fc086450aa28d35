"""One case file, start to verdict: the only place where the rooms meet.

    open -> strip -> read -> detect -> who is who -> decide -> apply -> verify -> report

``prepare`` goes as far as the decisions and is what a person reviews; ``release`` goes on from
there; ``run`` does both. Nothing here touches a disk or the network.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any

from redactor import __version__
from redactor.detect.engine import engine
from redactor.detect.nlp import load_pipeline
from redactor.ocr.page import glance
from redactor.packet import apart, decided, joined, together
from redactor.pdf.apply import Applied, apply
from redactor.pdf.open import open_case_file
from redactor.pdf.sanitize import Stripped, strip
from redactor.people import resolve
from redactor.policy import Policy, Ruling, ask, check, decide, load
from redactor.progress import Progress, silent
from redactor.reading import read
from redactor.removals import allowed, page_holds, protected, removals, swept
from redactor.report import letter, reports
from redactor.settings import Settings
from redactor.types import (
    Decision,
    Findings,
    Hold,
    Reading,
    Release,
    Removal,
    Request,
    Verdict,
)
from redactor.verify import Expectation, verify, verify_beside
from redactor.verify.certificate import certify, signing_key

NOTHING = Verdict(())


@dataclass(frozen=True)
class Analysis:
    """What stands in a case file, before anything is decided."""

    stripped: Stripped
    reading: Reading
    findings: Findings

    def as_dict(self) -> dict[str, object]:
        """People, roles and mentions with their boxes, ready for JSON. Holds protected text."""
        text = self.reading.text
        return {
            "pages": [
                {"number": p.number, "width": p.width, "height": p.height, "kind": p.kind,
                 "confidence": round(p.confidence, 3), "explained": round(p.explained, 3),
                 "regions": [{"kind": r.kind, "box": _box(r.box), "why": r.why} for r in p.regions]}
                for p in self.reading.pages
            ],
            "people": [
                {"id": p.id, "names": list(p.names), "roles": dict(p.roles), "why": list(p.why)}
                for p in self.findings.people
            ],
            "mentions": [
                {"id": n, "kind": m.kind, "text": text[m.start : m.end], "person": m.person,
                 "score": round(m.score, 3), "recognizer": m.recognizer, "why": m.why,
                 "context": m.context.value,
                 "boxes": [_box(b) for b in self.reading.boxes(m.start, m.end)]}
                for n, m in enumerate(self.findings.mentions)
            ],
        }  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """A request taken as far as the decisions; a person may change them before the release."""

    request: Request
    policy: Policy
    ruling: Ruling
    analysis: Analysis
    decisions: tuple[Decision, ...]
    holds: tuple[Hold, ...]
    source_digest: str
    review: tuple[Mapping[str, object], ...] = ()  # what an officer changed, for the internal log


def analyze(
    data: bytes,
    request: Request | None = None,
    *,
    settings: Settings,
    progress: Progress = silent,
    password: str = "",
) -> Analysis:
    """What stands in the case file: words, mentions, people and roles."""
    [found] = analyze_packet(
        [data], request, settings=settings, progress=progress, passwords=[password]
    )
    return found


def analyze_packet(
    files: Sequence[bytes],
    request: Request | None = None,
    *,
    settings: Settings,
    progress: Progress = silent,
    passwords: Sequence[str] = (),
) -> tuple[Analysis, ...]:
    """What stands in each file of one case; they share their people."""
    stripped, readings = [], []
    for data, password in zip_longest(files, passwords, fillvalue=""):
        case = open_case_file(data, password=password, settings=settings)  # type: ignore[arg-type]
        progress("strip", 0, case.pages)
        stripped.append(strip(case.pdf))
        readings.append(read(stripped[-1], settings, progress))
    whole = together(readings)
    progress("detect", 0, len(whole.pages))
    mentions = engine(settings).analyze(whole)
    progress("people", 0, len(whole.pages))
    findings = resolve(whole, mentions, request or Request("", ""))
    return tuple(map(Analysis, stripped, readings, apart(findings, readings)))


def run(
    data: bytes,
    request: Request,
    *,
    settings: Settings,
    progress: Progress = silent,
    password: str = "",
    name: str = "",
) -> Release:
    """What one request of one case file ends in; never a document that failed a check.

    ``name`` is the file name that the release will get; it must give nothing away either.

    Raises:
        RedactorError: the file or the request cannot be worked on.
    """
    [made] = run_packet(
        [data],
        request,
        settings=settings,
        progress=progress,
        passwords=[password],
        names=[name],
    )
    return made


def run_packet(
    files: Sequence[bytes],
    request: Request,
    *,
    settings: Settings,
    progress: Progress = silent,
    passwords: Sequence[str] = (),
    names: Sequence[str] = (),
) -> tuple[Release, ...]:
    """What one request of several files of one case ends in, one release a file, in their order.

    ``names`` are the file names that the releases will get.

    Raises:
        RedactorError: a file or the request cannot be worked on.
    """
    ends = []
    drafts = begin_packet(files, request, settings=settings, progress=progress, passwords=passwords)
    for begun, name in zip_longest(drafts, names, fillvalue=""):
        if isinstance(begun, Draft) and not (begun.holds and request.holds == "stop"):
            ends.append(release(begun, settings=settings, progress=progress, name=str(name)))
        elif isinstance(begun, Draft):
            ends.append(held(begun))
        elif isinstance(begun, Release):
            ends.append(begun)
    return tuple(ends)


def begin(
    data: bytes,
    request: Request,
    *,
    settings: Settings,
    progress: Progress = silent,
    password: str = "",
) -> Draft | Release:
    """The request taken as far as the decisions, or its end where no page may leave.

    Raises:
        RedactorError: the file or the request cannot be worked on.
    """
    [begun] = begin_packet(
        [data], request, settings=settings, progress=progress, passwords=[password]
    )
    return begun


def begin_packet(
    files: Sequence[bytes],
    request: Request,
    *,
    settings: Settings,
    progress: Progress = silent,
    passwords: Sequence[str] = (),
) -> tuple[Draft | Release, ...]:
    """For each file of one case the draft, or its end where no page may leave.

    Raises:
        RedactorError: a file or the request cannot be worked on.
    """
    policy = load(request.jurisdiction, settings.policies_dir)
    ruling = check(policy, request)
    if ruling.effect != "proceed":
        return tuple(_closed(policy, ruling, request) for _ in files)
    found = analyze_packet(
        files, request, settings=settings, progress=progress, passwords=passwords
    )
    progress("decide", 0, sum(len(a.reading.pages) for a in found))
    digests = [hashlib.sha256(data).hexdigest() for data in files]
    return _prepared(policy, ruling, request, found, digests, settings)


def held(draft: Draft) -> Release:
    """What a draft that waits for a person is to the world: its questions and no page."""
    return Release("held", NOTHING, holds=draft.holds, reasons=_reasons(draft.ruling))


def prepare(
    policy: Policy,
    ruling: Ruling,
    request: Request,
    analysis: Analysis,
    digest: str,
    settings: Settings,
) -> Draft:
    """The decisions on everything found, and what a person must decide."""
    [draft] = _prepared(policy, ruling, request, [analysis], [digest], settings)
    return draft


def _prepared(
    policy: Policy,
    ruling: Ruling,
    request: Request,
    found: Sequence[Analysis],
    digests: Sequence[str],
    settings: Settings,
) -> tuple[Draft, ...]:
    """The drafts of a packet: a text hidden in one file is hidden in all of them."""
    readings = [a.reading for a in found]
    findings = joined([a.findings for a in found], readings)
    decisions = decide(policy, ruling.category, request.answers, findings, request)
    findings, decisions = swept(together(readings), findings, decisions)
    return tuple(
        _draft(policy, ruling, request, replace(a, findings=own), said, digest, settings)
        for a, (own, said), digest in zip(
            found, decided(findings, decisions, readings), digests, strict=True
        )
    )


def _draft(
    policy: Policy,
    ruling: Ruling,
    request: Request,
    analysis: Analysis,
    decisions: tuple[Decision, ...],
    digest: str,
    settings: Settings,
) -> Draft:
    asked = ask(analysis.findings, decisions)
    holds = (*asked, *page_holds(policy, analysis.reading, settings))
    return Draft(request, policy, ruling, analysis, decisions, holds, digest)


def release(
    draft: Draft,
    *,
    settings: Settings,
    progress: Progress = silent,
    name: str = "",
    now: datetime | None = None,
) -> Release:
    """The release of a draft: written, read again, and given out only if every check passed.

    Its certificate is dated ``now`` and signed with the key of the settings, made on first use.
    """
    reading = draft.analysis.reading
    gone = removals(draft.policy, reading, draft.analysis.findings, draft.decisions, settings)
    applied = apply(draft.analysis.stripped.pdf, gone, reading, settings, progress)
    progress("verify", 0, len(reading.pages))
    expected = _expected(draft, applied, gone)
    verdict = _verdict(applied, expected, settings)
    made = _reported(draft, applied, verdict, settings)
    verdict = verify_beside(verdict, expected, {**_texts(made), "file name": name})
    made = _reported(draft, applied, verdict, settings)
    if made.document is None:
        return made
    return replace(made, certificate=_certificate(made, made.document, draft, settings, now))


def _certificate(
    made: Release, document: bytes, draft: Draft, settings: Settings, now: datetime | None
) -> bytes:
    meta = load_pipeline(settings).meta
    versions = {
        "program": __version__,
        "policy": f"{draft.policy.id} {draft.policy.digest}",
        "model": f"{meta.get('name', '')} {meta.get('version', '')}",
    }
    key = signing_key(settings.certificate_path)
    when = now or datetime.now(UTC)
    return certify(document, made.verdict, versions, made.requester_log, key, when)


def _reported(draft: Draft, applied: Applied, verdict: Verdict, settings: Settings) -> Release:
    return reports(
        draft.request,
        draft.policy,
        draft.ruling,
        draft.analysis.reading,
        draft.analysis.findings,
        draft.decisions,
        applied.boxes,
        verdict,
        applied.pdf,
        {
            "source_sha256": draft.source_digest,
            "program": __version__,
            "policy": draft.policy.digest,
            "log_key": settings.log_key,
        },
        draft.review,
        draft.analysis.stripped.counts,
    )


def _texts(made: Release) -> dict[str, str]:
    """Everything that is said beside the document."""
    return {
        "text": made.text,
        "requester's log": json.dumps(made.requester_log, ensure_ascii=False, default=str),
        "internal log": json.dumps(made.internal_log, ensure_ascii=False, default=str),
        "notices": json.dumps([dict(n) for n in made.notices], ensure_ascii=False),
    }


def _expected(draft: Draft, applied: Applied, gone: tuple[Removal, ...]) -> Expectation:
    """What the release of a draft promises."""
    reading, findings = draft.analysis.reading, draft.analysis.findings
    return Expectation(
        sizes=tuple((p.width, p.height) for p in reading.pages),
        protected=protected(reading, findings, draft.decisions),
        boxes=tuple(r.box for r in applied.boxes),
        removed=tuple(r.box for r in gone),
        kept=applied.kept,
        labels=tuple(sorted({f"[{r.prints}]" for r in gone if r.prints})),
        allowed=allowed(reading, findings, draft.decisions),
        before=draft.analysis.stripped.pdf,
        scans=frozenset(p.number for p in reading.pages if p.kind != "text"),
        fixed=applied.fixed,
        moved=applied.moved,
    )


def _verdict(applied: Applied, expected: Expectation, settings: Settings) -> Verdict:
    def read_again(image: Any, dpi: float) -> str:
        return glance(image, dpi, settings)

    return verify(applied.pdf, expected, read_image=read_again, seconds=settings.max_seconds)


def _closed(policy: Policy, ruling: Ruling, request: Request) -> Release:
    """A request that gets no page: held, withheld, or answered by letter."""
    outcome = {"hold": "held", "withhold": "withheld", "letter": "letter"}[ruling.effect]
    return Release(
        outcome, NOTHING, letter=letter(policy, ruling, request), reasons=_reasons(ruling)
    )


def _reasons(ruling: Ruling) -> tuple[dict[str, object], ...]:
    return tuple(
        {
            "code": r.code,
            "questions": list(r.questions),
            "why": r.why,
            "citations": list(r.citations),
            "waived": r.waived,
        }
        for r in ruling.reasons
    )


def _box(box: object) -> list[float]:
    return [getattr(box, "page"), *(round(getattr(box, k), 2) for k in ("x0", "y0", "x1", "y1"))]  # noqa: B009


__all__ = [
    "Analysis",
    "Draft",
    "analyze",
    "analyze_packet",
    "begin",
    "begin_packet",
    "held",
    "prepare",
    "release",
    "run",
    "run_packet",
]
