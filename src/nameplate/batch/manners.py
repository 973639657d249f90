"""Manners on the web: what a host asks of robots is done, and it is asked seldom.

A host without robots.txt allows everything; one whose robots.txt cannot be had allows nothing for now
(RFC 9309). Between two requests to a host lies at least the delay, or what the host asks for, or what it
demands when it is busy (429, 503).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from nameplate.errors import ReadError
from nameplate.read.fetching import AGENT, HOPS, MOVED, Answer

_LONGEST_DELAY = 60.0
_LONGEST_BUSY = 600.0
_BUSY = frozenset((429, 503))
Ask = Callable[[str, dict[str, str]], Answer]


class ForbiddenError(ReadError):
    """A host does not want an address to be fetched."""


class Manners:
    """What hosts allow and when each may be asked next. ``clock`` counts seconds, ``sleep`` waits."""

    def __init__(
        self,
        ask: Ask,
        delay: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._ask, self.delay, self._clock, self._sleep = ask, delay, clock, sleep
        self._robots: dict[str, RobotFileParser | str] = {}
        self._next: dict[str, float] = {}
        self._busy: dict[str, int] = {}

    def fetch(self, address: str, headers: dict[str, str]) -> Answer:
        """The answer at the end of all redirections, each of which must be allowed as well."""
        for _ in range(HOPS + 1):
            self.check(address)
            answer = self.ask(address, headers)
            onward = _onward(address, answer)
            if onward is None:
                return answer
            address = onward
        raise ReadError("it leads from one address to the next", where=address)

    def check(self, address: str) -> None:
        """Raise ReadError with the reason if the address may not be fetched (now)."""
        host = _host(address)
        if host not in self._robots:
            self._robots[host] = self._rules(host)
        rules = self._robots[host]
        if isinstance(rules, str):
            problem = f"the host's robots.txt cannot be had ({rules})"
            raise ReadError(problem, where=address, remedy="Check the address, or try again later.")
        if not rules.can_fetch(AGENT, address):
            raise ForbiddenError(
                "the host's robots.txt forbids it",
                where=address,
                remedy="Ask the site for its reports.",
            )

    def ask(self, address: str, headers: dict[str, str]) -> Answer:
        """Ask when it is polite to; raises ReadError where nothing can be had, or the host is busy."""
        host = _host(address)
        if self._busy.get(host, 0) > 1:
            raise ReadError("the host is busy", where=address, remedy="Run it again later.")
        wait = self._next.get(host, 0.0) - self._clock()
        if wait > 0:
            self._sleep(wait)
        try:
            answer = self._ask(address, headers)
        finally:
            self._next[host] = self._clock() + self._pause(host)
        if answer.status in _BUSY:
            self._busy[host] = self._busy.get(host, 0) + 1
            self._next[host] = self._clock() + _retry_after(answer)
        return answer

    def ready(self, address: str) -> float:
        """Seconds until the address' host may be asked."""
        return max(0.0, self._next.get(_host(address), 0.0) - self._clock())

    def _pause(self, host: str) -> float:
        rules = self._robots.get(host)
        asked = rules.crawl_delay(AGENT) if isinstance(rules, RobotFileParser) else None
        return max(self.delay, min(float(asked or 0), _LONGEST_DELAY))

    def _rules(self, host: str) -> RobotFileParser | str:
        """What the host's robots.txt says, or why it cannot be had."""
        rules, address = RobotFileParser(), f"{host}/robots.txt"
        try:
            for _ in range(HOPS + 1):
                answer = self.ask(address, {})
                onward = _onward(address, answer)
                if onward is None:
                    break
                address = onward
        except ReadError as error:
            return error.problem
        if answer.status >= 500 or answer.status == 429:
            return f"it answers {answer.status}"
        text = answer.data.decode("utf-8", "replace") if answer.status == 200 else ""
        rules.parse(text[:500_000].splitlines())
        return rules


def _host(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _onward(address: str, answer: Answer) -> str | None:
    moved = answer.headers.get("location")
    return urljoin(address, moved) if answer.status in MOVED and moved else None


def _retry_after(answer: Answer) -> float:
    said = answer.headers.get("retry-after", "")
    return min(float(said), _LONGEST_BUSY) if said.isdecimal() else _LONGEST_DELAY
