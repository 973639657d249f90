"""A name taken apart: what tells it from others, and what any name of its kind may hold.

Of "Chang’an Automobile Yubei Factory" the places are Chang'an and Yubei, a sector word is
"automobile", generic is "plant" (which "factory" counts as); it holds no brand. Chinese names are
taken apart from both ends, as they come without spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from nameplate.find.spelling import spell
from nameplate.lexicon.names import name_words
from nameplate.lexicon.places import chinese_places, english_places
from nameplate.model import EntityKind
from nameplate.resolve.phase import split_phase

Class = Literal["legal", "generic", "sector", "filler", "place"]

_TOKEN = re.compile(r"[\u3400-\u9fff]+|\d+(?:\.\d+)?|[^\W\d_\u3400-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PIECE = re.compile(r"\w+(?:['’]\w+)?")
_LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Parts:
    """What a name consists of, in the spelling of comparison.

    ``words`` tell it from others (``brand`` those of them that are no sector words), as do
    ``numbers`` and the ``phase``; ``front`` are the places before all else; ``head`` is the last
    generic word, and a name is ``titled`` if that is written with a capital, or in Chinese.
    """

    spelling: str
    name: str = ""
    words: frozenset[str] = frozenset()
    brand: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    front: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    phase: str | None = None
    generic: frozenset[str] = frozenset()
    head: str | None = None
    titled: bool = False

    @property
    def han(self) -> bool:
        """Whether it holds Chinese characters."""
        return bool(_HAN.search(self.spelling))

    @property
    def said(self) -> int:
        """How many things the name says beyond its kind."""
        return len(self.words) + len(self.places) + len(self.numbers)


_LEVELS = frozenset("省市县区州盟旗")


@dataclass(slots=True)
class _Draft:
    words: list[str] = field(default_factory=list)
    brand: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    front: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    phase: str | None = None
    generic: list[str] = field(default_factory=list)
    titled: bool = False


@lru_cache(maxsize=65536)
def parts_of(name: str, kind: EntityKind | None) -> Parts:
    """Take a name apart; what is generic depends on the kind of thing it names."""
    spelling = spell(name)
    raised = [piece for piece in _PIECE.findall(name) if piece != piece.lower()]
    capitals = frozenset(token for piece in raised for token in _TOKEN.findall(spell(piece)))
    draft = _Draft()
    draft.phase, tokens = split_phase(_TOKEN.findall(spelling))
    at = 0
    while at < len(tokens):
        if _HAN.match(tokens[at]):
            _take_han(tokens[at], kind, draft)
            at += 1
        else:
            at += _take_latin(tokens, at, kind, draft, capitals)
    return Parts(
        spelling=spelling,
        name=name,
        words=frozenset(draft.words),
        brand=frozenset(draft.brand),
        places=frozenset(draft.places),
        front=frozenset(draft.front),
        numbers=frozenset(draft.numbers),
        phase=draft.phase,
        generic=frozenset(draft.generic),
        head=draft.generic[-1] if draft.generic else None,
        titled=draft.titled,
    )


def _take_latin(
    tokens: list[str], at: int, kind: EntityKind | None, draft: _Draft, capitals: frozenset[str]
) -> int:
    """Put the longest known phrase that begins at ``at`` where it belongs; its length."""
    same = name_words("en").same
    for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
        heard = " ".join(tokens[at : at + length])
        phrase = " ".join(same.get(t, t) for t in tokens[at : at + length])
        phrase = same.get(phrase, phrase)
        found = _english(kind).get(phrase)
        if found is not None:
            _put(phrase, found, draft)
            if found == "generic":
                draft.titled = tokens[at] in capitals
            return length
        if heard in _english_places() and tokens[at] in capitals:
            _put(heard, "place", draft)
            return length
    token = same.get(tokens[at], tokens[at])
    number = name_words("en").numerals.get(token, token if token[0].isdigit() else None)
    if number is not None:
        draft.numbers.append(number)
    else:
        draft.words.append(token)
        if tokens[at] in capitals:
            draft.brand.append(token)
    return 1


def _put(phrase: str, found: Class, draft: _Draft) -> None:
    if found == "generic":
        draft.generic += phrase.split()
    elif found == "sector":
        draft.words.append(phrase)
    elif found == "place":
        if not (draft.words or draft.numbers or draft.generic):
            draft.front.append(phrase)
        draft.places.append(phrase)


def _take_han(run: str, kind: EntityKind | None, draft: _Draft) -> None:
    """Places off the front, the legal form and generic words off the end; the rest is the core."""
    words = name_words("zh")
    at_front = not (draft.words or draft.numbers or draft.generic)
    while place := _leading_place(run):
        draft.places.append(_bare(place))
        if at_front:
            draft.front.append(_bare(place))
        run = run[len(place) :]
    for form in _longest_first(words.legal):
        run = run.removesuffix(form)
    generic = _longest_first(words.generic.get(kind, ()) if kind else ())
    ends: list[str] = []
    while end := next((g for g in generic if run.endswith(g)), None):
        ends.insert(0, end)
        run = run[: -len(end)]
    draft.generic += ends
    draft.titled = draft.titled or bool(ends)
    core = run.removeprefix("第").removesuffix("第")
    if core:
        draft.words.append(core)
        if len(_common_han().sub("", core)) >= 2:
            draft.brand.append(core)


def _leading_place(run: str) -> str | None:
    places = chinese_places()
    for length in range(min(len(run), 12), 1, -1):
        if run[:length] in places:
            return run[:length]
    return None


@cache
def _bare(place: str) -> str:
    """A place without its level where that leaves the same place: 重庆市 is 重庆; 吉林市 is not 吉林."""
    known, bare = chinese_places(), place[:-1]
    if place[-1] not in _LEVELS or bare not in known:
        return place
    same = {e.code for e in known[bare]} == {e.code for e in known[place]}
    return bare if same else place


@cache
def _longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _english(kind: EntityKind | None) -> dict[str, Class]:
    words = name_words("en")
    table: dict[str, Class] = dict.fromkeys(words.legal, "legal")
    table |= dict.fromkeys(words.fillers, "filler")
    table |= dict.fromkeys(words.sector, "sector")
    if kind is not None:
        table |= dict.fromkeys(words.generic.get(kind, ()), "generic")
    return table


@cache
def _english_places() -> frozenset[str]:
    return frozenset(spell(name) for name in english_places())


@cache
def _common_han() -> re.Pattern[str]:
    """Whatever a Chinese name holds that is not its own."""
    words = name_words("zh")
    generic = [word for kind in words.generic.values() for word in kind]
    common = _longest_first((*words.sector, *words.fillers, *generic, *words.legal))
    return re.compile("|".join(map(re.escape, common)))
