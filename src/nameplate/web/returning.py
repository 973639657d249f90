"""Returns on their way in: a mapping is drafted, mended, checked and looked at before anything is taken.

A return is worked on by one thread at a time and kept in memory for an hour; nothing of it is in the
ledger before it is taken.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from nameplate.claim.returns import Mapping, Return, problems
from nameplate.errors import NameplateError, UsageError
from nameplate.ledger import Ledger
from nameplate.lexicon.messages import told
from nameplate.model import Failure
from nameplate.read import Limits
from nameplate.read.sheet import Sheet, read_sheets
from nameplate.returns import Given, keep, suggest_bytes, take_bytes, the_sheet

_KEPT, _AGE = 12, 3600.0
_AGAIN = "Correct it and upload it again."
LARGEST = 40_000_000
"""Bytes of one return."""


@dataclass
class Pending:
    """One return of one person.

    ``state``: ``reading``, ``checking`` or ``taking`` while the thread works; ``draft`` (a mapping is to
    be looked at), ``checked`` (what it gives can be seen), ``failed`` or ``taken``.
    """

    author: str
    given: Given
    state: str = "reading"
    sheets: list[Sheet] = field(default_factory=list)
    mapping: Mapping | None = None
    notes: tuple[str, ...] = ()
    wrong: list[str] = field(default_factory=list)
    preview: Return | None = None
    problem: str = ""
    remedy: str = ""
    outcome: str = ""
    document: str = ""
    begun: float = field(default_factory=time.monotonic)

    @property
    def sheet(self) -> Sheet:
        """The sheet that the mapping is for."""
        if self.mapping is None or self.mapping.sheet is None:
            return self.sheets[0]
        return the_sheet(self.sheets, self.mapping, self.given.name)


class Returning:
    """The returns that people of a desk are about to take; shared by all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pending: OrderedDict[str, Pending] = OrderedDict()

    def begin(self, author: str, given: Given, mapping: Mapping | None) -> str:
        """Start to read and to draft, or to check with a mapping that is there; the key comes back."""
        key, one = secrets.token_urlsafe(12), Pending(author, given, mapping=mapping)
        with self._lock:
            self._pending[key] = one
            while len(self._pending) > _KEPT:
                self._pending.popitem(last=False)
        self._work(one, lambda: _read(one))
        return key

    def of(self, key: str, author: str) -> Pending:
        """The return, for whoever began it; raises `UsageError` for any other."""
        found = self._pending.get(key)
        if found is None or found.author != author or time.monotonic() - found.begun > _AGE:
            raise UsageError("this return is no longer here", remedy="Upload it again.")
        return found

    def check(self, one: Pending, mapping: Mapping) -> None:
        """See what the mapping gives."""
        self._begin(one, ("draft", "checked"), "checking")
        one.mapping, one.preview, one.wrong = mapping, None, []
        self._work(one, lambda: _check(one))

    def take(self, one: Pending, ledger: Ledger) -> None:
        """Append what was looked at."""
        self._begin(one, ("checked",), "taking")
        self._work(one, lambda: _take(one, ledger))

    def _begin(self, one: Pending, states: tuple[str, ...], state: str) -> None:
        with self._lock:
            if one.state not in states:
                raise UsageError("this return is being worked on", remedy="Reload the page.")
            one.state = state

    def _work(self, one: Pending, step: Callable[[], None]) -> None:
        threading.Thread(target=_guarded, args=(one, step), daemon=True).start()


def _guarded(one: Pending, step: Callable[[], None]) -> None:
    try:
        step()
    except NameplateError as error:
        one.problem, one.remedy, one.state = error.problem, error.remedy, "failed"
    except Exception as error:  # whatever a file holds, the page says that it failed
        one.problem, one.state = told("file_unread", error=type(error).__name__), "failed"


def _read(one: Pending) -> None:
    limits = Limits(size=LARGEST)
    one.sheets = read_sheets(one.given.data, name=one.given.name, limits=limits)
    if one.mapping is not None:
        _check(one)
        return
    drafted = suggest_bytes(one.given, limits=limits)
    one.mapping, one.notes = drafted.mapping, drafted.notes
    one.state = "draft"


def _check(one: Pending) -> None:
    mapping = one.mapping
    assert mapping is not None
    try:
        one.wrong = problems(mapping, one.sheet)
    except UsageError as error:  # another sheet is meant
        one.wrong = [error.problem]
        one.mapping = msgspec.structs.replace(mapping, sheet=None)
    if one.wrong:
        one.state = "draft"
        return
    one.preview = take_bytes(one.given, mapping, limits=Limits(size=LARGEST))
    one.state = "checked"


def _take(one: Pending, ledger: Ledger) -> None:
    assert one.preview is not None
    done = keep(ledger, one.given, one.preview)
    assert done.added is not None
    one.outcome, one.document = done.added.status, done.added.document_key
    one.state = "taken"


def failed(ledger: Ledger, one: Pending) -> None:
    """Record a return that could not be read, so that it can be looked at and tried again."""
    ledger.record_failure(
        Failure(where=one.given.name, problem=one.problem, remedy=one.remedy or _AGAIN)
    )
