"""When news is due: promises that have passed, and things of which nothing was heard for long.

Neither ever becomes a status: nobody knows whether what was promised was done. The rule: a thing is
*overdue* from the day after its promise until it has been quiet for `SILENT_AFTER` days, counted
from the last report or from the last promised day, whichever is later; then it is *silent*. What
has gone into production, or has ended, need not be heard of.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from nameplate.answer.moments import held
from nameplate.answer.views import MilestoneRow, Status

SILENT_AFTER = 540
"""Days, about a year and a half: a plant is built in one or two years, and spoken of on the way."""

_AT_REST = frozenset({"producing", "at_capacity", "expanded", "cancelled", "closed"})


def with_silence(
    status: Status, rows: Sequence[MilestoneRow], news: date | None, today: date
) -> Status:
    """The status with what is due; ``news`` is the day of the last report about the thing."""
    if status.rule == "unknown" or news is None:
        return status
    if status.rule != "promised" and status.stage in _AT_REST and not status.overdue:
        return status
    due = [days[1] for row in rows if row.outcome == "overdue" and (days := held(row.entries[0]))]
    ahead = [days[1] for row in rows if row.outcome == "open" and (days := held(row.entries[0]))]
    last = max([news, *due, *ahead])
    quiet = (today - last).days
    if quiet > SILENT_AFTER:
        reason = f"nothing was heard since {last.isoformat()}, for {quiet} days (more than {SILENT_AFTER})"
        return msgspec.structs.replace(status, quiet="silent", quiet_because=reason)
    if due:
        first = min(due)
        reason = f"a promise for {first.isoformat()} has passed without news"
        return msgspec.structs.replace(status, quiet="overdue", quiet_because=reason)
    return status
