"""What protects the desk and its reader: the Host check and the headers of every answer."""

from __future__ import annotations

from collections.abc import Collection

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import ClientException
from litestar.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class WrongHostError(ClientException):
    """The Host header names a machine that this desk does not serve (DNS rebinding)."""

    status_code = 421


def host_check(allowed: Collection[str]) -> type:
    """A middleware that answers only requests for one of the ``allowed`` names, on any port."""

    class HostCheck:
        def __init__(self, app: ASGIApp) -> None:
            self.app = app

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == ScopeType.HTTP and _host(scope) not in allowed:
                raise WrongHostError("wrong host")
            await self.app(scope, receive, send)

    return HostCheck


def _host(scope: Scope) -> str:
    """Name in the Host header, lower case, without port; empty if there is none or several."""
    values = [value for name, value in scope["headers"] if name == b"host"]
    if len(values) != 1:
        return ""
    host = values[0].decode("latin-1").lower()
    bare, colon, port = host.rpartition(":")
    return bare if colon and port.isdigit() else host


async def set_headers(message: Message, scope: Scope) -> None:
    """Give every answer the security headers; pages are not kept, named assets are for good."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in _HEADERS.items():
        headers[name] = value
    fixed = scope["path"].startswith("/static/") and message["status"] == 200
    versioned = fixed and scope.get("query_string", b"").startswith(b"v=")
    kept = "no-store" if scope["path"].startswith("/form/") else "private, no-cache"
    headers["cache-control"] = "public, max-age=31536000, immutable" if versioned else kept
    if not fixed:
        headers["vary"] = "Accept-Language, Cookie"
