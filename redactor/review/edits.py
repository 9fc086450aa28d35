"""What an officer can do to a case file under review, each as one frozen value.

An edit names people by id and places by character offsets or points on a page, never by text, so
that a list of edits holds no protected text. ``override`` says that the officer opens what the
law shields (a reporter, an SSN, words that point at a reporter) knowingly; it is logged.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from redactor.errors import BadEdit
from redactor.review.reasons import Reason

Span = tuple[int, int]  # start and end in Reading.text
Choice = Literal["keep", "redact"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=300)


class _Edit(_Frozen):
    reason: Reason
    note: str = ""
    override: bool = False


class Rectangle(_Frozen):
    """A place on a page, in points."""

    page: int = Field(ge=0)
    x0: float
    y0: float
    x1: float
    y1: float


class SetRoles(_Edit):
    """The person has these roles in the case, and no others."""

    do: Literal["set_roles"] = "set_roles"
    person: str
    roles: tuple[str, ...]


class Merge(_Edit):
    """Two people are one; ``person`` goes up in ``into``."""

    do: Literal["merge"] = "merge"
    person: str
    into: str


class Split(_Edit):
    """These mentions of the person mean somebody else."""

    do: Literal["split"] = "split"
    person: str
    spans: tuple[Span, ...] = Field(min_length=1)


class MarkRequester(_Edit):
    """The person is the one who asks."""

    do: Literal["mark_requester"] = "mark_requester"
    person: str


class DecidePerson(_Edit):
    """Everything about the person is shown, or hidden."""

    do: Literal["decide_person"] = "decide_person"
    person: str
    action: Choice


class AnswerHold(_Edit):
    """The answer to the question that is asked once for a person, a kind of words or a place."""

    do: Literal["answer_hold"] = "answer_hold"
    hold: str
    action: Choice


class Mark(_Edit):
    """These words are hidden: a selection, or every place of a text that was looked for."""

    do: Literal["mark"] = "mark"
    spans: tuple[Span, ...] = Field(min_length=1)
    kind: str = "name"
    label: str = ""


class Open(_Edit):
    """These words are shown, here and wherever else they stand."""

    do: Literal["open"] = "open"
    span: Span


class Confirm(_Edit):
    """The officer has looked at this box and leaves it."""

    do: Literal["confirm"] = "confirm"
    span: Span


class Resize(_Edit):
    """One piece of a box over words takes another extent."""

    do: Literal["resize"] = "resize"
    span: Span
    piece: int = Field(ge=0)
    box: Rectangle


class AddBox(_Edit):
    """A place on a page is hidden, whatever stands there."""

    do: Literal["add_box"] = "add_box"
    box: Rectangle
    label: str = ""


class MoveBox(_Edit):
    """A box that an officer drew takes another place."""

    do: Literal["move_box"] = "move_box"
    id: str
    box: Rectangle


class DeleteBox(_Edit):
    """A box that an officer drew goes away."""

    do: Literal["delete_box"] = "delete_box"
    id: str


class Undo(_Frozen):
    """The last edit that stands is taken back."""

    do: Literal["undo"] = "undo"


class Redo(_Frozen):
    """The edit that was taken back last stands again."""

    do: Literal["redo"] = "redo"


Edit = (
    SetRoles | Merge | Split | MarkRequester | DecidePerson | AnswerHold | Mark | Open | Confirm
    | Resize | AddBox | MoveBox | DeleteBox
)  # fmt: skip
Step = Edit | Undo | Redo
_STEP: TypeAdapter[Step] = TypeAdapter(Annotated[Step, Field(discriminator="do")])


def as_step(value: Any) -> Step:
    """The step written as plain values.

    Raises:
        BadEdit: no such step, or a part of it is missing or of the wrong type.
    """
    try:
        return _STEP.validate_python(value)
    except ValidationError as error:
        where = sorted({".".join(map(str, e["loc"])) for e in error.errors()})
        raise BadEdit("The change is not one that this program knows.", fields=where) from None


def as_plain(step: Step) -> dict[str, Any]:
    """The step as values of JSON."""
    return step.model_dump(mode="json")
