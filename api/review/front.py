"""The first page of the service: where one lands after logging in without having asked for more."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import redirect, url_for

from api.door import anybody

front = APIBlueprint("front", __name__, enable_openapi=False)


@front.get("/")
@anybody
def first() -> Any:
    """On to the inbox."""
    return redirect(url_for("review.inbox"))
