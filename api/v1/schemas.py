"""What goes over the wire; pydantic models without any framework in them, uploads apart."""

from __future__ import annotations

from typing import Any

from apiflask.fields import Date, File, Float, List, String
from apiflask.schemas import Schema
from apiflask.validators import Length, OneOf, Range
from pydantic import BaseModel, Field


class JobForm(Schema):
    """The parts of POST /v1/jobs."""

    file = File(required=True, metadata={"description": "The case file: PDF, PNG, JPEG or TIFF."})
    jurisdiction = String(required=True, validate=Length(1, 40))
    category = String(required=True, validate=Length(1, 80))
    requester_name = List(String(validate=Length(1, 200)), load_default=list)
    relation = String(load_default="", validate=Length(0, 200))
    answers = String(
        load_default="", metadata={"description": "JSON object of question and value."}
    )
    known = String(load_default="", metadata={"description": "JSON list of known people."})
    must_hide = List(String(validate=Length(1, 200)), load_default=list)
    must_keep = List(String(validate=Length(1, 200)), load_default=list)
    holds = String(load_default="stop", validate=OneOf(["stop", "hide"]))
    password = String(load_default="", validate=Length(0, 200))


class AnalyzeForm(Schema):
    """The parts of POST /v1/analyze."""

    file = File(required=True, metadata={"description": "The case file: PDF, PNG, JPEG or TIFF."})
    password = String(load_default="", validate=Length(0, 200))


class Wait(Schema):
    """How long to wait for a job before answering."""

    wait = Float(load_default=0.0, validate=Range(min=0, max=3600))


class Received(Schema):
    """The day on which a request came in."""

    received = Date(load_default=None, metadata={"description": "From which deadlines run."})


class LogFormat(Schema):
    """Which form of a log."""

    format = String(load_default="json", validate=OneOf(["json", "csv"]))


class JobOut(BaseModel):
    """A job as it stands."""

    id: str
    state: str
    jurisdiction: str
    category: str
    outcome: str = Field(description="released, held, withheld or letter; empty while it runs")
    stage: str
    page: int
    pages: int
    verdict: dict[str, Any] | None = None
    reasons: list[dict[str, Any]] = []
    holds: list[dict[str, Any]] = []
    error: dict[str, Any] | None = None
    links: dict[str, str] = {}


class JobList(BaseModel):
    """Jobs, the newest first."""

    jobs: list[JobOut]


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
