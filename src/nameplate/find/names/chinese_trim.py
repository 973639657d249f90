"""The left edge of a Chinese name, and whether what is left of its head tells one thing apart."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, cast

from nameplate.find.names.found import Found
from nameplate.lexicon.names_find import chinese
from nameplate.lexicon.places import chinese_places
from nameplate.model import EntityKind


class Trimmed(NamedTuple):
    """A candidate: its span, where its head begins, its kind, and whether its front is sure."""

    start: int
    end: int
    head: int
    kind: str
    fixed: bool = False


_TIME = (
    r"(?:\d{2,4}|[〇一二三四五六七八九零]{4})年(?:度|初|底|末)?|\d{1,2}月(?:份|底|初)?|\d{1,2}日|(?:一|二|三|四|[1-4])季度|"
    r"[今明去后前]年(?:年?底|年?初|年?末)|年底|年初|年末|上半年|下半年|前[\d一二三四五六七八九十]+个?月|前[三两二]季度|\d{1,2}[:：]\d\d|[\d.,%％]+(?=[年月日])"
)
_BARE_HEADS = frozenset(
    {
        "项目",
        "公司",
        "集团公司",
        "集团",
        "工程",
        "园区",
        "基地",
        "生产线",
        "工厂",
        "开发区",
        "新区",
        "工业园区",
        "高新区",
        "经开区",
        "产业园",
        "工业园",
        "科技园",
        "小镇",
        "电站",
    }
)


_LEVEL_BODY = re.compile(
    r"(?:自治)?[省市县区州盟旗](?:委|党委|(?:人民)?政府)+|[省市县区]委(?:[省市县区]?政府)?|党工委|管委会"
)


def _alone(word: str) -> str:
    """A pattern for the word where it is not the beginning of a longer one (开发, but not 开发区)."""
    data = chinese()
    lists = [*data.heads.values(), *data.known.values(), data.words.protect, data.titles.offices]
    longer = {w[len(word) :] for words in lists for w in words if w.startswith(word) and w != word}
    return f"{word}(?!{'|'.join(sorted(longer))})" if longer else word


@cache
def lead() -> re.Pattern[str]:
    """What is cut off the front: times, counts, verbs and their like."""
    words = chinese().words
    weak = "|".join(
        map(_alone, sorted((w for w in words.weak if len(w) > 1), key=len, reverse=True))
    )
    count = rf"[\d.,多余]+[{words.classifiers}]|[一二两三四五六七八九十几数多余百千]+[{words.classifiers}]"
    return re.compile(
        rf"(?:{_TIME}|[一二三四五六]期建设|{count}|\s|[()（）“”\"'·.,:：/%-]|{weak})+"
    )


@cache
def _count() -> re.Pattern[str]:
    marks = chinese().words.classifiers
    return re.compile(
        rf"(?<!年产)(?<!日产)(?<!月产)(?<![\d.,年产])(?:[\d.,]+[多余]?|[一二两三四五六七八九十几数百千多]{{1,3}}[多余]?)[{marks}](?!\d)"
    )


def counted(text: str, start: int, end: int) -> bool:
    """Whether a count of things ("15个") stands in this stretch."""
    return _count().search(text, start, end) is not None


@cache
def _empty(sectors: bool = True) -> re.Pattern[str]:
    """A left part that tells nothing apart; branches of industry count as such, or do not."""
    generic = chinese().generic
    said = [*generic.empty, *(generic.sectors if sectors else ())]
    words = "|".join(map(re.escape, sorted(said, key=len, reverse=True)))
    return re.compile(rf"(?:{words}|[\d.,]+|[亿万]元?)*$")


@cache
def _determiner() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(chinese().generic.determiners, key=len, reverse=True)))
    return re.compile(rf"(?:{words})(?:个|家|座|条|一|两个)?(?:重点|重大|大)?")


def trimmed(text: str, name: Trimmed) -> Found | None:
    """The name from its true beginning; a generic one ("该项目"); or nothing."""
    start, end, head, kind, fixed = name
    if fixed:
        return Found(start, end, cast(EntityKind, kind), head=text[head:end])
    if found := _determined(text, name):
        return found
    front = _front(text, start, head)
    if front is None:
        return None
    core = text[front:head]
    if _is_level(text, Trimmed(front, end, head, kind)):
        return Found(front, end, cast(EntityKind, kind), generic=True, head=text[head:end])
    if not core:
        alone = front == name.start or text[front - 1].isspace()
        return _bare(text, name) if alone else None
    if core[0] == "个" and text[front - 1 : front] in "一二三四五六七八九十首":
        return None  # 第一|个大型汽车项目
    if len(core) == 1 and kind == "park" and front and text[front - 1] in "新老":
        front, core = front - 1, text[front - 1 : head]  # 新吉工业区: no new zone called 吉
    if kind == "event" and core.isdigit():
        return Found(front, end, "event", head=text[head:end])
    if kind == "project" and _PHASE.fullmatch(core):
        return Found(front, end, "project", generic=True, head=text[head:end])
    if len(core) < 2 or _empty(kind != "park").match(core) or _refused(text, kind, core, head):
        return None
    return Found(front, end, cast(EntityKind, kind), head=text[head:end])


def _front(text: str, start: int, head: int) -> int | None:
    """Where the name begins behind blanks, counts, times and verbs; None if it is a count of things."""
    if " " in text[start:head]:
        start = _after_blank(text, start, head)
    for match in _count().finditer(text, start, head):
        if match.group()[-1] == "批" and match.group()[0] in "二三四五六" and match.start() > start:
            continue  # 能源基地二批新能源项目: the second of its batches
        if match.group()[0] not in "一1" or len(match.group()) > 2:
            return None
        start = match.end()
    if "元" in text[start:head] and (cut := _PAID_FOR.match(text, start, head)):
        start = cut.end()
    if cut := _BUILT_AT.match(text, start, head):
        start = cut.end()
    if cut := _SUCH.match(text, start, head):
        start = cut.end()
    if cut := lead().match(text, start, head):
        start = cut.end()
    return start


_PAID_FOR = re.compile(
    r"(?:第?[一二三四五首]期)?(?:项目|工程)?(?:计划|预计|拟)?(?:总?投资|投入)?(?:约|近|超)? ?"
    r"[\d.]+ ?[多余]?[万亿]+(?:多|余)?(?:元|美元|欧元|港元)(?:人民币)?"
    r"(?:[^\d]{0,6}?(?:投资建设|建设|新建|兴建|打造|扩建|投建|实施)|建(?=年产))"
)
"""Money that is spent on the works that the name begins with: 2.5亿元建设磷酸铁项目."""


_BUILT_AT = re.compile(
    r".{2,24}?(?:[区园县市镇乡村港]|基地|地块)内?(?:分期|分步|投资|规划|计划|拟)*"
    r"(?:建设|新建|兴建|投建|实施)(?=年[产处加]|\d)"
)
"""Where the works are built whose name begins with what they make: 在柳河工业园区分期建设9万吨…项目."""


def _is_level(text: str, name: Trimmed) -> bool:
    """Whether the words stand for one already named: 市委, 区政府, 总体项目."""
    core = text[name.start : name.head]
    if name.kind == "project":
        return core in _WHOLE
    if name.kind != "body":
        return False
    if _LEVEL_BODY.fullmatch(text, name.start, name.end):
        return True
    return core != "" and core in "省市县区州盟旗"


_GROUPS = ("大批", "一批", "众多", "不少", "各类", "最终")
_TALLY = re.compile(r"(?:项目|工程)(?:共|有|共有|达)?\d+(?:个|项)|(?:项目|工程)类")
"""A sort of projects with their number (路桥项目22个) is no name of one."""


def _refused(text: str, kind: str, core: str, head: int) -> bool:
    """Whether the words speak of a sort of projects, or of buildings that nobody owns."""
    if kind == "project":
        sort = core.startswith(_GROUPS) or _TALLY.match(text, head) is not None
        return sort or _is_category(core)
    if kind == "plant" and "+" in core:  # a slogan: “产业大脑+未来工厂”
        return True
    return text.startswith("厂房", head) and not _begins_with_place(core)


_SUCH = re.compile(
    "(?:此次|本次|这次|上述|这一|这些)(?:的)?|(?:全资|控股|参股)?(?:子|母|分|总|参股|控股)公司|大型(?=[钢国央民车药]企)"
)
"""What stands before a name and is no part of it: 此次…, 子公司…, 大型钢企…."""
_CATEGORY = re.compile(
    r".*类|[\d.~—-]+[万亿]?(?:人民币|美|欧|日|港|澳)?元(?:以上|及以上)[\u4e00-\u9fff]{0,4}"
    r"|(?:[一二三四五六首][期阶段]{1,2})+|人才技术|资源|整合|精品|装备"
)
"""Left parts that speak of many projects: 社会民生类, 5亿美元以上工业."""
_KEY = re.compile(r"(?:重点|重大|重点建设|重大建设|签约|开工|攻坚|揭榜挂帅|新老)$")
_PHASE = re.compile(r"第?[一二三四五首]期")
"""A phase of works that the report has named: 一期工程, 二期项目."""
_WHOLE = frozenset({"总体", "整体", "整个"})


def _is_category(core: str) -> bool:
    """Whether the left part of a project's name says of which sort it is and not which one."""
    if _CATEGORY.fullmatch(core):
        return True
    return _KEY.search(core) is not None and not _begins_with_place(core)


def _begins_with_place(core: str) -> bool:
    """Whether a place of the table, a park or a division opens the words."""
    table = chinese_places()
    return any(core[:n] in table for n in (2, 3, 4)) or any(c in "市县区镇" for c in core[2:9])


def _determined(text: str, name: Trimmed) -> Found | None:
    match = _determiner().match(text, name.start, name.head)
    if match is None:
        return None
    if match.end() == name.head or _empty().match(text, match.end(), name.head):
        kind = cast(EntityKind, name.kind)
        return Found(name.start, name.end, kind, generic=True, head=text[name.head : name.end])
    return None


def _bare(text: str, name: Trimmed) -> Found | None:
    """A head alone at the start of a clause: "项目总投资…" speaks of the project just named."""
    head = text[name.head : name.end]
    if head == "项目" and text.startswith(_MANY, name.end):
        return None
    before = text[name.head - 1 : name.head] if name.head else "\n"
    if head in _LISTED and before == "、":
        return Found(name.head, name.end, cast(EntityKind, name.kind), generic=True, head=head)
    governed = before in _GOVERN or text.endswith("整个", 0, name.head)
    if head in _PARKS and governed and name.start == name.head:
        return Found(name.head, name.end, "park", generic=True, head=head)
    clause = before in "，。；：！？\n,;:“ 称" or text.endswith(_NOW, 0, name.head)
    if clause and (head in _BARE_HEADS or _PHASE.match(head)):
        return Found(name.head, name.end, cast(EntityKind, name.kind), generic=True, head=head)
    return None


_MANY = ("个数", "总数", "数量", "单位", "审批", "推介", "资源", "履约")
"""What follows 项目 where it speaks of projects at large."""
_PARKS = frozenset({"园区", "高新区", "经开区", "开发区", "新区"})
_GOVERN = "在到对由使动"
"""What stands before a park that the report has named or is known to be about (在经开区, 带动园区, 整个新区)."""
_LISTED = frozenset({"高新区", "经开区", "开发区", "新区"})
"""Parks that stand among the districts of a list ("临海区、高新区复工率超过95%")."""
_NOW = ("目前", "如今", "现在", "届时", "今年", "去年", "日前", "近日")


def _after_blank(text: str, start: int, head: int) -> int:
    """After the last blank that does not stand between two Latin words."""
    for at in range(head - 1, start - 1, -1):
        if text[at] == " " and not (_latin(text, at) or _beside_number(text, at)):
            return at + 1
    return start


def _latin(text: str, at: int) -> bool:
    """Whether the blank parts two Latin words."""
    return text[at - 1 : at].isascii() and text[at + 1 : at + 2].isascii()


def _beside_number(text: str, at: int) -> bool:
    """Whether the blank only sets off a number: 年产 30 万吨."""
    return text[at - 1 : at].isdigit() or text[at + 1 : at + 2].isdigit()
