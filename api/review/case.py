"""One case file on the desk: its page, and what the page's script asks for."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, render_template, request

from api.review import plain, state
from api.review.entry import actor, desk, needs, note, office
from api.review.inbox import policy_of
from api.review.office import Case
from api.review.room import OUTCOMES, desk_pages
from redactor.errors import BadEdit, NotFound, NoVersion
from redactor.policy import Policy
from redactor.policy.gates import PAGES
from redactor.review import as_step, find
from redactor.review.compare import compare
from redactor.review.reasons import REASONS

SHARPNESS = (24, 72, 100, 150, 200)  # dpi in which a page can be had
STAGES = {
    "open": "Opening the file",
    "strip": "Making the pages plain",
    "read": "Reading the pages",
    "detect": "Finding names, addresses and numbers",
    "people": "Working out who is who",
    "decide": "Asking the policy",
    "apply": "Writing the redacted copy",
    "verify": "Reading the copy again to check it",
    "publish": "Keeping the files",
}


@desk_pages.get("/<identifier>")
@needs("case.read")
def case(identifier: str) -> str:
    """The review, the progress or the result of a request, as its state is."""
    found = office().case(identifier)
    policy = policy_of(found.jurisdiction)
    facts = {"case": found, "policy": policy, "category": policy.categories.get(found.category)}
    if found.state == "needs_review" and not _waits_for_facts(found):
        return render_template("review/case.html", **facts, **_choices(policy, found))
    return render_template("review/status.html", **facts, stages=STAGES, stage=_stage(found))


def _waits_for_facts(found: Case) -> bool:
    """Held by a gate of the policy, before the file was read at all."""
    return not found.draft


def _choices(policy: Policy, found: Case) -> dict[str, Any]:
    words = policy.vocabulary
    roles = sorted((plain.role(r), r) for r in words.vocabulary.roles if r != "agency")
    kinds = sorted((plain.kind(k), k) for k in policy.kinds)
    return {
        "roles": roles,
        "kinds": kinds,
        "labels": [(n, v.print, v.meaning) for n, v in words.labels.items()],
        "reasons": REASONS,
        "others": [c for c in policy.categories.values() if c.form in PAGES
                   and c.id != found.category],
    }  # fmt: skip


def _stage(found: Case) -> str:
    return STAGES.get(found.stage, "Waiting for its turn")


@desk_pages.get("/awake")
@needs("case.read")
def awake() -> Any:
    """Nothing: whoever asks is still there, and the login goes on."""
    return "", 204


@desk_pages.get("/<identifier>/progress")
@needs("case.read")
def progress(identifier: str) -> Any:
    """How far the program is."""
    found = office().case(identifier)
    word = OUTCOMES.get(found.outcome, ("", ""))[0]
    return {"state": found.state, "busy": found.busy, "stage": _stage(found), "page": found.page,
            "pages": found.pages, "outcome": word}  # fmt: skip


@desk_pages.get("/<identifier>/state")
@needs("case.read")
def get_state(identifier: str) -> Any:
    """People, questions and counts at the present revision."""
    opened = desk().open(identifier)
    return _answer({**state.overview(opened), "sheets": state.pages(opened)}, opened)


@desk_pages.get("/<identifier>/boxes")
@needs("case.read")
def get_boxes(identifier: str) -> Any:
    """The boxes of the pages asked for."""
    opened = desk().open(identifier)
    return _answer(_boxes(opened), opened)


def _boxes(opened: Any) -> dict[str, Any]:
    """The boxes of the pages that the address asks for."""
    wanted = _numbers(request.args.get("pages", ""), len(opened.subject.reading.pages))
    return {"boxes": {n: state.boxes(opened, n) for n in wanted}}


@desk_pages.get("/<identifier>/words/<int:number>")
@needs("case.read")
def get_words(identifier: str, number: int) -> Any:
    """The words of a page, to be selected."""
    pages = desk().open(identifier).subject.reading.pages
    if number >= len(pages):
        raise NotFound
    return {"words": state.words(pages[number])}


@desk_pages.get("/<identifier>/people/<person>")
@needs("case.read")
def get_mentions(identifier: str, person: str) -> Any:
    """Where a person is spoken of."""
    return {"mentions": state.mentions_of(desk().open(identifier), person)}


@desk_pages.post("/<identifier>/find")
@needs("case.read")
def post_find(identifier: str) -> Any:
    """Every place of a text; it comes in the body, so that no log of addresses has it."""
    opened = desk().open(identifier)
    term = str((request.get_json(silent=True) or {}).get("term", ""))[:200]
    reading = opened.subject.reading
    places = find(reading, term)
    return {"spans": [list(p) for p in places], "pages": [reading.page_at(a) for a, _ in places]}


@desk_pages.post("/<identifier>/steps")
@needs("case.decide")
def post_step(identifier: str) -> Any:
    """One change, on the revision that If-Match names."""
    expected = request.headers.get("If-Match", "").strip('"')
    if not expected.isdigit():
        raise NoVersion
    value = request.get_json(silent=True)
    if not isinstance(value, dict):
        raise BadEdit("The change must be a JSON object.")
    step = as_step(value)
    opened = desk().take(identifier, step, int(expected), actor().id)
    act = "decision.overridden" if getattr(step, "override", False) else "decision.made"
    facts = {"reason": step.reason} if hasattr(step, "reason") else {}
    note(act, identifier, decision=step.do, version=opened.journal.revision, **facts)
    return _answer({**state.overview(opened), **_boxes(opened)}, opened)


@desk_pages.get("/<identifier>/pages/<int:number>.png")
@needs("case.read")
def get_page(identifier: str, number: int) -> Response:
    """The picture of a page: as it is, or as the requester will see it."""
    dpi = min(SHARPNESS, key=lambda d: abs(d - request.args.get("dpi", 100, int)))
    seen = request.args.get("as") == "requester"
    category = request.args.get("category", "")
    if seen and category:
        png = desk().page_of_another(identifier, number, dpi, category)
    else:
        png = desk().page(identifier, number, dpi, as_requester=seen)
    if dpi > SHARPNESS[0]:  # a thumbnail cannot be read
        note("page.viewed", identifier, page=number + 1)
    return Response(png, content_type="image/png")


@desk_pages.get("/<identifier>/compare")
@needs("case.read")
def get_compare(identifier: str) -> str:
    """The same file as another requester would get it, and where the two differ."""
    opened = desk().open(identifier)
    policy = opened.subject.policy
    wanted = request.args.get("with", "")
    facts: dict[str, Any] = {"others": [c for c in policy.categories.values() if c.form in PAGES]}
    if wanted:
        facts |= _compared(identifier, opened, wanted)
    return render_template(
        "review/compare.html",
        case=office().case(identifier),
        wanted=wanted,
        category=policy.category(opened.subject.ruling.category),
        **facts,
    )


def _compared(identifier: str, opened: Any, wanted: str) -> dict[str, Any]:
    judged = desk().another(identifier, wanted)
    found = compare(opened.judged, judged)
    people = opened.judged.findings
    rows = [
        {"who": plain.name(people.person(p)), "kind": plain.kind(k), "first": shown == "first",
         "places": n}
        for p, k, shown, n in found.counts
    ]  # fmt: skip
    text = opened.subject.reading.text
    places = [
        {"page": d.page + 1, "text": " ".join(text[slice(*d.span)].split()),
         "kind": plain.kind(d.kind), "first": d.shown_to == "first"}
        for d in found.differences[:200]
    ]  # fmt: skip
    return {"rows": rows, "places": places, "total": len(found.differences),
            "other": opened.subject.policy.category(wanted), "ruling": judged.subject.ruling,
            "pages": len(opened.subject.reading.pages)}  # fmt: skip


def _numbers(text: str, limit: int) -> list[int]:
    found = [int(part) for part in text.split(",") if part.strip().isdigit()]
    return [n for n in found if n < limit][:50]


def _answer(value: dict[str, Any], opened: Any) -> Response:
    response = jsonify(value)
    response.headers["ETag"] = f'"{opened.journal.revision}"'
    return response
