"""What a name says against its rendering in the other language, or against its own short form."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from nameplate.lexicon.renderings import readings
from nameplate.model import EntityKind
from nameplate.resolve.align import Alignment, align
from nameplate.resolve.feature import Feature
from nameplate.resolve.parts import Parts
from nameplate.resolve.pieces import Piece, Pieces, pieces_of
from nameplate.resolve.places import is_county

_FIRM_HEADS = frozenset({"company", "group"})
_MADE: frozenset[EntityKind] = frozenset({"project", "plant", "line", "park"})
_NEW = frozenset({"新", "原", "一"})
_OFFICES: frozenset[EntityKind] = frozenset({"institute", "body"})
_PARENTS = frozenset({"bureau", "ministry", "commission", "academy", "academy of sciences"})
_AGREES = 0.8
_A_NAME = 3
"""Characters that sound alike, from which on a brand is hardly another one by chance."""


class _Tally(NamedTuple):
    """How much of two names agrees: the brand in characters, places, fields, heads, numbers."""

    brand: int
    places: int
    fields: int
    heads: int
    numbers: int
    wholes: int
    headless: bool

    @property
    def said(self) -> float:
        """Agreeing things beyond the kind of thing."""
        return (self.brand + self.wholes) / 2 + self.places + self.fields + self.numbers


def rendered(one: Parts, two: Parts, kind: EntityKind | None) -> tuple[Feature, ...]:
    """Vetoes or one supporting feature, from the meaning and the sound of both names.

    Names of schools and offices are read twice: with "university of technology" as one word, and in
    its parts; one reading that agrees is enough.
    """
    found = _read(one, two, kind, fine=False)
    if kind in _OFFICES and not any(f.score > _AGREES for f in found):
        other = _read(one, two, kind, fine=True)
        return other if any(f.score > _AGREES for f in other) else found
    return found


def _read(one: Parts, two: Parts, kind: EntityKind | None, *, fine: bool) -> tuple[Feature, ...]:
    a, b = pieces_of(one.name, kind, fine), pieces_of(two.name, kind, fine)
    found = align(a, b)
    left, right = _telling(found.left, kind), _telling(found.right, kind)
    if kind in _OFFICES:
        left, right = _without_parent(left, a), _without_parent(right, b)
    if (a.han or b.han) and a.han != b.han:
        vetoes = [*_other_figures(a, b), *_vetoes(found, left, right, kind)]
        if vetoes:
            return tuple(vetoes)
    elif left or right or a.numbers != b.numbers or a.phase != b.phase:
        return _nearly(_tally(found, a, b, kind), (left, right), (a, b), kind)
    tally = _tally(found, a, b, kind)
    score = _firm(tally, left, right) if kind == "company" else _thing(tally, left, right, kind)
    if not score:
        return ()
    over = [piece.text for piece in (*left, *right)]
    beyond = f", beside {' '.join(over)}" if over else ""
    pairs = ", ".join(f"{x.text} is {y.text}" for x, y in found.agreed if x.text != y.text)
    return (Feature("rendering", score, f"{pairs or 'the same words'}{beyond}"),)


def _nearly(
    tally: _Tally,
    over: tuple[list[Piece], list[Piece]],
    names: tuple[Pieces, Pieces],
    kind: EntityKind | None,
) -> tuple[Feature, ...]:
    """Names of one language where one leaves out a number, or all but brand and number."""
    (a, b), pieces = names, [*over[0], *over[1]]
    if kind not in ("project", "line") or a.phase != b.phase or tally.brand < 2 or not tally.heads:
        return ()
    if not pieces and tally.fields and not (a.numbers and b.numbers):
        number = min(a.numbers | b.numbers)
        return (Feature("rendering", 0.91, f"the same but for {number}"),)
    if not tally.numbers or not all(p.kind in ("place", "field") or _sign(p) for p in pieces):
        return ()
    if {p.kind for p in over[0]} & {p.kind for p in over[1]}:
        return ()
    beyond = " ".join(p.text for p in pieces)
    return (Feature("rendering", 0.91, f"brand and number agree, beside {beyond}"),)


def _sign(piece: Piece) -> bool:
    """A short Latin sign of a technology, as TFT."""
    return piece.kind == "own" and piece.text.isascii() and len(piece.text) <= _A_NAME


def _without_parent(over: list[Piece], name: Pieces) -> list[Piece]:
    """What is left over without the office that the rest belongs to: 林业局竹藤中心 is of the bureau."""
    if not name.han or not over or over[-1].kind != "head" or not over[-1].ids & _PARENTS:
        return over
    front = [p for p in name.pieces if p.kind not in ("legal", "weak", "whole", "place")]
    return [] if over == front[: len(over)] and len(front) > len(over) + 1 else over


def _telling(pieces: list[Piece], kind: EntityKind | None) -> list[Piece]:
    """Pieces that tell things apart: not legal forms, weak words and what much belongs to."""
    silent = {"legal", "weak", "whole"} | ({"head"} if kind == "company" else set())
    return [p for p in pieces if p.kind not in silent and p.text not in _NEW]


def _tally(found: Alignment, a: Pieces, b: Pieces, kind: EntityKind | None) -> _Tally:
    written = sum(
        min(len(x.text), _A_NAME)
        for x, y in found.agreed
        if x.kind == "own" and x.text == y.text and len(x.text) > 1
    )
    if kind == "company":  # a firm may be called after a county, where others hardly are
        written += sum(len(x.text) for x, y in found.agreed if x.han and _of_a_county(x, y))
        written += 2 * found.count("side")
    return _Tally(
        brand=found.sounded + _A_NAME * found.count("name") + written,
        places=found.count("place"),
        fields=found.count("field") + (kind != "company") * found.count("side"),
        heads=found.count("head"),
        numbers=int(bool(a.numbers and a.numbers == b.numbers)),
        wholes=found.count("whole"),
        headless=not any(p.kind == "head" for p in (*a.pieces, *b.pieces)),
    )


def _of_a_county(one: Piece, two: Piece) -> bool:
    codes = one.ids & two.ids
    return one.kind == "place" == two.kind and bool(codes) and all(map(is_county, codes))


def _other_figures(a: Pieces, b: Pieces) -> list[Feature]:
    found = []
    if a.phase != b.phase:
        one, two = (f"phase {p.phase}" if p.phase else "the whole" for p in (a, b))
        found.append(Feature("other_phase", 0.0, f"{one} is not {two}"))
    if not (a.numbers <= b.numbers or b.numbers <= a.numbers):
        listed = [", ".join(sorted(p.numbers)) for p in (a, b)]
        found.append(Feature("other_number", 0.0, f"{listed[0]} is not {listed[1]}"))
    return found


def _vetoes(
    found: Alignment, left: list[Piece], right: list[Piece], kind: EntityKind | None
) -> list[Feature]:
    vetoes = []
    for reason, classes in (("other_place", ("place",)), ("other_head", ("head",))):
        one, two = (next((p for p in side if p.kind in classes), None) for side in (left, right))
        if one and two:
            vetoes.append(Feature(reason, 0.0, f"{one.text} is not {two.text}"))
    rank = next((p for p in (*left, *right) if p.kind == "side"), None)
    if rank and kind != "company":
        vetoes.append(Feature("other_rank", 0.0, f"only one of them says {rank.text}"))
    own = [next((p for p in side if p.kind == "own"), None) for side in (left, right)]
    if own[0] and own[1] and any(is_pinyin(p.text) for p in own if p and not p.han):
        vetoes.append(Feature("other_name", 0.0, f"{own[0].text} is not {own[1].text}"))
    return vetoes


def _firm(tally: _Tally, left: list[Piece], right: list[Piece]) -> float:
    """A company: its brand must agree, and more than two characters of it or something beside."""
    over = [*left, *right]
    if tally.brand < 2:
        return 0.92 if not over and tally.places and tally.fields else 0.0
    strange = _strangers(left, right) + _strangers(right, left)
    if strange and tally.brand + tally.fields < _A_NAME:
        return 0.0
    unsaid = sum(p.kind != "place" for p in over) - strange
    known = [sum(p.kind == "field" for p in side) for side in (left, right)]
    sure = tally.brand >= _A_NAME or tally.places + tally.fields > 0
    score = (0.97 if sure else 0.8) - 0.03 * unsaid - 0.25 * strange - 0.3 * min(known)
    return max(score, 0.0)


def _strangers(pieces: list[Piece], others: list[Piece]) -> int:
    """Own words that may be another brand, not a product that only the other language spells out."""
    untold = any(p.kind in ("own", "field") and not p.han and not is_pinyin(p.text) for p in others)
    return sum(
        p.kind == "name" or (p.kind == "own" and (not untold if p.han else is_pinyin(p.text)))
        for p in pieces
    )


def _thing(tally: _Tally, left: list[Piece], right: list[Piece], kind: EntityKind | None) -> float:
    """Anything else: the kind of thing must agree, and enough that says which one it is."""
    over = [*left, *right]
    if any(p.kind == "head" for p in over) or (left and right):
        return 0.0
    least = 2.0 if kind in _MADE and kind != "park" else 0.5 if tally.wholes else 1.0
    if tally.said < least or not (tally.heads or tally.headless):
        return 0.5 if tally.heads and tally.said and not over else 0.0
    if not (tally.heads or tally.brand or tally.places or tally.wholes):
        return 0.0  # "tyre" and 轮胎 name nothing
    if not over:
        return 0.97
    if any(p.kind in ("own", "name") for p in over):
        return 0.7 if kind in _MADE else 0.0
    if kind not in _MADE or len(over) > 1 or not (tally.brand or tally.places):
        return 0.0
    return 0.92 if tally.said >= 2 else 0.6


@lru_cache(maxsize=65536)
def is_pinyin(word: str) -> bool:
    """Whether the letters can be cut into syllables of Chinese throughout, two at least."""
    open_ends = {(0, 0)}
    while open_ends:
        further = set()
        for at, count in open_ends:
            if at == len(word) and count > 1:
                return True
            further |= {
                (end, min(count + 1, 2))
                for end in range(at + 1, min(at + 6, len(word)) + 1)
                if word[at:end] in _syllables()
            }
        open_ends = further
    return False


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    return frozenset(reading for all_of in readings().values() for reading in all_of)
