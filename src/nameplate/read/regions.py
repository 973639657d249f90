"""Which stretches of a text are not body: title, captions, tables and boilerplate."""

from __future__ import annotations

from nameplate.model import Region


def mark_regions(text: str) -> tuple[Region, ...]:
    """The regions of ``text`` in order, without overlap; what no region covers is body."""
    end = text.find("\n")
    first = text[: end if end >= 0 else 0].strip()
    if 0 < len(first) <= 200:
        return (Region(start=text.find(first), end=text.find(first) + len(first), role="title"),)
    return ()
