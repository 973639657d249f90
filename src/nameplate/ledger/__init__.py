"""What was claimed, by whom, and since when we know: appended, never changed.

`Ledger` opens one; `ClaimFilter` says which claims are asked for.
See docs/decisions/0003-ledger.md.
"""

from nameplate.ledger.adding import Addition
from nameplate.ledger.backup import back_up, copy, restore
from nameplate.ledger.ledger import Ledger
from nameplate.ledger.monitors import Delivery, Saved, Wanted
from nameplate.ledger.records import Added, ClaimFilter, Filed, Problem
from nameplate.ledger.search import Hit, Hits, Search, Snippet

__all__ = [
    "Added",
    "Addition",
    "ClaimFilter",
    "Delivery",
    "Filed",
    "Hit",
    "Hits",
    "Ledger",
    "Problem",
    "Saved",
    "Search",
    "Snippet",
    "Wanted",
    "back_up",
    "copy",
    "restore",
]
