"""What a Chinese text calls by a short name once it has named it in full."""

from __future__ import annotations

import re
from typing import cast

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from nameplate.find.names.chinese_trim import lead
from nameplate.find.names.found import Found, longest
from nameplate.find.names.places import named_in_full
from nameplate.lexicon.places import chinese_places
from nameplate.model import EntityKind

_LISTED = re.compile(
    r"([\u4e00-\u9fffA-Za-z]{2,8})"
    r"[(（](?:ASX|NYSE|NASDAQ|HKEX?|SH|SZ|SSE|SZSE|股票代码|证券代码|\d{6}|\d{5})[:：.）)]"
)
"""A listed company with its place and number of listing."""
_ALIAS = re.compile(
    r"[(（](?:以下|下文|下)?(?:简称|称)(?:为|作)?[:：]?[“\"「]?([^”\"」)），。]{2,12})[”\"」]?[)）]"
)
_FIRM = re.compile(
    r"(?:(?:控股|股份|投资|科技|实业|集团|工业)*(?:有限责任公司|股份有限公司|有限公司|集团公司|集团|公司|株式会社))+$"
)
_NUMBERED = re.compile(r"^([\u4e00-\u9fffA-Za-z]{2,8}?)(?=第?\d|年产|\([A-Z])")


def again(text: str, found: list[Found], counties: list[tuple[int, int]]) -> list[Found]:
    """Further places where a person, a county or a company's short name is said."""
    names: dict[str, tuple[str, str | None]] = {}
    for f in found:
        if f.kind == "person":
            names.setdefault(text[f.start : f.end], ("person", None))
    for f in found:
        for short in _shorts(text[f.start : f.end], f.kind):
            names.setdefault(short, ("company", None))
    for match in _ALIAS.finditer(text):
        before = [f for f in found if f.end == match.start()]
        names[match.group(1)] = (before[0].kind if before else "company", None)
    for match in _LISTED.finditer(text):
        core = lead().sub("", match.group(1).rsplit("公司", 1)[-1])
        if len(core) > 1:
            names.setdefault(core, ("company", None))
    full = {text[f.start : f.end] for f in found if f.kind == "place"}
    more = [Found(s, e, "place") for s, e in counties if named_in_full(text[s:e], full)]
    if not names:
        return more
    words = list(names)
    automaton = AhoCorasick(
        words,
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.NoncontiguousNFA,
    )
    for i, start, end in automaton.find_matches_as_indexes(text):
        more.append(Found(start, end, cast(EntityKind, names[words[i]][0])))
    taken = longest([*found])
    return _outside(more, taken)


_ROUTE = re.compile(
    r"([\u4e00-\u9fff]{2,4})至([\u4e00-\u9fff]{2,6}?)"
    r"(?:高速铁路|城际铁路|客运专线|城际|高铁|铁路|高速公路|一级公路|二级公路|公路|高速)"
)


def routes(text: str) -> list[Found]:
    """Railways and roads from one place to another ("额济纳至哈密铁路")."""
    table = chinese_places()
    found = []
    for match in _ROUTE.finditer(text):
        first = match.group(1)
        size = next((n for n in range(len(first), 1, -1) if first[-n:] in table), 0)
        if size and "至" not in match.group(2):
            found.append(Found(match.end(1) - size, match.end(), "plant"))
    return found


def _shorts(name: str, kind: str) -> list[str]:
    """Short names that a text may use for a company: without place and legal form."""
    table = chinese_places()
    if kind == "company":
        core = _FIRM.sub("", name)
        if core == name:
            return []
        for size in range(min(len(core) - 2, 9), 1, -1):
            if core[:size] in table:
                core = core[size:] if len(core) - size > 2 else ""
                break
        return [core] if 2 <= len(core) <= 6 and core not in table else []
    if kind in ("project", "line", "plant") and (match := _NUMBERED.match(name)):
        core = match.group(1)
        return [core] if len(core) > 2 and core not in table and core[:2] not in table else []
    return []


def _outside(more: list[Found], taken: list[Found]) -> list[Found]:
    """Those of ``more`` that overlap none of ``taken``; both are in order after sorting."""
    kept, at = [], 0
    for f in sorted(more):
        while at < len(taken) and taken[at].end <= f.start:
            at += 1
        if at == len(taken) or taken[at].start >= f.end:
            kept.append(f)
    return kept
