"""Nameplate: a sourced, dated, conflict-aware ledger of industrial projects.

The pipeline said aloud::

    from nameplate import Ledger, extract, read, resolve

    for found in read(["reports/"]):           # bytes -> documents, or a Failure
        claims = extract(found.document).claims  # -> grounded claims
    ...
    entities = resolve(ledger.entries(), ledger.judgements())
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nameplate.ledger import Ledger
    from nameplate.pipeline import extract, extract_text
    from nameplate.read import read_paths as read
    from nameplate.resolve import resolve

__all__ = ["Ledger", "extract", "extract_text", "read", "resolve"]

_HOMES = {
    "Ledger": ("nameplate.ledger", "Ledger"),
    "extract": ("nameplate.pipeline", "extract"),
    "extract_text": ("nameplate.pipeline", "extract_text"),
    "read": ("nameplate.read", "read_paths"),
    "resolve": ("nameplate.resolve", "resolve"),
}


def __getattr__(name: str) -> Any:
    """Load a room only when it is asked for, so that importing the package costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'nameplate' has no attribute {name!r}")
    from importlib import import_module

    home, attribute = _HOMES[name]
    return getattr(import_module(home), attribute)
