"""English descriptions that do a name's work: "a semiconductor plant in Lehi, Utah", "the project".

Aho-Corasick finds lower-case head nouns; a scan to the left takes the modifiers up to the determiner
and decides: a new thing, a thing named by its content, or a generic one that needs an antecedent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from nameplate.find.names.found import NUMBERS
from nameplate.lexicon.names_find import english

REACH = 150
"""How far to the left of its head a description may begin, in characters."""
MOST_WORDS = 9
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
ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:ian|ese|ish|ean|man)$")
"""Words like "Chinese", "Canadian": capitals that name nothing."""
_PARTICIPLE = re.compile(r"\w{3,}(?:ed|ing)$")


@cache
def _heads() -> tuple[AhoCorasick, tuple[str, ...]]:
    small = tuple(english().described)
    words = (*small, *(w.capitalize() for w in small))
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
        got = _description(text, start, end, kinds[heads[i].lower()], heads[i].lower())
        if got is not None and (heads[i].islower() or _stands_alone(text, got)):
            found.append(got)
    return found


def _stands_alone(text: str, d: Described) -> bool:
    """Whether a capitalised head is a whole phrase ("the Company"), not the end of a name."""
    follows = text[d.end : d.end + 2]
    return d.definite and not d.content and not (follows[:1] == " " and follows[1:].isupper())


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
    of_people = kind in (
        "body",
        "place",
    )  # "the Chinese government" is one, "the Chinese plant" any
    proper = any(w[0].isupper() and (of_people or not ADJECTIVE.match(w)) for w in said)
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
    """Where the phrase begins, its determiner, and its modifiers' spans.

    The determiner is a word, ``$`` for an amount, ``'s`` for an owner, or empty.
    """
    words = english()
    spans: list[tuple[int, int]] = []
    at = start
    for s, e in _words_before(text, start):
        word = text[s:e]
        small = word.lower()
        if small in words.determiners or small in words.indefinite:
            return s, small, spans
        if word.endswith(("'s", "s'")):
            return at, "'s", spans
        if small in words.stops or (word in words.never_first and word not in NUMBERS):
            break
        if _is_amount(word, small):
            if annual := _ANNUAL.search(text, max(0, at - 110), at):
                spans.insert(0, (annual.start(), at - 1))
                return annual.start(), "", spans
            return s, "$", spans
        if (small.endswith("ly") and small not in _NOUNS) or word[0] in _SIGNS:
            break
        spans.insert(0, (s, e))
        at = s
    return at, "", spans


def _is_amount(word: str, small: str) -> bool:
    units = english().units
    return word in units or small in units or bool(_MONEY.match(word) and not _RATED.match(word))


_SIGNS = frozenset("$€£¥~<>=/-–—")
_CLOSERS = frozenset('.,;:!?()[]"“”|*。，；：')


def _words_before(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Spans of the words before ``start``, nearest first, up to punctuation or an empty line."""
    low, at = max(0, start - REACH), start
    for _ in range(MOST_WORDS + 1):
        end = at
        while end > low and text[end - 1] in " \n":
            end -= 1
        if end == at or text.count("\n", end, at) > 1:
            return
        begin = max(text.rfind(" ", low, end), text.rfind("\n", low, end)) + 1
        if begin <= low or text[end - 1] in _CLOSERS or text[begin] in _CLOSERS:
            if begin > low or low > 0 or end == low or text[end - 1] in _CLOSERS:
                return
            begin = low
        yield begin, end
        at = begin
