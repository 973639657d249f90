"""One thing seen in two names or their facts, what it says, and why."""

from __future__ import annotations

from typing import NamedTuple


class Feature(NamedTuple):
    """What was seen, how much it says (1 is certain; 0, as a veto, that they differ), and why."""

    name: str
    score: float
    reason: str
