"""Single sign-on by OpenID Connect: code flow with PKCE, roles from the groups of the token.

Needs Authlib (requirements-scale.txt). What must survive between the two steps (state, nonce,
verifier) lies in a cookie of ten minutes that only this host can set and no script reads.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from apiflask import APIBlueprint
from flask import Response, redirect, request

from api.door import anybody
from api.house import house
from api.login import welcome
from redactor.access import MAIN_UNIT
from redactor.errors import Forbidden, MissingDependency, NotFound, Unauthenticated, Unavailable
from redactor.settings import Settings

outside = APIBlueprint("outside", __name__, enable_openapi=False)
TEN_MINUTES, WAIT = 600, 10.0  # seconds
WORD = re.compile(r"[^a-z0-9._@+-]+")
SIGNED = ["RS256", "PS256", "ES256", "EdDSA"]


@outside.get("/login/outside")
@anybody
def leave() -> Response:
    """Off to the provider."""
    kept = {n: secrets.token_urlsafe(32) for n in ("state", "nonce", "verifier")}
    kept["next"] = request.args.get("next", "")
    with _client(house().settings) as (client, provider):
        url, _ = client.create_authorization_url(
            provider["authorization_endpoint"],
            state=kept["state"],
            nonce=kept["nonce"],
            code_verifier=kept["verifier"],
        )
    response: Any = redirect(url)
    response.set_cookie(
        _cookie(), json.dumps(kept), max_age=TEN_MINUTES, path="/",
        secure=request.is_secure, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


@outside.get("/login/outside/back")
@anybody
def back() -> Response:
    """Back from the provider, with a code for a token."""
    kept = _kept()
    if not hmac.compare_digest(kept.get("state", " "), request.args.get("state", "")):
        raise Unauthenticated
    claims = _claims(kept)
    given = house().settings
    groups = claims.get(given.oidc_groups_claim) or []
    roles = _roles(given, [groups] if isinstance(groups, str) else groups)
    if not roles:
        raise Forbidden
    unit = str(claims.get(given.oidc_unit_claim) or MAIN_UNIT)
    name = WORD.sub("-", str(claims.get("preferred_username") or claims["sub"]).lower())[:60]
    known_as = f"{claims['iss']}|{claims['sub']}"
    token = house().accounts.enter_from_outside(known_as, name, roles, unit)
    response = welcome(token, kept.get("next", ""))
    response.delete_cookie(
        _cookie(), path="/", secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return response


def _claims(kept: dict[str, str]) -> dict[str, Any]:
    """What the provider says of the person, checked against its keys and this very login."""
    from joserfc import jwt  # noqa: PLC0415 - an extra
    from joserfc.jwk import KeySet  # noqa: PLC0415

    given = house().settings
    try:
        with _client(given) as (client, provider):
            token = client.fetch_token(
                provider["token_endpoint"],
                code=request.args.get("code", ""),
                code_verifier=kept.get("verifier", ""),
            )
            keys = KeySet.import_key_set(_fetched(provider["jwks_uri"]))
        claims = jwt.decode(token["id_token"], keys, algorithms=SIGNED).claims
        jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": provider["issuer"]},
            aud={"essential": True, "value": given.oidc_client_id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": kept.get("nonce", "")},
        ).validate(claims)
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001 - whatever does not fit, it lets nobody in
        raise Unauthenticated from None
    return dict(claims)


@contextmanager
def _client(given: Settings) -> Iterator[tuple[Any, dict[str, Any]]]:
    """A client of the provider, and what the provider says of itself."""
    if not given.oidc_issuer:
        raise NotFound
    try:
        from authlib.integrations.httpx_client import OAuth2Client  # noqa: PLC0415
    except ImportError:
        raise MissingDependency("Single sign-on needs requirements-scale.txt.") from None
    issuer = given.oidc_issuer.rstrip("/")
    with OAuth2Client(
        client_id=given.oidc_client_id,
        client_secret=given.oidc_client_secret,
        scope="openid profile email",
        redirect_uri=request.host_url.rstrip("/") + "/login/outside/back",
        code_challenge_method="S256",
        timeout=WAIT,
    ) as client:
        known = _fetched(f"{issuer}/.well-known/openid-configuration")
        if known.get("issuer", "").rstrip("/") != issuer:
            raise Unauthenticated
        yield client, known


def _fetched(url: str) -> Any:
    """The JSON that the provider publishes there."""
    try:
        answer = httpx.get(url, timeout=WAIT)
        answer.raise_for_status()
        return answer.json()
    except (httpx.HTTPError, ValueError):
        raise Unavailable("The provider of the single sign-on is out of reach.") from None


def _roles(given: Settings, groups: list[str]) -> list[str]:
    pairs = (p.partition("=") for p in given.oidc_roles.split(",") if p.strip())
    return sorted({role.strip() for group, _, role in pairs if group.strip() in groups})


def _cookie() -> str:
    return "__Host-redactor-outside" if request.is_secure else "redactor-outside"


def _kept() -> dict[str, str]:
    try:
        found = json.loads(request.cookies.get(_cookie(), ""))
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
