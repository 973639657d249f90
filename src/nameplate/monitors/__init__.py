"""Monitors over a ledger: saved, answered, told as alerts, fed and mailed.

`nameplate.answer.monitor` holds the rules; here they are given what the ledger knows.
"""

from nameplate.monitors.gather import add_up_returns, answer
from nameplate.monitors.saved import (
    TEMPLATES,
    all_alerts,
    define,
    named,
    saved,
    template,
    templates,
    withdraw,
)

__all__ = [
    "TEMPLATES",
    "add_up_returns",
    "all_alerts",
    "answer",
    "define",
    "named",
    "saved",
    "template",
    "templates",
    "withdraw",
]
