"""Two names set against each other piece by piece: what agrees, and what only one of them holds.

Words agree by what they mean (轮胎, "tyres"), places by their codes or one lying in the other, a
name's own characters by how they are read (长安, "Chang'an").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from nameplate.lexicon.renderings import chinese_words
from nameplate.resolve.pieces import Piece, Pieces, place_of
from nameplate.resolve.places import within
from nameplate.resolve.sound import sounds_in

_WORDS_A_BRAND = 5
_LEAST_LETTERS = 3


@dataclass(slots=True)
class Alignment:
    """What agrees, by class; how many characters sound alike; what is left over on either side."""

    agreed: list[tuple[Piece, Piece]] = field(default_factory=list)
    sounded: int = 0
    left: list[Piece] = field(default_factory=list)
    right: list[Piece] = field(default_factory=list)

    def count(self, *kinds: str) -> int:
        """How many pairs that agree are of these classes."""
        return sum(one.kind in kinds or two.kind in kinds for one, two in self.agreed)


def align(one: Pieces, two: Pieces) -> Alignment:
    """Set two names against each other."""
    found = Alignment(left=list(one.pieces), right=list(two.pieces))
    _pair(found, lambda a, b: a.text == b.text)
    _pair(found, _one_meaning)
    _pair(found, lambda a, b: a.kind == "place" == b.kind and bool(a.ids & b.ids))
    if found.count("place"):
        _pair(found, lambda a, b: a.kind == "place" == b.kind and within(a.ids, b.ids))
    _sound(found, found.left, found.right)
    _sound(found, found.right, found.left)
    _place_rest(found.left)
    _place_rest(found.right)
    _pair(found, lambda a, b: a.kind == "place" == b.kind and bool(a.ids & b.ids))
    _pair_characters(found, found.left, found.right)
    _pair_characters(found, found.right, found.left)
    return found


def _one_meaning(a: Piece, b: Piece) -> bool:
    """Across languages one meaning in common is enough, within one all of the narrower word's."""
    if not a.ids & b.ids or ("place" in (a.kind, b.kind) and "name" not in (a.kind, b.kind)):
        return False
    return a.han != b.han or a.ids <= b.ids or b.ids <= a.ids


def _pair(found: Alignment, agree: Callable[[Piece, Piece], bool]) -> None:
    for a in list(found.left):
        b = next((b for b in found.right if agree(a, b)), None)
        if b is not None:
            found.left.remove(a)
            found.right.remove(b)
            found.agreed.append((a, b))


def _sound(found: Alignment, han: list[Piece], latin: list[Piece]) -> None:
    """Take out the Latin words that spell characters of the other name."""
    if not latin or not any(piece.han for piece in han):
        return
    at = 0
    while at < len(latin):
        width = min(_WORDS_A_BRAND, len(latin) - at)
        while width and not _spell_out(found, han, latin, at, width):
            width -= 1
        at += not width


def _spell_out(found: Alignment, han: list[Piece], latin: list[Piece], at: int, width: int) -> bool:
    run = latin[at : at + width]
    letters = "".join(piece.text for piece in run)
    if any(piece.han for piece in run) or len(letters) < _LEAST_LETTERS or not letters.isalpha():
        return False
    pieces = [piece for piece in han if piece.han and piece.kind != "legal"]
    joined = "".join(piece.text for piece in pieces)
    where = sounds_in(letters, joined)
    if where is None or _other_place(joined[slice(*where)], run):
        return False
    _remove(han, pieces, *where)
    del latin[at : at + width]
    whole = Piece(joined[slice(*where)], "own")
    found.sounded += where[1] - where[0]
    found.agreed.append((whole, Piece(letters, "own")))
    return True


def _other_place(han: str, latin: list[Piece]) -> bool:
    """Whether both are known places, and others: 陕西 sounds like Shanxi and is not."""
    place = place_of(han)
    return bool(
        place and len(latin) == 1 and latin[0].kind == "place" and not place.ids & latin[0].ids
    )


def _place_rest(pieces: list[Piece]) -> None:
    """What is left of a stretch when the brand is taken out may be a place: 川岭哈尔滨."""
    for number, piece in enumerate(pieces):
        if piece.kind == "own" and piece.han and (place := place_of(piece.text)):
            pieces[number] = place


def _remove(han: list[Piece], pieces: Iterable[Piece], start: int, end: int) -> None:
    """Take the characters from ``start`` to ``end`` out of the pieces, of a known word all of it."""
    at = 0
    for piece in pieces:
        first, last = max(start - at, 0), min(end - at, len(piece.text))
        at += len(piece.text)
        if first >= last:
            continue
        rest = piece.text[:first] + piece.text[last:]
        where = han.index(piece)
        if (rest and piece.kind == "own") or (
            rest and len(rest) > 1 and piece.kind not in ("place", "weak")
        ):
            han[where] = Piece(rest, "own")
        else:
            del han[where]
            continue
        if where + 1 < len(han) and han[where + 1].kind == "own" and han[where + 1].han:
            han[where : where + 2] = [Piece(rest + han[where + 1].text, "own")]


def _pair_characters(found: Alignment, han: list[Piece], other: list[Piece]) -> None:
    """The last characters of a name's own that mean what a word of the other one says: 宝钢, steel."""
    for piece in [p for p in han if p.han and p.kind == "own"]:
        text = piece.text
        while text:
            known = next((n for n in (2, 1) if text[-n:] in chinese_words() and len(text) >= n), 0)
            ids = chinese_words()[text[-known:]].ids if known else frozenset()
            match = next((p for p in other if not p.han and p.ids & ids), None)
            if match is None:
                break
            other.remove(match)
            found.agreed.append((Piece(text[-known:], "field", ids), match))
            text = text[:-known]
        if text != piece.text:
            where = han.index(piece)
            han[where : where + 1] = [Piece(text, "own")] if text else []
