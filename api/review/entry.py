"""What every route of the desk works with."""

from __future__ import annotations

from typing import cast

from flask import current_app, g

from api.door import actor, needs
from api.house import house
from api.review.desk import Desk, Shelf
from api.review.office import Office
from redactor.settings import Settings


def settings() -> Settings:
    """The settings of this application."""
    return house().settings


def office() -> Office:
    """The requests of whoever is at the desk."""
    return Office(current_app.config["REDACTOR_JOBS"], settings(), actor())


def desk() -> Desk:
    """The desk of whoever is at it."""
    shelf = current_app.extensions.setdefault("redactor_shelf", Shelf())
    return Desk(office(), cast("Shelf", shelf), settings())


def note(action: str, identifier: str, **facts: str | int) -> None:
    """Put an act of whoever is at the desk into the trail."""
    who = actor()
    house().audit.note(
        who.id, action, identifier, unit=who.unit, request=g.get("request_id", ""), facts=facts
    )


__all__ = ["actor", "desk", "needs", "note", "office", "settings"]
