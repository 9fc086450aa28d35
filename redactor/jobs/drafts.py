"""A draft as files: the plain case file and its reading once, findings and decisions by version.

``normal.N.pdf`` and ``reading.N.json`` are of the worker that read the case file;
``draft.M.json`` tells its N and holds what a person may change. None is ever written twice.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from redactor.draft import Analysis, Draft
from redactor.errors import StaleDraft
from redactor.packet import Part
from redactor.pdf.sanitize import Extra, Stripped
from redactor.policy import check, load
from redactor.settings import Settings
from redactor.store.files import FileStore
from redactor.types import Decision, Findings, Hold, Reading, Region, Request

READING = TypeAdapter(Reading)
EXTRAS = TypeAdapter(tuple[Extra, ...])
FINDINGS = TypeAdapter(Findings)
DECISIONS = TypeAdapter(tuple[Decision, ...])
HOLDS = TypeAdapter(tuple[Hold, ...])
REQUEST = TypeAdapter(Request)
REGIONS = TypeAdapter(tuple[Region, ...])
PARTS = TypeAdapter(tuple[Part, ...])


def save_first(files: FileStore, job: str, number: int, draft: Draft) -> None:
    """Keep a draft that a worker made, with all it rests on."""
    stripped = draft.analysis.stripped
    base = {
        "reading": READING.dump_python(draft.analysis.reading, mode="json"),
        "extras": EXTRAS.dump_python(stripped.extras, mode="json"),
        "counts": stripped.counts,
        "source": draft.source_digest,
        "parts": PARTS.dump_python(draft.parts, mode="json"),
        "policy": draft.policy.digest,
    }
    files.put(f"jobs/{job}/normal.{number}.pdf", stripped.pdf)
    files.put(f"jobs/{job}/reading.{number}.json", json.dumps(base).encode())
    _save(files, job, number, number, draft)


def save_next(files: FileStore, job: str, before: int, number: int, draft: Draft) -> None:
    """Keep a changed draft under a further number."""
    base = json.loads(files.get(f"jobs/{job}/draft.{before}.json"))["base"]
    _save(files, job, number, base, draft)


def load_draft(
    files: FileStore, job: str, number: int, request: Request, settings: Settings
) -> Draft:
    """The draft of that number.

    Raises:
        StaleDraft: the policy is another one by now.
        NotFound: it was purged.
    """
    top = json.loads(files.get(f"jobs/{job}/draft.{number}.json"))
    base = json.loads(files.get(f"jobs/{job}/reading.{top['base']}.json"))
    policy = load(request.jurisdiction, settings.policies_dir)
    if policy.digest != base["policy"]:
        raise StaleDraft
    pdf = plain_pdf(files, job, number)
    stripped = Stripped(pdf, EXTRAS.validate_python(base["extras"]), base["counts"])
    findings = FINDINGS.validate_python(top["findings"])
    reading = _with_pages(READING.validate_python(base["reading"]), top["pages"])
    analysis = Analysis(stripped, reading, findings)
    return Draft(
        request,
        policy,
        check(policy, request),
        analysis,
        DECISIONS.validate_python(top["decisions"]),
        HOLDS.validate_python(top["holds"]),
        base["source"],
        tuple(top["review"]),
        PARTS.validate_python(base.get("parts", ())),
    )


def plain_pdf(files: FileStore, job: str, number: int) -> bytes:
    """The normalised case file of a draft, without anything else of it."""
    base = json.loads(files.get(f"jobs/{job}/draft.{number}.json"))["base"]
    return files.get(f"jobs/{job}/normal.{base}.pdf")


def save_request(
    files: FileStore, job: str, request: Request, passwords: Sequence[str] = ()
) -> None:
    """Keep who asks for what; it is protected text, so it stands in a sealed file."""
    facts = {"request": REQUEST.dump_python(request, mode="json"), "passwords": list(passwords)}
    files.put(f"jobs/{job}/request.json", json.dumps(facts).encode())


def load_request(files: FileStore, job: str) -> tuple[Request, tuple[str, ...]]:
    """The request of a job and the passwords of its files; a single one is for all of them.

    Raises:
        NotFound: it was purged.
    """
    facts: dict[str, Any] = json.loads(files.get(f"jobs/{job}/request.json"))
    passwords = facts.get("passwords") or [facts.get("password", "")]
    return REQUEST.validate_python(facts["request"]), tuple(passwords)


def _save(files: FileStore, job: str, number: int, base: int, draft: Draft) -> None:
    top = {
        "base": base,
        "findings": FINDINGS.dump_python(draft.analysis.findings, mode="json"),
        "decisions": DECISIONS.dump_python(draft.decisions, mode="json"),
        "holds": HOLDS.dump_python(draft.holds, mode="json"),
        "pages": {
            p.number: [REGIONS.dump_python(p.regions, mode="json"), p.cleared]
            for p in draft.analysis.reading.pages
            if p.regions or p.cleared
        },
        "review": list(draft.review),
    }
    files.put(f"jobs/{job}/draft.{number}.json", json.dumps(top).encode())


def _with_pages(reading: Reading, changed: dict[str, Any]) -> Reading:
    """The reading with the places to hide and the cleared pages of one version."""
    pages = []
    for page in reading.pages:
        regions, cleared = changed.get(str(page.number), ((), False))
        kept = REGIONS.validate_python(regions)
        pages.append(replace(page, regions=kept, cleared=cleared))
    return replace(reading, pages=tuple(pages))
