"""Where the files of a desk lie: beside the ledger's file, or in the user's own folders for a server.

The board is derived and lies with what may be deleted (``XDG_CACHE_HOME``, else ``~/.cache``), the
accounts are not and lie with what is kept (``XDG_DATA_HOME``, else ``~/.local/share``), each in a
folder ``nameplate`` that its owner alone may read. See docs/decisions/0007-server.md.
"""

from __future__ import annotations

import os
from pathlib import Path

from nameplate.errors import LedgerError
from nameplate.target import Target

_BOARD, _ACCOUNTS, _LINKS = ".desk", ".people", ".forms"


def board_of(ledger: str | Path | Target) -> Path:
    """The file of the board over this ledger."""
    return _place(ledger, _BOARD, "XDG_CACHE_HOME", ".cache")


def accounts_of(ledger: str | Path | Target) -> Path:
    """The file of the accounts of the desk over this ledger."""
    return _place(ledger, _ACCOUNTS, "XDG_DATA_HOME", ".local/share")


def links_of(ledger: str | Path | Target) -> Path:
    """The file of the form links of this ledger, and of the key that signs them."""
    return _place(ledger, _LINKS, "XDG_DATA_HOME", ".local/share")


def _place(ledger: str | Path | Target, suffix: str, variable: str, usual: str) -> Path:
    target = Target.of(ledger)
    if target.file is not None:
        return target.beside(suffix, Path())
    folder = Path(os.environ.get(variable) or Path.home() / usual) / "nameplate"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(
            f"the folder of the desk's files cannot be made: {error.strerror or error}",
            where=str(folder),
            remedy=f"Name a folder that can be written to in {variable}.",
        ) from error
    return target.beside(suffix, folder)
