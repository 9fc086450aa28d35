"""Policies from their files: read, validated as a whole, digested, kept for the process."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from redactor.errors import BadPolicy, UnknownJurisdiction
from redactor.policy.calendar import deadlines
from redactor.policy.policy import UNKNOWN, Policy
from redactor.policy.review import review
from redactor.policy.schema import Jurisdiction, Vocabulary

SHIPPED = Path(__file__).parent / "jurisdictions"
WORDS = "vocabulary"


def list_jurisdictions(extra: Path | None = None) -> tuple[str, ...]:
    """Ids of the installed jurisdictions, in order."""
    folders = [SHIPPED, *([extra] if extra else [])]
    return tuple(sorted({p.stem for f in folders for p in f.glob("*.yaml") if p.stem != WORDS}))


def load(jurisdiction: str, extra: Path | None = None) -> Policy:
    """The policy of a jurisdiction; a file in ``extra`` stands before a shipped one.

    Raises:
        UnknownJurisdiction: no such file.
        BadPolicy: the file must not be used; the detail says where and why.
    """
    if jurisdiction not in list_jurisdictions(extra):
        raise UnknownJurisdiction
    return _load(jurisdiction, extra)


@lru_cache(maxsize=32)
def _load(jurisdiction: str, extra: Path | None) -> Policy:
    own = extra / f"{jurisdiction}.yaml" if extra else None
    path = own if own and own.exists() else SHIPPED / f"{jurisdiction}.yaml"
    return parse(
        jurisdiction,
        path.read_text(encoding="utf-8"),
        (SHIPPED / f"{WORDS}.yaml").read_text(encoding="utf-8"),
    )


def parse(jurisdiction: str, text: str, vocabulary: str) -> Policy:
    """The policy written in two YAML texts.

    Raises:
        BadPolicy: not YAML, not of the schema, or at odds with itself.
    """
    words, rules = _yaml(vocabulary), _yaml(text)
    try:
        shared, own = Vocabulary.model_validate(words), Jurisdiction.model_validate(rules)
    except ValidationError as error:
        where = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:5])
        raise BadPolicy(f"{jurisdiction}: {where}") from None
    if own.span:
        spoken = shared.defaults.model_copy(update={"span": own.span})
        shared = shared.model_copy(update={"defaults": spoken})
    content = json.dumps([words, rules], sort_keys=True, ensure_ascii=False)
    policy = Policy(jurisdiction, shared, own, hashlib.sha256(content.encode()).hexdigest())
    faults = review(policy)
    if faults:
        raise BadPolicy(f"{jurisdiction}: " + "; ".join(faults[:8]))
    return policy


class _Loader(yaml.SafeLoader):
    """YAML that refuses a key given twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(k) for k, _ in node.value]
    twice = {str(k) for k in keys if keys.count(k) > 1}
    if twice:
        raise yaml.YAMLError(f"a key is given twice: {min(twice)}")
    return {
        k: loader.construct_object(v, deep=True) for k, (_, v) in zip(keys, node.value, strict=True)
    }


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _yaml(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise BadPolicy(f"not YAML: {str(error).splitlines()[0]}") from None


def least_answers(policy: Policy, category: str) -> dict[str, str]:
    """Answers under which the gates of a category let an ordinary release go ahead.

    For samples, tests and documentation; a real request answers from its facts.
    """
    chosen = policy.category(category)
    known = [s for s in chosen.status if s != UNKNOWN]
    answers = (
        {"record_status": known[0]}
        if known and "record_status" in policy.jurisdiction.questions
        else {}
    )
    for _, gate in policy.gates(chosen):
        for question, bad in gate.when.items():
            good = [v for v in policy.values(question) or () if v not in bad and v != UNKNOWN]
            if good:
                answers.setdefault(question, good[-1] if "none_needed" in good else good[0])
    return answers


def describe(policy: Policy, category: str, received: date | None = None) -> dict[str, object]:
    """A category with its questions, notices and clocks, as plain values."""
    chosen = policy.category(category)
    asked = {q for _, g in policy.gates(chosen) for q in g.when} | {"record_status"}
    asked |= {q for r in policy.rules(chosen) for q in r.when}
    return {
        "id": chosen.id,
        "title": chosen.title,
        "citation": chosen.cite,
        "form": chosen.form,
        "questions": [
            {"id": q, "ask": policy.question(q).ask, "values": list(policy.values(q) or ())}
            for q in sorted(asked)
            if q in policy.jurisdiction.questions
        ],
        "response_fields": list(chosen.response_fields),
        "notices": [
            {"id": n, "text": policy.jurisdiction.notices[n].text} for n in chosen.notices
        ],
        "deadlines": [
            {"id": d.id, "limit": d.limit, "from": d.from_, "citation": d.citation,
             "due": d.due.isoformat() if d.due else ""}
            for d in deadlines(policy, chosen.deadlines, received)
        ],
        "ordinary_release": least_answers(policy, category),
    }  # fmt: skip
