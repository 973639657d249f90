"""Boards of zones side by side: a row a measure, a column a zone, every figure with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

import msgspec

from nameplate.answer.indicators import Derived, Indicator, Reading, ZoneBoard
from nameplate.answer.views import Figure
from nameplate.lexicon.titles import titles
from nameplate.model import Claim, Entity, Entry
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import Fact
from nameplate.web.views.figures import say_figure, say_number
from nameplate.web.views.words import Words

_NAMED, _WORDS = 12, 12
"""Names in one cell, and claims behind one derived figure, that are listed."""
_HECTARE, _MU = Decimal(10_000), Decimal(2000) / 3
"""Square metres in one."""


class Piece(msgspec.Struct, frozen=True):
    """A figure that opens its words: said (``source`` is ``return`` or ``report``) or derived."""

    label: str
    facts: list[Fact]
    when: str
    source: str
    note: str
    more: int = 0


class Member(msgspec.Struct, frozen=True):
    """Somebody who counts, by name."""

    id: str
    name: str


class ZoneCell(msgspec.Struct, frozen=True):
    """One measure of one zone: what is said, what else is said, what was so before, what follows."""

    said: Piece | None
    others: list[Piece]
    before: Piece | None
    parts: list[Piece]
    derived: list[Piece]
    names: list[Member]
    more: int

    @property
    def blank(self) -> bool:
        """Whether nothing is known."""
        return self.said is None and not self.derived


class MeasureRow(msgspec.Struct, frozen=True):
    """One measure of all zones."""

    key: str
    label: str
    cells: list[ZoneCell]


class ZoneHead(msgspec.Struct, frozen=True):
    """A zone as the head of its column; ``page`` leads to its own page if it has one."""

    id: str
    name: str
    kind: str
    members: int
    page: str


FactsOf = Callable[[Iterable[Entry]], list[Fact]]


def heads(boards: Sequence[ZoneBoard], words: Words) -> list[ZoneHead]:
    """The zones in the order of their columns."""
    return [
        ZoneHead(
            b.zone.id, b.zone.name, words.name_of("entity", b.zone.kind), b.members,
            f"/entity/{b.zone.id}" if b.zone.claims else "",
        )
        for b in boards
    ]  # fmt: skip


def measure_rows(boards: Sequence[ZoneBoard], facts: FactsOf, words: Words) -> list[MeasureRow]:
    """The measures of which something is known of any of the zones."""
    made = []
    for place in range(len(boards[0].indicators) if boards else 0):
        cells = [_cell(board.indicators[place], facts, words) for board in boards]
        if not all(cell.blank for cell in cells):
            key = boards[0].indicators[place].key
            made.append(MeasureRow(key, _label(key, words), cells))
    return made


def _label(key: str, words: Words) -> str:
    if key in titles():
        title = titles()[key]
        name = title.zh if words.tag.startswith("zh") else title.en
        return name[:1].upper() + name[1:]
    return words.say("zone_intensity") if key == "intensity" else words.measure(key)


def _cell(one: Indicator, facts: FactsOf, words: Words) -> ZoneCell:
    told = one.reading
    return ZoneCell(
        said=_piece(told, told.figure, facts, words) if told else None,
        others=[_piece(told, other, facts, words) for other in told.others] if told else [],
        before=_piece(told, told.before, facts, words) if told and told.before else None,
        parts=[_piece(part, part.figure, facts, words) for part in one.parts],
        derived=[_derived(one, derived, facts, words) for derived in one.derived],
        names=[_member(named.entity) for named in one.named[:_NAMED]],
        more=max(0, len(one.named) - _NAMED),
    )


def _member(entity: Entity) -> Member:
    return Member(entity.id, entity.name)


def _piece(told: Reading, figure: Figure, facts: FactsOf, words: Words) -> Piece:
    entry = figure.entries[0]
    notes = [told.scope or ""]
    if told.modality != "actual":
        notes.append(words.name_of("modality", told.modality))
    return Piece(
        label=say_figure(entry.claim, words, item=False),
        facts=facts(figure.entries[:_WORDS]),
        when=say_date(figure.when, words),
        source="return" if entry.claim.cell else "report",
        note=", ".join(note for note in notes if note),
    )


def _derived(one: Indicator, derived: Derived, facts: FactsOf, words: Words) -> Piece:
    claim = Claim(
        kind="quantity",
        subject="",
        quote="",
        start=0,
        end=0,
        value=derived.value,
        unit=derived.unit,
    )
    label, note = say_figure(claim, words), ""
    if derived.rule == "sum":
        note = words.say("zone_sum", n=derived.parts, of=derived.of)
    elif derived.rule == "per_area":
        label, note = _per_area(derived, words), words.measure(derived.about)
    elif derived.about:
        none = derived.about == "none"
        note = words.say("stage_none") if none else words.stage(derived.about)
    else:
        note = words.say("zone_by_name")
    return Piece(
        label=label,
        facts=facts(derived.entries[:_WORDS]),
        when=say_date(derived.when, words),
        source="derived",
        note=note,
        more=max(0, len(derived.entries) - _WORDS),
    )


def _per_area(derived: Derived, words: Words) -> str:
    """Money to the land in the measure of the reader's language: per hectare, per mu."""
    currency, _, area = derived.unit.partition("/")
    if area != "m2":
        return f"{say_number(round(derived.value, 2), words)} {derived.unit}"
    size = _MU if words.tag.startswith("zh") else _HECTARE
    step = Decimal(10_000) if words.tag.startswith("zh") else Decimal(1_000_000)
    amount = say_number(round(derived.value * size / step, 2), words)
    named = words.say("yuan") if currency == "CNY" and size == _MU else currency
    return words.say("zone_per_area", amount=amount, currency=named)
