"""Chinese persons: after an office, in a list of leaders, before a verb of speaking."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    full = (
        rf"(?:{compound}|[{people.surnames}])[{_HAN}](?![说称等摄道也])[{_HAN}](?=[、，。；,;）)])"
    )
    foreign = rf"[{_HAN}A-Z.]{{1,8}}(?:[·•・‧][{_HAN}A-Z.]{{1,8}}){{1,3}}?"
    return rf"(?:{full}|{foreign}|{own})(?=[，。、；：！？\s“”\"()（）,;:|]|$|{after})"


@cache
def _first() -> re.Pattern[str]:
    return re.compile(rf"[ :：“]?({_name()})")


@cache
def _guess() -> re.Pattern[str]:
    """A name that nothing known follows, or of a rare family: only straight after an office."""
    return re.compile(
        rf"([{chinese().people.surnames}][{_HAN}]{{2}})(?![{_HAN}]{{0,1}}[，。、,;；\n])"
        rf"|([{_HAN}]{{2,3}}?)(?=等|主持|出席|表示|宣布|介绍|参加|陪同|致辞|讲话|率|[、，,])"
    )


@cache
def _listed() -> re.Pattern[str]:
    """Names in a list that ends in 等; atomic, for a name can be read in more than one way."""
    one = rf"(?>{_name()}(?=[、等]))"
    return re.compile(rf"({one}(?:、{one})*+)等\Z")


_AND_LEADERS = re.compile(r"等(?:[市县区省州盟旗]?(?:委|级)?领导|党政领导|同志)")
_NOT_LISTED = re.compile(rf"[^{_HAN}A-Z.·•・‧、][{_HAN}A-Z.·•・‧、]*\Z")
_LONGEST_LIST = 600
"""Characters beyond which no list of leaders goes back."""


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
    if match is None and title and title not in chinese().titles.light:
        guess = _guess().match(text, at, at + 24)
        if guess and not _holds_word(guess.group()) and guess.group()[:2] not in _nobody():
            people.append(Found(at, guess.end(), "person", title=title))
    while match is not None and match.group(1)[:2] not in _nobody():
        people.append(Found(match.start(1), match.end(1), "person", title=title))
        match = _next().match(text, match.end(1), match.end(1) + 20)
    return people


@cache
def _nobody() -> frozenset[str]:
    """Words that read like a name behind an office: 员工权益, 代表项目."""
    return frozenset(chinese().people.nobody)


_ROOMS = frozenset("会室处办组团制部局院所层级岗位职")


def _holds_word(name: str) -> bool:
    """Whether two characters of the name are a word of the lexicon: then it is no name."""
    return not _ROOMS.isdisjoint(name) or any(
        name[i : i + 2] in _words() for i in range(len(name) - 1)
    )


@cache
def _words() -> frozenset[str]:
    data = chinese()
    lists = [data.words.stops, data.words.weak, data.words.protect, data.titles.offices]
    lists += [*data.heads.values(), data.generic.empty]
    return frozenset(w for words in lists for w in words if len(w) == 2)


def speakers(text: str) -> list[Found]:
    """Persons who open a sentence and say something ("张勇介绍说")."""
    people = [
        Found(m.start(1), m.end(1), "person")
        for m in _speaker().finditer(text)
        if m.group(1)[:2] not in _nobody() and not _holds_word(m.group(1))
    ]
    return [*people, *_leaders(text)]


def _leaders(text: str) -> Iterator[Found]:
    """The persons of every list that ends in 等领导 or 等同志."""
    floor = 0
    for tail in _AND_LEADERS.finditer(text):
        floor = max(floor, tail.start() - _LONGEST_LIST)
        before = _NOT_LISTED.search(text, floor, tail.start())
        match = _listed().search(text, before.start() + 1 if before else floor, tail.start() + 1)
        floor = tail.end()
        if match is None:
            continue
        at = match.start(1)
        for name in match.group(1).split("、"):
            yield Found(at, at + len(name), "person", title="领导")
            at += len(name) + 1
