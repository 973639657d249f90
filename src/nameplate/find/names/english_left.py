"""The left part of an English description: its determiner and its modifiers, found word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator

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


def left(text: str, start: int) -> tuple[int, str, list[tuple[int, int]]]:
    """Where the phrase begins, its determiner, and its modifiers' spans.

    The determiner is a word, ``$`` for an amount, ``'s`` for an owner, or empty.
    """
    words = english()
    spans: list[tuple[int, int]] = []
    at = start
    for s, e in _words_before(text, start):
        word = text[s:e]
        small = word.lower()
        if small in words.determiners or small in words.indefinite or small == "each":
            return s, small, spans
        if small == "most" or (small == "and" and spans and _pairs(text, s, e)):
            spans.insert(0, (s, e))
            at = s
            continue
        if word.endswith(("'s", "s'")):
            return at, "'s", spans
        if (
            small in words.stops
            or _of_rate(text, s, small)
            or (word in words.never_first and word not in NUMBERS)
        ):
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
    if text.startswith(") ", at - 2) and (twice := _TWICE.search(text, max(0, at - 80), at)):
        definite = text.startswith(("the ", "The "), twice.start() - 4)
        return (twice.start() - 4, "the", spans) if definite else (twice.start(), "$", spans)
    return at, "", spans


_TWICE = re.compile(r"\d[\d.,]*[^\d()\n]{0,24}\([^()\d\n]{0,12}\d[^()\n]{0,24}\) $")
"""An amount with its conversion: "1.2 trillion dong (52 million dollars) "."""


_PER = ("per ", " a ", "ery ")
"""What stands before the year of a rate."""


def _of_rate(text: str, start: int, small: str) -> bool:
    """Whether the word closes an amount for each year ("2 million tonnes per year capacity DRI plant")."""
    if small == "capacity":
        return text.endswith((" year ", "annual "), 0, start)
    return small == "year" and text[max(0, start - 4) : start] in _PER


_PAIR = re.compile(
    r"(?:\b(?:an?|its|their|our|new|another)|'s) ([a-z-]+) $|\b(?:the|\w+) ([a-z]+est) $"
)


def _pairs(text: str, start: int, end: int) -> bool:
    """Whether an "and" joins two modifiers ("its largest and most modern complex")."""
    before = text[max(0, start - 40) : start]
    after = text[end + 1 : end + 20].split(" ", 1)[0]
    if f"{before.rstrip().rsplit(' ', 1)[-1]} and {after}".lower() in english().pairs:
        return True
    match = _PAIR.search(before)
    return match is not None and (match[1] or match[2]) not in english().described


def _is_amount(word: str, small: str) -> bool:
    units = english().units
    return word in units or small in units or bool(_MONEY.match(word) and not _RATED.match(word))


_SIGNS = frozenset("$€£¥~<>=/-–—")
_CLOSERS = frozenset('.,;:!?()[]"“”|*。，；：')


_ACRONYM = re.compile(r"(?:[A-Z][\w&-]*)?\([A-Z][A-Za-z&-]{1,11}\)")
_MODERN = re.compile(r"\b(?:an?|its|our|their|another) (?:[a-z-]+,? )?([a-z-]+),$")
_CITY = re.compile(r"(?:\b(?:its|their|our|an?|new)|'s) [A-Z]\w+,$")


def _goes_on(text: str, begin: int, end: int) -> bool:
    """Whether a word with punctuation stands inside a description all the same.

    ``a new lithium iron phosphate (LFP) line``, ``a modern, efficient mill``, ``its Lehi, Utah plant``.
    """
    last = text[end - 1]
    if last == ")":
        return _ACRONYM.fullmatch(text, begin, end) is not None
    if last != ",":
        return False
    before = text[max(0, end - 48) : end]
    if text[begin].isupper():
        return text[end + 1 : end + 2].isupper() and _CITY.search(before) is not None
    match = _MODERN.search(before)
    return match is not None and match[1] not in english().described and not match[1].endswith("s")


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
        closed = text[end - 1] in _CLOSERS or text[begin] in _CLOSERS
        if begin > low and closed and _goes_on(text, begin, end):
            closed = False
        if begin <= low or closed:
            if begin > low or low > 0 or end == low or text[end - 1] in _CLOSERS:
                return
            begin = low
        yield begin, end
        at = begin
