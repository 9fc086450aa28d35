"""From the evidence of all mentions of a person to roles with a confidence.

What decides most is whether the law lets a person's name stay for those named in a report, so
confidences compare the best role that stays with the best that goes; the reporter's stands alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from redactor.people.cues import cues
from redactor.types import Mention

STAYS = frozenset(
    {
        "child_victim",
        "alleged_perpetrator",
        "parent",
        "caseworker",
        "attorney",
        "judge",
        "law_enforcement",
        "requester",
        "agency",
    }
)
ALONE = frozenset({"reporter", "requester"})
LEAST = 0.3  # of the strongest role a role must have to be one
CUE_SHARE = 0.5  # how much a cue says on top of the model
REPORTER_MEAN, REPORTER_TOP = 0.75, 0.25


def roles_of(text: str, mentions: Sequence[Mention]) -> tuple[dict[str, float], tuple[str, ...]]:
    """(role -> confidence, reasons) of a person with these mentions; no reason repeats text."""
    told = [c for m in mentions for c in cues(text, m)]
    told += [
        (r, p, "field") for m in mentions if "Name" in m.recognizer for r, p in m.roles.items()
    ]
    values = _values(mentions, told)
    if not values:
        return {"unknown": 0.5}, ("nothing tells a role",)
    roles = _compare(values)
    why = tuple(sorted({f"{where}: {role}" for role, _, where in told})) or ("read by the model",)
    return roles, why


def _values(
    mentions: Sequence[Mention], told: Iterable[tuple[str, float, str]]
) -> dict[str, float]:
    """Strength of each role: the model's mean over the mentions, raised by cues."""
    values: dict[str, float] = defaultdict(float)
    guesses = [m.roles for m in mentions if m.roles and "Name" not in m.recognizer]
    for guess in guesses:
        for role, p in guess.items():
            values[role] += p / len(guesses)
    if guesses:
        tops = sorted((g.get("reporter", 0.0) for g in guesses), reverse=True)
        values["reporter"] = REPORTER_MEAN * values.get("reporter", 0.0) + REPORTER_TOP * tops[0]
    count = Counter(role for role, _, _ in told)
    for role, weight in _strongest(told).items():
        share = CUE_SHARE if count[role] == 1 else min(CUE_SHARE + 0.15 * count[role], 0.9)
        values[role] = 1 - (1 - values.get(role, 0.0)) * (1 - weight * share)
    return {r: v for r, v in values.items() if v > 0.02}


def _strongest(told: Iterable[tuple[str, float, str]]) -> dict[str, float]:
    best: dict[str, float] = {}
    for role, weight, _ in told:
        best[role] = max(best.get(role, 0.0), weight)
    return best


def _compare(values: Mapping[str, float]) -> dict[str, float]:
    """Confidence of each role against the best of the other side."""
    side = {
        True: max((v for r, v in values.items() if r in STAYS), default=0.0),
        False: max((v for r, v in values.items() if r not in STAYS | ALONE), default=0.0),
    }
    top = max(side.values()) or 1.0
    roles: dict[str, float] = {}
    for role, value in values.items():
        if role in ALONE:
            roles[role] = round(value, 3)
        elif value >= LEAST * top:
            against = side[role not in STAYS]
            own = side[role in STAYS]
            roles[role] = round(own / (own + against) * (0.5 + 0.5 * value / own), 3)
    return roles or {"unknown": 0.5}
