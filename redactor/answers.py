"""Answers and known people as they come from files, forms and tables."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from redactor.errors import BadAnswer, BadRequest
from redactor.types import KnownPerson

WORDS = {True: "yes", False: "no"}  # what YAML makes of a bare yes and no


def as_answers(value: Any) -> dict[str, str]:
    """Answers from parsed YAML or JSON.

    Raises:
        BadAnswer: no mapping, or a value that is no text.
    """
    if not isinstance(value, dict):
        raise BadAnswer("Answers are a mapping from question to value.")
    answers = {}
    for name, answer in value.items():
        text = WORDS[answer] if isinstance(answer, bool) else answer
        if isinstance(text, dt.date):
            text = text.isoformat()
        if not isinstance(name, str) or not isinstance(text, str):
            raise BadAnswer("An answer must be text.", field=str(name))
        answers[name] = text
    return answers


def as_json_answers(text: str) -> dict[str, str]:
    """Answers written as a JSON object; an empty text gives none.

    Raises:
        BadAnswer: not JSON, or of the wrong shape.
    """
    if not text.strip():
        return {}
    try:
        return as_answers(json.loads(text))
    except json.JSONDecodeError:
        raise BadAnswer("Answers must be a JSON object of question and value.") from None


def as_known(value: Any) -> tuple[KnownPerson, ...]:
    """Known people from a parsed list of mappings with name, roles and aliases.

    Raises:
        BadRequest: another shape.
    """
    if not isinstance(value, list) or not all(isinstance(v, dict) and v.get("name") for v in value):
        raise BadRequest(
            "Known people are a list; each has a name, and may have roles and aliases."
        )
    return tuple(
        KnownPerson(
            str(v["name"]),
            tuple(map(str, v.get("roles", ()))),
            tuple(map(str, v.get("aliases", ()))),
        )
        for v in value
    )
