"""What goes over the wire about policies."""

from __future__ import annotations

from typing import Any

from apiflask.fields import Date
from apiflask.schemas import Schema
from pydantic import BaseModel, Field


class Received(Schema):
    """The day on which a request came in."""

    received = Date(load_default=None, metadata={"description": "From which deadlines run."})


class PolicyList(BaseModel):
    """Installed jurisdictions."""

    policies: list[dict[str, Any]]


class PolicyOut(BaseModel):
    """One jurisdiction and its requester categories."""

    id: str
    name: str
    agency: str
    status: str
    digest: str
    categories: list[dict[str, Any]]


class CategoryOut(BaseModel):
    """One requester category with the questions that its request must answer."""

    id: str
    title: str
    citation: str
    form: str
    questions: list[dict[str, Any]]
    response_fields: list[str]
    notices: list[dict[str, str]]
    deadlines: list[dict[str, str]] = Field(description="`due` is empty where no date follows")
    ordinary_release: dict[str, str]
