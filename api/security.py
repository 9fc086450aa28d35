"""Headers that every answer carries, and how often one may ask."""

from __future__ import annotations

import hashlib
import secrets

from flask import Flask, Response, g, request
from flask_limiter import Limit, Limiter
from werkzeug.middleware.proxy_fix import ProxyFix

from api.counts import Counts
from api.door import cookie
from redactor.settings import Settings

SHUT = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
PAGE = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
WRONG_KEYS = "30/minute"  # unknown keys and wrong passwords from one address
WRONG = "wrong"  # the scope in which they are counted


def nonce() -> str:
    """The nonce of this answer; a page puts it on its own scripts and styles."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def install(app: Flask, settings: Settings) -> None:
    """Set the headers of every answer; a page may run its own scripts, anything else nothing."""
    if settings.trusted_proxies:
        n = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    app.jinja_env.globals["nonce"] = nonce

    @app.after_request
    def seal(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        is_page = response.mimetype == "text/html"
        policy = PAGE.format(nonce=nonce()) if is_page else SHUT
        response.headers.setdefault("Content-Security-Policy", policy)
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response


def who() -> str:
    """Whom a request counts for: its key or login, else its address; never the key itself."""
    shown = _shown()
    return hashlib.sha256(shown.encode()).hexdigest()[:16] if shown else _address()


def _shown() -> str:
    keys = request.headers.get("Authorization") or request.headers.get("X-API-Key")
    return keys or request.cookies.get(cookie(), "")


def _address() -> str:
    return request.remote_addr or "nobody"


def limit(app: Flask, settings: Settings) -> Limiter:
    """Count requests; over the limit is answered 429. To be installed before the door."""
    limits = [
        Limit(
            WRONG_KEYS,
            key_function=_address,
            deduct_when=lambda r: r.status_code == 401 and (bool(_shown()) or bool(request.form)),
            scope=WRONG,
            shared=True,
        )
    ]
    if settings.rate_limit:
        limits.append(
            Limit(settings.rate_limit, key_function=who, scope=lambda _: "all", shared=True)
        )
    assert "memory" in Counts.STORAGE_SCHEME  # noqa: S101 - imported, so that memory:// is this
    limiter = Limiter(
        who,
        app=app,
        default_limits=limits,  # type: ignore[arg-type]
        storage_uri=settings.rate_storage,
        headers_enabled=True,
        swallow_errors=True,  # where the counter is out of reach, the service goes on
    )
    limiter.request_filter(lambda: (request.endpoint or "").startswith("health."))
    app.before_request(lambda: _tell_of_own(limiter))
    return limiter


def _tell_of_own(limiter: Limiter) -> None:
    """Let the headers tell of the limit a key has, unless another one has refused by now."""
    own = (known for known in limiter.current_limits if WRONG not in known.request_args)
    limiter.context.view_rate_limit = next(own, limiter.current_limit)
