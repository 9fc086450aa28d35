"""Whether a request may be answered at all, and in what form.

Pure: a policy and a request in, a ruling out. A question without an answer reads as
``unknown``, which is always the answer that releases least.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from redactor.policy.policy import UNKNOWN, Policy
from redactor.policy.schema import Category, Gate, When
from redactor.types import Request

PAGES = {"redacted_copy", "inspection", "in_camera"}
PROCEED, HOLD, WITHHOLD, LETTER = "proceed", "hold", "withhold", "letter"


@dataclass(frozen=True)
class Reason:
    """Why a request is held or refused: a gate, the questions it rests on, its law.

    ``waived`` marks an unanswered question that the asker chose to release past (holds=hide).
    """

    code: str
    questions: tuple[str, ...]
    why: str
    citations: tuple[str, ...]
    waived: bool = False


@dataclass(frozen=True)
class Ruling:
    """What the gates say: proceed, hold, withhold or letter, for which category after rerouting."""

    effect: str
    category: str
    form: str
    reasons: tuple[Reason, ...] = ()
    response_fields: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()


def holds_for(when: When, answers: Mapping[str, str]) -> bool:
    """True when every question of ``when`` has one of its answers."""
    return all(answers.get(q, UNKNOWN) in values for q, values in when.items())


def check(policy: Policy, request: Request) -> Ruling:
    """The ruling on a request.

    Raises:
        UnknownCategory, BadAnswer: the request does not fit the policy.
    """
    policy.check_answers(request.answers)
    category = policy.category(request.category)
    gates = list(_firing(policy, category, request))
    if any(g.effect == "reroute_to_alleged_perpetrator" for _, g in gates):
        category = policy.category(f"{category.id.split('_', maxsplit=1)[0]}_alleged_perpetrator")
        gates = list(_firing(policy, category, request))
    gates += _expired(policy, gates, request)
    reasons = [*_status(policy, category, request), *(_reason(n, g, request) for n, g in gates)]
    effect = _effect(category, gates, reasons)
    return Ruling(
        effect,
        category.id,
        category.form,
        tuple(reasons),
        _fields(category, request.answers) if effect == LETTER else (),
        tuple(category.notices),
        tuple(category.deadlines),
    )


def _firing(policy: Policy, category: Category, request: Request) -> Iterator[tuple[str, Gate]]:
    for name, gate in policy.gates(category):
        if holds_for(gate.when, request.answers):
            yield name, gate


def _expired(
    policy: Policy, gates: list[tuple[str, Gate]], request: Request
) -> list[tuple[str, Gate]]:
    """The retention gate, for every category, once its date has passed (RSMo 210.152.1)."""
    gate = policy.jurisdiction.gates.get("retention")
    if gate is None or request.answers.get("retention_expired") != "yes":
        return []
    return [] if any(name == "retention" for name, _ in gates) else [("retention", gate)]


def _effect(category: Category, gates: list[tuple[str, Gate]], reasons: list[Reason]) -> str:
    withheld = {n for n, g in gates if g.effect == "withhold_request"}
    if category.form == "none" or withheld:
        return WITHHOLD
    if any(not r.waived for r in reasons):
        return HOLD
    return PROCEED if category.form in PAGES else LETTER


def _status(policy: Policy, category: Category, request: Request) -> Iterator[Reason]:
    status = request.answers.get("record_status", UNKNOWN)
    if status not in category.status and category.form != "none":
        default = policy.vocabulary.defaults.wrong_record_status
        reason = Reason("record_status", ("record_status",), default.why, (default.cite,))
        yield replace(reason, waived=_waived(request, [status]))


def _reason(name: str, gate: Gate, request: Request) -> Reason:
    asked = tuple(gate.when)
    given = [request.answers.get(q, UNKNOWN) for q in asked]
    unanswered = [q for q, a in zip(asked, given, strict=True) if a == UNKNOWN]
    why = (
        f"not answered: {', '.join(unanswered)}"
        if unanswered
        else f"the answer to {', '.join(asked)} does not allow it"
        if asked
        else "the law names no route for this requester; counsel decides"
    )
    waived = gate.effect == "hold_request" and bool(asked) and _waived(request, given)
    return Reason(name, asked, why, tuple(gate.cite), waived)


def _waived(request: Request, given: list[str]) -> bool:
    """Under holds=hide an unanswered hold does not stop the run; a wrong answer does."""
    return request.holds == "hide" and all(a == UNKNOWN for a in given)


def _fields(category: Category, answers: Mapping[str, str]) -> tuple[str, ...]:
    more = category.discretionary_fields
    extra = more.fields if more and holds_for(more.when, answers) else []
    return (*category.response_fields, *extra)
