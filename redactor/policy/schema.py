"""What a policy file may say. Anything else is refused when it is loaded.

Strict types catch the traps of YAML: an unquoted 210.150 is a number, an unquoted yes a boolean,
an unquoted date a date; all of them are refused, and so is an empty value.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Effect = Literal["hold_request", "withhold_request", "reroute_to_alleged_perpetrator"]
Form = Literal[
    "redacted_copy", "inspection", "summary_response", "confirm_only", "in_camera", "none"
]
ActionName = Literal["withhold_document", "hold", "redact", "keep"]
When = dict[str, list[str]]


class Strict(BaseModel):
    """A part of a policy: no coercion, no unknown keys, never changed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Label(Strict):
    """What is printed on a box: the law, never the role."""

    print: str
    meaning: str


class Citation(Strict):
    """A source of law. basis text: read; lookup: seen in a public copy; general: not re-read."""

    text_date: str
    basis: Literal["text", "lookup", "general"]
    what: str


class SpanDefault(Strict):
    """What happens to a mention that no rule speaks of."""

    action: Literal["redact", "hold"]
    label: str
    cite: str
    why: str


class Default(Strict):
    """Why nothing is given."""

    cite: str
    why: str


class Defaults(Strict):
    """What holds where the rules are silent."""

    unknown_category: Default
    wrong_record_status: Default
    span: SpanDefault


class Confidence(Strict):
    """How sure the resolver must be of a role before a rule may use it, 0 to 1."""

    keep: float = Field(ge=0, le=1)
    redact: float = Field(ge=0, le=1)
    reporter: float = Field(ge=0, le=1)


class Words(Strict):
    """Roles, kinds by group and the other closed lists."""

    actions_most_restrictive_first: list[ActionName]
    contexts: list[str]
    release_forms: list[Form]
    record_status: list[str]
    roles: dict[str, str]
    party_roles: list[str]
    kinds: dict[str, list[str]]
    kind_notes: dict[str, str]


class Vocabulary(Strict):
    """What every jurisdiction shares."""

    schema_: Literal["release-policy/1"] = Field(alias="schema")
    vocabulary: Words
    set_aside: dict[str, list[str]]
    confidence: Confidence
    harmless_alone: list[str]
    defaults: Defaults
    labels: dict[str, Label]
    citations: dict[str, Citation]


class Question(Strict):
    """A fact that a request must carry; every one may also be ``unknown``."""

    ask: str
    values: list[str] | Literal["date_or_none", "text"] | None = None
    values_from: Literal["record_status"] | None = None


class Gate(Strict):
    """A condition on the request: fires when every answer is in its list."""

    when: When
    effect: Effect
    cite: list[str] = Field(min_length=1)
    note: str = ""


class DocumentClass(Strict):
    """A kind of paper that is treated as a whole, whoever is in it."""

    id: str
    match: str
    action: Literal["withhold_document", "hold"]
    cite: list[str] = Field(min_length=1)
    label: str
    except_: list[str] = Field(default=[], alias="except")
    only: list[str] = []
    when: When = {}
    note: str = ""


class Rule(Strict):
    """What happens to mentions of some kinds of persons in some roles."""

    id: str
    role: str | list[str]
    kinds: list[str] = Field(min_length=1)
    context: Literal["report", "other"] | None = None
    unless: list[str] = []
    and_any: list[str] = []
    when: When = {}
    action: ActionName
    cite: list[str] = Field(min_length=1)
    label: str = ""
    note: str = ""


class Discretion(Strict):
    """Fields a response may carry only under these answers."""

    fields: list[str]
    when: When


class Category(Strict):
    """Who may ask, under which conditions, and what form the answer takes."""

    id: str
    title: str
    cite: str
    status: list[str] = Field(min_length=1)
    gates: list[str]
    extra_gates: list[Gate] = []
    form: Form
    response_fields: list[str] = []
    discretionary_fields: Discretion | None = None
    floor: str
    rules: list[str]
    notices: list[str]
    deadlines: list[str] = []
    note: str = ""


class Notice(Strict):
    """A text that goes with the release."""

    text: str
    cite: str
    required_by_statute_for: list[str] = []
    attach_when_released: str = ""
    attach_to: str = ""


class Deadline(Strict):
    """A clock. ``days`` is 0 where the law gives no single number; nothing is computed then."""

    limit: str
    days: int = Field(default=0, ge=0)
    counted: Literal["calendar", "working"] = "calendar"
    starts: Literal["request", "other"] = "other"
    from_: str = Field(alias="from")
    cite: str


class Holiday(Strict):
    """A day on which offices are closed: a day of a month, or the nth weekday of it.

    ``weekday`` counts from Monday, 0 to 6; ``nth`` is -1 for the last of the month.
    """

    name: str
    month: int = Field(ge=1, le=12)
    day: int = Field(default=0, ge=0, le=31)
    weekday: int = Field(default=0, ge=0, le=6)
    nth: int = Field(default=0, ge=-1, le=4)
    saturday: Literal["friday_before", "as_it_falls"] = "as_it_falls"
    sunday: Literal["monday_after", "as_it_falls"] = "monday_after"
    cite: str


class Retention(Strict):
    """How long a class of record is kept. Never shown to a requester (RSMo 210.152.1)."""

    class_: str = Field(alias="class")
    keep: str
    from_: str = Field(default="", alias="from")
    then: str = ""
    cite: str


class Audit(Strict):
    """What the jurisdiction asks of the audit trail."""

    individual_user_id_required: bool
    shared_accounts: str
    cite: str


class Jurisdiction(Strict):
    """One policy file."""

    schema_: Literal["release-policy/1"] = Field(alias="schema")
    name: str
    agency: str
    status: str
    render: Literal["auto", "vector", "pixels"] | None = None  # how pages are written at most
    span: SpanDefault | None = None  # stands before the shared default: a box prints its own law
    text_basis: dict[str, str]
    uses: dict[str, str]
    questions: dict[str, Question]
    gates: dict[str, Gate]
    document_classes: list[DocumentClass]
    rule_sets: dict[str, list[Rule]]
    categories: list[Category] = Field(min_length=1)
    notices: dict[str, Notice]
    deadlines: dict[str, Deadline]
    holidays: list[Holiday] = []
    retention: list[Retention]
    audit: Audit | None = None
