"""Log in with a password, or by the house's own single sign-on; log out."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, redirect, render_template, request

from api.door import anybody, cookie
from api.house import house
from redactor.errors import LockedOut, Unauthenticated

login = APIBlueprint("login", __name__, enable_openapi=False, template_folder="templates")
WRONG = "That login and password do not fit."
LOCKED = "This account is locked for a while. Try again later, or ask an admin."


@login.get("/login")
@anybody
def page() -> str:
    """The form."""
    return _form(request.args.get("next", ""))


@login.post("/login")
@anybody
def enter() -> Any:
    """Into the house with a cookie, or the form again."""
    form = request.form
    name, target = form.get("login", "").strip().lower(), form.get("next", "")
    try:
        token = house().accounts.enter(name, form.get("password", ""))
    except Unauthenticated:
        return _form(target, name, WRONG), 401
    except LockedOut:
        return _form(target, name, LOCKED), 429
    return welcome(token, target)


@login.post("/logout")
@anybody
def leave() -> Response:
    """Out; the token is worth nothing from now on."""
    house().accounts.leave(request.cookies.get(cookie(), ""))
    response: Any = redirect("/login")
    response.delete_cookie(
        cookie(), path="/", secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return response


def welcome(token: str, target: str) -> Response:
    """The way on to a page of this service, with the login's cookie."""
    response: Any = redirect(local(target), 303)
    response.set_cookie(
        cookie(), token, path="/", secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return response


def local(target: str) -> str:
    """The target where it is a path of this service, else the first page."""
    plain = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if plain and target.isprintable() and "\\" not in target else "/"


def _form(target: str, name: str = "", wrong: str = "") -> str:
    outside = house().settings.oidc_issuer
    facts = {"name": name, "wrong": wrong, "outside": outside}
    return render_template("login.html", target=local(target), **facts)
