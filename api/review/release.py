"""The end of a review: the list of what is open, the release, and the files to download."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from api.review import plain
from api.review.entry import actor, desk, needs, note, office, settings
from api.review.inbox import policy_of
from api.review.office import Case
from api.review.room import desk_pages
from redactor.errors import NeedsReview, NotFound, Outdated
from redactor.report.answer_letter import plain_letter, release_letter
from redactor.report.index import index_csv, index_pdf
from redactor.review import Item, checklist, ready
from redactor.store.jobs import numbered

LINES = {
    "request": ("The request itself is settled", "The gates of the policy are open."),
    "people": ("Every question about a person is answered", "What is open stays hidden."),
    "ink": ("Every signature, photograph and unread ink is looked at", "Hide it or clear it."),
    "pages": ("Every page that was read poorly is looked at", "Hide it or read it yourself."),
    "shield": (
        "The shield kept nothing back that you opened",
        "Places you opened without an override stay hidden.",
    ),
    "telltales": (
        "No small word, initials or line count is left beside a hidden reporter",
        "They may still tell of the reporter; look at each and hide what tells too much.",
    ),
    "second_person": (
        "A second person releases",
        "This unit wants two: whoever changed the file does not release it.",
    ),
}
FILES = {
    "pdf": ("Redacted copy (PDF)", "application/pdf", "redacted.pdf", "for the requester"),
    "txt": ("Text of the copy", "text/plain; charset=utf-8", "redacted.txt",
            "for the requester, also for a screen reader"),
    "log.csv": ("Log of the boxes (CSV)", "text/csv; charset=utf-8", "log.csv",
                "for the requester: page, label and law of each box"),
    "log.json": ("Log of the boxes (JSON)", "application/json", "log.json", "for the requester"),
    "notices.pdf": ("Notices (PDF)", "application/pdf", "notices.pdf",
                    "for the requester: what the law sends along"),
    "certificate.json": ("Certificate", "application/json", "certificate.json",
                         "proof of what was checked"),
    "letter.pdf": ("Response letter (PDF)", "application/pdf", "letter.pdf", "for the requester"),
    "letter.json": ("Fields of the letter", "application/json", "letter.json", "for your letter"),
    "index.pdf": ("Redaction index (PDF)", "application/pdf", "index.pdf",
                  "for a court: each box with its law, Vaughn style"),
    "index.csv": ("Redaction index (CSV)", "text/csv; charset=utf-8", "index.csv", "for a court"),
    "internal.csv": ("Internal log (CSV)", "text/csv; charset=utf-8", "internal.csv",
                     "for the agency alone"),
    "internal.json": ("Internal log with your reasons (JSON)", "application/json",
                      "internal.json", "for the agency alone"),
}  # fmt: skip


@desk_pages.app_context_processor
def lists() -> dict[str, Any]:
    """The downloads of a request, for its page."""
    return {"downloads": _downloads}


def _downloads(found: Case) -> dict[int, list[tuple[str, str, str]]]:
    """What there is of each file that was sent, by its number."""
    return {
        n: [(numbered(e, n), name, note) for e, (name, _, _, note) in FILES.items()
            if e in _endings(found, n)]
        for n in _numbers(found)
    }  # fmt: skip


def _numbers(found: Case) -> range:
    return range(1, max(len(found.documents), 1) + 1)


def _endings(found: Case, number: int) -> set[str]:
    """The endings that there are of the file of that number."""
    made = {e for e in FILES if numbered(e, number) in found.files}
    if "log.json" in made:
        made |= {"index.pdf", "index.csv"}
    if made & {"letter.json", "log.json"}:
        made.add("letter.pdf")
    return made


@desk_pages.get("/<identifier>/release")
@needs("release.make")
def release_page(identifier: str) -> str:
    """What is done and what is open before this file may go."""
    opened = desk().open(identifier)
    found = office().case(identifier)
    policy = policy_of(found.jurisdiction)
    items = _items(opened, found)
    overrides = [e for e in opened.journal.standing if getattr(e.step, "override", False)]
    return render_template(
        "review/release.html",
        case=found,
        category=policy.category(opened.subject.ruling.category),
        items=items,
        lines=LINES,
        ready=ready(items),
        revision=opened.journal.revision,
        overrides=len(overrides),
        totals=_totals(opened),
        telltales=_telltales(opened),
        asked=[{"id": a.id, **plain.question(policy, opened.judged, a)}
               for a in opened.judged.asked],
    )  # fmt: skip


def _telltales(opened: Any) -> dict[int, list[str]]:
    """By page (from 1) the words that stay beside a hidden reporter; a long box is told as such."""
    told: dict[int, list[str]] = {}
    for t in opened.judged.telltales:
        words = opened.judged.reading.text[t.start : t.end]
        word = "a box of several lines" if t.kind == "lines" else f"\u201c{words}\u201d"
        told.setdefault(t.box.page + 1, []).append(word)
    return told


def _totals(opened: Any) -> dict[str, int]:
    return {
        "boxes": len(opened.judged.removals),
        "pages": len(opened.subject.reading.pages),
        "changes": len(opened.journal.standing),
    }


def _items(opened: Any, found: Case) -> tuple[Item, ...]:
    return checklist(
        opened.judged,
        opened.journal,
        by=actor().id,
        two_persons=settings().two_person,
        sender=found.submitter,
    )


@desk_pages.post("/<identifier>/release")
@needs("release.make")
def make_release(identifier: str) -> Any:
    """Hand the file on for release, at the revision that the officer saw."""
    opened = desk().open(identifier)
    if request.form.get("revision") != str(opened.journal.revision):
        raise Outdated
    if not ready(_items(opened, office().case(identifier))):
        raise NeedsReview("The list before a release has open lines.")
    desk().approve(identifier, opened)
    return redirect(url_for("review.case", identifier=identifier), 303)


@desk_pages.get("/<identifier>/files/<ending>")
@needs("case.read")
def download(identifier: str, ending: str) -> Response:
    """One file of a release; what failed a check has none."""
    found = office().case(identifier)
    number, plain_ending = _parted(found, ending)
    _, kind, name, _ = FILES[plain_ending]
    response = Response(_file(found, number, plain_ending), content_type=kind)
    internal = plain_ending.startswith("internal")
    note("internal_log.read" if internal else "release.downloaded", identifier, file=ending)
    filename = name if number == 1 else f"{number}-{name}"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _parted(found: Case, ending: str) -> tuple[int, str]:
    """Number and ending of a download that there is."""
    for number in _numbers(found):
        for plain_ending in _endings(found, number):
            if numbered(plain_ending, number) == ending:
                return number, plain_ending
    raise NotFound


def _file(found: Case, number: int, ending: str) -> bytes:
    def give(identifier: str, ending: str) -> bytes:
        return office().file(identifier, numbered(ending, number))

    policy = policy_of(found.jurisdiction)
    if ending.startswith("index."):
        log = json.loads(give(found.id, "log.json"))
        return index_pdf(log, policy) if ending == "index.pdf" else index_csv(log, policy).encode()
    if ending == "letter.pdf" and "letter.json" in _endings(found, number):
        return plain_letter(json.loads(give(found.id, "letter.json")))
    if ending == "letter.pdf":
        log = json.loads(give(found.id, "log.json"))
        texts = policy.jurisdiction.notices
        sent = [
            {"text": texts[n].text, "citation": texts[n].cite}
            for n in policy.category(log["category"]).notices
        ]
        return release_letter(log, sent, policy.jurisdiction.agency)
    return give(found.id, ending)
