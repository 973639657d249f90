"""When a plant reaches its nameplate: from its own series, and from what comparable plants took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from msgspec.structs import replace

from nameplate.answer.imply_ramp import Ramp, RampPoint, fit, too_thin
from nameplate.answer.imply_series import Seen, Track, points, track
from nameplate.answer.moments import held, said, today_of
from nameplate.find.spelling import spell
from nameplate.model import Entity, Entry, Record

Thin = Literal["none", "few", "short", "flat", "below"]

RAMPING = ("line", "plant", "project")
"""Kinds of things that have a ramp of their own."""

LEVEL = 0.8
_FITTED = 12
"""So many ramps of peers are fitted at most."""

_MEASURES = frozenset({"output", "utilisation", "capacity"})


class Ahead(Record, frozen=True, kw_only=True):
    """Days until nameplate, from ``since``: 80 % of the chance lies between ``low`` and ``high``.

    ``level`` is the chance that was reached in fact, where it had to be more.
    """

    since: str
    low: int
    middle: int
    high: int
    level: float = LEVEL

    def day(self, days: int) -> str:
        """The day that lies so many days ahead."""
        return (date.fromisoformat(self.since) + timedelta(days=days)).isoformat()


class Peer(Record, frozen=True, kw_only=True):
    """A comparable thing: days from its start of production to nameplate, or the pace of its ramp."""

    entity: Entity
    days: int | None = None
    pace: float | None = None
    entries: tuple[Entry, ...] = ()


class Peers(Record, frozen=True, kw_only=True):
    """Comparable things of the ledger; ``same_product`` if all make the product in question."""

    known: tuple[Peer, ...] = ()
    same_product: bool = False


class RampView(Record, frozen=True, kw_only=True):
    """The ramp as seen and what follows. ``reached`` is a claim that says it is at capacity.

    ``own`` follows from its own series, ``by_peers`` from the peers' times; where one is absent
    ``thin`` and ``peers_thin`` say why. ``below`` is the chance that it levels off under nameplate.
    """

    basis: Literal["utilisation", "output"] | None = None
    seen: tuple[Seen, ...] = ()
    nameplate: Entry | None = None
    reached: Entry | None = None
    own: Ahead | None = None
    thin: Thin | None = None
    below: float | None = None
    ceiling: float | None = None
    pace: float | None = None
    converted: bool = False
    begun: Entry | None = None
    by_peers: Ahead | None = None
    peers_thin: str | None = None
    peers: tuple[Peer, ...] = ()


def ramp_view(entity: Entity, entries: Sequence[Entry], today: str, peers: Peers) -> RampView:
    """How far the thing has come on its ramp, and when it may be at nameplate."""
    begun, reached = _first(entries, "producing"), _first(entries, "at_capacity")
    found = track(entries)
    known = tuple(peer for peer in peers.known if peer.entity.id != entity.id)
    view = RampView(begun=begun, reached=reached, peers=known, thin="none")
    if found is not None:
        view = _with_series(view, found, [p.pace for p in known if p.pace])
    if reached is None and (view.own is None or view.own.high > 0):
        view = _with_peers(view, today)
    return view


def _with_series(view: RampView, found: Track, paces: Sequence[float]) -> RampView:
    ramps, thin = _fits(found, tuple(paces))
    base = {"basis": found.basis, "seen": found.seen, "nameplate": found.nameplate}
    if not ramps:
        return replace(view, **base, thin=thin)
    below = sum(ramp.below for ramp in ramps) / len(ramps)
    ahead = Ahead(
        since=found.seen[-1].day,
        low=round(min(ramp.low for ramp in ramps)),
        middle=round(sorted(ramp.middle for ramp in ramps)[len(ramps) // 2]),
        high=round(max(ramp.high for ramp in ramps)),
    )
    lost = below > 0.5
    middle = ramps[len(ramps) // 2]
    return replace(
        view, **base, thin="below" if lost else None, own=None if lost or view.reached else ahead,
        below=below, ceiling=middle.ceiling, pace=middle.pace, converted=len(ramps) > 1,
    )  # fmt: skip


def _fits(found: Track, paces: tuple[float, ...]) -> tuple[list[Ramp], Thin | None]:
    """A ramp for each way to convert the units of time, or why there is none."""
    ways = [tuple(points(found, factor)) for factor in found.factors]
    thin = too_thin(ways[0])
    if thin is not None:
        return [], thin  # type: ignore[return-value]
    return [_fit(way, paces) for way in ways], None


@lru_cache(maxsize=512)
def _fit(way: tuple[RampPoint, ...], paces: tuple[float, ...]) -> Ramp:
    return fit(way, paces)


def _with_peers(view: RampView, today: str) -> RampView:
    """What the peers' times say of a thing that has begun to produce: order statistics alone.

    Of k times that are longer than what has passed, the next one lies between the r-th and the
    (k+1-r)-th with chance (k+1-2r)/(k+1), whatever their distribution; nine are needed for 80 %.
    """
    days = held(view.begun) if view.begun else None
    if days is None:
        return replace(view, peers_thin="no_start")
    start = days[0] + (days[1] - days[0]) / 2
    passed = (today_of(today) - start).days
    longer = sorted(p.days for p in view.peers if p.days is not None and p.days > passed)
    count = len(longer)
    place = max(1, int((count + 1) * (1 - LEVEL) / 2))
    level = (count + 1 - 2 * place) / (count + 1)
    if level < LEVEL:
        return replace(view, peers_thin="few_peers")
    ahead = Ahead(
        since=today,
        low=longer[place - 1] - passed,
        middle=longer[count // 2] - passed,
        high=longer[-place] - passed,
        level=round(level, 3),
    )
    return replace(view, by_peers=ahead)


def comparable(own: Sequence[Entry], things: Iterable[tuple[Entity, Sequence[Entry]]]) -> Peers:
    """The lines, plants and projects whose ramp is known; those of the same product, if there are
    three of them, else all."""
    product = _products(own)
    found = []
    fitted = 0
    for entity, entries in things:
        if entity.kind not in RAMPING:
            continue
        peer, tried = _peer(entity, entries, fit_too=fitted < _FITTED)
        fitted += tried
        if peer is not None:
            found.append((peer, bool(product & _products(entries))))
    same = [peer for peer, alike in found if alike]
    few = len(same) < 3
    known = [peer for peer, _ in found] if few else same
    return Peers(known=tuple(sorted(known, key=lambda p: p.entity.id)), same_product=not few)


def _peer(entity: Entity, entries: Sequence[Entry], *, fit_too: bool) -> tuple[Peer | None, bool]:
    days = _took(entries)
    series = track(entries) if fit_too else None
    ramps = _fits(series, ())[0] if series is not None else []
    pace = ramps[len(ramps) // 2].pace if ramps else None
    if days is None and pace is None:
        return None, bool(ramps)
    ends = [e for e in (_first(entries, "producing"), _first(entries, "at_capacity")) if e]
    told = ends if days is not None else [seen.entry for seen in series.seen] if series else []
    return Peer(entity=entity, days=days, pace=pace, entries=tuple(told)), bool(ramps)


def _took(entries: Sequence[Entry]) -> int | None:
    """Days from the start of production to full capacity, both known to the quarter."""
    ends = [_first(entries, stage) for stage in ("producing", "at_capacity")]
    spans = [held(end) if end is not None else None for end in ends]
    if spans[0] is None or spans[1] is None:
        return None
    if any((last - first).days > 92 for first, last in (spans[0], spans[1])):
        return None
    middles = [first + (last - first) / 2 for first, last in (spans[0], spans[1])]
    took = (middles[1] - middles[0]).days
    return took if took > 0 else None


def _first(entries: Iterable[Entry], stage: str) -> Entry | None:
    """The earliest deed of the stage, dated ones first."""
    done = [
        e
        for e in entries
        if e.claim.stage == stage and e.claim.modality == "actual" and not e.claim.scope
    ]
    return min(done, key=lambda e: (held(e) is None, held(e) or (said(e),), e.key), default=None)


def _products(entries: Iterable[Entry]) -> set[str]:
    items = (e.claim.item for e in entries if e.claim.measure in _MEASURES)
    return {spelled for item in items if item and (spelled := spell(item))}
