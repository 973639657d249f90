"""Reports on their way in: read and looked at first, entered when somebody says so.

A batch is worked on by one thread and kept in memory for an hour; nothing of it is in the ledger
before it is entered.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from nameplate.errors import NameplateError, UsageError
from nameplate.ledger import Ledger
from nameplate.lexicon.messages import told
from nameplate.model import Claim, Document, Extraction, Failure, Rejection
from nameplate.pipeline import add_document, dated, extract, settle

_KEPT, _AGE = 40, 3600.0

Reader = Callable[[], tuple[Document, bytes]]
"""Reads one report, which may take a while; raises `NameplateError` for one that cannot be read."""


class Staged(msgspec.Struct, frozen=True):
    """One report of a batch: what was found in it, or why it could not be read."""

    name: str
    document: Document | None = None
    data: bytes = b""
    claims: tuple[Claim, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    problem: str = ""
    remedy: str = ""
    entered: str = ""


@dataclass
class Batch:
    """Reports added together by one person; ``state`` is reading, ready or entered."""

    author: str
    total: int
    state: str = "reading"
    items: list[Staged] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)


class Staging:
    """The batches of a desk; shared by all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._batches: OrderedDict[str, Batch] = OrderedDict()

    def begin(self, author: str, readers: Sequence[tuple[str, Reader]]) -> str:
        """Start reading; the key of the batch comes back at once."""
        key, batch = secrets.token_urlsafe(12), Batch(author, len(readers))
        with self._lock:
            self._batches[key] = batch
            while len(self._batches) > _KEPT:
                self._batches.popitem(last=False)
        threading.Thread(target=_read_all, args=(batch, readers), daemon=True).start()
        return key

    def batch(self, key: str, author: str) -> Batch:
        """The batch, for whoever began it; raises `UsageError` for any other."""
        found = self._batches.get(key)
        late = found is not None and time.monotonic() - found.begun > _AGE
        if found is None or found.author != author or late:
            raise UsageError("these reports are no longer here", remedy="Add them again.")
        return found

    def enter(self, key: str, author: str, ledger: Ledger) -> list[Staged]:
        """Append every readable report of the batch, once."""
        batch = self.batch(key, author)
        with self._lock:
            if batch.state != "ready":
                raise UsageError("these reports are not ready", remedy="Reload the page.")
            batch.state = "entered"
        batch.items = [_entered(item, ledger) for item in batch.items]
        settle(ledger, [i.document.key for i in batch.items if i.document and i.entered in _NEWS])
        return batch.items


_NEWS = ("new", "version")
"""What the ledger says of a report that it did not know."""


def _read_all(batch: Batch, readers: Sequence[tuple[str, Reader]]) -> None:
    for name, reader in readers:
        batch.items.append(_staged(name, reader))
    batch.state = "ready"


def _staged(name: str, reader: Reader) -> Staged:
    try:
        document, data = reader()
        whole = dated(document)
        found: Extraction = extract(whole)
    except NameplateError as error:
        return Staged(name, problem=error.problem, remedy=error.remedy)
    except Exception as error:  # a batch goes on after any report
        return Staged(name, problem=told("file_unread", error=type(error).__name__))
    return Staged(name, whole, data, found.claims, found.rejected)


def _entered(item: Staged, ledger: Ledger) -> Staged:
    if item.document is None:
        remedy = item.remedy or "Save the report again and add it."
        ledger.record_failure(Failure(where=item.name, problem=item.problem, remedy=remedy))
        return item
    done = add_document(ledger, item.document, item.data)
    return msgspec.structs.replace(item, entered=done.status, data=b"")
