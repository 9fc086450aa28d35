"""What happens to each mention: a pure function of category, answers, roles, kind and context.

Every matching rule is collected and the most restrictive wins; keep is always explicit; where no
rule speaks the default redacts (RSMo 210.150.1: only persons who have a right to it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from redactor.policy.gates import holds_for
from redactor.policy.policy import ANY, UNKNOWN, Policy
from redactor.policy.schema import Rule
from redactor.types import Action, Context, Decision, Findings, Hold, Mention, Person, Request

ACTIONS = {
    "withhold_document": Action.WITHHOLD,
    "hold": Action.HOLD,
    "redact": Action.REDACT,
    "keep": Action.KEEP,
}
ORDER = {a: n for n, a in enumerate(Action)}
MUST_HIDE, MUST_KEEP = "must_hide", "must_keep"
NEVER_OPENED = {"ssn", "indirect_text", "reporter_meta"}  # by a must-keep term


@dataclass(frozen=True)
class _Armed:
    """A rule whose answers fit, spelled out for matching."""

    rule: Rule
    action: Action
    roles: frozenset[str]
    kinds: frozenset[str]
    unless: frozenset[str]
    and_any: frozenset[str]

    def matches(self, roles: frozenset[str], kind: str, context: Context) -> bool:
        return (
            kind in self.kinds
            and (ANY in self.roles or bool(roles & self.roles))
            and self.rule.context in (None, context.value)
            and not roles & self.unless
            and (not self.and_any or bool(roles & self.and_any))
        )


def decide(
    policy: Policy,
    category: str,
    answers: Mapping[str, str],
    findings: Findings,
    request: Request,
) -> tuple[Decision, ...]:
    """One decision for every mention, in their order.

    Raises:
        UnknownCategory: the policy knows no such category.
    """
    return _Decider(policy, category, answers).decide(findings, request)


class _Decider:
    def __init__(self, policy: Policy, category: str, answers: Mapping[str, str]) -> None:
        self.policy = policy
        self.rules = [
            _Armed(
                rule,
                ACTIONS[rule.action],
                policy.roles_of(rule),
                policy.expand(rule.kinds),
                policy.roles_in(rule.unless),
                policy.roles_in(rule.and_any),
            )
            for rule in policy.rules(policy.category(category))
            if holds_for(rule.when, answers)
        ]
        self.memory: dict[tuple[frozenset[str], str, Context], Decision] = {}

    def decide(self, findings: Findings, request: Request) -> tuple[Decision, ...]:
        people = {p.id: p for p in findings.people}
        return tuple(
            self._one(n, m, people.get(m.person), request) for n, m in enumerate(findings.mentions)
        )

    def _one(self, n: int, mention: Mention, person: Person | None, request: Request) -> Decision:
        roles = roles_for(self.policy, mention, person)
        if mention.recognizer == MUST_HIDE:
            return self._default(n, "must_hide", "the request says it must be hidden")
        key = (roles, mention.kind, mention.context)
        if key not in self.memory:
            self.memory[key] = self._by_rules(*key)
        found = self.memory[key]
        if mention.recognizer == MUST_KEEP and self._may_open(mention, roles, request):
            return Decision(n, Action.KEEP, MUST_KEEP, found.citations, why="the request keeps it")
        return Decision(
            n,
            found.action,
            found.rule,
            found.citations,
            found.label,
            found.prints,
            found.why,
            found.also,
        )

    def _by_rules(self, roles: frozenset[str], kind: str, context: Context) -> Decision:
        hits = [r for r in self.rules if r.matches(roles, kind, context)]
        if not hits:
            return self._default(0, "default", self.policy.vocabulary.defaults.span.why)
        best = min(hits, key=lambda r: ORDER[r.action])
        label = "" if best.action is Action.KEEP else best.rule.label
        return Decision(
            0,
            best.action,
            best.rule.id,
            tuple(best.rule.cite),
            label,
            self.policy.prints(label) if label else "",
            best.rule.note,
            tuple(r.rule.id for r in hits if r is not best),
        )

    def _default(self, n: int, rule: str, why: str) -> Decision:
        span = self.policy.vocabulary.defaults.span
        prints = self.policy.prints(span.label)
        return Decision(n, ACTIONS[span.action], rule, (span.cite,), span.label, prints, why)

    def _may_open(self, mention: Mention, roles: frozenset[str], request: Request) -> bool:
        return (
            bool(request.must_keep) and "reporter" not in roles and mention.kind not in NEVER_OPENED
        )


def roles_for(policy: Policy, mention: Mention, person: Person | None) -> frozenset[str]:
    """The roles that rules may use for a mention.

    A role counts for hiding from a lower confidence than for keeping; one that is sure enough to
    keep sets others aside (``set_aside`` of the vocabulary), the reporter's never.
    """
    if person is None:
        alone = mention.kind in policy.vocabulary.harmless_alone
        return frozenset() if alone else frozenset([UNKNOWN])
    limits = policy.vocabulary.confidence
    sure = {r for r, c in person.roles.items() if c >= limits.keep}
    likely = {r for r, c in person.roles.items() if c >= limits.redact and not _keeps(policy, r)}
    reporter = {"reporter"} if person.roles.get("reporter", 0.0) >= limits.reporter else set()
    aside = {weak for r in sure for weak in policy.vocabulary.set_aside.get(r, ())}
    roles = ((sure | likely) - aside) | reporter
    return frozenset(roles or {UNKNOWN})


def _keeps(policy: Policy, role: str) -> bool:
    """Whether a role may open something; it then needs the higher confidence."""
    return role in policy.vocabulary.set_aside and role not in (
        "reporter",
        "sibling",
        "collateral",
        "relative",
    )


def ask(findings: Findings, decisions: tuple[Decision, ...]) -> tuple[Hold, ...]:
    """The questions a person must answer: one for each person (or nobody) and rule."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for d in decisions:
        if d.action in (Action.HOLD, Action.WITHHOLD):
            groups[(findings.mentions[d.mention].person, d.rule)].append(d.mention)
    holds = []
    for (person, rule), mentions in groups.items():
        decision = next(d for d in decisions if d.mention == mentions[0])
        kinds = sorted({findings.mentions[n].kind for n in mentions})
        who = f"person {person}" if person else "nobody in particular"
        question = (
            f"{len(mentions)} mention(s) of kind {', '.join(kinds)} of {who} are held under "
            f"{', '.join(decision.citations)}: may this requester see them?"
        )
        holds.append(Hold(person, kinds[0], question, tuple(mentions), rule, decision.citations))
    return tuple(holds)
