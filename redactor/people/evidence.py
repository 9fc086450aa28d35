"""What is known of a person: the model's probabilities, and the cues around the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from redactor.people.cues import cues
from redactor.types import Mention

OFFICIAL = ("caseworker", "attorney", "judge", "law_enforcement")
SUBJECT = ("child_victim", "alleged_perpetrator", "parent")
OTHER = ("sibling", "relative", "collateral", "professional", "foster_parent", "unknown")
FAINT = 0.005  # a probability no surer than this, either way
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


def gather(text: str, mentions: Sequence[Mention]) -> Evidence:
    """The evidence on the person of these name mentions."""
    told = [c for m in mentions for c in cues(text, m)]
    told += [(r, p, "field") for m in mentions if _ruled(m) for r, p in m.roles.items()]
    guesses = [m.roles for m in mentions if m.roles and not _ruled(m)]
    return Evidence(
        _pooled(guesses),
        {r: max((g.get(r, 0.0) for g in guesses), default=0.0) for r in ROLES},
        {r: _either(w for role, w, _ in told if role == r) for r in ROLES},
        tuple(told),
    )


def _pooled(guesses: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Per role the probability over all mentions: the log odds are averaged, not the shares.

    One mention that tells clearly so outweighs several that tell little.
    """
    if not guesses:
        return dict.fromkeys(ROLES, 0.0)
    return {r: _sigmoid(sum(_odds(g.get(r, 0.0)) for g in guesses) / len(guesses)) for r in ROLES}


def _odds(p: float) -> float:
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
