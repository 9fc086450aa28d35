"""Every route of the desk; importing this room puts them on its blueprint."""

from api.review import case, exchange, help, inbox, release  # noqa: A004
from api.review.room import desk_pages

__all__ = ["case", "desk_pages", "exchange", "help", "inbox", "release"]
