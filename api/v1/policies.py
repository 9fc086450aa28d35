"""/v1/policies: what may be asked, by whom, and which questions a request must answer."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import current_app

from api.door import needs
from api.v1.schemas import CategoryOut, PolicyList, PolicyOut, Received
from redactor.policy import describe, list_jurisdictions, load

policies = APIBlueprint("policies", __name__, url_prefix="/v1", tag="Policies")


def _extra() -> Any:
    return current_app.config["REDACTOR_SETTINGS"].policies_dir


@policies.get("/policies")
@needs("policy.read")
@policies.output(PolicyList)
@policies.doc(summary="Installed jurisdictions")
def list_policies() -> Any:
    """Id, name and digest of each."""
    found = [load(j, _extra()) for j in list_jurisdictions(_extra())]
    return {
        "policies": [{"id": p.id, "name": p.jurisdiction.name, "digest": p.digest} for p in found]
    }


@policies.get("/policies/<jurisdiction>")
@needs("policy.read")
@policies.output(PolicyOut)
@policies.doc(summary="Requester categories of a jurisdiction", responses=[422])
def get_policy(jurisdiction: str) -> Any:
    """Every category with its title, citation and form."""
    found = load(jurisdiction, _extra())
    own = found.jurisdiction
    return {
        "id": found.id,
        "name": own.name,
        "agency": own.agency,
        "status": own.status,
        "digest": found.digest,
        "categories": [
            {"id": c.id, "title": c.title, "citation": c.cite, "form": c.form}
            for c in own.categories
        ],
    }


@policies.get("/policies/<jurisdiction>/<category>")
@needs("policy.read")
@policies.input(Received, location="query", arg_name="asked")
@policies.output(CategoryOut)
@policies.doc(summary="A category and its questions", responses=[422])
def get_category(jurisdiction: str, category: str, asked: dict[str, Any]) -> Any:
    """What a portal needs to build its form, and when an answer would be due."""
    return describe(load(jurisdiction, _extra()), category, asked["received"])
