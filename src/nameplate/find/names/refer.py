"""What "the project", "this base" and 该公司 stand for: the last name before them that fits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nameplate.find.names.found import Found
from nameplate.lexicon.names_find import english
from nameplate.lexicon.places import chinese_places, english_places
from nameplate.model import Name

_FITS: dict[str, tuple[str, ...]] = {
    "project": ("project", "line", "plant", "park"),
    "plant": ("plant", "project", "line"),
    "line": ("line",),
    "park": ("park",),
    "company": ("company",),
    "institute": ("institute",),
    "body": ("body",),
    "place": ("place",),
    "event": ("event",),
    "programme": ("programme",),
}
"""Kinds that a generic name of each kind may stand for, best first."""


_OWN_WORD = frozenset({"产业园", "工业园", "科技园", "物流园", "创业园", "小镇"})
"""Heads too special for another kind of park: their antecedent holds the same word."""

_MERGED = ("将原", "把原", "将", "把")
"""Before a zone that is only merged into another: 将原粮油产业园区并入开发区."""
_ZONES = {"开发区": "开发区", "经开区": "开发区", "高新区": "高新区", "新区": "新区"}
"""Zones called by their sort: 开发区 is the zone named so last, not the 产业园 that came between."""

FAR = 1500
"""Characters after which a name is no antecedent of a thing of another kind."""

_PREDICATES = ("是", "为", "成", "作", " be ", " is ", " become ", " into ")


def names(text: str, found: Sequence[Found]) -> list[Name]:
    """Records of the found names, each generic one pointing at its antecedent if there is one."""
    made: list[Name] = []
    last: dict[str, int] = {}
    for f in found:
        refers = _referent(text, f, made, last) if f.generic else None
        if f.generic and refers is None and _idle(text, f):
            continue
        i = len(made)
        made.append(
            Name(
                start=f.start,
                end=f.end,
                text=text[f.start : f.end],
                kind=f.kind,
                generic=f.generic,
                refers=refers,
                title=f.title,
            )
        )
        if f.generic or _several(f):
            continue
        before = text[max(0, f.start - 8) : f.start]
        if _BESIDE.search(text, max(0, f.start - 48), f.start):
            continue
        if f.kind == "park" and before.endswith(_MERGED):
            continue
        if f.kind == "project" and before.endswith(("(", "（")):
            continue  # 年产24万吨饲料(募投项目): only of which sort it is
        if not before.endswith(_PREDICATES) and not _only_described(text, f, made, last):
            last[f.kind] = i
            if f.kind == "place":
                last[_level(text[f.start : f.end])] = i
            if f.kind == "place" and (head := _called(text, f)):
                last[head] = i
            if f.kind == "park":
                last |= {end: i for end in _ZONES.values() if made[i].text.endswith(end)}
            if f.kind in ("park", "project"):
                last |= {word: i for word in _OWN_WORD if word in made[i].text}
    return made


_BESIDE = re.compile(
    r"(?:\b(?:km|kilomet(?:er|re)s|miles) (?:away )?from|\b(?:compared (?:with|to)|unlike|similar to|rather than))\s"
    r"(?:[\w'-]+ ){0,3}$"
)
"""Words before what only says how far off something is, or what it is held against."""
_LEVELS = frozenset("省市县区州盟")


def _level(place: str) -> str:
    """The key under which the last place of this kind is kept: its suffix, or none ("重庆")."""
    return f"place {place[-1]}" if place[-1] in _LEVELS else "place"


def _referent(text: str, f: Found, made: Sequence[Name], last: dict[str, int]) -> int | None:
    """The antecedent; 全市 is a city named before, 全国 none of them, 该项目 no part of a list."""
    words = text[f.start : f.end]
    if words.isascii():
        return _antecedent(f, made, last)
    if f.kind == "place":
        if words[-1] == "国":
            return None
        bare = _bare_place(made, words[-1]) if words[-1] in "省市" else None
        if words in ("该区", "我区", "全区", "本区"):
            bare = _zone(made, last)
        return last.get(_level(words), bare)
    found = _opener(text, f, made, last)
    if found is None:
        found = _antecedent(f, made, last)
    if found is None or made[found].kind == f.kind or f.kind != "project":
        return found
    return None if text[made[found].start - 1 : made[found].start] in _IN_LIST else found


def _opener(text: str, f: Found, made: Sequence[Name], last: dict[str, int]) -> int | None:
    """The plant or line that opens the project's own paragraph, where projects were named only above it."""
    if f.kind != "project":
        return None
    line = text.rfind("\n", 0, f.start) + 1
    same = last.get(f.kind)
    if same is None or made[same].end > line:
        return None
    at = next(
        (last[k] for k in ("plant", "line") if k in last and made[last[k]].start >= line), None
    )
    if at is None or text[line : made[at].start].strip(" \u3000\t"):
        return None
    return at


_IN_LIST = frozenset("、的和及设")
"""What stands before a part of the works ("包括混合机、挤出生产线"), which is no project."""


_REGIONS = ("广西", "内蒙古", "宁夏", "新疆", "西藏", "自治区")
"""Regions that are meant by 全区 as well."""


def _zone(made: Sequence[Name], last: dict[str, int]) -> int | None:
    """The zone named last, or the committee that runs it: 临江开发区管委会 … 该区."""
    found = [
        at
        for kind, ends in (
            ("park", ("区",)),
            ("body", ("区管委会", "区管理委员会")),
            ("place", _REGIONS),
        )
        if (at := last.get(kind)) is not None and made[at].text.endswith(ends)
    ]
    return max(found, default=None)


_NAMES_BACK = 200
"""Names back over which a report speaks of the same province."""
_RANKS = {"省": ("province",), "市": ("prefecture", "county")}


def _bare_place(made: Sequence[Name], level: str) -> int | None:
    """The last place named without a suffix that may be a province (全省) or a city (全市)."""
    for i in range(len(made) - 1, max(-1, len(made) - 1 - _NAMES_BACK), -1):
        name = made[i]
        if name.kind != "place" or name.generic or name.text[-1] in _LEVELS:
            continue
        known = chinese_places().get(name.text, ())
        if any(e.level in _RANKS[level] or _is_municipality(level, e.name) for e in known):
            return i
    return None


def _is_municipality(level: str, name: str) -> bool:
    """Whether a province is a city by its name: 重庆市."""
    return level == "市" and name.endswith("市")


def _several(f: Found) -> bool:
    """Whether the name is that of several works ("new production lines"): no one thing's antecedent."""
    return f.head.endswith("s") and f.head not in english().described


def _only_described(text: str, f: Found, made: Sequence[Name], last: dict[str, int]) -> bool:
    """Whether the name tells again what another of its sentence is: "…项目，是拥有专利的大型装置项目"."""
    before = text[f.start - 1 : f.start]
    if f.kind != "project" or before not in ("的", "和", "及") or f.kind not in last:
        return False
    between = text[made[last[f.kind]].end : f.start]
    if before != "的":  # a part of the works: 由主装置和公用系统工程组成
        return len(between) < 60 and "。" not in between and text[f.end : f.end + 2] == "组成"
    return len(between) < 60 and "。" not in between and _IS.search(between) is not None


_IS = re.compile("[，,](?:也|还)?(?:是|为|系)")
_PLACE_HEADS = ("province", "city", "county", "district", "state", "town", "region", "municipality")


def _called(text: str, f: Found) -> str | None:
    """The kind of place that the words call it: "the province of X", "X County"."""
    before, said = text[max(0, f.start - 16) : f.start].lower(), text[f.start : f.end].lower()
    for head in _PLACE_HEADS:
        if before.endswith(f"{head} of ") or said.endswith(f" {head}"):
            return head
    return None


_TURNS = (" of ", " between ", " that ", " for ", " from ", " with ", " at ")


def _idle(text: str, f: Found) -> bool:
    """Whether the words only sound like a thing ("the line between the two")."""
    return f.head in english().vague and text[f.end : f.end + 9].startswith(_TURNS)


def _antecedent(f: Found, found: Sequence[Name], last: dict[str, int]) -> int | None:
    """The last name of the same kind; one of a kindred kind only if it is near and none is."""
    if f.head in _OWN_WORD:
        return last.get(f.head)
    if f.head in _ZONES:
        zone = last.get(_ZONES[f.head])
        if zone is not None:
            return zone
    if f.kind == "place" and f.head in last:
        return last[f.head]
    if f.kind == "place" and f.head == "city":
        return _city(f, found)
    same = last.get(f.kind)
    if same is not None and f.start - found[same].end < FAR:
        return same
    at = [last[kind] for kind in _FITS.get(f.kind, ()) if kind in last]
    return max((i for i in at if f.start - found[i].end < FAR), default=same)


_WIDE = re.compile(
    r"(?i:\b(?:provinces?|states?|county|counties|regions?|countries|districts?))$|^(?:North|South|East|West|Central)\b"
)
"""Names of what is no city, by their own words: "Shandong province", "Southeast Asia"."""


_CITIES = frozenset({"Beijing", "Shanghai", "Tianjin", "Chongqing"})
"""Cities with the rank of a province."""


def _city(f: Found, found: Sequence[Name]) -> int | None:
    """The last place named before "the city" that may be one: not the province or country that it lies in."""
    for i in range(len(found) - 1, -1, -1):
        name = found[i]
        if f.start - name.end > FAR:
            return None
        if name.kind != "place" or name.generic:
            continue
        known = english_places().get(name.text, ()) if name.text not in _CITIES else ()
        if known and all(entry.level in ("country", "province") for entry in known):
            continue
        if _WIDE.search(name.text) is None:
            return i
    return None
