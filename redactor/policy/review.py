"""Finds what a schema cannot: dangling ids, rules nobody can reach, labels that tell a role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from redactor.policy.policy import ANY, EVERY_KIND, UNKNOWN, Policy
from redactor.policy.schema import Rule, When

RESTRICTIVE = {"withhold_document": 0, "hold": 1, "redact": 2, "keep": 3}
TELLTALE = ("reporter", "victim", "perpetrator", "witness", "collateral", "caller")


def review(policy: Policy) -> list[str]:
    """Every fault of a policy, in words; empty for a sound one."""
    dangling = [*_citations(policy), *_rules(policy), *_categories(policy), *_twice(policy)]
    # reach can be told only where every id leads somewhere
    return dangling or [*_unreachable(policy), *_labels(policy)]


def _citations(policy: Policy) -> Iterator[str]:
    own = policy.jurisdiction
    used = chain(
        (c for g in own.gates.values() for c in g.cite),
        (c for d in own.document_classes for c in d.cite),
        (c for s in own.rule_sets.values() for r in s for c in r.cite),
        (c.cite for c in own.categories),
        (c for k in own.categories for g in k.extra_gates for c in g.cite),
        (n.cite for n in own.notices.values()),
        (d.cite for d in own.deadlines.values()),
        (h.cite for h in own.holidays),
        (r.cite for r in own.retention),
        [policy.vocabulary.defaults.span.cite],
    )
    for cite in sorted(set(used) - set(policy.vocabulary.citations)):
        yield f"citation {cite} is not in the table"


def _rules(policy: Policy) -> Iterator[str]:
    words = policy.vocabulary.vocabulary
    roles, groups = {*words.roles, ANY}, {*words.kinds, *policy.kinds, EVERY_KIND}
    for rules in policy.jurisdiction.rule_sets.values():
        for rule in rules:
            named = policy.roles_of(rule) | policy.roles_in([*rule.unless, *rule.and_any])
            for role in sorted(named - roles):
                yield f"rule {rule.id}: no role {role}"
            for kind in sorted(set(rule.kinds) - groups):
                yield f"rule {rule.id}: no kind {kind}"
            if rule.action != "keep" and rule.label not in policy.vocabulary.labels:
                yield f"rule {rule.id}: no label {rule.label or '(empty)'}"
            yield from _when(policy, f"rule {rule.id}", rule.when)


def _when(policy: Policy, where: str, when: When) -> Iterator[str]:
    for question, answers in when.items():
        if question not in policy.jurisdiction.questions:
            yield f"{where}: no question {question}"
            continue
        offered = policy.values(question)
        for answer in answers:
            if offered is not None and answer not in offered:
                yield f"{where}: question {question} has no answer {answer}"


def _categories(policy: Policy) -> Iterator[str]:
    own, ids = policy.jurisdiction, set(policy.categories)
    for category in own.categories:
        where = f"category {category.id}"
        yield from _missing(where, "gate", category.gates, own.gates)
        yield from _missing(where, "rule set", [category.floor, *category.rules], own.rule_sets)
        yield from _missing(where, "notice", category.notices, own.notices)
        yield from _missing(where, "deadline", category.deadlines, own.deadlines)
        status = policy.vocabulary.vocabulary.record_status
        yield from _missing(where, "record status", category.status, status)
        for gate in category.extra_gates:
            yield from _when(policy, where, gate.when)
        if category.form in ("summary_response", "confirm_only") and not category.response_fields:
            yield f"{where}: an answer without fields"
    for name, gate in own.gates.items():
        yield from _when(policy, f"gate {name}", gate.when)
    for paper in own.document_classes:
        where = f"document class {paper.id}"
        yield from _missing(where, "category", [*paper.except_, *paper.only], ids)
        yield from _missing(where, "label", [paper.label], policy.vocabulary.labels)
        yield from _when(policy, where, paper.when)


def _missing(where: str, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    for name in sorted(set(names) - set(known)):
        yield f"{where}: no {what} {name}"


def _twice(policy: Policy) -> Iterator[str]:
    own = policy.jurisdiction
    for what, ids in (
        ("rule", [r.id for s in own.rule_sets.values() for r in s]),
        ("category", [c.id for c in own.categories]),
        ("document class", [d.id for d in own.document_classes]),
    ):
        for name, count in sorted(Counter(ids).items()):
            if count > 1:
                yield f"{what} {name} is given twice"


def _unreachable(policy: Policy) -> Iterator[str]:
    """Rules in no category's reach, or never the most restrictive where they stand."""
    seen: set[str] = set()
    speaks: set[str] = set()
    for category in policy.jurisdiction.categories:
        rules = policy.rules(category)
        for rule in rules:
            seen.add(rule.id)
            if not any(_covers(policy, other, rule) for other in rules if other is not rule):
                speaks.add(rule.id)
    for rules_ in policy.jurisdiction.rule_sets.values():
        for rule in rules_:
            if rule.id not in seen:
                yield f"rule {rule.id} is used by no category"
            elif rule.id not in speaks:
                yield f"rule {rule.id} can never decide anything"


def _covers(policy: Policy, other: Rule, rule: Rule) -> bool:
    """Whether ``other`` is stricter and matches wherever ``rule`` does."""
    return (
        RESTRICTIVE[other.action] < RESTRICTIVE[rule.action]
        and (ANY in policy.roles_of(other) or policy.roles_of(rule) <= policy.roles_of(other))
        and policy.expand(rule.kinds) <= policy.expand(other.kinds)
        and other.context in (None, rule.context)
        and policy.roles_in(other.unless) <= policy.roles_in(rule.unless)
        and (not other.and_any or other.and_any == rule.and_any)
        and all(q in rule.when and set(rule.when[q]) <= set(a) for q, a in other.when.items())
    )


def _labels(policy: Policy) -> Iterator[str]:
    default = policy.vocabulary.defaults.span.label
    if default not in policy.vocabulary.labels:
        yield f"no label {default} for what no rule speaks of"
    for name, label in policy.vocabulary.labels.items():
        for word in TELLTALE:
            if word in label.print.casefold():
                yield f"label {name} tells a role"
    if UNKNOWN not in policy.vocabulary.vocabulary.roles:
        yield "the vocabulary has no role unknown"
