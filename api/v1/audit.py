"""/v1/audit: the trail, and whether it is whole."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from api.door import actor, needs
from api.house import house
from api.v1.access_schemas import AuditPage, AuditQuery, AuditVerdict
from redactor.store.audit import as_dict

audit = APIBlueprint("audit", __name__, url_prefix="/v1", tag="Audit")


@audit.get("/audit")
@needs("audit.read")
@audit.input(AuditQuery, location="query", arg_name="asked")
@audit.output(AuditPage)
@audit.doc(summary="Rows of the trail of one's unit, in order")
def list_audit(asked: dict[str, Any]) -> Any:
    """Who did what to which job, key or account, and when."""
    rows = [as_dict(r) for r in house().audit.rows(unit=actor().unit, **asked)]
    return {"rows": rows, "next": rows[-1]["seq"] if len(rows) == asked["limit"] else None}


@audit.get("/audit/verify")
@needs("audit.read")
@audit.output(AuditVerdict)
@audit.doc(summary="Whether every row is as it was written")
def verify_audit() -> Any:
    """Every fault with its row. The head is worth keeping elsewhere."""
    trail = house().audit
    head, faults = trail.head(), trail.verify()
    told = [{"row": f.row, "what": f.what} for f in faults]
    return {"whole": not faults, "head": head, "faults": told}
