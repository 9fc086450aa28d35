"""What goes over the wire about keys, accounts and the trail."""

from __future__ import annotations

from typing import Any

from apiflask.fields import Integer, String
from apiflask.schemas import Schema
from apiflask.validators import Length, Range
from pydantic import BaseModel, ConfigDict, Field


class Me(BaseModel):
    """Who asks, and what that one may do."""

    id: str
    unit: str
    roles: list[str]
    permissions: list[str]


class KeyIn(BaseModel):
    """A key to be made."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=60)
    roles: list[str] = Field(min_length=1, max_length=5)
    unit: str = Field(default="main", max_length=40)
    days: int = Field(default=90, ge=1, le=366)


class KeyOut(BaseModel):
    """A key, without its secret. Times are seconds since the epoch, 0 for not yet."""

    id: str
    name: str
    roles: list[str]
    unit: str
    maker: str
    made: float
    ends: float
    revoked: float
    used: float


class KeyMade(BaseModel):
    """A new key; ``key`` is shown this once."""

    id: str
    key: str
    ends: float


class KeyList(BaseModel):
    """Keys, the newest first."""

    keys: list[KeyOut]


class AccountIn(BaseModel):
    """An account to be made."""

    model_config = ConfigDict(extra="forbid")

    login: str = Field(min_length=3, max_length=60)
    password: str = Field(min_length=1, max_length=200)
    roles: list[str] = Field(min_length=1, max_length=5)
    unit: str = Field(default="main", max_length=40)


class AccountChange(BaseModel):
    """What changes of an account; its logins end."""

    model_config = ConfigDict(extra="forbid")

    password: str | None = Field(default=None, max_length=200)
    roles: list[str] | None = Field(default=None, min_length=1, max_length=5)
    disabled: bool | None = None


class AccountOut(BaseModel):
    """An account. Times are seconds since the epoch, 0 for never."""

    login: str
    roles: list[str]
    unit: str
    made: float
    disabled: float
    locked_until: float
    outside: bool


class AccountList(BaseModel):
    """Accounts by login."""

    accounts: list[AccountOut]


class AuditQuery(Schema):
    """Which rows of the trail."""

    after = Integer(load_default=0, validate=Range(min=0, max=2**31 - 1))
    limit = Integer(load_default=100, validate=Range(min=1, max=1000))
    subject = String(load_default="", validate=Length(0, 80))


class AuditPage(BaseModel):
    """Rows of the trail in order; ``next`` is the ``after`` of the page that follows."""

    rows: list[dict[str, Any]]
    next: int | None


class AuditFault(BaseModel):
    """A row that is not as it was written."""

    row: int
    what: str


class AuditVerdict(BaseModel):
    """Whether the trail is whole, and every fault if not."""

    whole: bool
    head: str
    faults: list[AuditFault]
