"""TOML that people hand in, looked at before it is parsed.

The parser keeps every beginning of a dotted key, so that a key of 90,000 parts in 180 kB of text would
take more memory than a machine has.
"""

from __future__ import annotations

from nameplate.errors import UsageError

MOST_DOTS = 60
"""Dots in a line, which is where a key ends; more than any line of ours holds, words included."""


def safe(text: str, *, where: str) -> str:
    """The text, if it costs no more to parse than its length lets expect; else raises `UsageError`."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS and not line.lstrip().startswith("#"):
            raise UsageError(
                f"the text is not taken as TOML: {line.count('.'):,} dots in a line",
                where=f"{where}, line {number}",
                remedy=f"Shorten the line, or break it up: {MOST_DOTS} dots are the most.",
            )
    return text
