"""Completes the OpenAPI document: who may call each route, and how it can end badly."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from apiflask import APIFlask

from api.door import OPEN, need_of
from redactor.access import PERMISSIONS

PARAMETER = re.compile(r"<(?:[^:<>]+(?:\([^)]*\))?:)?([^<>]+)>")
PROBLEM = {
    "type": "object",
    "description": "RFC 9457; `code` stands in docs/errors.md.",
    "required": ["type", "title", "status", "detail", "code", "advice", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "advice": {"type": "string"},
        "request_id": {"type": "string"},
    },
}
ALWAYS = {"400": "The request cannot be read", "429": "Too many requests; Retry-After says when"}
KNOWN = {
    "401": "Nobody knows who asks",
    "403": "The roles do not allow it",
    "503": "The database or the queue is out of reach, or full; Retry-After says when",
    **ALWAYS,
}
BODY = {"413": "Over a limit of the service", "415": "Not the media type of the route"}


def answers(good: dict[int, Any], *bad: int) -> dict[int, Any]:
    """What ``doc(responses=)`` takes: answers as they are given, and errors by their status."""
    return {**good, **{status: HTTPStatus(status).phrase for status in bad}}


def install(app: APIFlask) -> None:
    """Complete the document whenever it is made."""
    app.security_schemes = {
        "key": {"type": "http", "scheme": "bearer", "description": "A key: rdk_..."},
        "login": {"type": "apiKey", "in": "cookie", "name": "redactor"},
    }

    @app.spec_processor
    def complete(spec: dict[str, Any]) -> dict[str, Any]:
        spec["components"]["schemas"]["Problem"] = PROBLEM
        for rule in app.url_map.iter_rules():
            path = spec["paths"].get(PARAMETER.sub(r"{\1}", rule.rule), {})
            for method, operation in path.items():
                if method.upper() in (rule.methods or ()):
                    _enumerate(operation, rule.rule)
                    _complete(operation, need_of(app, rule.endpoint))
        return spec


def _complete(operation: dict[str, Any], need: str) -> None:
    given: dict[str, Any] = operation["responses"]
    expected = ALWAYS if need == OPEN else KNOWN
    if "requestBody" in operation:
        expected = {**expected, **BODY}
    for status, text in expected.items():
        given.setdefault(status, {"description": text})
    told = next((a["content"] for s, a in given.items() if s < "3" and _says(a)), None)
    for status, answer in given.items():
        if status < "3" and status != "204" and told and not _says(answer):
            answer["content"] = told  # 200, 201 and 202 of one route tell the same
        if status >= "4":
            problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
            answer["content"] = {"application/problem+json": problem}
    if need != OPEN:
        operation["security"] = [{"key": []}, {"login": []}]
        operation["x-permission"] = need
        operation["x-roles"] = sorted(PERMISSIONS[need])


def _enumerate(operation: dict[str, Any], rule: str) -> None:
    """List the values of a part of the address that is one of several words."""
    for words, name in re.findall(r"<any\(([^)]*)\):(\w+)>", rule):
        for parameter in operation.get("parameters", []):
            if parameter["name"] == name:
                parameter["schema"]["enum"] = words.split(",")


def _says(answer: dict[str, Any]) -> bool:
    return any(c.get("schema") for c in answer.get("content", {}).values())
