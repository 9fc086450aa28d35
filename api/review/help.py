"""The page that explains the desk and the law behind its choices."""

from __future__ import annotations

from flask import render_template

from api.review import plain
from api.review.entry import needs, settings
from api.review.room import desk_pages
from redactor.policy import list_jurisdictions, load


@desk_pages.get("/help")
@needs("case.read")
def help() -> str:  # noqa: A001 - the address of the page
    """How to work, and the citations of every installed policy."""
    extra = settings().policies_dir
    policies = [load(j, extra) for j in list_jurisdictions(extra)]
    words = policies[0].vocabulary
    roles = [(plain.role(r), note) for r, note in words.vocabulary.roles.items()]
    return render_template("review/help.html", policies=policies, words=words, roles=roles)
