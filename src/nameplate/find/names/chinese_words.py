"""The one scan of the Chinese name finder: heads, stops, places, offices, and what each is."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from nameplate.find.names.places import small_places
from nameplate.lexicon.names_find import chinese
from nameplate.lexicon.places import chinese_places

(
    PROTECT,
    WEAK,
    STOP,
    HEAD,
    KNOWN,
    PLACE,
    COUNTY,
    OFFICE,
    DETERMINER,
    LEVEL,
    OPEN,
    CLOSE,
    INSIDE,
) = range(13)
_MARKS = "，。；：！？、,;!?…—|｜%％©\n【】《》<>〈〉[]*#=~→▲●■◆★"


@cache
def automaton() -> tuple[AhoCorasick, list[int], list[str]]:
    """The scan, and for each of its words what it is and of which kind."""
    words = chinese()
    table: dict[str, tuple[int, str]] = {}
    small = small_places()
    for word in chinese_places():
        if len(word) > 1 and word not in words.places.common:
            table[word] = (COUNTY if word in small else PLACE, "")
    layers: list[tuple[int, list[str]]] = [
        (PROTECT, words.words.protect),
        (INSIDE, words.words.inside),
        (WEAK, words.words.weak),
        (STOP, [*words.words.stops, *_MARKS]),
        (DETERMINER, words.generic.determiners),
        (OFFICE, words.titles.offices),
        (OPEN, ["(", "（", "“", "「", '"', "『"]),
        (CLOSE, [")", "）", "”", "」", "』"]),
    ]
    for code, spellings in layers:
        table |= {w: (code, "") for w in spellings if code != PROTECT or _free(table, w)}
    for code, kinds in ((HEAD, words.heads), (KNOWN, words.known), (LEVEL, words.generic.levels)):
        table |= {w: (code, kind) for kind, spellings in kinds.items() for w in spellings}
    scan = AhoCorasick(
        list(table),
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.ContiguousNFA,
    )
    return scan, [c for c, _ in table.values()], [k for _, k in table.values()]


def _free(table: dict[str, tuple[int, str]], word: str) -> bool:
    """Whether a protected word may be entered: it must not hide a place."""
    return table.get(word, (COUNTY, ""))[0] == COUNTY
