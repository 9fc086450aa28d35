"""A loaded policy: one jurisdiction together with the words that all share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from redactor.errors import BadAnswer, UnknownCategory
from redactor.policy.schema import (
    Category,
    Citation,
    Gate,
    Jurisdiction,
    Question,
    Rule,
    Vocabulary,
)

UNKNOWN = "unknown"
ANY = "any"
EVERY_KIND = "*"


def texts(values: object) -> Iterator[str]:
    """Every text among nested values; the keys of mappings are none."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, Mapping):
        yield from (t for value in values.values() for t in texts(value))
    elif isinstance(values, Iterable):
        yield from (t for value in values for t in texts(value))


@dataclass(frozen=True)
class Policy:
    """The rules of one jurisdiction, validated. ``digest`` is the SHA-256 of their content."""

    id: str
    vocabulary: Vocabulary
    jurisdiction: Jurisdiction
    digest: str

    @cached_property
    def said(self) -> frozenset[str]:
        """Every text of the policy: what a log says in these words it says of no case."""
        return frozenset(
            t for part in (self.vocabulary, self.jurisdiction) for t in texts(part.model_dump())
        )

    @cached_property
    def categories(self) -> Mapping[str, Category]:
        """Every requester category by id."""
        return {c.id: c for c in self.jurisdiction.categories}

    def category(self, identifier: str) -> Category:
        """The category of that id.

        Raises:
            UnknownCategory: there is none, so nothing may be released (RSMo 210.150.1).
        """
        if identifier not in self.categories:
            raise UnknownCategory(jurisdiction=self.id)
        return self.categories[identifier]

    def cite(self, identifier: str) -> Citation:
        """The record of a citation: what it is, the date of its text, how it was read."""
        return self.vocabulary.citations[identifier]

    def prints(self, label: str) -> str:
        """What the label prints on a box."""
        return self.vocabulary.labels[label].print

    def render(self, asked: str) -> str:
        """How pages are written where ``asked`` is wished: the more cautious of both wishes."""
        order = ("pixels", "auto", "vector")
        return min(asked, self.jurisdiction.render or asked, key=order.index)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every kind of mention."""
        return frozenset(k for g in self.vocabulary.vocabulary.kinds.values() for k in g)

    def expand(self, kinds: Iterable[str]) -> frozenset[str]:
        """The kinds that a rule's list of kinds and groups stands for."""
        groups = self.vocabulary.vocabulary.kinds
        found: set[str] = set()
        for kind in kinds:
            found |= self.kinds if kind == EVERY_KIND else set(groups.get(kind, [kind]))
        return frozenset(found)

    def roles_of(self, rule: Rule) -> frozenset[str]:
        """Roles the rule speaks of; holds ``any`` when it speaks of everybody and nobody."""
        return frozenset([rule.role] if isinstance(rule.role, str) else rule.role)

    def roles_in(self, names: Iterable[str]) -> frozenset[str]:
        """Role names with ``party_roles`` spelled out."""
        party = self.vocabulary.vocabulary.party_roles
        return frozenset(r for n in names for r in (party if n == "party_roles" else [n]))

    def rules(self, category: Category) -> tuple[Rule, ...]:
        """Every rule of a category, its floor first."""
        sets = self.jurisdiction.rule_sets
        return tuple(r for name in (category.floor, *category.rules) for r in sets[name])

    def gates(self, category: Category) -> tuple[tuple[str, Gate], ...]:
        """(id, gate) of a category in the order they are asked."""
        own = [(f"{category.id}.{n}", g) for n, g in enumerate(category.extra_gates, 1)]
        return (*((n, self.jurisdiction.gates[n]) for n in category.gates), *own)

    def question(self, identifier: str) -> Question:
        """The question of that id.

        Raises:
            BadAnswer: this policy asks no such question.
        """
        if identifier not in self.jurisdiction.questions:
            raise BadAnswer("This policy asks no such question.", field=identifier)
        return self.jurisdiction.questions[identifier]

    def values(self, identifier: str) -> tuple[str, ...] | None:
        """The answers a question offers, ``unknown`` last; None where any text or date will do."""
        question = self.question(identifier)
        if question.values_from:
            values = [v for v in self.vocabulary.vocabulary.record_status if v != UNKNOWN]
        elif isinstance(question.values, list):
            values = question.values
        else:
            return None
        return (*values, UNKNOWN)

    def check_answers(self, answers: Mapping[str, str]) -> None:
        """Pass only answers to questions of this policy, with values they offer.

        Raises:
            BadAnswer: names the question, and lists what it offers.
        """
        for name, value in answers.items():
            offered = self.values(name)
            if not isinstance(value, str) or (offered is not None and value not in offered):
                raise BadAnswer(
                    "An answer is not among those the question offers.",
                    field=name,
                    offered=list(offered or ()),
                )
