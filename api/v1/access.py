"""/v1/me, /v1/keys, /v1/accounts: who one is, and who may come in."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from api.door import actor, needs
from api.house import house
from api.v1.access_schemas import (
    AccountChange,
    AccountIn,
    AccountList,
    AccountOut,
    KeyIn,
    KeyList,
    KeyMade,
    Me,
)
from redactor.access import PERMISSIONS
from redactor.store.accounts import AccountRow

access = APIBlueprint("access", __name__, url_prefix="/v1", tag="Access")


@access.get("/me")
@needs("self.read")
@access.output(Me)
@access.doc(summary="Who asks, and what that one may do")
def get_me() -> Any:
    """The key or account of this request."""
    me = actor()
    allowed = sorted(p for p in PERMISSIONS if me.may(p))
    return {"id": me.id, "unit": me.unit, "roles": sorted(me.roles), "permissions": allowed}


@access.get("/keys")
@needs("access.manage")
@access.output(KeyList)
@access.doc(summary="Keys of one's unit, the newest first")
def list_keys() -> Any:
    """Without their secrets, which nobody has."""
    names = ("id", "name", "unit", "maker", "made", "ends", "revoked", "used")
    return {
        "keys": [
            {**{n: getattr(k, n) for n in names}, "roles": k.roles.split(",")}
            for k in house().keys.all(actor())
        ]
    }


@access.post("/keys")
@needs("access.manage")
@access.input(KeyIn, arg_name="given")
@access.output(KeyMade, status_code=201)
@access.doc(summary="Make a key; it is shown this once", responses=[422])
def post_key(given: KeyIn) -> Any:
    """Only its hash is kept."""
    made = house().keys.issue(actor(), given.name, given.roles, given.unit, given.days)
    return {"id": made.id, "key": made.text, "ends": made.ends}


@access.delete("/keys/<identifier>")
@needs("access.manage")
@access.output({}, status_code=204)
@access.doc(summary="Revoke a key at once", responses=[404])
def delete_key(identifier: str) -> Any:
    """It opens nothing from now on; the trail still names it."""
    house().keys.revoke(actor(), identifier)
    return ""


@access.get("/accounts")
@needs("access.manage")
@access.output(AccountList)
@access.doc(summary="Accounts of one's unit")
def list_accounts() -> Any:
    """By login."""
    return {"accounts": [_out(a) for a in house().accounts.all(actor())]}


@access.post("/accounts")
@needs("access.manage")
@access.input(AccountIn, arg_name="given")
@access.output(AccountOut, status_code=201)
@access.doc(summary="Make an account", responses=[422])
def post_account(given: AccountIn) -> Any:
    """For one person; accounts are never shared."""
    made = house().accounts.create(actor(), given.login, given.password, given.roles, given.unit)
    return _out(made)


@access.patch("/accounts/<login>")
@needs("access.manage")
@access.input(AccountChange, arg_name="given")
@access.output(AccountOut)
@access.doc(summary="Set a password, change roles, disable; open logins end", responses=[404, 422])
def patch_account(login: str, given: AccountChange) -> Any:
    """What is not named stays."""
    return _out(house().accounts.change(actor(), login, **given.model_dump()))


def _out(row: AccountRow) -> dict[str, Any]:
    names = ("login", "unit", "made", "disabled", "locked_until")
    told = {n: getattr(row, n) for n in names}
    return {**told, "roles": row.roles.split(","), "outside": bool(row.outside)}
