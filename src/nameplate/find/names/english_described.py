"""English descriptions that do a name's work: "a semiconductor plant in Lehi, Utah", "the project".

Aho-Corasick finds lower-case head nouns; a scan to the left takes the modifiers up to the determiner
and decides: a new thing, a thing named by its content, or a generic one that needs an antecedent.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from msgspec.structs import replace

from nameplate.find.names.english_left import left
from nameplate.lexicon.names_find import english

ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:ian|ese|ish|ean|man)$")
"""Words like "Chinese", "Canadian": capitals that name nothing."""
_PARTICIPLE = re.compile(r"\w{3,}(?:ed|ing)$")


ORDINAL = re.compile(r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b")
"""A word that tells one work of many apart ("our third plant")."""
_COUNTED = frozenset(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
)
_SITES = ("project", "plant", "line", "park")


@cache
def _heads() -> tuple[AhoCorasick, tuple[str, ...], frozenset[str]]:
    """The scan for heads, its words, and those of them that are plurals ("production lines")."""
    kinds = english().described
    plurals = tuple(
        p for w, kind in kinds.items() if kind in _SITES and (p := plural(w)) not in kinds
    )
    small = (*kinds, *plurals)
    words = (*small, *(w.capitalize() for w in small))
    return (
        AhoCorasick(
            words,
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
        ),
        words,
        frozenset(plurals),
    )


def plural(head: str) -> str:
    """The plural of a head noun ("facilities", "campuses"); those that end in "works" have none."""
    if head.endswith("works"):
        return head
    if head.endswith("y") and head[-2] not in "aeiou":
        return head[:-1] + "ies"
    return head + ("es" if head.endswith(("s", "x", "ch", "sh")) else "s")


@cache
def _singular() -> dict[str, str]:
    return {plural(w): w for w in english().described}


class Described(msgspec.Struct, frozen=True):
    """A description: its span, kind and head noun; how it is determined; what it holds.

    ``priced`` says that an amount stands before it ("a $3.5 billion factory"), ``content`` counts
    the modifiers that tell it apart, ``begin`` is the start of its determiner. ``each`` marks one
    work of several ("each line"), ``several`` a plural.
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
    each: bool
    several: bool


def described(text: str) -> list[Described]:
    """All descriptions with a lower-case head, in order; the caller decides what they stand for."""
    automaton, heads, plurals = _heads()
    kinds = english().described
    found = []
    for i, start, end in automaton.find_matches_as_indexes(text):
        head = heads[i].lower()
        if start and (text[start - 1].isalnum() or text[start - 1] in "-'"):
            _, _, head = head.partition(" ")  # "hydropower station" holds "power station"
        if text[end : end + 1].isalnum() or (head not in kinds and head not in plurals):
            continue
        begin = end - len(head)
        if head in plurals:
            got = _several(text, begin, end, head) if heads[i].islower() else None
        else:
            got = _description(text, begin, end, kinds[head], head)
        if got is not None and (heads[i].islower() or _stands_alone(text, got)):
            found.append(got)
    return found


def _stands_alone(text: str, d: Described) -> bool:
    """Whether a capitalised head is a whole phrase ("the Company"), not the end of a name."""
    follows = text[d.end : d.end + 2]
    return d.definite and not d.content and not (follows[:1] == " " and follows[1:].isupper())


def _several(text: str, start: int, end: int, head: str) -> Described | None:
    """Counted or owned works ("two new production lines", "Angra II nuclear power stations")."""
    got = _description(text, start, end, english().described[_singular()[head]], head)
    if got is None or got.definite or got.indefinite:
        return None
    count = text[got.start : got.start + 12].split(" ", 1)[0].lower()
    amount = text[got.begin : got.start].split(" ", 1)[0]
    spelt = count in _COUNTED
    counted = spelt or (got.priced and len(amount) < 3 and amount.isdigit())
    if spelt:
        got = replace(got, start=got.start + len(count) + 1, content=got.content - 1)
    told = got.content > 0 or "new " in text[got.begin : start]
    before = text[max(0, got.start - 2) : got.start]
    proper = got.proper and before[:1].isalnum() and before[1:] == " "
    if not told or not (counted or got.owned or proper):
        return None
    return replace(got, priced=counted, several=True)


def _description(text: str, start: int, end: int, kind: str, head: str) -> Described | None:
    words = english()
    begin, determiner, modifiers = left(text, start)
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
    proper = any(
        w[0].isupper()
        and (of_people or not (ADJECTIVE.match(w) or (len(said) == 1 and w in words.never_alone)))
        for w in said
    )
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
        determiner == "each",
        False,
    )


def _empty(text: str, span: tuple[int, int], determined: bool) -> bool:
    word = text[slice(*span)].lower().rstrip(",")
    if word == "new":
        nxt = text[span[1] + 1 : span[1] + 12].lower()
        return not nxt.startswith(("energy", "material", "generation", "media", "area"))
    return (
        word in english().empty
        or word == "and"
        or (not determined and bool(_PARTICIPLE.match(word)))
    )
