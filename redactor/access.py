"""Who may do what: roles, the permissions they give, and the one who acts.

An admin hands out keys and reads no case file; an auditor reads the trail and no case file;
nobody sees the jobs of another unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from redactor.errors import BadRequest

ALL_UNITS = "*"
MAIN_UNIT = "main"
UNIT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class Role(StrEnum):
    """What a key or an account is for; it may have several."""

    SUBMITTER = "submitter"  # a portal or a clerk: case files in, releases out
    REVIEWER = "reviewer"  # an officer: reads case files, decides, releases
    SUPERVISOR = "supervisor"  # the second person, where the house wants two
    AUDITOR = "auditor"  # reads the trail, never a case file
    ADMIN = "admin"  # keys, accounts, webhooks; never a case file


S, R, V, A, M = Role.SUBMITTER, Role.REVIEWER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN
PERMISSIONS: dict[str, frozenset[Role]] = {
    "self.read": frozenset(Role),  # who one is
    "policy.read": frozenset(Role),
    "job.submit": frozenset({S, R, V}),
    "job.read": frozenset({S, R, V, A}),  # state and outcome, no text of a case
    "job.steer": frozenset({S, R, V}),  # cancel, retry
    "job.reopen": frozenset({V}),  # try a withheld job again
    "job.delete": frozenset({S, V}),
    "release.read": frozenset({S, R, V}),  # what the requester gets
    "case.read": frozenset({R, V}),  # protected text: pages, findings, internal log
    "case.decide": frozenset({R, V}),
    "release.make": frozenset({R, V}),
    "audit.read": frozenset({A, M}),
    "metrics.read": frozenset({A, M}),
    "access.manage": frozenset({M}),  # keys, accounts
    "webhook.manage": frozenset({M}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a key (``key:ab12cd34``), an account (``account:lee.sand``), the house itself."""

    id: str
    unit: str
    roles: frozenset[Role]

    def may(self, permission: str) -> bool:
        """True when one of the roles gives the permission."""
        return bool(self.roles & PERMISSIONS[permission])

    def sees(self, unit: str) -> bool:
        """True for what belongs to the actor's unit."""
        return self.unit in (unit, ALL_UNITS)


DEMO = Actor("demo", MAIN_UNIT, frozenset(Role))  # whoever asks, on a service without a door


def as_roles(names: Iterable[str]) -> frozenset[Role]:
    """The roles of those names.

    Raises:
        BadRequest: there is none of that name, or none was named.
    """
    try:
        roles = frozenset(Role(n) for n in names)
    except ValueError:
        raise BadRequest(f"Roles are {', '.join(Role)}.", field="roles") from None
    if not roles:
        raise BadRequest("At least one role is needed.", field="roles")
    return roles


def as_unit(name: str, roles: frozenset[Role]) -> str:
    """The name of a unit; every unit at once (``*``) only for those who read no case file.

    Raises:
        BadRequest: not such a name.
    """
    if name == ALL_UNITS and roles <= {Role.AUDITOR, Role.ADMIN}:
        return name
    if not UNIT.fullmatch(name):
        raise BadRequest(
            "A unit has small letters, digits and dashes; `*` is for auditors and admins alone.",
            field="unit",
        )
    return name


# who acts in this request, and its id: for notes that are taken far from the door
NOBODY = ("", "")
ACTING: ContextVar[tuple[str, str]] = ContextVar("acting", default=NOBODY)
SERVICE = "service"  # acts where nobody does: workers, the sweeper
