"""Who is who: links mentions to people and people to roles."""

from redactor.people.resolve import resolve

__all__ = ["resolve"]
