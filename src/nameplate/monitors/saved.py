"""Monitors by name: the templates that come with the program, and those saved in a ledger."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from functools import cache

import msgspec

from nameplate.answer.monitor import Alert, Monitor, Seen, alerts, dump, load, problems
from nameplate.errors import NameplateError, UsageError
from nameplate.ledger import Ledger
from nameplate.lexicon.load import read_text
from nameplate.monitors.gather import answer

TEMPLATES = ("resumption", "upgrading", "signing")


@cache
def template(name: str) -> Monitor:
    """The built-in monitor of this name, with no subject yet."""
    if name not in TEMPLATES:
        raise UsageError(
            f"there is no template {name!r}", remedy=f"Use one of {', '.join(TEMPLATES)}."
        )
    return msgspec.toml.decode(read_text(f"monitors/{name}.toml"), type=Monitor)


def templates() -> list[Monitor]:
    """The built-in monitors."""
    return [template(name) for name in TEMPLATES]


Failed = Callable[[str, NameplateError], None]
"""Hears the name of a monitor that cannot be read or answered, and why."""


def saved(ledger: Ledger, as_of: str | None = None, failed: Failed | None = None) -> list[Monitor]:
    """The monitors of the ledger in force then, by name.

    One that this version cannot read stops no other if ``failed`` is there to hear of it.
    """
    found = []
    for one in ledger.monitors.saved(as_of):
        try:
            found.append(_read(one.name, one.body))
        except UsageError as error:
            if failed is None:
                raise
            failed(one.name, error)
    return found


def _read(name: str, body: str) -> Monitor:
    try:
        return load(body, where=f"the saved monitor {name!r}")
    except UsageError as error:
        raise UsageError(
            error.problem, where=error.where,
            remedy="It was saved by another version of Nameplate: update this one, or withdraw it with "
            f"`nameplate monitor withdraw {shlex.quote(name)}` and define it anew.",
        ) from error  # fmt: skip


def named(ledger: Ledger, name: str, as_of: str | None = None) -> Monitor:
    """The saved monitor of this name; raises `UsageError` if there is none."""
    for one in ledger.monitors.saved(as_of):
        if one.name == name:
            return _read(name, one.body)
    known = ", ".join(one.name for one in ledger.monitors.saved(as_of))
    raise UsageError(
        f"no monitor is called {name!r}" + (f"; there are {known}" if known else ""),
        remedy=f"Save one with `nameplate monitor define`, or ask a template "
        f"({', '.join(TEMPLATES)}) with --of.",
    )


def define(ledger: Ledger, monitor: Monitor, author: str) -> bool:
    """Save a monitor, in place of an older one of its name; False if that was the very same."""
    wrong = problems(monitor)
    if wrong:
        raise UsageError(
            f"the monitor cannot be used: {'; '.join(wrong)}", where=monitor.name,
            remedy="Correct these entries; docs/monitors.md explains them.",
        )  # fmt: skip
    body = dump(monitor)
    if any(one.name == monitor.name and one.body == body for one in ledger.monitors.saved()):
        return False
    ledger.monitors.save(monitor.name, body, author)
    return True


def withdraw(ledger: Ledger, name: str, author: str) -> None:
    """Take a monitor out of use; what it was stays recorded."""
    if all(one.name != name for one in ledger.monitors.saved()):
        named(ledger, name)
    ledger.monitors.save(name, None, author)


def all_alerts(
    ledger: Ledger,
    today: str,
    as_of: str | None = None,
    failed: Failed | None = None,
) -> list[tuple[Seen, Alert]]:
    """The alerts of all saved monitors, the newest first.

    A monitor that cannot be answered stops no other: ``failed`` hears of it.
    """
    found: list[tuple[Seen, Alert]] = []
    for one in ledger.monitors.saved(as_of):
        try:
            monitor = _read(one.name, one.body)
            view = answer(ledger, monitor, today, as_of)
        except NameplateError as error:
            if failed is not None:
                failed(one.name, error)
            continue
        found += [(view, alert) for alert in alerts(view)]
    return sorted(found, key=lambda pair: (pair[1].day, pair[1].key), reverse=True)
