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
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from nameplate.errors import ReadError

LARGEST, SECONDS, HOPS = 20_000_000, 20.0, 4
_PORTS = {"http": 80, "https": 443}
MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65536

_SAFE = "/?&=%:@!$'()*+,;~#[]"
AGENT = "nameplate"
NO_HEADERS: Mapping[str, str] = MappingProxyType({})

Resolver = Callable[[str, int], list[str]]
"""Host and port to the addresses of the host, as numbers."""


class Fetched(NamedTuple):
    """What an address gave: its last address, the bytes, their type as declared."""

    address: str
    data: bytes
    media_type: str | None


class Answer(NamedTuple):
    """One answer: the address that gave it, its status, its headers in lower case, its bytes."""

    address: str
    status: int
    headers: Mapping[str, str]
    data: bytes


class Rules(NamedTuple):
    """Bounds of a request, in bytes and seconds. ``loopback`` lets tests call this very machine;
    without ``follow`` a redirection is an answer like any other.
    """

    largest: int = LARGEST
    seconds: float = SECONDS
    loopback: bool = False
    follow: bool = True


RULES = Rules()


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _refused(host, "the name is not known", "Check the address.") from error
    return [str(entry[4][0]) for entry in found]


def fetch(address: str, resolver: Resolver = resolve) -> Fetched:
    """The bytes at ``address``; raises `ReadError` for what must not or cannot be fetched."""
    answer = ask(address, resolver=resolver)
    if answer.status != 200:
        raise _refused(
            urlsplit(answer.address).hostname or "",
            f"it answers {answer.status}",
            "Check the address.",
        )
    return Fetched(answer.address, answer.data, answer.headers.get("content-type"))


def ask(
    address: str,
    headers: Mapping[str, str] = NO_HEADERS,
    *,
    rules: Rules = RULES,
    resolver: Resolver = resolve,
) -> Answer:
    """What an address answers, whatever the status; raises `ReadError` where nothing can be had."""
    deadline = time.monotonic() + rules.seconds
    for _ in range(HOPS + 1):
        parts = _parts(address, rules)
        place = public_place(parts, resolver, rules)
        answer = _get(parts, place, headers, rules, deadline)
        moved = answer.headers.get("location")
        if answer.status not in MOVED or not moved or not rules.follow:
            return answer
        address = urljoin(address, moved)
    raise _refused(address, "it leads from one address to the next", "Give the last one.")


def fetch_range(address: str, offset: int, length: int, *, rules: Rules = RULES) -> bytes:
    """Some bytes of a file at an address; raises ReadError if they cannot be had alone."""
    wanted = {"range": f"bytes={offset}-{offset + length - 1}"}
    answer = ask(address, wanted, rules=rules._replace(largest=max(length, 1)))
    if answer.status != 206:
        raise _refused(
            address,
            f"it answers {answer.status} to a request for a part",
            "Check the address that the archives are fetched from.",
        )
    return answer.data


def _parts(address: str, rules: Rules = RULES) -> SplitResult:
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise _refused(address, "this is no address", "Begin with https://.") from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        raise _refused(address, "this is no address of a page", "Begin with https://.")
    if port not in {None, _PORTS[parts.scheme]} and not rules.loopback:
        raise _refused(address, f"port {port} is not fetched from", "Save the page and drop it.")
    return parts


def public_place(parts: SplitResult, resolver: Resolver, rules: Rules = RULES) -> str:
    """The address to connect to; refuses a host that has any address that is not public."""
    host = parts.hostname or ""
    found = resolver(host, _PORTS[parts.scheme])
    if rules.loopback and found and all(map(_is_loopback, found)):
        return found[0]
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


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _get(
    parts: SplitResult, place: str, headers: Mapping[str, str], rules: Rules, deadline: float
) -> Answer:
    """The answer to one request."""
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    try:
        with socket.create_connection((place, port), _left(deadline)) as plain:
            line = plain
            if parts.scheme == "https":
                context = ssl.create_default_context()
                line = context.wrap_socket(plain, server_hostname=host)
            call = http.client.HTTPConnection(host, port)
            call.sock = line
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            given = {"user-agent": AGENT, "accept": "*/*", **headers}
            call.request("GET", quote(target, safe=_SAFE), headers=given)
            answer = call.getresponse()
            said = {name.lower(): value for name, value in answer.getheaders()}
            empty = answer.status in MOVED or answer.status >= 400
            data = b"" if empty else _body(answer, line, deadline, host, rules.largest)
            return Answer(parts.geturl(), answer.status, said, data)
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        raise _refused(host, f"it cannot be fetched ({error})", "Try again later.") from error


def _body(
    answer: http.client.HTTPResponse,
    line: socket.socket,
    deadline: float,
    host: str,
    largest: int,
) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_CHUNK):
        size += len(piece)
        if size > largest:
            limit = f"it is larger than {largest / 1e6:,.0f} MB"
            raise _refused(host, limit, "Save the report and add it by command.")
        pieces.append(piece)
        line.settimeout(_left(deadline))
    if answer.length:  # as http.client counts down what was announced
        raise ValueError(f"{answer.length:,} bytes are missing")
    return b"".join(pieces)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError(f"more than {SECONDS:g} seconds")
    return left


def _refused(where: str, problem: str, remedy: str) -> ReadError:
    return ReadError(problem, where=where[:200], remedy=remedy)
