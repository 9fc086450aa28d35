"""What the network names: kinds, roles, and how the corpus words map onto them."""

from __future__ import annotations

KINDS = ["NAME", "ADDRESS", "PHONE", "EMAIL", "SSN", "DOB", "ID", "EMPLOYER", "INDIRECT", "MEDICAL", "OTHER"]
TAGS = ["O", *(f"{side}-{kind}" for kind in KINDS for side in "BI")]
ROLES = [
    "reporter", "child_victim", "sibling", "alleged_perpetrator", "parent", "relative", "collateral", "caseworker", "professional",
    "law_enforcement", "attorney", "judge", "foster_parent", "requester", "unknown",
]  # fmt: skip
ROLE_OF = {
    "victim": "child_victim", "child": "sibling", "perpetrator": "alleged_perpetrator", "worker": "caseworker",
    "officer": "law_enforcement", "other": "unknown",
}  # fmt: skip
KIND_OF = {"familyname": "NAME"} | {k.lower(): k for k in KINDS}


def role_index(role: str) -> int:
    """Place of a corpus role among ``ROLES``."""
    return ROLES.index(ROLE_OF.get(role, role))
