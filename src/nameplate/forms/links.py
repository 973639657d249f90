"""Signed links, kept beside the ledger in ``LEDGER.forms``: SQLite, readable by its owner alone.

A token names its link and its last second and is signed with a key of this ledger (HMAC-SHA256), so
that nobody can make one or prolong one. The file says what the link is for, and whether it was taken
back.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

from nameplate import private_file
from nameplate.claim.returns import Mapping, load
from nameplate.errors import UsageError
from nameplate.find.edtf import interval
from nameplate.model import Record

LONGEST_DAYS = 120
POSTS, WINDOW = 40, timedelta(minutes=15)
"""So many times a link may be sent to in this time; of wrong links from one address as many."""
_NAME = 200
_TOKEN = re.compile(r"([0-9a-f]{16})\.([0-9a-f]{1,12})\.([\w-]{43})", re.ASCII)
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")

_TABLES = """
create table secrets (name text primary key, value text not null) strict;
create table links (
  id text primary key, subject text not null, mapping text not null, period text,
  ends integer not null, made text not null, author text not null, revoked text
) strict;
create table tries (at text not null, what text not null) strict;
create index tries_at on tries (at);
create table mappings (name text primary key, body text not null, made text not null) strict;
"""
_LAYOUT = private_file.Layout("form links", _TABLES, 1)


class Link(Record, frozen=True, kw_only=True):
    """A link: whose return it is for (the name as returns write it), of when, and until when.

    ``ends`` is in seconds since 1970 (UTC); ``revoked`` when it was taken back.
    """

    id: str
    subject: str
    mapping: Mapping
    ends: int
    when: str | None = None
    made: str = ""
    author: str = ""
    revoked: str | None = None

    @property
    def address(self) -> str:
        """The source of what is sent by it: a second submission is a new version of the first."""
        return f"form:{self.id}"


class Wish(Record, frozen=True, kw_only=True):
    """A link to be made: for whom, with which mapping (TOML), of when, for how many days."""

    subject: str
    mapping: str
    when: str | None = None
    days: int = 14
    author: str = "command line"


class Links:
    """The links of one ledger. ``clock`` gives the present as ISO 8601 (UTC)."""

    def __init__(self, path: Path, clock: Callable[[], str]) -> None:
        self.path = path
        self._clock = clock

    def make(self, wish: Wish) -> Link:
        """A new link; raises `UsageError` for a wish that cannot be one."""
        mapping = load(wish.mapping, name="the mapping")
        subject = " ".join(wish.subject.split())
        if not subject or len(subject) > _NAME or _HIDDEN.search(subject):
            raise UsageError(
                f"{wish.subject[:60]!r} cannot be whose return it is",
                remedy="Give the name as returns write it.",
            )
        when = wish.when or mapping.when
        if when is None or interval(when) is None:
            problem = f"{when!r} is no date" if when else "it is not said of when the figures are"
            raise UsageError(problem, remedy="Write 2025, 2025-06 or 2025-06-30.")
        if not 1 <= wish.days <= LONGEST_DAYS:
            raise UsageError(
                f"a link cannot last {wish.days} days", remedy=f"Give 1 to {LONGEST_DAYS} days."
            )
        if not mapping.column:
            raise UsageError("the mapping has no columns", remedy="Map at least one.")
        link = Link(
            id=secrets.token_hex(8), subject=subject, mapping=mapping, when=when,
            ends=self._seconds() + wish.days * 86_400, made=self._now(), author=wish.author,
        )  # fmt: skip
        row = (link.id, subject, wish.mapping, when, link.ends, link.made, link.author, None)
        with self._opened() as db:
            db.execute("insert into links values (?, ?, ?, ?, ?, ?, ?, ?)", row)
        return link

    def token(self, link: Link) -> str:
        """The signed token of a link: what its address ends with."""
        return f"{link.id}.{link.ends:x}.{self._signature(link.id, link.ends)}"

    def read(self, token: str) -> Link | None:
        """The link of a token that this ledger signed, be it over or not; None for any other."""
        found = _TOKEN.fullmatch(token)
        if found is None or not self.path.exists():
            return None
        id, ends = found[1], int(found[2], 16)
        if not hmac.compare_digest(self._signature(id, ends), found[3]):
            return None
        link = self._one(id)
        return link if link is not None and link.ends == ends else None

    def state(self, link: Link) -> str:
        """``open``, ``expired`` or ``revoked``."""
        if link.revoked is not None:
            return "revoked"
        return "expired" if self._seconds() >= link.ends else "open"

    def all(self) -> list[Link]:
        """All links, the newest first."""
        if not self.path.exists():
            return []
        with self._opened() as db:
            found = db.execute("select * from links order by made desc, id").fetchall()
        return [_link(row) for row in found]

    def revoke(self, beginning: str) -> Link:
        """Take back the link whose id begins so; raises `UsageError` if there is not one."""
        found = [link for link in self.all() if beginning and link.id.startswith(beginning)]
        if len(found) != 1:
            problem = "there is no such link" if not found else "several links begin so"
            raise UsageError(problem, remedy="`nameplate form list` shows their ids.")
        with self._opened() as db:
            query = "update links set revoked = ? where id = ? and revoked is null"
            db.execute(query, (self._now(), found[0].id))
        link = self._one(found[0].id)
        assert link is not None
        return link

    def wait(self, what: str) -> int:
        """Note one more try of ``what``; the seconds that it has to wait, 0 if it may go on."""
        now, since = self._now(), self._later(-WINDOW)
        with self._opened() as db:
            db.execute("delete from tries where at < ?", (since,))
            query = "select count(*), coalesce(min(at), '') from tries where what = ?"
            count, first = db.execute(query, (what[:200],)).fetchone()
            if count >= POSTS:
                passed = datetime.fromisoformat(now) - datetime.fromisoformat(first)
                return max(1, int((WINDOW - passed).total_seconds()))
            db.execute("insert into tries values (?, ?)", (now, what[:200]))
        return 0

    # Mappings that were used, so that a link need not bring its own

    def keep_mapping(self, name: str, body: str) -> None:
        """Keep a mapping under the name of its return; a newer one takes its place."""
        with self._opened() as db:
            row = (name[:120], body, self._now())
            db.execute("insert or replace into mappings values (?, ?, ?)", row)

    def mappings(self) -> dict[str, str]:
        """The mappings that are kept, the newest first, as TOML by name."""
        if not self.path.exists():
            return {}
        with self._opened() as db:
            found = db.execute("select name, body from mappings order by made desc, name limit 200")
            return dict(found.fetchall())

    def _one(self, id: str) -> Link | None:
        with self._opened() as db:
            row = db.execute("select * from links where id = ?", (id,)).fetchone()
        return _link(row) if row else None

    def _signature(self, id: str, ends: int) -> str:
        made = hmac.new(self._key(), f"{id}.{ends:x}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).decode().rstrip("=")

    def _key(self) -> bytes:
        with self._opened() as db:
            made = ("links", secrets.token_hex(32))
            db.execute("insert or ignore into secrets values (?, ?)", made)
            query = "select value from secrets where name = 'links'"
            return bytes.fromhex(db.execute(query).fetchone()[0])

    def _now(self) -> str:
        return self._later(timedelta())

    def _seconds(self) -> int:
        return int(datetime.fromisoformat(self._clock()).timestamp())

    def _later(self, by: timedelta) -> str:
        moment = datetime.fromisoformat(self._clock()) + by
        return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")

    def _opened(self) -> AbstractContextManager[sqlite3.Connection]:
        """One transaction on the file."""
        return private_file.opened(self.path, _LAYOUT)


def _link(row: tuple[str, str, str, str | None, int, str, str, str | None]) -> Link:
    id, subject, mapping, when, ends, made, author, revoked = row
    return Link(
        id=id, subject=subject, mapping=load(mapping, name="a kept mapping"), when=when, ends=ends,
        made=made, author=author, revoked=revoked,
    )  # fmt: skip
