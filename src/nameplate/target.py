"""Where a ledger is: in a file, or in a database of a PostgreSQL server.

A `Target` prints without its password, so that no message, log or page can show it.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

_SERVERS = ("postgresql://", "postgres://", "postgresql+psycopg://")
_SECRET = re.compile(r"((?:ssl)?password=)[^&]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """A ledger's place: ``file`` is its path, or None for a server, which ``url`` names.

    ``url`` keeps the password; ``str`` leaves it out.
    """

    file: Path | None
    url: str = field(default="", repr=False)

    @classmethod
    def of(cls, given: str | Path | Target) -> Target:
        """The place that a path, an address or a target names; anything else is taken as a path."""
        if isinstance(given, Target):
            return given
        text = str(given)
        if "://" in text and not text.startswith("sqlite:///"):
            return cls(None, text)
        return cls(Path(text.removeprefix("sqlite:///")))

    @property
    def is_server(self) -> bool:
        """Whether it is a database of a PostgreSQL server."""
        return self.url.startswith(_SERVERS)

    def __str__(self) -> str:
        """The path, or the address without its password, however badly that is written."""
        if self.file is not None:
            return str(self.file)
        scheme, _, rest = self.url.partition("://")
        # Up to the last "@": a password may hold any sign that somebody forgot to encode.
        login, at, place = rest.rpartition("@")
        user, place = login.partition(":")[0], _SECRET.sub(r"\1…", place)
        return f"{scheme}://{user}{at}{place}"

    def beside(self, suffix: str, folder: Path) -> Path:
        """Where a file that belongs to the ledger lies: next to it, or for a server in ``folder``.

        The name in the folder is of the server, port, database and schema, not of who asks.
        """
        if self.file is not None:
            return self.file.with_name(self.file.name + suffix)
        parts = urlsplit(self.url)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        place = {
            "host": unquote(parts.hostname or "")
            or asked.get("host", os.environ.get("PGHOST", "")),
            "port": str(parts.port or asked.get("port", os.environ.get("PGPORT", "5432"))),
            "database": unquote(parts.path.strip("/")) or asked.get("dbname", ""),
            "options": asked.get("options", os.environ.get("PGOPTIONS", "")),
        }
        digest = hashlib.sha256(repr(sorted(place.items())).encode()).hexdigest()[:16]
        readable = re.sub(r"\W+", "-", f"{place['host']}-{place['database']}").strip("-")[:60]
        return folder / f"{readable}-{digest}{suffix}"
