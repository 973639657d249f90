"""Fetching an address that somebody gives: never from inside our own network, never without end.

The name is looked up once, every address that it has must be public, and the connection goes to that
very address, so that a name which changes its mind between the check and the call gains nothing. Each
redirection is checked anew. Size and the time of the whole are limited.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from nameplate.errors import ReadError

LARGEST, SECONDS, HOPS = 20_000_000, 20.0, 4
_PORTS = {"http": 80, "https": 443}
_MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65536

Resolver = Callable[[str, int], list[str]]
"""Host and port to the addresses of the host, as numbers."""


class Fetched(NamedTuple):
    """What an address gave: its last address, the bytes, their type as declared."""

    address: str
    data: bytes
    media_type: str | None


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _refused(host, "the name is not known", "Check the address.") from error
    return [str(entry[4][0]) for entry in found]


def fetch(address: str, resolver: Resolver = resolve) -> Fetched:
    """The bytes at ``address``; raises `ReadError` for what must not or cannot be fetched."""
    deadline = time.monotonic() + SECONDS
    for _ in range(HOPS + 1):
        parts = _parts(address)
        place = public_place(parts, resolver)
        answer = _get(parts, place, deadline)
        if isinstance(answer, Fetched):
            return answer
        address = urljoin(address, answer)
    raise _refused(address, "it leads from one address to the next", "Give the last one.")


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise _refused(address, "this is no address", "Begin with https://.") from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        raise _refused(address, "this is no address of a page", "Begin with https://.")
    if port not in {None, _PORTS[parts.scheme]}:
        raise _refused(address, f"port {port} is not fetched from", "Save the page and drop it.")
    return parts


def public_place(parts: SplitResult, resolver: Resolver) -> str:
    """The address to connect to; refuses a host that has any address that is not public."""
    host = parts.hostname or ""
    found = resolver(host, _PORTS[parts.scheme])
    if not found or not all(map(is_public, found)):
        problem = "it lies in a private network, which is not fetched from"
        raise _refused(host, problem, "Save the page and drop it here.")
    return found[0]


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the open Internet."""
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo or (None, None))[1]
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        if number in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)))
    return number.is_global and not number.is_multicast


def _get(parts: SplitResult, place: str, deadline: float) -> Fetched | str:
    """The answer of one request, or the address that it leads to."""
    host = parts.hostname or ""
    try:
        with socket.create_connection((place, _PORTS[parts.scheme]), _left(deadline)) as plain:
            line = plain
            if parts.scheme == "https":
                context = ssl.create_default_context()
                line = context.wrap_socket(plain, server_hostname=host)
            call = http.client.HTTPConnection(host)
            call.sock = line
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            call.request("GET", target, headers={"user-agent": "nameplate", "accept": "*/*"})
            answer = call.getresponse()
            moved = answer.getheader("location")
            if answer.status in _MOVED and moved:
                return moved
            if answer.status != 200:
                raise _refused(host, f"it answers {answer.status}", "Check the address.")
            data = _body(answer, line, deadline, host)
            return Fetched(parts.geturl(), data, answer.getheader("content-type"))
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        raise _refused(host, f"it cannot be fetched ({error})", "Try again later.") from error


def _body(
    answer: http.client.HTTPResponse, line: socket.socket, deadline: float, host: str
) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_CHUNK):
        size += len(piece)
        if size > LARGEST:
            limit = f"it is larger than {LARGEST // 1_000_000} MB"
            raise _refused(host, limit, "Save the report and add it by command.")
        pieces.append(piece)
        line.settimeout(_left(deadline))
    return b"".join(pieces)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError(f"more than {SECONDS:g} seconds")
    return left


def _refused(where: str, problem: str, remedy: str) -> ReadError:
    return ReadError(problem, where=where[:200], remedy=remedy)
