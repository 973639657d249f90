"""Names in Chinese text, by one scan for heads, stops, places and offices.

What no word of the lexicon covers is the unknown middle of a name. A name ends with a head noun and
begins after the last word that no name holds ("的", "宣布", punctuation); a verb that stands inside
many names ends one only at its edge.
"""

from __future__ import annotations

import re
from typing import cast

from nameplate.find.names.chinese_again import again, routes
from nameplate.find.names.chinese_people import speakers
from nameplate.find.names.chinese_scan import Scan
from nameplate.find.names.chinese_short import divisions, firms
from nameplate.find.names.chinese_words import (
    COUNTY,
    DETERMINER,
    HEAD,
    INSIDE,
    KNOWN,
    LEVEL,
    OFFICE,
    OPEN,
    PLACE,
    PROTECT,
    STOP,
    WEAK,
    automaton,
)
from nameplate.find.names.found import Found, longest
from nameplate.model import EntityKind

_CARRIED = {
    "厂": frozenset("商家区址"),
    "矿": frozenset("石产业物权藏"),
    "程": frozenset("车师量学机款"),
    "线": frozenset("路索材缆束圈"),
    "组": frozenset("装件成织建合"),
    "山": frozenset("机设装"),
    "楼": frozenset("盘市宇房"),
}
"""A head that goes on as another word: 厂商, 铁矿石, 工程车, 线路, 矿山机械."""
_HEADED = re.compile("[局厅署]长(?![期远年久城江])")
"""A body whose last character is also the first of its head's office."""
_PLAN = re.compile(
    r"《([^》\n]{3,40}(?:规划|纲要|方案|计划|意见|办法|条例|行动|指南|目录|政策|措施))(?:\([^)]*\))?》"
)


def chinese_names(text: str) -> list[Found]:
    """All names of a folded Chinese text, in order of their place."""
    words, codes, kinds = automaton()
    scan = Scan(text)
    for i, start, end in words.find_matches_as_indexes(text):
        if start < scan.skip:
            continue
        code = codes[i]
        if code == STOP:
            # 建设 + 中国…, not 建设中 + 国…
            scan.stop(start, end - (text[end - 1] == "中" and text.startswith("国", end)))
        elif code == WEAK:
            scan.weak(start, end)
        elif code == HEAD:
            if text[end - 1] in _CARRIED and text[end : end + 1] in _CARRIED[text[end - 1]]:
                continue
            scan.head_noun(start, end, kinds[i])
            if kinds[i] == "body" and _HEADED.match(text, end - 1):  # 管理局 + 局长: 管理局长
                scan.officer(end - 1, end + 1)
                scan.skip = max(scan.skip, end + 1)
        elif code != PROTECT:
            _rare(scan, code, start, end, kinds[i])
    scan.close()
    plans = [Found(m.start(1), m.end(1), "programme") for m in _PLAN.finditer(text)]
    found = longest(
        [*scan.found, *speakers(text), *plans, *routes(text), *firms(text), *divisions(text)]
    )
    return longest([*found, *again(text, found, scan.counties)])


def _rare(scan: Scan, code: int, start: int, end: int, kind: str) -> None:
    """The words that stand seldom: places, offices, known names, determiners, brackets."""
    if code == COUNTY and not (scan.places and scan.places[-1][1] == start):
        scan.counties.append((start, end))
    elif code in (PLACE, COUNTY):
        scan.place(start, end)
    elif code == INSIDE:
        scan.inside(start, end)
    elif code == KNOWN:
        scan.known(start, end, kind)
    elif code == OFFICE:
        scan.officer(start, end)
    elif code == DETERMINER:
        scan.determined(start, end)
    elif code == LEVEL:
        scan.stop(start, end)
        scan.found.append(Found(start, end, cast(EntityKind, kind), generic=True))
    else:
        scan.quote(start, end, code == OPEN)
