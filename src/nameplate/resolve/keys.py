"""Keys under which names are found that may render each other: what they sound like, what they are.

Names that hold a word of their own share a key if it sounds the same ("changan"); names that hold none
share the place and the kind of thing ("jilin|high-tech zone"), or their number and what is made
("15000000|tire"). The keys of a name are few, and two names that `rendered` joins share one.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby, product

from nameplate.lexicon.renderings import readings
from nameplate.model import EntityKind
from nameplate.resolve.parts import Parts
from nameplate.resolve.pieces import Piece, pieces_of

_LEAST = 4
_MOST_WAYS = 4
_BRANDS = frozenset({"own", "name"})
_OF_TWO: frozenset[EntityKind] = frozenset({"project", "plant", "line"})
"""Things that must have two marks in common, so that what is made there is never the only one."""


def rendering_keys(parts: Parts, kind: EntityKind | None) -> frozenset[str]:
    """The keys of a name, as a thing of the kind."""
    return _keys(parts.name, kind)


@lru_cache(maxsize=65536)
def _keys(name: str, kind: EntityKind | None) -> frozenset[str]:
    whole = pieces_of(name, kind)
    keys = {f"n:{i}" for p in whole.pieces if p.kind == "name" for i in p.ids}
    for own, run in groupby(whole.pieces, key=lambda p: p.kind in _BRANDS and not p.ids):
        if own:
            pieces = list(run)
            keys |= {f"s:{way}" for p in pieces for way in _ways(p.text) if len(way) >= _LEAST}
            joined = "".join(p.text for p in pieces if not p.han)
            keys |= {f"s:{joined}"} if len(joined) >= _LEAST else set()
    told = {
        p.kind: {i for q in whole.pieces if q.kind == p.kind for i in q.ids} for p in whole.pieces
    }
    ids = told.get("field") or told.get("head") or {""}
    places = {way for p in whole.pieces if p.kind == "place" for way in _ways(_bare(p))}
    if keys <= {f"s:{place}" for place in places}:  # none of its own, or only the place said again
        keys |= {f"p:{place}|{i}" for place in places for i in ids}
    named = bool(keys)
    if whole.numbers:
        number = min(whole.numbers)
        keys |= {f"m:{number}|{i}" for i in ids}
    wholes = {i for p in whole.pieces if p.kind == "whole" for i in p.ids}
    if not keys:
        keys |= {f"w:{w}|{i}" for w in wholes for i in ids}
    if not named and kind not in _OF_TWO:
        keys |= {f"f:{i}" for i in ids if i}
    return frozenset(keys)


def _bare(piece: Piece) -> str:
    """The place without the word for its kind, which the other language may leave out."""
    text = piece.text
    if not piece.han:
        return text.removesuffix("city").removesuffix("province").removesuffix("district")
    return text[:-1] if len(text) > 2 and text[-1] in "省市区县州" else text


def _ways(text: str) -> tuple[str, ...]:
    """How the text may be written in Latin letters: itself, or the readings of its characters."""
    if text.isascii():
        return (text,)
    options = [readings().get(character, (character,)) for character in text[:8]]
    ways = product(*(few[:2] for few in options))
    return tuple("".join(way) for way, _ in zip(ways, range(_MOST_WAYS), strict=False))
