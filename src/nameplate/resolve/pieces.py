"""A name in pieces that can be set against a name in the other language.

A piece is a place with its codes, a word with what it may mean, or a stretch of the name's own: "Jilin
High-tech Zone" is the place Jilin and a high-tech zone, 吉林高新区 as well. Numbers stand apart, as
they must agree to the digit: 1500万 and "15 million" are 15000000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from nameplate.find.spelling import spell
from nameplate.lexicon.names import name_words
from nameplate.lexicon.places import chinese_places, english_places
from nameplate.lexicon.renderings import (
    MeaningClass,
    Meanings,
    chinese_words,
    english_words,
    meanings,
    singular,
)
from nameplate.model import EntityKind
from nameplate.resolve.phase import split_phase

PieceClass = Literal["place", "own", "legal"] | MeaningClass

_TOKEN = re.compile(r"[\u3400-\u9fff]+|\d+(?:\.\d+)?|[^\W\d_\u3400-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PIECE = re.compile(r"\w+(?:['’]\w+)?")
_LONGEST_HAN = 12
_LONGEST_PHRASE = 8
_LONGEST_NAME = 60
"""More tokens are no name: what follows is left out, so that no text takes long."""

_SCALES = {"万": 10**4, "亿": 10**8, "千": 10**3, "百": 100, "thousand": 10**3, "million": 10**6}
_SCALES |= {"billion": 10**9, "trillion": 10**12, "万亿": 10**12, "百万": 10**6, "千万": 10**7}
_MONEY = ("元", "美元", "日元", "欧元", "港元", "人民币")
_MONEY_WORDS = frozenset({"yuan", "rmb", "cny", "usd", "dollar", "euro", "yen"})
_COUNTERS = re.compile("^(?:条|辆|套|台|吨|片|张|件|平方米|亩|代|kw|mw|gw|gwh|mwh)")
_ZONES = ("新区", "开发区", "新")
_JOINING = frozenset("第的与及和暨学")
_GENERATION = frozenset({"gen", "generation", "g", "th", "no", "ton", "mw", "gw", "gwh"})
_BEFORE_PLACES = frozenset({"place", "whole", "field", "name"})
_INSTITUTES: frozenset[EntityKind] = frozenset({"institute", "body", "programme", "event"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a name: as spelled without spaces, its class, and what it may mean (or codes)."""

    text: str
    kind: PieceClass
    ids: frozenset[str] = frozenset()

    @property
    def han(self) -> bool:
        """Whether it is written in Chinese characters."""
        return bool(_HAN.match(self.text))


@dataclass(frozen=True, slots=True)
class Pieces:
    """A name in pieces, its numbers, its phase."""

    pieces: tuple[Piece, ...]
    numbers: frozenset[str]
    phase: str | None
    han: bool


@lru_cache(maxsize=65536)
def pieces_of(name: str, kind: EntityKind | None, fine: bool = False) -> Pieces:
    """Take a name to pieces; what a word may mean depends on the kind of thing it names.

    ``fine``: words that say a kind of thing and what it is for ("university of technology") come apart.
    """
    name = name[: _LONGEST_NAME * 8]
    raised = frozenset(
        token
        for piece in _PIECE.findall(name)
        if piece != piece.lower()
        for token in _TOKEN.findall(spell(piece))
    )
    phase, tokens = split_phase(_TOKEN.findall(spell(name))[:_LONGEST_NAME])
    pieces: list[Piece] = []
    numbers: list[str] = []
    at = 0
    while at < len(tokens):
        if tokens[at][0].isdigit():
            at += _take_number(tokens, at, numbers)
        elif _HAN.match(tokens[at]):
            pieces += _split_han(tokens[at], kind, first=not pieces, fine=fine)
            at += 1
        else:
            piece, width = _latin_piece(tokens, at, kind, raised, fine)
            if piece is not None:
                pieces.append(piece)
            at += width
    return Pieces(tuple(pieces), frozenset(numbers), phase, any(piece.han for piece in pieces))


def _take_number(tokens: list[str], at: int, numbers: list[str]) -> int:
    """Read a number with its scale; one of money is no part of a name. How many tokens it took."""
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    value, width = float(tokens[at][:15]), 1
    han = re.match("万亿|千万|百万|[万亿千百]", following)
    if han:
        value *= _SCALES[han[0]]
        following = tokens[at + 1] = following[len(han[0]) :]
        width += not following
    elif following in _SCALES:
        value *= _SCALES[following]
        width += 1
        following = tokens[at + 2] if at + 2 < len(tokens) else ""
    if following.startswith(_MONEY):
        currency = next(m for m in _MONEY if following.startswith(m))
        tokens[at + 1] = following[len(currency) :]
        return width + (not tokens[at + 1])
    if singular(following) in _MONEY_WORDS:
        return width + 1
    numbers.append(f"{value:g}" if value < 10**6 else f"{value:.0f}")
    counter = _COUNTERS.match(following)
    if counter and _HAN.match(following):
        tokens[at + 1] = following[counter.end() :]
        return width + (not tokens[at + 1])
    return width + (singular(following) in _GENERATION)


def _latin_piece(
    tokens: list[str], at: int, kind: EntityKind | None, raised: frozenset[str], fine: bool
) -> tuple[Piece | None, int]:
    """The longest known phrase that begins here, else one word of the name's own; None: a filler."""
    run = list(_latin_run(tokens, at))
    for width in range(len(run), 0, -1):
        heard = " ".join(run[:width])
        found = english_words().get(" ".join(map(singular, run[:width])))
        if fine and found is not None and width > 1 and found.classes == ("head",):
            found = None
        codes = _english_codes().get(heard) if run[0] in raised else None
        if fine and heard.endswith(" city"):
            codes = None
        if found is not None and not (codes and found.classes[0] == "name"):
            return _meant("".join(run[:width]), found, kind), width
        if codes is not None:
            return Piece(heard.replace(" ", ""), "place", codes), width
        if heard in _english_legal():
            return Piece(heard.replace(" ", ""), "legal"), width
    if run[0] in name_words("en").numerals and len(run[0]) > 2:
        return Piece(run[0], "own"), 1
    if run[0] in _english_fillers() or singular(run[0]) in _GENERATION:
        return None, 1
    return Piece(run[0], "own"), 1


def _latin_run(tokens: list[str], at: int) -> Iterator[str]:
    for token in tokens[at : at + _LONGEST_PHRASE]:
        if (token[0].isdigit() and token != tokens[at] and len(token) > 1) or _HAN.match(token):
            return
        yield token


def _meant(text: str, found: Meanings, kind: EntityKind | None) -> Piece:
    """A known word; in the name of an institute every word that can say a field does say it."""
    classes, ids = found.classes, found.ids
    if kind in _INSTITUTES and "field" in classes and "weak" in classes:
        return Piece(text, "field", ids - _weak())
    return Piece(text, "weak" if "weak" in classes else classes[0], ids)


def _split_han(
    run: str, kind: EntityKind | None, *, first: bool, fine: bool = False
) -> list[Piece]:
    """Longest known word first, from the left; a place counts at the front or after a known word."""
    pieces: list[Piece] = []
    own = ""
    at = 0
    while at < len(run):
        if run[at] in _JOINING and _joins(run, at, own):
            at += 1
            continue
        at_front = not own and (
            (first and not pieces) or (bool(pieces) and pieces[-1].kind in _BEFORE_PLACES)
        )
        piece, width = _known(run, at, first=at_front, kind=kind, fine=fine)
        if piece is None:
            own += run[at]
            at += 1
            continue
        if own:
            pieces.append(Piece(own, "own"))
            own = ""
        if piece.text:
            pieces.append(piece)
        at += width
    return [*pieces, Piece(own, "own")] if own else pieces


def _joins(run: str, at: int, own: str) -> bool:
    """第, 的 and 与 between known words, and 学 after one: they say nothing."""
    if own or _known(run, at, first=False)[1] > 1:
        return False
    return run[at] not in "学" or at > 0


def _known(
    run: str, at: int, *, first: bool, kind: EntityKind | None = None, fine: bool = False
) -> tuple[Piece | None, int]:
    """The longest known word at ``at``; a single character only where it closes the name."""
    rest = len(run) - at
    for width in range(min(rest, _LONGEST_HAN), 0, -1):
        text = run[at : at + width]
        codes = _chinese_codes().get(text) if first and width > 1 else None
        if codes and text.endswith(_ZONES):
            codes = None
        found = chinese_words().get(text)
        if fine and found is not None and width > 2 and found.ids <= compounds():
            found = None
        if width == 1 and not (_closes(found, rest) or _divides(text, run, at)):
            return None, 1
        if found is not None and not (codes and found.classes[0] in ("name", "side")):
            return _meant(text, found, kind), width
        if codes is not None:
            return Piece(text, "place", codes | (found.ids if found else frozenset())), width
        if width > 1 and text in _chinese_fillers():
            return Piece("", "legal"), width
    return None, 1


def _closes(found: Meanings | None, rest: int) -> bool:
    return found is not None and rest == 1 and "head" in found.classes


def _divides(text: str, run: str, at: int) -> bool:
    """省, 市 and the like after the bare name of a place."""
    return text in "省市县" and at > 0 and (at + 1 < len(run)) and run[at - 1] not in "城都"


@cache
def compounds() -> frozenset[str]:
    """Meanings that say a kind of school or office together with what it is for."""
    kinds = ("university", "school", "commission", "college", "academy")
    return frozenset(
        meaning
        for meaning, kind in meanings().items()
        if kind == "head" and " " in meaning and any(word in meaning for word in kinds)
    )


@cache
def _weak() -> frozenset[str]:
    return frozenset(meaning for meaning, kind in meanings().items() if kind == "weak")


def place_of(text: str) -> Piece | None:
    """A stretch of Chinese characters as the place that it names."""
    codes = _chinese_codes().get(text)
    return Piece(text, "place", codes) if codes else None


@cache
def _english_codes() -> dict[str, frozenset[str]]:
    """Spelling of a place without spaces to its codes; "Jilin" is a province and a city."""
    table: dict[str, set[str]] = {}
    for name, entries in english_places().items():
        table.setdefault(spell(name), set()).update(entry.code for entry in entries)
    return {name: frozenset(codes) for name, codes in table.items()}


@cache
def _chinese_codes() -> dict[str, frozenset[str]]:
    return {
        spell(name): frozenset(entry.code for entry in entries)
        for name, entries in chinese_places().items()
        if len(name) > 1
    }


@cache
def _english_legal() -> frozenset[str]:
    return frozenset(name_words("en").legal)


@cache
def _english_fillers() -> frozenset[str]:
    return frozenset(name_words("en").fillers)


@cache
def _chinese_fillers() -> frozenset[str]:
    return frozenset(name_words("zh").fillers) | {"年产", "日产", "月产", "总投资"}


_KINDS: dict[str, EntityKind] = {
    "college": "institute",
    "vocational college": "institute",
    "project": "project",
    "plant": "plant",
    "base": "plant",
    "power station": "plant",
    "workshop": "plant",
    "line": "line",
    "company": "company",
    "group": "company",
    "university": "institute",
    "institute": "institute",
    "academy": "institute",
    "academy of sciences": "institute",
    "research academy": "institute",
    "design institute": "institute",
    "research center": "institute",
    "university of technology": "institute",
    "university of science and technology": "institute",
    "medical university": "institute",
    "normal university": "institute",
    "government": "body",
    "bureau": "body",
    "department": "body",
    "commission": "body",
    "management committee": "body",
    "expo": "event",
    "forum": "event",
}
_PARKS = ("park", "zone", "area", "city")


_COUNTED = re.compile(
    r"(?:(?:about|over|more than|nearly|some|all|the) )*(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|several|dozens of|hundreds of) (?:[\w-]+ ){0,4}"
    r"(?:projects|plants|lines|parks|factories|workshops|contracts|agreements|enterprises|companies)$"
    r"|[\d一二两三四五六七八九十百千]+(?:个|家|条|批|座)",
    re.IGNORECASE,
)
"""Groups that are counted, not named."""


@lru_cache(maxsize=65536)
def kind_of(name: str, kind: EntityKind | None) -> EntityKind:
    """The kind a name was taken for; of a mere "thing" what its own words say, if they say it."""
    if kind == "thing" and _COUNTED.match(name):
        return kind  # "530 projects" are no project
    if kind not in (None, "thing"):
        return kind
    first = name.split(" of ", 1)[0]
    if first != name and (told := kind_of(first, "thing")) != "thing":
        return told  # "Institute of Steel of the Academy": the first head is what it is
    heads = [piece for piece in pieces_of(name, None).pieces if piece.kind == "head"]
    if heads:
        kinds: set[EntityKind] = {
            "park" if m.endswith(_PARKS) else _KINDS[m]
            for m in heads[-1].ids
            if m.endswith(_PARKS) or m in _KINDS
        }
        if len(kinds) == 1:
            return kinds.pop()
    return "thing"
