"""Boxes to Acrobat and back, and the tables of a review."""

from __future__ import annotations

from flask import render_template

from api.review.entry import needs, office
from api.review.room import desk_pages


@desk_pages.get("/<identifier>/exchange")
@needs("case.read")
def exchange(identifier: str) -> str:
    """What can be taken out and brought back."""
    return render_template("review/exchange.html", case=office().case(identifier))
