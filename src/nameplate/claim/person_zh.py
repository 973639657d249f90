"""Chinese persons with their offices: BODY · title · NAME, or NAME · title (冯文胜副厅长).

A chain of titles (市委副书记、市长) is one office: that of its first link that is neither a deputy's
nor mere membership. A title without a body is held in the place that the report is about: 市长 in the
city, 县委书记 in the county's committee.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nameplate.claim.act import readable
from nameplate.claim.context import Context, Sentence
from nameplate.claim.home import home
from nameplate.claim.office import Holder, Office
from nameplate.claim.own import own
from nameplate.claim.subject import label
from nameplate.model import Name

_LEVEL = r"(?:自治区|街道|地|省|市|县|区|州|盟|旗|镇|乡)"
_SEAT = re.compile(
    rf"(?P<level>{_LEVEL})?(?P<seat>(?:高新区|开发区|经开区|新区|园区|工业园区)?"
    r"(?:党工委|工委|党委|委员会|委|管委会|人大常委会|人大|政协|政府党组|政府|纪委|监委|政法委|委组织部"
    r"|委宣传部|委统战部|委办公室|政府办公室|总工会|工商联|[^、，]{0,8}(?:局|厅|委|部|办|院)))"
    r"(?P<role>(?:常务|党组)?副?(?:书记|主任|主席|部长|局长|厅长|秘书长|会长|院长|处长|科长))$"
)
_CHIEF = re.compile(
    rf"(?:常务|代|代理)?副?(?P<level>{_LEVEL})长(?:助理)?$|(?P<zone>自治区)副?主席$"
)
_MEMBER = re.compile(r"(?:常委|成员|委员|领导|代表|负责人|记者|专家|院士|教授|研究员)$")
_NO_HEAD = re.compile(
    r"(?:领导|记者|通讯员|专家|院士|教授|负责人|代表|工人|员工|同志|群众|编辑|摄影)$"
)
_AFTER = re.compile(
    r"(?:常务)?副?(?:市长|县长|区长|省长|州长|镇长|厅长|局长|部长|司长|处长|主任|书记|董事长|总经理|总裁|院长|所长"
    r"|厂长|主席|会长|大使|校长|秘书长)"
)
_AND_PARTY = re.compile(r"一行.*$|[来到]$")
_OURS = re.compile(r"^[来到在对由是]?(?:我|本)(?:公司|司|厂|集团|校|院|所)$")
_FORMER = re.compile(r"(?:原|前|时任)$")


def holders(context: Context) -> Iterator[Holder]:
    """Every Chinese person's name, with the office that the text gives it."""
    for sentence in filter(readable, context.sentences):
        for i, name in enumerate(sentence.names):
            if name.kind == "person" and not name.generic:
                party = _AND_PARTY.search(name.text)
                end = name.start + party.start() if party else name.end
                yield Holder(name.start, end, _office(context, sentence, i, name))


def _office(context: Context, sentence: Sentence, index: int, person: Name) -> Office | None:
    title = person.title
    if title:
        start = person.start - len(title)
        direct = start >= sentence.start and context.plain[start : person.start] == title
        for name in sentence.names[:index]:
            if name.start == start and not name.generic and name.end < person.start:
                title, start = title[name.end - start :], name.end  # 邳州市委 + 副书记、市长
                break
        return _chained(context, sentence, index, title, start) if direct else None
    after = _AFTER.match(context.plain, person.end, sentence.end)
    if after is None:
        return None
    role = after.group()
    body = home(context, role[-2]) if _CHIEF.match(role) else None
    return Office(role, body, after.start(), after.end(), of_place=False)


def _chained(
    context: Context, sentence: Sentence, index: int, title: str, start: int
) -> Office | None:
    """The office of a title that stands straight before the name."""
    links = title.split("、")
    if _NO_HEAD.search(links[-1]) and len(links) == 1:
        return None
    former = _FORMER.search(context.plain[max(sentence.start, start - 2) : start]) is not None
    owner = _owner(context, sentence, index, start)
    body_start, end = start, start + len(title)
    if owner is not None and _OURS.match(context.plain[owner.start : owner.end]):
        return Office(title, own(context), owner.start, end, former=former)
    if owner is not None:
        body = (
            _in_place(context, owner, links[0], start)
            if owner.kind == "place"
            else label(context, owner)
        )
        return Office(title, body, owner.start, end, former=former)
    link = _main_link(links)
    body_words = _resolved(context, link, start + title.index(link)) or _of_level(title, link)
    return Office(link, body_words, body_start, end, former=former)


def _owner(context: Context, sentence: Sentence, index: int, start: int) -> Name | None:
    """The body or place whose name ends where the title begins."""
    for name in reversed(sentence.names[:index]):
        if name.end == start and name.kind != "person":
            return None if name.generic and name.refers is None else name
        if name.end < start:
            break
    return None


def _main_link(links: list[str]) -> str:
    for link in links:
        if "副" not in link and not _MEMBER.search(link):
            return link
    for link in links:
        if not _MEMBER.search(link):
            return link
    return links[0]


def _in_place(context: Context, owner: Name, link: str, start: int) -> str:
    """The body of a title that a place's name stands before: 黄石 + 市委书记 is 黄石市委."""
    place = "".join(context.text[owner.start : owner.end].split())
    seat = _SEAT.match(link)
    if seat is not None:
        level = seat["level"] or ""
        words = context.text[start + seat.start("seat") : start + seat.end("seat")]
        return place + ("" if level and place.endswith(level) else level) + words
    chief = _CHIEF.match(link)
    level = (chief["level"] or chief["zone"]) if chief else ""
    return place if not level or place.endswith(level) else place + level


_COMMITTEE = re.compile(r"(?:省|市|县|区|州|盟|旗|镇|乡)委(?=副?书记|常委|委员)")


def _of_level(title: str, link: str) -> str | None:
    """The body of a mayor whose city nobody names: the committee beside it (市委副书记、市长), or 县政府."""
    chief = _CHIEF.match(link)
    if chief is None or chief["level"] not in ("市", "县", "区", "州", "旗", "镇", "乡"):
        return None
    beside = _COMMITTEE.search(title)
    return beside[0] if beside else f"{chief['level']}政府"


def _resolved(context: Context, link: str, start: int) -> str | None:
    """The body of a title alone: 县长 heads the county that the report is about."""
    chief = _CHIEF.match(link)
    if chief is not None:
        return home(context, chief["level"] or chief["zone"])
    seat = _SEAT.match(link)
    if seat is None:
        return None
    level = seat["level"] or ""
    place = home(context, level) if level else None
    return (place or level) + context.text[start + seat.start("seat") : start + seat.end("seat")]
