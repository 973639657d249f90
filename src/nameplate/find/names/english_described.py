"""English descriptions that do a name's work: "a semiconductor plant in Lehi, Utah", "the project".

Aho-Corasick finds lower-case head nouns; a scan to the left takes the modifiers up to the determiner
and decides: a new thing, a thing named by its content, or a generic one that needs an antecedent.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from nameplate.lexicon.names_find import english

REACH = 150
"""How far to the left of its head a description may begin, in characters."""
MOST_WORDS = 9
_BREAK = re.compile(r".*(?:[.,]\s|[;:!?()\[\]\"“”|*]|\n\s*\n)", re.DOTALL)
_ANNUAL = re.compile(
    r"\b(?:annual|yearly|daily) (?:output|capacity|production|production capacity) of "
    r"(?:about |over |more than |nearly )?[\d.,]+(?: (?:million|billion|thousand))?"
    r"(?: (?:tons?|tonnes?|sets?|units?|pieces?|kWh|GWh|MW|vehicles))?(?: of)? $",
    re.IGNORECASE,
)
_RATED = re.compile(
    r"[\d,.]+(?:[-‑](?:ton|tonne|megawatt|gigawatt|acre|mu|line)s?|(?:MW|GW|GWh|MWh|kW|t/d|tpd|mtpa)p?)$",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:[$€£¥~]|US\$|RMB)?\d")
_NOUNS = frozenset({"assembly", "supply", "family", "sub-assembly", "final-assembly"})
_PARTICIPLE = re.compile(r"\w{3,}(?:ed|ing)$")


@cache
def _heads() -> tuple[AhoCorasick, tuple[str, ...]]:
    words = tuple(english().described)
    return (
        AhoCorasick(
            words,
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
        ),
        words,
    )


class Described(NamedTuple):
    """A description: its span, kind and head noun; how it is determined; what it holds.

    ``priced`` says that an amount stands before it ("a $3.5 billion factory"), ``content`` counts
    the modifiers that tell it apart, ``begin`` is the start of its determiner.
    """

    start: int
    end: int
    kind: str
    head: str
    definite: bool
    indefinite: bool
    priced: bool
    owned: bool
    proper: bool
    content: int
    begin: int


def described(text: str) -> list[Described]:
    """All descriptions with a lower-case head, in order; the caller decides what they stand for."""
    automaton, heads = _heads()
    kinds = english().described
    found = []
    for i, start, end in automaton.find_matches_as_indexes(text):
        if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
            continue
        if text[start - 1 : start] in "-'" and start:
            continue
        got = _description(text, start, end, kinds[heads[i]], heads[i])
        if got is not None:
            found.append(got)
    return found


def _description(text: str, start: int, end: int, kind: str, head: str) -> Described | None:
    words = english()
    begin, determiner, modifiers = _left(text, start)
    nxt = text[end : end + 24].split(None, 1)
    followed = bool(nxt) and text[end] == " " and nxt[0].strip(".,;") in words.after_heads
    if followed and kind != "body" and nxt[0] not in ("of", "site", "sites") and len(modifiers) < 3:
        return None
    definite = determiner in words.determiners
    indefinite = determiner in words.indefinite
    while modifiers and _empty(text, modifiers[0], bool(determiner)):
        modifiers.pop(0)
    first = modifiers[0][0] if modifiers else start
    said = [text[s:e] for s, e in modifiers]
    proper = any(w[0].isupper() for w in said)
    return Described(
        first,
        end,
        kind,
        head,
        definite,
        indefinite,
        determiner == "$",
        determiner == "'s",
        proper,
        len(said),
        begin,
    )


def _empty(text: str, span: tuple[int, int], determined: bool) -> bool:
    word = text[slice(*span)].lower()
    if word == "new":
        nxt = text[span[1] + 1 : span[1] + 12].lower()
        return not nxt.startswith(("energy", "material", "generation", "media", "area"))
    return word in english().empty or (not determined and bool(_PARTICIPLE.match(word)))


def _left(text: str, start: int) -> tuple[int, str, list[tuple[int, int]]]:
    """Where the phrase begins, its determiner (or "" or a number), and its modifiers' spans."""
    words = english()
    low = max(0, start - REACH)
    window = text[low:start]
    if cut := _BREAK.match(window):
        low += cut.end()
    spans: list[tuple[int, int]] = []
    at = start
    for match in reversed(list(re.finditer(r"\S+", text[low:start]))):
        word = match.group()
        small = word.lower()
        s, e = low + match.start(), low + match.end()
        if small in words.determiners or small in words.indefinite:
            return s, small, spans
        if word.endswith(("'s", "s'")):
            return at, "'s", spans
        if small in words.stops or word in words.never_first:
            break
        if (
            word in words.units
            or small in words.units
            or (_MONEY.match(word) and not _RATED.match(word))
        ):
            if annual := _ANNUAL.search(text, max(0, at - 110), at):
                spans.insert(0, (annual.start(), at - 1))
                return annual.start(), "", spans
            return s, "$", spans
        if (
            (small.endswith("ly") and small not in _NOUNS)
            or word[0] in "$€£¥~<>=/-–—"
            or len(spans) == MOST_WORDS
        ):
            break
        spans.insert(0, (s, e))
        at = s
    return at, "", spans
