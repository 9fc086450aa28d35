"""What is known of a person: the model's probabilities, and the cues around the name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

from redactor.people.cues import cues
from redactor.types import Mention

OFFICIAL = ("caseworker", "attorney", "judge", "law_enforcement")
SUBJECT = ("child_victim", "alleged_perpetrator", "parent")
OTHER = ("sibling", "relative", "collateral", "professional", "foster_parent", "unknown")
UNREAD = 0.01  # of each role where only rules found the name
FAINT = 0.001  # a probability no surer than this, either way
ROLES = (*OFFICIAL, *SUBJECT, *OTHER, "reporter")


@dataclass(frozen=True)
class Evidence:
    """Per role the model's pooled and highest probability and the strength of cues, 0 to 1.

    ``told`` lists every cue as (role, weight, where it stood).
    """

    means: dict[str, float]
    tops: dict[str, float]
    cues: dict[str, float]
    told: tuple[tuple[str, float, str], ...]
    read: int = 1  # mentions that the model read


def gather(text: str, mentions: Sequence[Mention]) -> Evidence:
    """The evidence on the person of these name mentions."""
    told = [c for m in mentions for c in cues(text, m)]
    told += [(r, p, "field") for m in mentions if _ruled(m) for r, p in m.roles.items()]
    read = [m for m in mentions if m.roles and not _ruled(m)]
    return Evidence(
        {r: _pooled(read, r) for r in ROLES},
        {r: max((m.roles.get(r, 0.0) for m in read), default=0.0) for r in ROLES},
        {r: _either(w for role, w, _ in told if role == r) for r in ROLES},
        tuple(told),
        len(read),
    )


def _pooled(mentions: Sequence[Mention], role: str) -> float:
    """The probability of a role over all mentions: the mean of their log odds, weighted.

    The weight is what the model says that each mention tells of the role, so one that tells
    clearly outweighs many that tell nothing; the model was trained on this very mean.
    """
    weights = [m.tells.get(role, 1.0) for m in mentions]
    told = [odds(m.roles.get(role, 0.0)) for m in mentions]
    if not mentions:
        return UNREAD
    return _sigmoid(sum(w * o for w, o in zip(weights, told, strict=True)) / sum(weights))


def odds(p: float) -> float:
    """The log odds of a probability, none surer than ``FAINT`` allows."""
    p = min(max(p, FAINT), 1 - FAINT)
    return log(p / (1 - p))


def _sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x))


def _ruled(mention: Mention) -> bool:
    """Whether a rule, not the model, found the mention."""
    return mention.recognizer != "ModelRecognizer"


def _either(weights: Iterable[float]) -> float:
    """Strength of cues taken together: each one adds half of what is left."""
    rest = 1.0
    for weight in weights:
        rest *= 1 - weight / 2
    return 1 - rest
