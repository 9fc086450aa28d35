"""Case files whose people, roles and mentions are known, to measure against.

One pair a case: ``ID.pdf`` and ``ID.json`` with ``people`` (name, roles), ``mentions`` (person,
kind, text, boxes), ``words`` ([page, x0, y0, x1, y1, text]) and ``image_pages``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from redactor.errors import BadRequest
from redactor.types import Box, Context, Findings, Mention, Person

ROLES = {
    "victim": "child_victim",
    "child": "sibling",
    "perpetrator": "alleged_perpetrator",
    "worker": "caseworker",
    "officer": "law_enforcement",
    "other": "unknown",
}
KINDS = {
    "id": "case_number",  # the gold does not say which; the kind that is hidden least
    "indirect": "indirect_text",
    "other": "handle",
    "familyname": "name",
}


@dataclass(frozen=True)
class GoldMention:
    """One true mention: its kind as the gold names it, its person's roles, its words."""

    person: str
    kind: str
    text: str
    words: tuple[int, ...]
    on_image: bool


@dataclass(frozen=True)
class Gold:
    """One case file with the truth about it."""

    id: str
    pdf: bytes
    people: dict[str, dict[str, Any]]
    words: tuple[tuple[Box, str], ...]
    mentions: tuple[GoldMention, ...]

    def roles(self, person: str) -> frozenset[str]:
        """The policy roles of a person; empty for nobody."""
        return frozenset(ROLES.get(r, r) for r in self.people.get(person, {}).get("roles", ()))

    def first_with(self, role: str) -> str:
        """Name of the first person who holds the role and did not report; empty if none."""
        for person, facts in self.people.items():
            roles = self.roles(person)
            if role in roles and "reporter" not in roles:
                return str(facts.get("name", ""))
        return ""

    @cached_property
    def spare_words(self) -> tuple[int, ...]:
        """Indices of words that no mention holds."""
        taken = {n for m in self.mentions for n in m.words}
        return tuple(n for n in range(len(self.words)) if n not in taken)

    def findings(self, requester: str) -> Findings:
        """The truth as findings, so that the policy can say what ought to happen to each."""
        parent_asks = any(
            f.get("name") == requester and "parent" in self.roles(p) for p, f in self.people.items()
        )
        people = []
        for person, facts in self.people.items():
            roles = dict.fromkeys(self.roles(person), 1.0)
            if requester and facts.get("name") == requester:
                roles["requester"] = 1.0
            elif parent_asks and "child_victim" in roles:
                roles["requester_child"] = 1.0
            people.append(Person(person, (str(facts.get("name", "")),), roles))
        mentions = []
        for n, m in enumerate(self.mentions):
            owner = m.person if m.person in self.people else ""
            kind = KINDS.get(m.kind, m.kind)
            told = "reporter" in self.roles(owner)
            context = Context.REPORT if told else Context.OTHER
            mentions.append(Mention(kind, n, n + 1, 1.0, "gold", person=owner, context=context))
        return Findings(tuple(mentions), tuple(people))


def _words_under(words: tuple[tuple[Box, str], ...], boxes: list[list[float]]) -> tuple[int, ...]:
    found = []
    for n, (w, _) in enumerate(words):
        middle = (w.y0 + w.y1) / 2
        for page, x0, y0, x1, y1 in boxes:
            overlap = min(w.x1, x1) - max(w.x0, x0)
            narrow = max(min(w.width, x1 - x0), 0.1)
            if w.page == page and y0 - 1 <= middle <= y1 + 1 and overlap > 0.4 * narrow:
                found.append(n)
                break
    return tuple(found)


def load(path: Path) -> Gold:
    """The case of one JSON file; its PDF lies beside it."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    words = tuple((Box(int(w[0]), *map(float, w[1:5])), str(w[5])) for w in raw["words"])
    images = set(raw.get("image_pages", ()))
    mentions = tuple(
        GoldMention(
            m["person"],
            m["kind"],
            m["text"],
            _words_under(words, m["boxes"]),
            m["boxes"][0][0] in images,
        )
        for m in raw["mentions"]
    )
    return Gold(raw["id"], path.with_suffix(".pdf").read_bytes(), raw["people"], words, mentions)


def load_folder(folder: Path) -> list[Gold]:
    """Every case of the folder, in order of name.

    Raises:
        BadRequest: the folder holds none.
    """
    paths = [p for p in sorted(folder.glob("*.json")) if p.with_suffix(".pdf").exists()]
    if not paths:
        raise BadRequest("The folder holds no case with gold (ID.pdf beside ID.json).")
    return [load(p) for p in paths]
