"""One case file, start to verdict: the only place where the rooms meet.

    open -> strip -> read -> detect -> who is who -> decide -> apply -> verify -> report

``prepare`` goes as far as the decisions and is what a person reviews; ``release`` goes on from
there; ``run`` does both. Nothing here touches a disk or the network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, repeat

from redactor import __version__
from redactor.detect.engine import engine
from redactor.draft import Analysis, Draft, merged, place, split
from redactor.errors import TooLarge
from redactor.memory import give_back
from redactor.packet import apart, digest_of, together
from redactor.pdf.apply import Applied, apply
from redactor.pdf.open import open_case_file
from redactor.pdf.sanitize import strip
from redactor.people import resolve
from redactor.policy import Policy, Ruling, ask, check, decide, load
from redactor.progress import Progress, silent
from redactor.proof import beside, certificate, promised, proved
from redactor.reading import read
from redactor.removals import page_holds, removals
from redactor.report import letter
from redactor.report.build import reports
from redactor.settings import Settings
from redactor.sweep import swept
from redactor.telltales import telltales
from redactor.types import (
    Reading,
    Release,
    Request,
    Verdict,
)
from redactor.verify import verify_beside

NOTHING = Verdict(())


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
    cases = [
        open_case_file(data, password=password, settings=settings)
        for data, password in zip(files, chain(passwords, repeat("")), strict=False)
    ]
    if sum(c.pages for c in cases) > settings.max_pages:
        raise TooLarge("The files together have too many pages.", limit="max_pages")
    stripped, readings = [], []
    for case in cases:
        progress("strip", 0, case.pages)
        stripped.append(strip(case.pdf))
        give_back()
        readings.append(read(stripped[-1], settings, progress))
        give_back()
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

    They are released or wait for a person together. ``names`` are the file names that the
    releases will get.

    Raises:
        RedactorError: a file or the request cannot be worked on.
    """
    begun = begin_packet(files, request, settings=settings, progress=progress, passwords=passwords)
    if isinstance(begun, Draft) and not (begun.holds and request.holds == "stop"):
        return release_packet(begun, settings=settings, progress=progress, names=names)
    end = held(begun) if isinstance(begun, Draft) else begun
    return (end,) * len(files)


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
    return begin_packet([data], request, settings=settings, progress=progress, passwords=[password])


def begin_packet(
    files: Sequence[bytes],
    request: Request,
    *,
    settings: Settings,
    progress: Progress = silent,
    passwords: Sequence[str] = (),
) -> Draft | Release:
    """One draft of all files of a case, their pages counted through, or the end without a page.

    Raises:
        RedactorError: a file or the request cannot be worked on.
    """
    policy = load(request.jurisdiction, settings.policies_dir)
    ruling = check(policy, request)
    if ruling.effect != "proceed":
        return _closed(policy, ruling, request)
    found = analyze_packet(
        files, request, settings=settings, progress=progress, passwords=passwords
    )
    whole, parts = merged(found, files)
    progress("decide", 0, len(whole.reading.pages))
    digest = digest_of(p.digest for p in parts)
    draft = prepare(policy, ruling, request, whole, digest, settings)
    return draft if len(parts) == 1 else replace(draft, parts=parts)


def release_packet(
    draft: Draft,
    *,
    settings: Settings,
    progress: Progress = silent,
    names: Sequence[str] = (),
    now: datetime | None = None,
) -> tuple[Release, ...]:
    """The release of each file of a draft, in their order."""
    return tuple(
        release(part, settings=settings, progress=progress, name=name, now=now)
        for part, name in zip(split(draft), chain(names, repeat("")), strict=False)
    )


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
    decisions = decide(policy, ruling.category, request.answers, analysis.findings, request)
    findings, decisions = swept(analysis.reading, analysis.findings, decisions)
    analysis = replace(analysis, findings=findings)
    asked = ask(findings, decisions)
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
    written = settings.model_copy(update={"render": draft.policy.render(settings.render)})
    applied = apply(draft.analysis.stripped.pdf, gone, reading, written, progress)
    give_back()
    progress("verify", 0, len(reading.pages))
    expected = promised(draft, applied, gone)
    verdict = proved(applied, expected, settings)
    more = _more(draft, applied)
    made = _reported(draft, applied, verdict, settings, more)
    verdict = verify_beside(verdict, expected, {**beside(made, draft.policy), "file name": name})
    made = _reported(draft, applied, verdict, settings, more)
    if made.document is None:
        return made
    return replace(made, certificate=certificate(made, made.document, draft, settings, now))


def _reported(
    draft: Draft,
    applied: Applied,
    verdict: Verdict,
    settings: Settings,
    more: Mapping[str, object],
) -> Release:
    made = reports(
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
    return replace(made, internal_log={**made.internal_log, **more})


def _more(draft: Draft, applied: Applied) -> dict[str, object]:
    """What the internal log says besides: what still tells of the reporter, how pages were made."""
    reading = draft.analysis.reading
    found = telltales(reading, draft.analysis.findings, draft.decisions)
    left = [{"kind": t.kind, "page": t.box.page + 1, "box": place(t.box)[1:]} for t in found]
    return {"telltales": left, "written": list(_written(applied, reading))}


def _written(applied: Applied, reading: Reading) -> Iterator[dict[str, object]]:
    """How each page was written, and why it is a picture where it is one."""
    for page in reading.pages:
        way = "vector" if page.number in applied.vector else "pixels"
        doubt = applied.doubts.get(page.number, "")
        yield {"page": page.number + 1, "way": way, "doubt": doubt}


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
    "release_packet",
    "run",
    "run_packet",
    "split",
]
