"""Chinese names that no head noun ends: short names of firms that act, divisions outside the table.

The word in the middle is found first, since few texts hold one; what stands before it is looked at
only then.
"""

from __future__ import annotations

import re
from functools import cache

from nameplate.find.names.found import Found
from nameplate.lexicon.names_find import chinese
from nameplate.lexicon.places import chinese_places

_HAN = "\u4e00-\u9fff"
_EDGE = r"(?:^|[，。；：、！？\s“”（(])"


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))


@cache
def _trade() -> re.Pattern[str]:
    """A trade, and what only firms do."""
    firms = chinese().firms
    return re.compile(rf"(?:{_any(firms.trades)})(?={_any(firms.acts)})")


@cache
def _branch() -> re.Pattern[str]:
    return re.compile(_any(chinese().firms.branches))


_OWN_WORDS = re.compile(rf"{_EDGE}([{_HAN}]{{2,4}})$")


def firms(text: str) -> list[Found]:
    """Firms by their short name where they act (长兴电子宣布…), and wherever else they are named."""
    said: dict[str, None] = {}
    for match in _trade().finditer(text):
        own = _OWN_WORDS.search(text[max(0, match.start() - 5) : match.start()])
        if own is not None and _branch().match(own.group(1)) is None:
            said.setdefault(own.group(1) + match.group())
    if not said:
        return []
    names = re.compile(_any(list(said)))
    return [Found(m.start(), m.end(), "company") for m in names.finditer(text)]


_SUFFIX = re.compile(
    r"(?:市|县|镇|街道)"
    r"(?=[，。、；的）)\s\d累实完共已全规]|今年|去年|第[一二三四]|一季度|上半年|下半年|前[一二三四五六七八九十\d]"
    r"|[一二三四五六七八九十]+月)"
)


@cache
def _division() -> re.Pattern[str]:
    """What a division outside the table is called, behind a clause's edge or a preposition."""
    return re.compile(
        rf"(?:{_EDGE}|[在于到赴由])((?:(?![{chinese().places.foreign}])[{_HAN}]){{2,3}})$"
    )


_SLOGAN = "立强兴富"
"""What is done to a city in a slogan: 工业立市, 产业强市."""


def divisions(text: str) -> list[Found]:
    """Cities, counties and towns that the table lacks, between a clause's edge and what they did."""
    table = chinese_places()
    found = []
    for match in _SUFFIX.finditer(text):
        own = _division().search(text[max(0, match.start() - 4) : match.start()])
        if own is None or own.group(1)[-1] in _SLOGAN:
            continue
        if (name := own.group(1) + match.group()) not in table:
            found.append(Found(match.end() - len(name), match.end(), "place"))
    return found
