"""Chinese persons: after an office, in a list of leaders, before a verb of speaking."""

from __future__ import annotations

import re
from functools import cache

from nameplate.find.names.found import Found
from nameplate.lexicon.names_find import chinese

_HAN = r"\u4e00-\u9fff"


@cache
def _name() -> str:
    people = chinese().people
    compound = "|".join(people.compound)
    after = "|".join(sorted(map(re.escape, people.after), key=len, reverse=True))
    own = rf"(?:{compound})[{_HAN}]{{1,2}}?|[{people.surnames}][{_HAN}]{{1,2}}?"
    foreign = rf"[{_HAN}A-Z.]{{1,8}}(?:[·•・‧][{_HAN}A-Z.]{{1,8}}){{1,3}}?"
    return rf"(?:{foreign}|{own})(?=[，。、；：！？\s“”\"()（）,;:|]|$|{after})"


@cache
def _first() -> re.Pattern[str]:
    return re.compile(rf"[ :：“]?({_name()})")


@cache
def _next() -> re.Pattern[str]:
    return re.compile(rf"[、 ]\s?({_name()})")


@cache
def _speaker() -> re.Pattern[str]:
    verbs = "表示|介绍说|介绍|指出|强调|告诉记者|认为|说|坦言|宣布|要求|希望"
    people = chinese().people
    return re.compile(
        rf"(?:(?<=[，。；！？”\n ])|^)([{people.surnames}][{_HAN}]{{1,2}}?)(?=(?:{verbs}))",
        re.MULTILINE,
    )


def people_at(text: str, at: int, title: str) -> list[Found]:
    """Persons named straight after an office, a list of them sharing it."""
    match = _first().match(text, at, at + 24)
    people: list[Found] = []
    while match is not None:
        people.append(Found(match.start(1), match.end(1), "person", title=title))
        match = _next().match(text, match.end(1), match.end(1) + 20)
    return people


def speakers(text: str) -> list[Found]:
    """Persons who open a sentence and say something ("张勇介绍说")."""
    return [
        Found(m.start(1), m.end(1), "person")
        for m in _speaker().finditer(text)
        if m.group(1) not in _NOBODY
    ]


_NOBODY = frozenset(
    {"有关", "相关", "方面", "应该", "时间", "任务", "公告", "高度", "同时", "和平"}
)
