"""What part a name plays in a Chinese sentence, told by the words at its edges.

A Chinese clause opens with what it is about; what a preposition leads, what 的 joins to another name
and whose officer speaks only say where, whose and who.
"""

from __future__ import annotations

import re
from typing import Literal

from nameplate.claim.context import Context, Sentence, once_a_sentence
from nameplate.model import Name

Role = Literal["brought", "led", "which", "officer", "tells"]
"""Brought to what follows; led by a preposition; says which the next one is; has an officer; tells."""

_MADE = ("使", "令", "让", "使得")
_LED = (
    *"在于赴与同跟向对从由至以把将被给比较居占往",
    "来到", "走进", "来自", "围绕", "紧盯", "瞄准", "依托", "毗邻", "临近", "落户", "入驻", "进驻", "落地", "选址",
    "携手", "联合", "列入", "纳入", "入选", "面向", "辐射", "包括", "引进", "不含", "高于", "高出", "低于",
    "好于", "快于", "超过", "超",
)  # fmt: skip
_LIES = ("位于", "坐落于", "坐落在", "地处", "选址", "选址于", "选址在", "落户", "入驻", "落户于")
"""What leads a name that only says where the subject lies, even at the head of a sentence."""
_AND = ("、", "和", "及", "以及")
_LED_LIST = re.compile(
    r"(?:[在赴与向从由]|来自|围绕|紧盯|瞄准|包括)[^，,。；;：:的\d]{1,22}[、和及]$"
)
_FRAME = re.compile(r"(?:境内|等地|地区|片区|方面|主会场|现场)?[，,]")
_OF = re.compile(r"[^，,。；;、：:的\d]{0,8}的[^，,。；;、：:的\d]{0,12}$")
_REACH = 26
"""Characters before a name within which the preposition of its list stands."""


@once_a_sentence
def roles(context: Context, sentence: Sentence) -> dict[int, Role]:
    """The parts of those names of a sentence that its clauses are not simply about, by their starts."""
    found: dict[int, Role] = {}
    names = sentence.names
    for i, name in enumerate(names):
        last = names[i - 1] if i else None
        after = names[i + 1] if i + 1 < len(names) else None
        role = _role(context, sentence, name, last, found)
        if role is None and after is not None:
            role = _before(context, name, after) or _tells(context, name, names[i + 1 :])
        if role is not None:
            found[name.start] = role
    return found


def _role(
    context: Context, sentence: Sentence, name: Name, last: Name | None, found: dict[int, Role]
) -> Role | None:
    """What the words before a name make of it: 在深圳的推介会上, 赴川渝、珠三角, 将使某公司产能….

    A place that frames the whole sentence ("在重庆，…") is not led.
    """
    text, start = context.plain, max(sentence.start, name.start - _REACH)
    if text.endswith(_MADE, start, name.start):
        return "brought"
    if text.endswith(_LED, start, name.start):
        framed = name.start - sentence.start <= 6 and _FRAME.match(text, name.end)
        return None if framed and not text.endswith(_LIES, start, name.start) else "led"
    if not text.endswith(_AND, start, name.start):
        return None
    if last is not None and name.start - last.end <= 2:
        return "led" if found.get(last.start) == "led" else None
    return "led" if _LED_LIST.search(text, start, name.start) else None


def _before(context: Context, name: Name, after: Name) -> Role | None:
    """What the next name makes of one: 静海开发区的建大公司, 重点项目服务中心主任陈某."""
    text = context.plain
    if after.kind == "person" and after.title:
        between = text[name.end : after.start]
        held = between.endswith(after.title) and len(between) - len(after.title) < 4
        held = held and "由" not in between
        return "officer" if held else None
    if 0 < after.start - name.end <= 18 and _OF.match(text, name.end, after.start):
        return "which"
    return None


_TELLS = re.compile(
    r"[^，。；：、]{0,8}?(?:指出|表示|提及|透露|介绍|说明|认为|称|表示称)(?:说|称)?[，：,:“]"
)
_ACTORS = frozenset({"company", "project", "plant", "line", "park", "institute"})


def _tells(context: Context, name: Name, later: list[Name]) -> Role | None:
    """Whether a body only tells of somebody whom the next clause opens with: 投资处指出，甲公司将…."""
    told = _TELLS.match(context.plain, name.end) if name.kind != "person" else None
    if told is None:
        return None
    opens = any(
        n.kind in _ACTORS and not n.generic and 0 <= n.start - told.end() <= 2 for n in later[:2]
    )
    return "tells" if opens else None


_EDGE = "，,。；;：:、\n 　”」！？"
"""What stands before a name that its clause is about."""


def opens_clause(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether nothing but a clause's edge or a date stands before the name."""
    if name.start == sentence.start or context.plain[name.start - 1] in _EDGE:
        return True
    return any(name.start - 1 <= t.end <= name.start for t in sentence.times)
