"""The ledger as the pages see it: its lists from the board, single things from the ledger itself."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec

from nameplate.answer.shelf import Shelf
from nameplate.errors import UsageError
from nameplate.ledger import ClaimFilter, Ledger
from nameplate.ledger.yearly import Years
from nameplate.model import Document, Entity, Entry, Finding
from nameplate.pipeline import LINKER, entity_of
from nameplate.pipeline import entities as known_entities
from nameplate.target import Target
from nameplate.web.beside import board_of
from nameplate.web.board import Board
from nameplate.web.board.bits import Index
from nameplate.web.board.keeper import Keeper, Pending, fill
from nameplate.web.board.making import Apart, Order
from nameplate.web.problems import MissingError, WorkingError

log = logging.getLogger("nameplate.web")

Made = TypeVar("Made")

_TEXTS_KEPT, _DOCUMENTS_KEPT = 1000, 64
_DAYS_KEPT = 4
"""Boards of days of the past that are kept."""

_MADE_KEPT = 12
"""What pages worked out from the whole ledger (`Desk.kept`), so many of them."""

_AT_ONCE = 400
"""So many things are worked out while the reader waits; more are while the last state is shown."""

_PATIENCE = 30.0
"""Seconds after which what failed is tried again."""

_APART = 4_000
"""More things than so many are worked out by processes of their own."""

_SMALL = 2_000
"""Up to so many reports a day of the past is worked out while the reader waits."""

_WEIGHTS_KEPT = 5.0
"""Seconds for which the weights of sources are taken as they were."""


class Weights:
    """The weights of publishers, asked for anew every few seconds or when one was changed here."""

    def __init__(self, ask: Callable[[], dict[str, float]] = dict) -> None:
        self._ask = ask
        self._known: tuple[float, dict[str, float]] | None = None

    def __call__(self) -> dict[str, float]:
        now = time.monotonic()
        if self._known is None or now - self._known[0] > _WEIGHTS_KEPT:
            self._known = now, self._ask()
        return self._known[1]

    def forget(self) -> None:
        """Ask anew at the next look."""
        self._known = None


class View(msgspec.Struct, frozen=True):
    """The ledger at one moment: ``today`` is the day (ISO 8601) on which promises are judged.

    ``as_of`` is the day that the ledger is turned back to, or nothing for now. ``board`` and its
    ``index`` are missing in the past of a large ledger and while its board is made for the first time,
    for pages that need no list.
    """

    today: str
    as_of: str
    board: Board | None
    index: Index | None

    @property
    def lists(self) -> tuple[Board, Index]:
        """The board and its index, of a page that asked for them."""
        assert self.board is not None and self.index is not None
        return self.board, self.index


class Desk:
    """An open ledger with its boards; shared by all threads that answer requests."""

    def __init__(self, ledger: Ledger, clock: Callable[[], str], path: Path | None = None) -> None:
        self.ledger = ledger
        self.clock = clock
        self.weights = Weights()
        self.board = Board(path)
        self._keeper = Keeper(ledger, self.board.file)
        self._lock = threading.Lock()
        self.settled: Callable[[], None] = lambda: None
        """Called when much was worked out, and is at hand from then on."""
        self._target: str | None = None
        self._apart: Apart | None = None
        self._again, self._closed = 0.0, False
        self.done = 0
        """Things worked out so far, while there is nothing else to show."""
        self._state: tuple[object, ...] | None = None
        self._behind: threading.Thread | None = None
        self._days: OrderedDict[str, Board] = OrderedDict()
        self._turning: dict[str, threading.Thread] = {}
        self._kept: OrderedDict[tuple[str, ...], Any] = OrderedDict()
        self._kept_lock = threading.Lock()
        self._years: Years | None = None
        self._texts: dict[str, Document] = {}
        self._texts_lock = threading.Lock()
        self.document = lru_cache(maxsize=_DOCUMENTS_KEPT)(self._document)

    @classmethod
    def open(cls, target: str | Path | Target, *, clock: Callable[[], str]) -> Self:
        """Open the ledger at ``target``; it is not made if it is not there."""
        ledger = Ledger.open(target, create=False, clock=clock)
        desk = cls(ledger, clock, board_of(target))
        place = Target.of(target)
        desk._target = place.url if place.file is None else str(place.file)
        return desk

    def close(self) -> None:
        """Let go of the ledger."""
        self._closed = True
        if self._apart is not None:
            self._apart.stop()
        for thread in [*self._turning.values(), *([self._behind] if self._behind else [])]:
            thread.join()
        for board in [self.board, *self._days.values()]:
            board.close()
        self.ledger.close()

    def today(self) -> str:
        """The present day, UTC."""
        return self.clock()[:10]

    def view(self, as_of: str = "", *, lists: bool = True) -> View:
        """The ledger as it is now, or was known at the end of the day ``as_of``.

        ``lists``: the page needs the board. Raises `WorkingError` if that takes a while.
        """
        day = "" if as_of >= self.today() else as_of
        if not day:
            index = self.prepare()
            if index.size or not self._is_working():
                return View(self.today(), "", self.board, index)
            if lists:
                raise WorkingError("making", self.done)
            return View(self.today(), "", None, None)
        board = self._board_of(day, wait=lists)
        return View(day, day, board, board.index if board else None)

    # Now

    def prepare(self, tell: Callable[[int], None] = lambda done: None) -> Index:
        """Bring the board up to date; ``tell`` hears how many things are done.

        What takes a while goes on behind the reader's back, who sees the last state meanwhile, or
        is told to come again if there is none (`view`).
        """
        weights = self.weights()
        state = (self.ledger.stamp(), self.today(), tuple(sorted(weights.items())))
        if state == self._state or self._is_working():
            return self.board.index
        with self._lock:
            if state != self._state and not self._is_working():
                if not self.board.index.size and self._keeper.is_whole():
                    self.board.refresh()
                self._keeper.weigh(weights)
                self._state = state if self._work(weights, tell) else None
        return self.board.index

    def _is_working(self) -> bool:
        """Whether something goes on behind the reader's back, or has just failed to."""
        alive = self._behind is not None and self._behind.is_alive()
        return alive or time.monotonic() < self._again

    def _work(self, weights: dict[str, float], tell: Callable[[int], None]) -> bool:
        """Do what is little, begin what is much; whether the board is up to date."""
        small = self._is_small()
        pending: Pending | None = None
        if small or self.ledger.is_resolved(LINKER.rules):
            pending = self._keeper.pending(self.today())
            if pending is None or pending.size <= _AT_ONCE or small:
                if pending is not None:
                    self._keeper.catch_up(pending, weights, tell)
                self._take_up()
                return True
        work = partial(self._catch_up, pending, weights, tell)
        self._behind = threading.Thread(target=work, daemon=True)
        self._behind.start()
        return False

    def _take_up(self) -> None:
        """Read what the board's file has become."""
        self.board.refresh()
        self._years = self.ledger.pages.reports_by_year(known=self._years)

    def _catch_up(
        self, pending: Pending | None, weights: dict[str, float], tell: Callable[[int], None]
    ) -> None:
        """Work out what is pending, or all after the names are resolved."""

        def done(number: int) -> None:
            self.done = number
            tell(number)

        done(0)
        try:
            if self._target is not None and (pending is None or pending.size > _APART):
                order = Order(self._target, str(self.board.file.path), self.today(), weights)
                self._apart = Apart(order)
                if self._closed:
                    self._apart.stop()
                self._apart.wait(done)
            elif (left := pending or self._keeper.pending(self.today())) is not None:
                self._keeper.catch_up(left, weights, done)
            self._take_up()
            self.settled()
        except Exception as error:
            self._again = time.monotonic() + _PATIENCE
            if not self._closed:
                log.error("the desk could not be brought up to date", exc_info=error)

    def _is_small(self) -> bool:
        return self.ledger.pages.count_reports() <= _SMALL

    # The past

    def _board_of(self, day: str, *, wait: bool) -> Board | None:
        with self._lock:
            kept = self._days.get(day)
            if kept is not None:
                self._days.move_to_end(day)
                return kept
            if self._is_small():
                return self._keep(day, self._turned(day))
            if wait and day not in self._turning:
                work = threading.Thread(target=self._turn, args=(day,), daemon=True)
                self._turning[day] = work
                work.start()
        if wait:
            raise WorkingError("working")
        return None

    def _turn(self, day: str) -> None:
        try:
            board = self._turned(day)
            with self._lock:
                self._keep(day, board)
        except Exception as error:
            log.error("the desk could not be turned back to %s", day, exc_info=error)
        finally:
            self._turning.pop(day, None)

    def _turned(self, day: str) -> Board:
        """A board of that day; what was known then never changes."""
        known, entries = known_entities(self.ledger, day)
        board = Board(None)
        fill(board.file, known, entries, day)
        board.refresh()
        return board

    def _keep(self, day: str, board: Board) -> Board:
        self._days[day] = board
        while len(self._days) > _DAYS_KEPT:
            self._days.popitem(last=False)[1].close()
        return board

    # What a page works out from the whole ledger

    def kept(self, name: str, view: View, make: Callable[[], Made]) -> Made:
        """What ``make`` gives for the view, worked out anew once the ledger has changed."""
        key = (name, view.as_of, view.today, self.ledger.stamp())
        with self._kept_lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                known: Made = self._kept[key]
                return known
        made = make()  # other pages need not wait for it
        with self._kept_lock:
            self._kept[key] = made
            while len(self._kept) > _MADE_KEPT:
                self._kept.popitem(last=False)
        return made

    def at_hand(
        self, name: str, view: View, make: Callable[[], Made], *, wait: bool
    ) -> Made | None:
        """As `kept`, of a large ledger without working it out while the reader waits.

        There a thread makes it and `WorkingError` is raised until it is done (``wait``), or nothing is
        given and nothing begun: for a page that can do without.
        """
        if self.kept("small", view, self._is_small):
            return self.kept(name, view, make)
        key = (name, view.as_of, view.today, self.ledger.stamp())
        with self._kept_lock:
            if key in self._kept:
                made: Made = self._kept[key]
                return made
            if not wait:
                return None
            if name not in self._turning:
                work = threading.Thread(target=self._make, args=(name, view, make), daemon=True)
                self._turning[name] = work
                work.start()
        raise WorkingError("matching")

    def _make(self, name: str, view: View, make: Callable[[], Any]) -> None:
        try:
            self.kept(name, view, make)
        except Exception as error:
            log.error("the desk could not work out its %s", name, exc_info=error)
        finally:
            self._turning.pop(name, None)

    def years(self, view: View) -> dict[str, int]:
        """Reports by the year of their publication."""
        if view.as_of or self._years is None:
            return self.ledger.pages.reports_by_year(view.as_of).tally
        return self._years.tally

    # Single things

    def thing(self, key: str, view: View) -> tuple[Entity, Shelf]:
        """The thing of this id with what is said of it; in the past, what then held its claims."""
        if self._is_working() and not view.as_of and not self.ledger.is_resolved(LINKER.rules):
            raise WorkingError("making", self.done)
        try:
            if view.as_of and view.board is not None:
                kept = view.board.entity(key)
                if kept is not None:
                    return self._then(kept, view.as_of)
            return entity_of(self.ledger, key, view.as_of or None)
        except UsageError as error:
            raise MissingError("entity") from error

    def _then(self, entity: Entity, as_of: str) -> tuple[Entity, Shelf]:
        own = self.ledger.entries(ClaimFilter(keys=entity.claims), as_of)
        names = {entity.name, *(name for name, _ in entity.names)}
        return entity, Shelf([*own, *self.ledger.pages.about(names, as_of)])

    def findings_of(self, ids: list[str], view: View) -> dict[str, list[Finding]]:
        """What was found about these things, by id."""
        return view.lists[0].findings_of(ids)

    def entries_in(self, document_key: str, view: View) -> list[Entry]:
        """The claims of one version of a report, be it superseded or not."""
        return self.ledger.entries(ClaimFilter(document=document_key), view.as_of or None)

    def texts(self, keys: Iterable[str]) -> dict[str, Document]:
        """Documents by key with their words, read at once if they are not at hand."""
        wanted = set(keys)
        with self._texts_lock:
            found = {key: self._texts[key] for key in wanted & self._texts.keys()}
        if missing := wanted - found.keys():
            found |= (read := self.ledger.pages.texts(missing))
            with self._texts_lock:
                self._texts |= read
                while len(self._texts) > _TEXTS_KEPT:
                    del self._texts[next(iter(self._texts))]
        return found

    def _document(self, key: str, as_of: str = "") -> Document:
        try:
            found = self.ledger.pages.document(key, as_of)
            return found or self.ledger.document(key, as_of or None)
        except UsageError as error:
            raise MissingError("document") from error
