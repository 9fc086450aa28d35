"""Tells portals what became of their jobs: signed, tried again, and never led astray.

The name of a host is looked up once, its addresses are checked, and the connection goes to an
address that was checked, so that no answer of the DNS can change between the two. Nothing is
followed, and no more than the status of the answer is read.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpcore
from standardwebhooks.webhooks import Webhook

from redactor.errors import BadRequest
from redactor.settings import Settings
from redactor.store.webhooks import Parcel, Webhooks

WAIT = 10.0  # seconds for each step of a delivery
EMBEDDING = [
    ipaddress.ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]


class NotAllowed(httpcore.ConnectError):
    """The address is not one that may be reached."""


def check_url(url: str, settings: Settings) -> None:
    """Return for a URL that webhooks may go to.

    Raises:
        BadRequest: not HTTPS, a host that the operator did not allow, or a port or user in it.
    """
    if not url.isascii() or not url.isprintable() or " " in url:
        raise BadRequest("A webhook's URL is plain ASCII.", field="url")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadRequest("That is no URL.", field="url") from None
    allowed = {h.strip().lower() for h in settings.webhook_hosts.split(",") if h.strip()}
    schemes = ("https", "http") if settings.webhook_private else ("https",)
    if parts.scheme not in schemes or parts.username or parts.password or parts.fragment:
        raise BadRequest("A webhook's URL is https://host/path, without a user.", field="url")
    if (parts.hostname or "") not in allowed:
        raise BadRequest(
            "Webhooks go only to hosts that REDACTOR_WEBHOOK_HOSTS names.", field="url"
        )
    if port not in (None, 443) and not settings.webhook_private:
        raise BadRequest("A webhook's URL has no port of its own.", field="url")


def is_public(address: str) -> bool:
    """True for an address of the open internet, whichever way it is written."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in network for network in EMBEDDING):
            return False  # an IPv4 address is hidden in it
    return ip.is_global and not ip.is_multicast


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects to addresses that were checked, and to no others."""

    def __init__(self, *, private: bool) -> None:
        """``private`` lets addresses of one's own network pass."""
        self._private = private
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host, if every one of them may be reached.

        Raises:
            NotAllowed: one of them may not.
            httpcore.ConnectError: there is none, or nobody answers.
        """
        addresses = lookup(host, port)
        if not self._private and not all(map(is_public, addresses)):
            raise NotAllowed("not an address of the open internet")
        return self._inner.connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never."""
        raise NotAllowed("not an address of the open internet")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def lookup(host: str, port: int) -> list[str]:
    """Every address of a host.

    Raises:
        httpcore.ConnectError: there is none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise httpcore.ConnectError("no address") from None
    return [str(f[4][0]) for f in found]


def deliver(webhooks: Webhooks, settings: Settings, trust: ssl.SSLContext | None = None) -> int:
    """Try every delivery whose time has come; how many arrived."""
    arrived = 0
    network = CheckedNetwork(private=settings.webhook_private)
    with httpcore.ConnectionPool(ssl_context=trust, network_backend=network) as pool:
        for parcel in webhooks.due(time.time()):
            status = send(pool, parcel, settings)
            webhooks.told(parcel.id, status, time.time())
            arrived += 200 <= status < 300
    return arrived


def send(pool: httpcore.ConnectionPool, parcel: Parcel, settings: Settings) -> int:
    """The status of the answer, 0 where there is none or the place may not be reached."""
    now = datetime.now(UTC)
    headers: dict[bytes | str, bytes | str] = {
        "content-type": "application/json",
        "user-agent": "redactor",
        "webhook-id": parcel.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(parcel.secret).sign(parcel.id, now, parcel.body),
    }
    steps = dict.fromkeys(("connect", "read", "write", "pool"), WAIT)
    try:
        check_url(parcel.url, settings)  # the operator may have taken the host off the list
        with pool.stream(
            "POST",
            parcel.url,
            headers=headers,
            content=parcel.body.encode(),
            extensions={"timeout": steps},
        ) as answer:
            return int(answer.status)
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, BadRequest):
        return 0
