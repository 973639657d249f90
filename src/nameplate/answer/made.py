"""What a project or a plant is for: the products that its names tell, and the sectors these lie in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from nameplate.answer.meaning import meaning
from nameplate.lexicon.fields import fields, upwards
from nameplate.lexicon.sectors import sectors_of
from nameplate.model import Entity, Entry

_FORMS = 4
_MEASURES = frozenset({"capacity", "output"})
_MOST_ITEMS = 8


class Made(NamedTuple):
    """Products by their ids in ``data/fields.tsv``, and sectors by theirs in ``data/sectors.toml``."""

    products: tuple[str, ...]
    sectors: tuple[str, ...]


NOTHING = Made((), ())


def made_by(entity: Entity, entries: Iterable[Entry]) -> Made:
    """What the thing makes, by its names; if they tell nothing, by what its capacity counts.

    Words that only tell the kind of another ("vehicle" in "vehicle tyres") count for nothing beside it.
    """
    named = _fields(name for name, _ in entity.names[:_FORMS]) or _fields((entity.name,))
    if not any(sectors_of(field) for field in named):
        items = (e.claim.item for e in entries if e.claim.measure in _MEASURES)
        named |= _fields(list(dict.fromkeys(filter(None, items)))[:_MOST_ITEMS])
    products = (product for field in named if (product := _product(field)))
    found = (sector for field in named for sector in sectors_of(field))
    return Made(tuple(dict.fromkeys(products)), tuple(dict.fromkeys(found)))


def _fields(phrases: Iterable[str]) -> dict[str, None]:
    found: dict[str, None] = {}
    for phrase in phrases:
        sure = [one for one in meaning(phrase).named if one.share == 1]
        heads = [one for one in sure if not one.modifies]
        found |= dict.fromkeys(one.field for one in heads or sure)
    return found


def _product(field: str) -> str | None:
    """The field itself if it is a product, or the nearest product that it is a part of."""
    nearest = sorted(upwards(field).items(), key=lambda pair: pair[1])
    return next((key for key, _ in nearest if fields()[key].kind == "product"), None)
