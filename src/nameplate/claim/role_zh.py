"""What part a name plays in a Chinese sentence, told by the words at its edges.

A Chinese clause opens with what it is about; what a preposition leads, what 的 joins to another name
and whose officer speaks only say where, whose and who.
"""

from __future__ import annotations

import re

from nameplate.claim.context import Context, Sentence
from nameplate.model import Name

_LED = re.compile(
    r"(?:[在于赴与同跟向对从由至以把将被给比较居占往]|来到|走进|来自|围绕|紧盯|瞄准|依托|毗邻|临近|落户|入驻|进驻|落地|"
    r"选址|携手|联合|列入|纳入|入选|面向|辐射|包括|引进|不含)$"
)
_LED_LIST = re.compile(
    r"(?:[在赴与向从由]|来自|围绕|紧盯|瞄准|包括)[^，,。；;：:的\d]{1,22}[、和及]$"
)
_FRAME = re.compile(r"(?:境内|等地|地区|片区|方面|主会场|现场)?[，,]")
_AND = re.compile(r"(?:[、和及]|以及)$")
_REACH = 26
"""Characters before a name within which the preposition of its list stands."""


def led(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether a preposition or a verb leads the name: 在深圳的推介会上, 赴川渝、珠三角, 与某集团.

    A place that frames the whole sentence ("在重庆，…") is not led.
    """
    text, start = context.plain, max(sentence.start, name.start - _REACH)
    if _LED.search(text, start, name.start):
        framed = name.start - sentence.start <= 6 and _FRAME.match(text, name.end)
        return not framed
    if _AND.search(text, start, name.start) is None:
        return False
    before = [n for n in sentence.names if n.end < name.start]
    if before and name.start - before[-1].end <= 2:
        return led(context, sentence, before[-1])
    return _LED_LIST.search(text, start, name.start) is not None


_OF = re.compile(r"[^，,。；;、：:的\d]{0,8}的[^，,。；;、：:的\d]{0,12}$")


def modifies(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether the name only says whose or where the next one is: 静海开发区的建大公司."""
    after = next((n for n in sentence.names if n.start > name.end), None)
    if after is None or after.start - name.end > 18:
        return False
    return _OF.match(context.plain, name.end, after.start) is not None


_EDGE = "，,。；;：:、\n 　”」！？"
"""What stands before a name that its clause is about."""


def opens_clause(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether nothing but a clause's edge or a date stands before the name."""
    if name.start == sentence.start or context.plain[name.start - 1] in _EDGE:
        return True
    return any(name.start - 1 <= t.end <= name.start for t in sentence.times)


_MADE = re.compile(r"(?:使|令|让|使得)$")


def acted_on(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether what follows is said of the name, whatever brought it about: 将使某公司产能达到…."""
    start = max(sentence.start, name.start - 2)
    return _MADE.search(context.plain, start, name.start) is not None


def employs(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether the name is only there as the office of a person: 重点项目服务中心主任陈某."""
    for person in sentence.names:
        if person.kind == "person" and person.title and person.start > name.end:
            between = context.plain[name.end : person.start]
            return between.endswith(person.title) and len(between) - len(person.title) < 4
    return False
