"""What is known of a person: the model's probabilities, and the cues around the name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redactor.people.cues import cues
from redactor.types import Mention

OFFICIAL = ("caseworker", "attorney", "judge", "law_enforcement")
SUBJECT = ("child_victim", "alleged_perpetrator", "parent")
OTHER = ("sibling", "relative", "collateral", "professional", "foster_parent", "unknown")
ROLES = (*OFFICIAL, *SUBJECT, *OTHER, "reporter")


@dataclass(frozen=True)
class Evidence:
    """Per role the model's mean and highest probability and the strength of cues, 0 to 1.

    ``told`` lists every cue as (role, weight, where it stood).
    """

    means: dict[str, float]
    tops: dict[str, float]
    cues: dict[str, float]
    told: tuple[tuple[str, float, str], ...]


def gather(text: str, mentions: Sequence[Mention]) -> Evidence:
    """The evidence on the person of these name mentions."""
    told = [c for m in mentions for c in cues(text, m)]
    told += [(r, p, "field") for m in mentions if _ruled(m) for r, p in m.roles.items()]
    guesses = [m.roles for m in mentions if m.roles and not _ruled(m)]
    count = max(len(guesses), 1)
    return Evidence(
        {r: sum(g.get(r, 0.0) for g in guesses) / count for r in ROLES},
        {r: max((g.get(r, 0.0) for g in guesses), default=0.0) for r in ROLES},
        {r: _either(w for role, w, _ in told if role == r) for r in ROLES},
        tuple(told),
    )


def _ruled(mention: Mention) -> bool:
    """Whether a rule, not the model, found the mention."""
    return mention.recognizer != "ModelRecognizer"


def _either(weights: Iterable[float]) -> float:
    """Strength of cues taken together: each one adds half of what is left."""
    rest = 1.0
    for weight in weights:
        rest *= 1 - weight / 2
    return 1 - rest
