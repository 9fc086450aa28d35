"""The door: every route says what it needs, and nobody passes who may not.

    @jobs.get("/jobs")
    @needs("job.read")
    def list_jobs(): ...

A route that says nothing is shut to everybody. ``actor()`` is who asks.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, url_for

from api.house import house
from redactor.access import ACTING, DEMO, NOBODY, PERMISSIONS, Actor
from redactor.errors import BadSettings, CrossOrigin, Forbidden, Unauthenticated
from redactor.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])
OPEN = "open"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_ENDPOINTS = frozenset({"openapi.spec"})  # of the framework; what it tells is published
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def needs(permission: str) -> Callable[[F], F]:
    """Mark a route with the permission that it takes, of ``redactor.access.PERMISSIONS``."""
    if permission != OPEN and permission not in PERMISSIONS:
        raise KeyError(permission)

    def mark(view: F) -> F:
        view.needs = permission  # type: ignore[attr-defined]
        return view

    return mark


def anybody(view: F) -> F:
    """Mark a route that nobody has to be known for."""
    return needs(OPEN)(view)


def need_of(app: Flask, endpoint: str) -> str:
    """The permission of a route, ``open`` for none; empty for a route that is shut."""
    if endpoint in OPEN_ENDPOINTS or endpoint.endswith(".static"):
        return OPEN
    return cast("str", getattr(app.view_functions.get(endpoint), "needs", ""))


def actor() -> Actor:
    """Who asks.

    Raises:
        Unauthenticated: nobody knows.
    """
    found = cast("Actor | None", g.get("actor"))
    if found is None:
        raise Unauthenticated
    return found


def cookie() -> str:
    """The name of the login's cookie: bound to this very host where the way is encrypted."""
    return "__Host-redactor" if request.is_secure else "redactor"


def _leave(_: BaseException | None) -> None:
    ACTING.set(NOBODY)  # a thread of the server serves others next


def install(app: Flask, settings: Settings) -> None:
    """Put the door in front of every route.

    Raises:
        BadSettings: the demo without a door would listen to more than this machine.
    """
    hosts = [h.strip() for h in settings.allowed_hosts.split(",") if h.strip()]
    if settings.insecure_demo:
        if not is_loopback(settings.host):
            raise BadSettings("The demo without a door listens on a loopback address only.")
        hosts = hosts or LOOPBACK_HOSTS  # else a page could reach it under a name of its own
    app.config["TRUSTED_HOSTS"] = hosts or None

    app.teardown_request(_leave)

    @app.before_request
    def enter() -> Response | None:
        if request.endpoint is None:
            return None  # no such route: the answer is 404 or 405 for everybody
        need = need_of(app, request.endpoint)
        g.actor, by_key = _identify()
        ACTING.set((g.actor.id if g.actor else "", g.get("request_id", "")))
        if request.method not in SAFE and not by_key:
            same_origin()
        if need == OPEN:
            return None
        if g.actor is None:
            if _wants_page():
                return cast("Response", redirect(url_for("login.page", next=request.path)))
            raise Unauthenticated
        if not need or not g.actor.may(need):
            raise Forbidden(needs=need)
        return None


def is_loopback(host: str) -> bool:
    """True for an address that only this machine reaches."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _identify() -> tuple[Actor | None, bool]:
    """Who asks, and whether by a key, which no page of another site can send."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    text = text.strip() if kind.lower() == "bearer" else request.headers.get("X-API-Key", "")
    if text:
        return house().keys.check(text), True
    token = request.cookies.get(cookie(), "")
    found = house().accounts.actor(token) if token else None
    if found is None and current_app.config["REDACTOR_SETTINGS"].insecure_demo:
        found = DEMO
    return found, False


def same_origin() -> None:
    """Return where the request came from a page of this service, or from no page at all.

    Raises:
        CrossOrigin: a page of another site sent it.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise CrossOrigin
    elif origin is not None and urlsplit(origin).netloc != request.host:
        raise CrossOrigin


def _wants_page() -> bool:
    best = request.accept_mimetypes.best_match(["application/json", "text/html"])
    return request.method == "GET" and best == "text/html" and "login" in current_app.blueprints
