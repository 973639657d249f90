"""Feeds followed politely: the pages that they name and that are new, into an archive."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from nameplate.batch.kept import Kept, Seen
from nameplate.batch.manners import ForbiddenError, Manners
from nameplate.errors import ReadError
from nameplate.model import Failure, Record
from nameplate.read.feeds import Entry, Feed, read_feed
from nameplate.read.fetching import Answer, Rules, ask

_DEEPEST = 2
_MOST_FEEDS = 200
_LOOK_AHEAD = 50
"""Pages among which one of a host that may be asked now is looked for."""
_PASSING = frozenset((408, 425, 429))
_AGAIN = "Run it again later."


class _GoneError(ReadError):
    """A page that will not be had later either."""


class Wishes(Record, frozen=True, kw_only=True):
    """What is harvested and how politely: ``most`` pages a run, ``delay`` seconds between two requests
    to a host, ``largest`` bytes of a page, ``seconds`` for one request. ``loopback`` is for tests alone.
    """

    feeds: tuple[str, ...]
    out: Path
    most: int = 500
    delay: float = 2.0
    largest: int = 10_000_000
    seconds: float = 20.0
    loopback: bool = False


class Fetched(Record, frozen=True, kw_only=True):
    """A page that is new or was changed, and now lies in the archive."""

    address: str


class Unchanged(Record, frozen=True, kw_only=True):
    """A feed or page that is as it was."""

    address: str


News = Fetched | Unchanged | Failure


def harvest(
    wishes: Wishes, now: Callable[[], str], manners: Manners | None = None
) -> Iterator[News]:
    """Ask the feeds, then the pages that they name; each is said as it ends. ``now`` is ISO 8601, UTC."""
    rules = Rules(
        largest=wishes.largest, seconds=wishes.seconds, loopback=wishes.loopback, follow=False
    )

    def asked(address: str, headers: dict[str, str]) -> Answer:
        return ask(address, headers, rules=rules)

    yield from _Harvest(
        wishes, Kept(wishes.out), manners or Manners(asked, wishes.delay), now
    ).run()


class _Harvest:
    def __init__(
        self, wishes: Wishes, kept: Kept, manners: Manners, now: Callable[[], str]
    ) -> None:
        self.wishes, self.kept, self.manners, self.now = wishes, kept, manners, now
        self.pages: dict[str, Entry] = {}
        self.waiting: list[tuple[Entry, Answer]] = []
        self.later = False

    def run(self) -> Iterator[News]:
        yield from self._feeds()
        waiting = deque(self.pages.values())
        fetched = 0
        while waiting and fetched < self.wishes.most:
            entry = self._readiest(waiting)
            for news in self._page(entry):
                fetched += isinstance(news, Fetched)
                yield news
        if not waiting and not self.later:
            self._feeds_done()

    def _feeds(self) -> Iterator[News]:
        """Ask the feeds, and those that indexes name, for the pages that are wanted."""
        queue = deque((Entry(address=a), 0) for a in dict.fromkeys(self.wishes.feeds))
        met = set(self.wishes.feeds)
        while queue:
            entry, depth = queue.popleft()
            try:
                answer = self._ask(entry.address)
                if answer is None:
                    yield Unchanged(address=entry.address)
                    continue
                found = read_feed(answer.data, address=entry.address)
            except ReadError as error:
                yield Failure(
                    where=entry.address, problem=error.problem, remedy=error.remedy or _AGAIN
                )
                continue
            self._want(found)
            self.waiting.append((entry, answer))
            if depth < _DEEPEST:
                new = [f for f in found.feeds if f.address not in met][: _MOST_FEEDS - len(met)]
                met |= {f.address for f in new}
                queue.extend((f, depth + 1) for f in new)

    def _feeds_done(self) -> None:
        """Note the feeds as seen, now that all that they name was asked for: not before, or what a
        stop left out would be missed, since a feed that is unchanged is not read again."""
        for entry, answer in self.waiting:
            self._note(entry, answer, feed=True)

    def _want(self, found: Feed) -> None:
        for entry in found.pages:
            seen = self.kept.seen.get(entry.address)
            if (
                seen is None
                or seen.status >= 400
                or (entry.changed and entry.changed != seen.changed)
            ):
                self.pages.setdefault(entry.address, entry)

    def _readiest(self, waiting: deque[Entry]) -> Entry:
        """The first page of a host that may be asked now, or the one to wait the least for."""
        some = [waiting[i] for i in range(min(len(waiting), _LOOK_AHEAD))]
        best = min(some, key=lambda entry: self.manners.ready(entry.address))
        waiting.remove(best)
        return best

    def _page(self, entry: Entry) -> Iterator[News]:
        try:
            answer = self._ask(entry.address)
        except ReadError as error:
            self.later |= not isinstance(error, (ForbiddenError, _GoneError))
            yield Failure(where=entry.address, problem=error.problem, remedy=error.remedy or _AGAIN)
            return
        if answer is None:
            seen = self.kept.seen[entry.address]
            self._note(entry, Answer(entry.address, 200, _headers(seen), b""))
            yield Unchanged(address=entry.address)
            return
        self.kept.keep(entry.address, answer, self.now())
        self._note(entry, answer)
        yield Fetched(address=entry.address)

    def _ask(self, address: str) -> Answer | None:
        """The answer, None if it is as it was; raises ReadError for anything else."""
        answer = self.manners.fetch(address, self.kept.conditions(address))
        if answer.status == 304:
            return None
        if answer.status != 200:
            gone = 400 <= answer.status < 500 and answer.status not in _PASSING
            raise (_GoneError if gone else ReadError)(
                f"it answers {answer.status}", where=address, remedy=_AGAIN
            )
        return answer

    def _note(self, entry: Entry, answer: Answer, *, feed: bool = False) -> None:
        self.kept.note(
            Seen(
                address=entry.address,
                when=self.now(),
                status=answer.status,
                archive=0,
                etag=answer.headers.get("etag"),
                modified=answer.headers.get("last-modified"),
                changed=entry.changed,
                feed=feed,
            )
        )


def _headers(seen: Seen) -> dict[str, str]:
    given = {"etag": seen.etag, "last-modified": seen.modified}
    return {name: value for name, value in given.items() if value}
