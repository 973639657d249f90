"""People, their sessions, and the audit log of what they did."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from nameplate.errors import UsageError
from nameplate.web.accounts import passwords
from nameplate.web.accounts.file import opened
from nameplate.web.accounts.roles import ROLES, Role

IDLE, LONGEST = timedelta(hours=8), timedelta(days=7)
"""A session ends after so long without a request, and so long after log-in in any case."""
TRIES, WINDOW = 5, timedelta(minutes=15)
"""So many failed log-ins for a name, or ten times as many from an address, and one has to wait."""
_NAME = 40


class Person(msgspec.Struct, frozen=True):
    """Somebody with an account; an inactive one can no longer log in."""

    name: str
    role: Role
    active: bool = True
    made: str = ""


class Logged(NamedTuple):
    """A line of the audit log."""

    at: str
    who: str
    what: str
    about: str


class Accounts:
    """The accounts of one desk. ``clock`` gives the present as ISO 8601 (UTC)."""

    def __init__(self, path: Path, clock: Callable[[], str]) -> None:
        self.path = path
        self._clock = clock

    # People

    def people(self) -> list[Person]:
        """All accounts by name; the file need not be there yet."""
        if not self.path.exists():
            return []
        with opened(self.path) as db:
            found = db.execute("select name, role, active, made from people order by name")
            return [Person(n, r, bool(a), m) for n, r, a, m in found]

    def add(self, name: str, role: str, password: str, by: str = "command line") -> Person:
        """A new account; raises `UsageError` for a name that is taken or odd, a weak password."""
        clean = " ".join(name.split())
        if not clean or len(clean) > _NAME or not clean.isprintable():
            remedy = f"Choose a name of 1 to {_NAME} printable characters."
            raise UsageError(f"{name[:60]!r} cannot be a name", remedy=remedy)
        if role not in ROLES:
            raise UsageError(f"{role!r} is no role", remedy=f"Roles are {', '.join(ROLES)}.")
        kept, now = passwords.hashed(password), self._now()
        with opened(self.path) as db:
            if db.execute("select 1 from people where name = ?", (clean,)).fetchone():
                raise UsageError(f"{clean} has an account already", remedy="Choose another name.")
            row = (clean, role, kept, now)
            db.execute("insert into people (name, role, hash, made) values (?, ?, ?, ?)", row)
            _log(db, now, by, "person added", f"{clean} ({role})")
        return Person(clean, role, True, now)

    def change(
        self, name: str, by: str, *, role: str | None = None, active: bool | None = None,
        password: str | None = None,
    ) -> None:  # fmt: skip
        """Change an account; its sessions end. The last active administrator stays one."""
        kept = None if password is None else passwords.hashed(password)
        with opened(self.path) as db:
            old = db.execute("select role, active from people where name = ?", (name,)).fetchone()
            if old is None or (role is not None and role not in ROLES):
                raise UsageError(f"no account {name!r} or no role {role!r}", remedy="Reload.")
            new = (role or old[0], old[1] if active is None else int(active))
            if old == ("administrator", 1) and new != old and _administrators(db) == 1:
                remedy = "Make somebody else an administrator first."
                raise UsageError(f"{name} is the last administrator", remedy=remedy)
            db.execute("update people set role = ?, active = ? where name = ?", (*new, name))
            if kept is not None:
                db.execute("update people set hash = ? where name = ?", (kept, name))
            db.execute("delete from sessions where name = ?", (name,))
            told = f"{name}: {new[0]}, {'active' if new[1] else 'closed'}"
            _log(db, self._now(), by, "password set" if kept else "person changed", told)

    # Log-in and sessions

    def wait(self, name: str, source: str) -> int:
        """Seconds that the next try for this name or from this address has to wait."""
        since = self._later(-WINDOW)
        with opened(self.path) as db:
            db.execute("delete from tries where at < ?", (since,))
            by_name, first = _tries(db, "name", name)
            by_source, earliest = _tries(db, "source", source)
        if by_name < TRIES and by_source < TRIES * 10:
            return 0
        oldest = first if by_name >= TRIES else earliest
        passed = datetime.fromisoformat(self._now()) - datetime.fromisoformat(oldest)
        return max(1, int((WINDOW - passed).total_seconds()))

    def log_in(self, name: str, password: str, source: str) -> str | None:
        """A session's token for the right password of an active account; None otherwise."""
        with opened(self.path) as db:
            row = db.execute(
                "select hash from people where name = ? and active = 1", (name,)
            ).fetchone()
        good = passwords.matches(password, row[0] if row else None)
        token, now = secrets.token_urlsafe(32), self._now()
        with opened(self.path) as db:
            if not good:
                db.execute("insert into tries values (?, ?, ?)", (now, name[:_NAME], source))
                _log(db, now, name[:_NAME], "log-in refused", source)
                return None
            db.execute("delete from tries where name = ?", (name,))
            db.execute("delete from sessions where ends < ?", (now,))
            row = (_digest(token), name, now, now, self._later(LONGEST))
            db.execute("insert into sessions values (?, ?, ?, ?, ?)", row)
            _log(db, now, name, "log-in", source)
        return token

    def who(self, token: str | None) -> Person | None:
        """Whose session the token is, if it has not ended."""
        if not token or not self.path.exists():
            return None
        now, digest = self._now(), _digest(token)
        with opened(self.path, looking=True) as db:
            found = db.execute(
                "select p.name, p.role, s.seen from sessions s join people p using (name)"
                " where s.token = ? and s.ends > ? and s.seen > ? and p.active = 1",
                (digest, now, self._later(-IDLE)),
            ).fetchone()
        if found is not None and found[2] < self._later(-IDLE / 60):
            with opened(self.path) as db:
                db.execute("update sessions set seen = ? where token = ?", (now, digest))
        return None if found is None else Person(found[0], found[1])

    def log_out(self, token: str | None) -> None:
        """End the session."""
        if token:
            with opened(self.path) as db:
                db.execute("delete from sessions where token = ?", (_digest(token),))

    # Log, weights, secret

    def note(self, who: str, what: str, about: str = "") -> None:
        """Write a line into the audit log."""
        with opened(self.path) as db:
            _log(db, self._now(), who, what, about)

    def log(self, limit: int = 200) -> list[Logged]:
        """The newest lines of the audit log."""
        with opened(self.path) as db:
            query = "select at, who, what, about from log order by seq desc limit ?"
            return [Logged(*row) for row in db.execute(query, (limit,))]

    def weights(self) -> dict[str, float]:
        """How much a publisher's word counts; 1 for those not named."""
        with opened(self.path, looking=True) as db:
            return dict(db.execute("select source, weight from weights").fetchall())

    def weigh(self, source: str, weight: float, by: str) -> None:
        """Give a publisher a weight between 0 and 3."""
        kept = min(max(weight, 0.0), 3.0)
        with opened(self.path) as db:
            db.execute("insert or replace into weights values (?, ?)", (source, kept))
            _log(db, self._now(), by, "source weighed", f"{source}: {kept:g}")

    def secret(self) -> bytes:
        """A key of this desk, for the tokens in its forms; made at the first call."""
        with opened(self.path) as db:
            made = ("forms", secrets.token_hex(32))
            db.execute("insert or ignore into secrets values (?, ?)", made)
            query = "select value from secrets where name = 'forms'"
            return bytes.fromhex(db.execute(query).fetchone()[0])

    def _now(self) -> str:
        return self._later(timedelta())

    def _later(self, by: timedelta) -> str:
        moment = datetime.fromisoformat(self._clock()) + by
        return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _log(db: sqlite3.Connection, at: str, who: str, what: str, about: str) -> None:
    row = (at, who, what, about[:500])
    db.execute("insert into log (at, who, what, about) values (?, ?, ?, ?)", row)


def _administrators(db: sqlite3.Connection) -> int:
    query = "select count(*) from people where role = 'administrator' and active = 1"
    return int(db.execute(query).fetchone()[0])


def _tries(db: sqlite3.Connection, column: str, value: str) -> tuple[int, str]:
    query = f"select count(*), coalesce(min(at), '') from tries where {column} = ?"
    count, first = db.execute(query, (value,)).fetchone()
    return int(count), str(first)


def _digest(token: str) -> str:
    """What is kept of a token: whoever reads the file cannot use its sessions."""
    return hashlib.sha256(token.encode()).hexdigest()
