"""What each answer to a question of the policy changes, in plain words with its law."""

from __future__ import annotations

from dataclasses import dataclass

from redactor.policy import Policy
from redactor.policy.schema import Category, Rule

EFFECTS = {
    "hold_request": "The request waits: nothing is released until this is settled.",
    "withhold_request": "Nothing is released to this requester.",
    "reroute_to_alleged_perpetrator": (
        "The requester gets what an alleged perpetrator may get, not what a parent may."
    ),
}
OPENS = "The request can go ahead on this point."
ACTIONS = {
    "keep": "{kinds} of {roles} stay readable.",
    "redact": "{kinds} of {roles} are hidden.",
    "hold": "{kinds} of {roles} are held for you to decide.",
    "withhold_document": "Papers with {kinds} of {roles} are kept back whole.",
}


@dataclass(frozen=True, slots=True)
class Consequence:
    """What one answer does, and the law it rests on."""

    value: str
    text: str
    citations: tuple[str, ...]


def consequences(policy: Policy, category: str, question: str) -> tuple[Consequence, ...]:
    """One consequence for each answer that the question offers; none for dates and free text."""
    chosen = policy.category(category)
    return tuple(_one(policy, chosen, question, v) for v in policy.values(question) or ())


def _one(policy: Policy, category: Category, question: str, value: str) -> Consequence:
    gates = [g for _, g in policy.gates(category) if question in g.when]
    firing = [g for g in gates if value in g.when[question]]
    texts = [EFFECTS[g.effect] for g in firing]
    if question == "record_status" and value not in category.status:
        texts.append("The law opens a record of this status to other requesters only.")
    rules = [r for r in policy.rules(category) if value in r.when.get(question, ())]
    texts += [rule_text(policy, rule) for rule in rules]
    cites = [c for g in (firing or gates) for c in g.cite] + [c for r in rules for c in r.cite]
    return Consequence(
        value,
        " ".join(dict.fromkeys(texts)) or OPENS,
        tuple(dict.fromkeys(cites or [category.cite])),
    )


def rule_text(policy: Policy, rule: Rule) -> str:
    """What a rule does, in a sentence."""
    kinds = ", ".join(sorted(k.replace("_", " ") for k in rule.kinds)).replace("*", "all facts")
    roles = ", ".join(sorted(policy.roles_of(rule))).replace("_", " ").replace("any", "anybody")
    return ACTIONS[rule.action].format(kinds=kinds[0].upper() + kinds[1:], roles=roles)
