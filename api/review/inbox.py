"""The inbox: every request, what waits for a person, and new requests with their case files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

from flask import Response, redirect, render_template, request, url_for

from api.review.entry import actor, needs, office, settings
from api.review.office import Case
from api.review.room import desk_pages
from api.v1.intake import checked
from redactor.errors import BadRequest, EmptyInput, Forbidden, RedactorError
from redactor.policy import Policy, check, describe, list_jurisdictions, load
from redactor.policy.calendar import working_days_left
from redactor.review.answers import consequences
from redactor.types import Request

SOON = 3  # working days from which a deadline is pressing
FORMS = {
    "redacted_copy": "A redacted copy",
    "inspection": "A redacted copy to look at",
    "in_camera": "A copy for the court alone",
    "summary_response": "A letter, and no page",
    "confirm_only": "A yes or no, and no page",
    "none": "Nothing",
}


@dataclass(frozen=True)
class Row:
    """One line of the inbox."""

    case: Case
    title: str
    cite: str
    left: int | None
    waits: str

    @property
    def pressing(self) -> str:
        """late, soon or empty."""
        if self.left is None or self.case.state == "done":
            return ""
        return "late" if self.left < 0 else "soon" if self.left <= SOON else ""


def policy_of(jurisdiction: str) -> Policy:
    """The policy of a jurisdiction, as these settings install it."""
    return load(jurisdiction, settings().policies_dir)


@desk_pages.get("/")
@needs("case.read")
def inbox() -> str:
    """The list, narrowed by what the address asks for."""
    rows = [_row(c) for c in office().cases()]
    asked = {k: request.args.get(k, "").strip() for k in ("q", "state", "due")}
    found = [r for r in rows if _fits(r, asked)]
    counts = {s: sum(1 for r in rows if _group(r.case) == s) for s in GROUPS}
    return render_template(
        "review/inbox.html", rows=found, asked=asked, counts=counts, groups=GROUPS, total=len(rows)
    )


GROUPS = {
    "review": "Needs review",
    "working": "In work",
    "done": "Done",
    "stopped": "Failed or stopped",
}


def _group(case: Case) -> str:
    if case.state == "needs_review":
        return "review"
    if case.busy:
        return "working"
    return "done" if case.state == "done" else "stopped"


def _fits(row: Row, asked: Mapping[str, str]) -> bool:
    words = f"{row.case.requester} {row.title} {row.cite} {row.case.id}".casefold()
    return (
        asked["q"].casefold() in words
        and asked["state"] in ("", _group(row.case))
        and (not asked["due"] or row.pressing in ("late", "soon"))
    )


def _row(case: Case) -> Row:
    policy = policy_of(case.jurisdiction)
    category = policy.categories.get(case.category)
    today = datetime.now(UTC).date()
    left = working_days_left(policy, today, case.due) if case.due else None
    title, cite = (category.title, category.cite) if category else (case.category, "")
    return Row(case, title, cite, left, _waits(case))


def _waits(case: Case) -> str:
    if case.state == "needs_review" and case.reasons and not case.questions:
        return "an answer about the request"
    if case.state == "needs_review":
        n = case.questions
        return f"{n} question{'s' if n != 1 else ''}" if n else "your look and release"
    return ""


@desk_pages.post("/")
@needs("job.steer")
def bulk() -> Response:
    """Do one thing to every ticked request."""
    for identifier in request.form.getlist("case"):
        if request.form.get("do") == "remove":
            if not actor().may("job.delete"):
                raise Forbidden(needs="job.delete")
            office().remove(identifier)
        elif request.form.get("do") == "retry":
            office().retry(identifier)
    return _see(url_for("review.inbox"))


@desk_pages.get("/new")
@needs("case.read")
def new() -> str:
    """The form for a new request."""
    return _form({}, {}, "")


@desk_pages.get("/questions")
@needs("case.read")
def questions() -> str:
    """The questions of a category, for the form."""
    wanted = policy_of(request.args.get("jurisdiction", ""))
    return render_template(
        "review/questions.html", **_asked(wanted, request.args.get("category", ""), {})
    )


@desk_pages.post("/new")
@needs("case.decide")
def send() -> Any:
    """A new request in work, or the form again with what is wrong."""
    form = request.form
    answers = {
        k.removeprefix("answer."): v for k, v in form.items() if k.startswith("answer.") and v
    }
    try:
        asked = Request(
            form.get("jurisdiction", ""),
            form.get("category", ""),
            tuple(n.strip() for n in form.get("requester", "").split(";") if n.strip()),
            form.get("relation", "").strip()[:200],
            answers=answers,
            must_hide=_lines(form.get("must_hide", "")),
            received=_day(form.get("received", "")),
        )
        check(policy_of(asked.jurisdiction), asked)
        files = _files(request.files.getlist("file"))
        identifier = office().add(files, asked, form.get("password", ""))
    except RedactorError as error:
        return _form(form, answers, f"{error.detail} {error.advice}"), error.http_status
    return _see(url_for("review.case", identifier=identifier))


def _files(uploads: Iterable[Any]) -> list[BinaryIO]:
    """The case files of one request, in the order they were given."""
    files = [checked(u) for u in uploads if u and u.filename]
    if not files:
        raise EmptyInput
    return files


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip()[:200] for line in text.splitlines() if line.strip())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadRequest("The day must be written as year-month-day.", field="received") from None


def _form(form: Mapping[str, str], answers: Mapping[str, str], wrong: str) -> str:
    extra = settings().policies_dir
    installed = [load(j, extra) for j in list_jurisdictions(extra)]
    chosen = form.get("jurisdiction") or "us-mo"
    policy = next((p for p in installed if p.id == chosen), installed[0])
    return render_template(
        "review/new.html",
        policies=installed,
        form=form,
        wrong=wrong,
        today=datetime.now(UTC).date().isoformat(),
        forms=FORMS,
        **_asked(policy, form.get("category", ""), answers),
    )


def _asked(policy: Policy, category: str, answers: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows of a policy and, once chosen, of a category."""
    if category not in policy.categories:
        return {"policy": policy, "chosen": None, "questions": [], "answers": answers}
    facts: Any = describe(policy, category)
    asked = [
        {
            **q,
            "effects": consequences(policy, category, q["id"]),
            "date": policy.question(q["id"]).values == "date_or_none",
            "cites": _cites(policy, category, q["id"]),
        }
        for q in facts["questions"]
    ]
    return {
        "policy": policy,
        "chosen": policy.category(category),
        "questions": asked,
        "answers": answers,
        "forms": FORMS,
    }


def _cites(policy: Policy, category: str, question: str) -> list[dict[str, str]]:
    names = dict.fromkeys(c for e in consequences(policy, category, question) for c in e.citations)
    return [{"id": c, "what": policy.cite(c).what, "date": policy.cite(c).text_date} for c in names]


def _see(address: str) -> Response:
    response: Any = redirect(address, 303)
    return response
