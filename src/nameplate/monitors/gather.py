"""What a monitor is answered from, read from a ledger: no more of it than the question needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from typing import Any

import msgspec

from nameplate.answer.belonging import Register
from nameplate.answer.monitor import (
    Material,
    Monitor,
    Pile,
    RowsNeededError,
    Seen,
    Tally,
    Told,
    amended,
    seen,
    tally,
    told,
)
from nameplate.answer.monitor.counted import MADE
from nameplate.answer.monitor.reported import Figure, figures
from nameplate.answer.shelf import Shelf
from nameplate.errors import LedgerError, UsageError
from nameplate.find.spelling import spell
from nameplate.ledger import Ledger, Wanted
from nameplate.lexicon.measures import measures
from nameplate.lexicon.stages import stages
from nameplate.model import Entity, Entry, to_json
from nameplate.pipeline import LINKER, entities, entity_of, like
from nameplate.resolve import find_entity


def answer(ledger: Ledger, monitor: Monitor, today: str, as_of: str | None = None) -> Seen:
    """What the monitor says on the day ``today``, or said on the earlier day ``as_of``.

    Raises `UsageError` if the subject is unknown to the ledger, or its name is of several things.
    """
    subject = _subject(ledger, monitor)
    found: list[Figure] = []
    then: Entity | None = None
    if subject is not None:
        then, own = _own(ledger, subject, as_of)
        found = _figures(ledger, monitor, then or subject, own, as_of)
    day = as_of or today
    material = Material(subject=then or subject, figures=tuple(found))
    if monitor.population == "returns":
        pile, names = piled(ledger, monitor, then or subject, as_of)
        if pile is not None:
            with suppress(RowsNeededError):
                added_up = msgspec.structs.replace(material, pile=pile, names=names)
                return seen(monitor, added_up, day)
    rows, names = _told(ledger, monitor, then or subject, as_of)
    return seen(monitor, msgspec.structs.replace(material, rows=rows, names=names), day)


def _resolve(ledger: Ledger) -> None:
    if not ledger.is_resolved(LINKER.rules):
        ledger.rebuild_entities(LINKER)


def _subject(ledger: Ledger, monitor: Monitor) -> Entity | None:
    """The thing that the monitor is about; none where only returns are counted and it is unknown."""
    if monitor.population == "returns" and not ledger.monitors.speaks_of(monitor.subject):
        return None  # nothing is said of it, and no name needs to be resolved to know that
    _resolve(ledger)
    exact = list(ledger.pages.named([monitor.subject]).values())
    if exact:
        return next(iter(ledger.pages.entities(exact)), None)
    if monitor.population == "returns":
        return None
    return find_entity(like(ledger, monitor.subject), monitor.subject)


def _own(ledger: Ledger, subject: Entity, as_of: str | None) -> tuple[Entity | None, list[Entry]]:
    """The subject as it was known then, with its own claims."""
    if as_of is None:
        found = ledger.monitors.own(subject.id)
        return found or (None, [])
    try:
        entity, shelf = entity_of(ledger, subject.id, as_of)
    except UsageError:
        return None, []
    return entity, shelf.of(entity)


def _figures(
    ledger: Ledger, monitor: Monitor, subject: Entity, own: Iterable[Entry], as_of: str | None
) -> list[Figure]:
    wanted = {m for line in monitor.line if line.how == "reported" for m in line.measure}
    if not wanted:
        return []
    mine = [e for e in own if e.claim.measure in wanted | {"enterprises", "projects"}]
    press = {e.document_key for e in mine if e.claim.cell is None}
    keys = {e.key for e in mine}
    others = [
        e for e in ledger.monitors.inside(press, as_of)
        if e.key not in keys and e.claim.measure in wanted
    ]  # fmt: skip
    texts = {key: document.text for key, document in ledger.pages.texts(press).items()}
    return figures(mine, others, subject, texts, monitor.grain)


# What is counted


def _told(
    ledger: Ledger, monitor: Monitor, subject: Entity | None, as_of: str | None
) -> tuple[list[Told], dict[str, str]]:
    """What is told of the things that are counted, and the documents' ids by key."""
    lines = [line for line in monitor.line if line.how != "reported"]
    if not lines or monitor.population is None:
        return [], {}
    wanted = _wanted(monitor)
    if monitor.population == "returns":
        return _of_returns(ledger, monitor, subject, as_of)
    if subject is None:
        return [], {}
    if monitor.population == "signed":
        entries = _signed(ledger, subject, as_of)
    else:
        entries = _inside(ledger, monitor, subject, as_of)
    kept = [(e, thing) for e, thing in entries if _is_wanted(e, wanted)]
    return [told(e, thing) for e, thing in kept], {e.document_key: e.document_id for e, _ in kept}


def _everything() -> Wanted:
    return Wanted(measures=frozenset(measures()), stages=frozenset(stages()))


def _wanted(monitor: Monitor) -> Wanted:
    """The measures and stages that the counted lines need; all, to count whatever is spoken of."""
    if any(line.how == "counted" and not (line.stage or line.measure) for line in monitor.line):
        return _everything()
    needed = {m for line in monitor.line if line.how != "reported" for m in line.measure}
    if any(line.answer == "no" for line in monitor.line):
        needed.add("count")
    steps = {line.stage for line in monitor.line if line.how != "reported" and line.stage}
    turns = {s.key for s in stages().values() if s.role in ("stop", "end")} if steps else set()
    beyond = set()
    if any(stages()[step].role == "progress" for step in steps):
        beyond = {s.key for s in stages().values() if s.role == "progress"}
    if "producing" in steps and monitor.population != "returns":
        needed |= MADE
    return Wanted(measures=frozenset(needed), stages=frozenset(steps | turns | beyond))


def _is_wanted(entry: Entry, wanted: Wanted) -> bool:
    claim = entry.claim
    if claim.kind == "relation":
        return True
    if (claim.modality or "actual") != "actual":
        return claim.stage == "signed" or claim.measure in ("investment", "contract_value")
    return claim.kind == "quantity" or claim.stage is not None


Card = tuple[str, str, int]
"""A return's id, its day if it has one, and its number."""


def _cards(
    ledger: Ledger, monitor: Monitor, subject: Entity | None, as_of: str | None
) -> dict[str, Card]:
    """The returns that the monitor counts, by key: those of its pattern, else those that name its
    subject in their title, file or publisher."""
    names = {spell(monitor.subject), spell(monitor.subject_zh)}
    if subject is not None:
        names |= {spell(n) for n in (subject.name, *(n for n, _ in subject.names))}
    found = {}
    for one in ledger.monitors.returns(as_of):
        if monitor.returns:
            wanted = fnmatchcase(one.id.casefold(), monitor.returns.casefold())
        else:
            words = " ".join([one.title or "", one.id, one.publisher or ""])
            said = f" {spell(words)} "
            wanted = any(name and _is_named(name, said) for name in names)
        if wanted:
            found[one.key] = (one.id, one.published or "", one.place)
    return found


def _is_named(name: str, said: str) -> bool:
    return f" {name} " in said if name.isascii() else name in said


def piled(
    ledger: Ledger, monitor: Monitor, subject: Entity | None, as_of: str | None
) -> tuple[Pile | None, dict[str, str]]:
    """The returns added up, which is made and kept on the first question, with what was judged since;
    None if claims came later, or what was judged cannot be told apart: every row is to be looked at."""
    cards = _cards(ledger, monitor, subject, as_of)
    kept = ledger.monitors.tallies(cards.keys(), as_of)
    if kept is None and as_of is None:
        add_up(ledger, cards)
        kept = ledger.monitors.tallies(cards.keys())
    if kept is None:
        return None, {}
    filed = [_TALLY.decode(body) for body in kept.values()]
    tallies = _with_judgements(ledger, filed, cards, as_of)
    if tallies is None:
        return None, {}
    days = [one.said for one in tallies]
    apart = True
    if len(set(days)) < len(days):
        _resolve(ledger)
        apart = ledger.monitors.are_apart(cards.keys(), sum(one.things for one in filed))
    pile = Pile(tallies=tuple(tallies), grain=monitor.grain, apart=apart)
    return pile, {key: name for key, (name, _, _) in cards.items()}


def _with_judgements(
    ledger: Ledger, filed: list[Tally], cards: Mapping[str, Card], as_of: str | None
) -> list[Tally] | None:
    """The tallies with what people made of single claims: only the things judged are looked at again."""
    rows, judged, entries = ledger.monitors.judged_in(cards.keys(), _everything(), as_of)
    if not judged:
        return filed
    said = {one.document: one.said for one in filed}
    before: dict[str, list[Told]] = defaultdict(list)
    after: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        one = _by_name(row, said.get(row[11], ""))
        before[one.document].append(one)
        if row[12] not in judged:
            after[one.document].append(one)
    for entry in entries:
        key = entry.document_key
        if key in said and _is_counted(entry):
            after[key].append(told(entry, entry.claim.subject)._replace(said=said[key]))
    made = [
        amended(one, before[one.document], after[one.document])
        if one.document in before or one.document in after else one
        for one in filed
    ]  # fmt: skip
    kept = [one for one in made if one is not None]
    return kept if len(kept) == len(made) else None


_TALLY = msgspec.json.Decoder(Tally)


def add_up(ledger: Ledger, cards: Mapping[str, Card]) -> None:
    """Add up each of these returns and keep it; nothing is lost where the ledger cannot be written."""
    for key in cards:
        if ledger.monitors.tallies([key]) is not None:
            continue
        rows = ledger.monitors.filed(key, _everything())
        day = _days(rows, {key: cards[key]}).get(key, "")
        made = tally(key, day, [_by_name(row, day) for row in rows])
        if made is None:
            return
        try:
            ledger.monitors.keep_tally(key, to_json(made).decode())
        except LedgerError:
            return


def add_up_returns(ledger: Ledger) -> None:
    """Add up all returns that are not yet, so that the first question need not."""
    cards = {one.key: (one.id, one.published or "", one.place) for one in ledger.monitors.returns()}
    add_up(ledger, cards)


def _of_returns(
    ledger: Ledger, monitor: Monitor, subject: Entity | None, as_of: str | None
) -> tuple[list[Told], dict[str, str]]:
    _resolve(ledger)
    cards, wanted = _cards(ledger, monitor, subject, as_of), _wanted(monitor)
    if not cards:
        return [], {}
    rows, judged = ledger.monitors.told(cards.keys(), wanted, as_of)
    days = _days(rows, cards)
    thing_of = _things(rows)
    made = [
        _row(row, days.get(row[11], ""), cards[row[11]][2])._replace(
            thing=thing_of.get(row[1], row[0])
        )
        for row in rows
    ]
    named = ledger.monitors.entities_of({e.claim.subject for e in judged}) if judged else {}
    for entry in judged:
        if _is_counted(entry) and entry.document_key in cards:
            one = told(entry, named.get(entry.claim.subject, entry.claim.subject))
            made.append(one._replace(said=days.get(entry.document_key, one.said)))
    return made, {key: name for key, (name, _, _) in cards.items()}


def _things(rows: Sequence[Any]) -> dict[str, str]:
    """By name the thing that most of its claims are of: one of them that was judged later is of no
    thing today, or of another."""
    number = Counter((row[1], row[0]) for row in rows if row[0] != row[1])
    return {name: thing for (name, thing), _ in reversed(number.most_common())}


def _days(rows: Sequence[Any], cards: Mapping[str, Card]) -> dict[str, str]:
    """The day of each return: its own, else the last that its figures are of."""
    own = {key: published for key, (_, published, _) in cards.items() if len(published) == 10}
    days = dict(own)
    for row in rows:
        if row[11] not in own:
            days[row[11]] = max(days.get(row[11], ""), row[5] or "")
    return days


def _row(row: Any, day: str, place: int) -> Told:
    thing, _, measure, stage, first, last, when, value, unit, item, scope, document, _ = row
    undated = "" if when else day
    return Told(
        thing, measure, stage, first or undated, last or undated, value, unit, item, scope,
        document, day, place,
    )  # fmt: skip


def _by_name(row: Any, day: str) -> Told:
    """A row whose thing is known by its name in the return."""
    return _row(row, day, 0)._replace(thing=row[1])


def _is_counted(entry: Entry) -> bool:
    """Whether a judged claim of a return is among those that `Ledger.monitors.told` gives as rows."""
    claim = entry.claim
    is_actual = (claim.modality or "actual") == "actual"
    return is_actual and (claim.kind == "quantity" or claim.stage is not None)


def _signed(ledger: Ledger, event: Entity, as_of: str | None) -> list[tuple[Entry, str]]:
    """The claims of everything that was signed at the event."""
    known, entries = entities(ledger, as_of)
    register = Register(known, Shelf(entries))
    reports = {e.document_key for e in entries if e.claim.stage == "signed"}
    texts = {key: document.text for key, document in ledger.pages.texts(reports).items()}
    return [
        (entry, thing.id)
        for thing, _ in register.signed_at(event, texts)
        for entry in register.shelf.of(thing)
    ]


def _inside(
    ledger: Ledger, monitor: Monitor, whole: Entity, as_of: str | None
) -> list[tuple[Entry, str]]:
    """The claims of everything that is said to lie in the subject, but for what lies in such a thing
    itself: it would count twice where figures are added up."""
    names = {spell(n) for n in (whole.name, *(n for n, _ in whole.names))}
    placed = [e for e in ledger.monitors.lying_in(names, as_of) if not _is_kind(e, monitor, ())]
    parts = {e.claim.subject for e in placed if spell(e.claim.subject) not in names}
    nested = {
        e.claim.subject
        for e in ledger.monitors.lying_in({spell(name) for name in parts}, as_of)
        if e.claim.subject in parts
    }
    kept = parts - nested
    entries = ledger.monitors.named(kept, as_of)
    thing_of = ledger.monitors.entities_of(kept)
    return [(e, thing_of.get(e.claim.subject, e.claim.subject)) for e in entries]


def _is_kind(entry: Entry, monitor: Monitor, default: Collection[str]) -> bool:
    """Whether it is of a kind that is not asked for."""
    kinds = monitor.kinds or default
    return bool(kinds) and entry.claim.subject_kind not in kinds
