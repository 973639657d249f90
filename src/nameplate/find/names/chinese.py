"""Names in Chinese text, by one scan for heads, stops, places and offices.

What no word of the lexicon covers is the unknown middle of a name. A name ends with a head noun and
begins after the last word that no name holds ("的", "宣布", punctuation); a verb that stands inside
many names ends one only at its edge.
"""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from nameplate.find.names.chinese_people import people_at, speakers
from nameplate.find.names.chinese_trim import Trimmed, counted, lead, trimmed
from nameplate.find.names.found import Found, longest
from nameplate.lexicon.names_find import chinese
from nameplate.lexicon.places import chinese_places
from nameplate.model import EntityKind

(
    PROTECT,
    WEAK,
    STOP,
    HEAD,
    KNOWN,
    PLACE,
    COUNTY,
    OFFICE,
    DETERMINER,
    LEVEL,
    OPEN,
    CLOSE,
    INSIDE,
) = range(13)
_MARKS = "，。；：！？、,;!?…—|｜%％©\n【】《》<>〈〉[]*#=~→▲●■◆★"
LONGEST = 60
"""Characters that a name may have; what is longer is a sentence without punctuation."""


@cache
def _automaton() -> tuple[AhoCorasick, list[int], list[str]]:
    """The scan, and for each of its words what it is and of which kind."""
    words = chinese()
    table: dict[str, tuple[int, str]] = {}
    for word, entries in chinese_places().items():
        if len(word) > 1 and word not in words.places.common:
            small = entries[0].level == "county" and all(e.name != word for e in entries)
            table[word] = (COUNTY if small else PLACE, "")
    layers: list[tuple[int, list[str]]] = [
        (PROTECT, words.words.protect),
        (INSIDE, words.words.inside),
        (WEAK, words.words.weak),
        (STOP, [*words.words.stops, *_MARKS]),
        (DETERMINER, words.generic.determiners),
        (LEVEL, words.generic.levels),
        (OFFICE, words.titles.offices),
        (OPEN, ["(", "（", "“", "「", '"', "『"]),
        (CLOSE, [")", "）", "”", "」", "』"]),
    ]
    for code, spellings in layers:
        table |= {w: (code, "") for w in spellings if code != PROTECT or _free(table, w)}
    for code, kinds in ((HEAD, words.heads), (KNOWN, words.known)):
        table |= {w: (code, kind) for kind, spellings in kinds.items() for w in spellings}
    automaton = AhoCorasick(
        list(table),
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.ContiguousNFA,
    )
    return automaton, [c for c, _ in table.values()], [k for _, k in table.values()]


def _free(table: dict[str, tuple[int, str]], word: str) -> bool:
    """Whether a protected word may be entered: it must not hide a place."""
    return table.get(word, (COUNTY, ""))[0] == COUNTY


@cache
def _street() -> re.Pattern[str]:
    """A town, village or street straight after a division."""
    kinds = "|".join(chinese().places.villages)
    return re.compile(
        rf"(?:[\u4e00-\u9fff]{{1,4}}?(?:{kinds}))+(?![\u4e00-\u9fff]{{0,4}}(?:公司|项目|电站))"
    )


class _Scan:
    """The state of one pass: the name that is open, the places seen, the last office."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Found] = []
        self.left = 0
        self.start = self.end = self.head = 0
        self.kind = ""
        self.fixed = False
        self.places: list[tuple[int, int]] = []
        self.counties: list[tuple[int, int]] = []
        self.determiner: tuple[int, int] = (-1, -1)
        self.office: tuple[int, int] = (-1, -1)
        self.before_and: tuple[int, int] = (-1, -1)
        self.bracket: tuple[int, int, int] = (-1, -1, -1)
        self.skip = 0

    def close(self) -> None:
        """Write down the open name, and the places that it does not hold."""
        start = self.left
        if self.kind:
            got = trimmed(
                self.text, Trimmed(self.start, self.end, self.head, self.kind, self.fixed)
            )
            if got is not None:
                got = self._joined(got)
                self.found.append(got)
                start = got.start
            self.kind = ""
            self.places = [p for p in self.places if p[1] <= start] if got else self.places
        if self.places:
            self.found += [Found(s, e, "place") for s, e in self.places]
            self.places = []

    def _joined(self, name: Found) -> Found:
        """A project whose name began before an "and" ("印染及改造项目"), as one."""
        begin, end = self.before_and
        if (
            name.kind != "project"
            or name.generic
            or name.start - end > 1
            or name.end - begin > LONGEST
        ):
            return name
        if begin < 0 and self.text[name.start : name.start + 2] in ("年产", "日产"):
            last = self.found[-1] if self.found else None
            if last is not None and last.end == end - 1 and last.kind in ("line", "plant"):
                begin = last.start
        if begin < 0:
            return name
        while self.found and self.found[-1].start >= begin:
            self.found.pop()
        return name._replace(start=begin)

    def stop(self, start: int, end: int) -> None:
        """A word that no name holds; a bare "and" may stand inside a project's name."""
        begin = -1
        if end - start == 1 and self.text[start] in "及和与":
            begin = self._unfinished(start)
        self.close()
        self.left = end
        self.before_and = (begin, end)

    def _unfinished(self, conjunction: int) -> int:
        """Where a name begins that goes on behind the conjunction; -1 if what precedes is whole."""
        if self.kind in ("company", "park", "place", "institute"):
            return self.start if conjunction - self.end > 1 else -1
        if self.kind in ("plant", "line"):
            return self.start if self.text[conjunction] == "及" else -1
        if not self.kind and self.places and self.places[0][0] == self.left:
            return self.left if conjunction - self.places[-1][1] > 1 else -1
        return -1

    def weak(self, start: int, end: int) -> None:
        """A verb: it ends a company straight before it and never begins a name."""
        if self.kind:
            if self.end == start:
                self.stop(start, end)
        elif self.left == start:
            self.left = end

    def head_noun(self, start: int, end: int, kind: str) -> None:
        """A head: it closes a name, or carries the open one on ("集团" + "…项目")."""
        if self.kind and start != self.end and self._ends_before(start):
            self.close()
            self.left = self.end
        if not self.kind:
            self.start, self.fixed = self._begin(start), False
        elif end - self.start > LONGEST:
            self.close()
            self.start, self.fixed = start, False
            self.left = start
        self.end, self.head, self.kind = end, start, kind

    def _ends_before(self, head: int) -> bool:
        """Whether the open name is whole and the next head belongs to another one."""
        return self.kind in ("project", "event", "programme") or counted(self.text, self.end, head)

    def _begin(self, head: int) -> int:
        """Where the name of this head begins; across brackets that hold a part of it."""
        opened, closed, before = self.bracket
        if closed == self.left and 1 < closed - opened < 16 and before < opened:
            inside = self.text[opened + 1 : closed - 1]
            joins = closed == head or inside.isascii() or inside in chinese_places()
            joins = joins or (len(inside) < 5 and not _ASIDE.search(inside))
            if not joins or "称" in inside or self.text[opened] not in "(（":
                return self.left
            while self.found and self.found[-1].start >= before:
                self.found.pop()
            return before
        return self.left

    def known(self, start: int, end: int, kind: str) -> None:
        """A name without a head that everybody knows."""
        if self.kind and self.end == start and self.kind == "place":
            return
        if self.kind:
            return
        self.start, self.end, self.head, self.kind = start, end, end, kind
        self.fixed = True

    def place(self, start: int, end: int) -> None:
        """A place: alone, or the beginning of a name."""
        after = self.text[end : end + 1]
        tail = self.text[end - 1]
        if after and tail in "省市县区州盟旗" and after in "委长":
            if after == "委":
                self.start, self.end, self.head, self.kind = start, end + 1, end, "body"
                self.fixed = True
            else:
                self.places.append((start, end - 1 if end - start > 2 else end))
                self.skip = end + 1
                self.officer(end - 1, end + 1)
            return
        if tail in "市县" and after and after in "场值民域级容井政":
            if after != "政" or self.text[end : end + 2] != "政府":
                end -= 1
        if self.kind:
            return
        if self.places and self.places[-1][1] == start:
            start = self.places.pop()[0]
        if tail in "市县区旗" and (street := _street().match(self.text, end)):
            end = street.end()
            self.skip = end
        self.places.append((start, end))

    def officer(self, start: int, end: int) -> None:
        """An office: it ends the body before it, and a person may follow."""
        last = self.office[1]
        held = last >= 0 and (
            last == start or (last + 1 == self.left and self.text[last] in "、兼/ ")
        )
        begin = self.office[0] if held else (self.end if self.kind else self.left)
        if not self.kind and self.places and self.places[-1][0] >= self.left and not held:
            begin = max(begin, self.places[-1][1])
        if self.kind == "body" and not held and self.end - self.start < 8:
            begin = self.start
        begin = max(begin, self.text.rfind(" ", begin, start) + 1)
        self.close()
        self.office = (begin, end)
        self.left = end
        title = self.text[begin:end].strip(" 、")
        people = people_at(self.text, end, title)
        if people:
            self.found += people
            self.left = self.skip = people[-1].end
            self.office = (-1, -1)


def chinese_names(text: str) -> list[Found]:
    """All names of a folded Chinese text, in order of their place."""
    automaton, codes, kinds = _automaton()
    scan = _Scan(text)
    for i, start, end in automaton.find_matches_as_indexes(text):
        if start < scan.skip:
            continue
        code = codes[i]
        if code == STOP:
            scan.stop(start, end)
        elif code == WEAK:
            scan.weak(start, end)
        elif code == HEAD:
            if text[end - 1] in _CARRIED and text[end : end + 1] in _CARRIED[text[end - 1]]:
                continue
            scan.head_noun(start, end, kinds[i])
        elif code != PROTECT:
            _rare(scan, code, start, end, kinds[i])
    scan.close()
    found = longest([*scan.found, *speakers(text)])
    return longest([*found, *again(text, found, scan.counties)])


def _rare(scan: _Scan, code: int, start: int, end: int, kind: str) -> None:
    if code == PLACE:
        scan.place(start, end)
    elif code == INSIDE:
        if scan.kind and scan.end == start:
            scan.stop(start, end)
    elif code == COUNTY:
        if scan.places and scan.places[-1][1] == start:
            scan.place(start, end)
        else:
            scan.counties.append((start, end))
    elif code == KNOWN:
        scan.known(start, end, kind)
    elif code == OFFICE:
        scan.officer(start, end)
    elif code == DETERMINER:
        if end - start == 1 and scan.text[start] in "本我" and scan.left != start:
            return
        scan.stop(start, end)
        scan.determiner = (start, end)
        scan.left = start
    elif code == LEVEL:
        scan.stop(start, end)
        scan.found.append(Found(start, end, "place", generic=True))
    elif code == OPEN:
        before = scan.left if not scan.kind else scan.start
        scan.stop(start, end)
        scan.bracket = (start, -1, before)
    else:
        before = scan.bracket
        scan.stop(start, end)
        scan.bracket = (before[0], end, before[2])


_ASIDE = re.compile("[左右前中后图原现含下上]|记者|摄|编|第|其")
_CARRIED = {"厂": frozenset("商家房区址"), "矿": frozenset("石产业山物权藏")}
"""A head that goes on as another word: 厂商, 铁矿石."""
_LISTED = re.compile(
    r"([\u4e00-\u9fffA-Za-z]{2,8})[(（](?:ASX|NYSE|NASDAQ|HKEX?|SH|SZ|SSE|SZSE|股票代码|证券代码|\d{6}|\d{5})[:：.）)]"
)
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
    more = [Found(s, e, "place") for s, e in counties if _named_in_full(text[s:e], full)]
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


def _named_in_full(name: str, full: set[str]) -> bool:
    return any(name + suffix in said for said in full for suffix in ("县", "区", "市", "旗"))


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
