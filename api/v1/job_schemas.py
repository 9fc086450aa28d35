"""What goes over the wire about jobs and batches."""

from __future__ import annotations

from datetime import date
from typing import Any

from apiflask.fields import Boolean, Date, File, Float, Integer, List, String
from apiflask.schemas import Schema
from apiflask.validators import Length, OneOf, Range
from pydantic import BaseModel, Field

from redactor.jobs.states import MOVES

CASE_FILE = {"description": "The case file: PDF, PNG, JPEG or TIFF."}
FAR = 4_102_444_800  # seconds since the epoch, the year 2100


class RequestForm(Schema):
    """Who asks for what: the fields of one request."""

    jurisdiction = String(required=True, validate=Length(1, 40))
    category = String(required=True, validate=Length(1, 80))
    requester_name = List(String(validate=Length(1, 200)), load_default=list)
    relation = String(load_default="", validate=Length(0, 200))
    received = Date(
        load_default=None, metadata={"description": "When the requester asked; today if not given."}
    )
    answers = String(
        load_default="", metadata={"description": "JSON object of question and value."}
    )
    known = String(load_default="", metadata={"description": "JSON list of known people."})
    must_hide = List(String(validate=Length(1, 200)), load_default=list)
    must_keep = List(String(validate=Length(1, 200)), load_default=list)
    holds = String(load_default="stop", validate=OneOf(["stop", "hide"]))
    review = Boolean(
        load_default=False, metadata={"description": "A person looks before the release."}
    )
    priority = Integer(load_default=0, validate=Range(min=-10, max=10))
    password = List(
        String(validate=Length(0, 200)),
        load_default=list,
        metadata={"description": "One for each file, or one for all of them."},
    )


class JobForm(RequestForm):
    """The parts of POST /v1/jobs; several files are a packet: they share people and decisions."""

    file = List(File(metadata=CASE_FILE), required=True, validate=Length(1, 200))


class BatchForm(RequestForm):
    """The parts of POST /v1/batches: one request for each of many files."""

    file = List(File(metadata=CASE_FILE), required=True, validate=Length(1, 200))


class AnalyzeForm(Schema):
    """The parts of POST /v1/analyze."""

    file = File(required=True, metadata=CASE_FILE)
    password = String(load_default="", validate=Length(0, 200))


class Wait(Schema):
    """How long to wait for a job before answering."""

    wait = Float(load_default=0.0, validate=Range(min=0, max=3600))


class Once(Schema):
    """Headers of a request that is done once, however often it is sent."""

    key = String(
        load_default="",
        data_key="Idempotency-Key",
        metadata={"description": "Visible ASCII, at most 200 characters; kept for a day."},
    )
    prefer = String(
        load_default="",
        data_key="Prefer",
        metadata={"description": "respond-async, or wait=SECONDS (RFC 7240)."},
    )


class IfMatch(Schema):
    """The header of a change."""

    version = String(
        load_default="",
        data_key="If-Match",
        metadata={"description": "The ETag of what was looked at; without it 428."},
    )


class ListQuery(Schema):
    """Which jobs; what is not given does not narrow."""

    cursor = String(load_default="", validate=Length(0, 200))
    limit = Integer(load_default=50, validate=Range(min=1, max=200))
    state = List(String(validate=OneOf(sorted(MOVES))), load_default=list)
    jurisdiction = String(load_default="", validate=Length(0, 40))
    category = String(load_default="", validate=Length(0, 80))
    submitter = String(load_default="", validate=Length(0, 80))
    since = Float(load_default=0.0, validate=Range(min=0, max=FAR))
    before = Float(load_default=0.0, validate=Range(min=0, max=FAR))


class WhichFile(Schema):
    """Which file of a job."""

    file = Integer(
        load_default=0,
        validate=Range(min=0, max=200),
        metadata={"description": "Its number, from 1; may be left out where there is one alone."},
    )


class LogFormat(WhichFile):
    """Which log, in which form."""

    format = String(load_default="json", validate=OneOf(["json", "csv"]))


class EarlierOut(BaseModel):
    """An earlier release of the file to another category that together with this one tells more.

    ``only_this`` words are shown here and hidden there, ``only_earlier`` the other way round.
    """

    job: str
    category: str
    pages: list[int]
    only_this: int
    only_earlier: int


class DocumentOut(BaseModel):
    """One file of a job. Digests are SHA-256; ``release`` is empty where nothing was released."""

    file: int
    source: str
    outcome: str = ""
    release: str = ""
    pages: int = 0
    failing_checks: list[str] = []
    earlier: list[EarlierOut] = []
    links: dict[str, str] = {}


class JobOut(BaseModel):
    """A job as it stands; no text of a case file. Times are seconds since the epoch, 0 for none."""

    id: str
    state: str
    unit: str
    submitter: str
    jurisdiction: str
    category: str
    received: date | None
    deadline: date | None = Field(description="When the law wants an answer")
    created: float
    started: float
    ended: float
    attempts: int
    outcome: str = Field(description="released, held, withheld or letter; empty while it runs")
    stage: str
    page: int
    pages: int
    position: int | None = Field(default=None, description="Waiting jobs before this one")
    review: bool
    draft: int = Field(description="Version of what waits for a person, 0 for nothing")
    verdict: dict[str, Any] | None = None
    reasons: list[dict[str, Any]] = []
    holds: list[dict[str, Any]] = []
    error: dict[str, Any] | None = None
    documents: list[DocumentOut] = Field(default=[], description="What became of each file")
    links: dict[str, str] = {}


class JobList(BaseModel):
    """Jobs, the newest first; ``next`` is the ``cursor`` of the page that follows."""

    jobs: list[JobOut]
    next: str


class StepIn(BaseModel):
    """One step of a review; what else it takes depends on ``do``."""

    model_config = {"extra": "allow"}

    do: str = Field(min_length=1, max_length=40, description="answer_hold, set_roles, undo ...")


class FindingsOut(BaseModel):
    """What was found and decided. Holds protected text; ``id`` of a mention is its place."""

    version: int
    pages: list[dict[str, Any]]
    people: list[dict[str, Any]]
    mentions: list[dict[str, Any]]
    holds: list[dict[str, Any]]


class Refused(BaseModel):
    """A file of a batch that was not taken in: its place among the files, and why."""

    file: int
    code: str
    title: str
    advice: str


class BatchOut(BaseModel):
    """A batch: its jobs in the order of the files, what was refused, and how it stands."""

    id: str
    created: float
    states: dict[str, int]
    over: bool
    jobs: list[JobOut]
    refused: list[Refused]
    links: dict[str, str]


class LetterIn(BaseModel):
    """A request that is answered without any page."""

    model_config = {"extra": "forbid"}

    jurisdiction: str = Field(min_length=1, max_length=40)
    category: str = Field(min_length=1, max_length=80)
    answers: dict[str, str] = {}
    received: date | None = None


class LetterOut(BaseModel):
    """The fields of an answer; ``effect`` is letter, hold or withhold."""

    effect: str
    letter: dict[str, Any]
    reasons: list[dict[str, Any]]
