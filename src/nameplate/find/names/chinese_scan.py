"""One pass over a Chinese text: which name is open, where it began, when it ends."""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from nameplate.find.names.chinese_people import people_at
from nameplate.find.names.chinese_trim import Trimmed, counted, trimmed
from nameplate.find.names.found import Found
from nameplate.lexicon.names_find import chinese
from nameplate.lexicon.places import chinese_places

LONGEST = 60
"""Characters that a name may have; what is longer is a sentence without punctuation."""

_MADE = re.compile(r"(?:年产|日产|年加工|年处理)约?[\d一二两三四五六七八九十百千]")
"""A name that says how much its works make goes on behind an "and": 年产3万吨果汁及果脯项目."""
_BUILT = re.compile("投资建设|投资新建|开工建设|建设|投资|新建|打造|开发")
_GOVERNED = re.compile(
    r"[\u4e00-\u9fff]{2,4}?[省市县区州盟旗](?=(?:常务)?副?(?:省长|市长|县长|区长|州长|盟长|旗长)$)"
)
"""An unknown place before the office of its head ("海州市市长")."""
_PHASED = frozenset({"project", "plant", "line", "park"})
_PHASE = re.compile(r"(?:[一二三四五六]|首|第[一二三四五六])期(?:工程|项目)?(?![工投建开扩改])")
"""A phase after its project's name ("产业园项目一期")."""
_ROOMS = ("厂房", "车间", "标准厂房", "办公楼", "综合楼", "仓库")
_ASIDE = re.compile("[左右前中后图原现含下上]|记者|摄|编|第|其")


@cache
def _street() -> re.Pattern[str]:
    """A town, village or street straight after a division."""
    kinds = "|".join(chinese().places.villages)
    return re.compile(
        rf"(?:[\u4e00-\u9fff]{{1,4}}?(?:{kinds}))+(?![\u4e00-\u9fff]{{0,4}}(?:公司|项目|电站))"
    )


class Scan:
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
        self.office: tuple[int, int] = (-1, -1)
        self.before_and: tuple[int, int] = (-1, -1)
        self.bracket: tuple[int, int, int] = (-1, -1, -1)
        self.skip = 0

    def close(self) -> None:
        """Write down the open name, and the places that it does not hold."""
        start = self.left
        if self.kind:
            self._leave_place()
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

    def _leave_place(self) -> None:
        """``鄂尔多斯市建设…项目`` is a place and what is built there."""
        if self.kind not in ("project", "plant", "line", "park") or self.fixed or not self.places:
            return
        start, end = self.places[0]
        verb = _BUILT.match(self.text, end)
        if start == self.start and verb is not None and self.text[end - 1] in "省市县区州盟旗镇乡":
            self.found.append(Found(start, end, "place"))
            self.start = verb.end()
            self.head = max(self.head, self.start)

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
        return replace(name, start=begin)

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
        if self.kind:
            return -1
        if self.places and self.places[0][0] == self.left:
            return self.left if conjunction - self.places[-1][1] > 1 else -1
        near = conjunction - self.left <= LONGEST // 2
        return self.left if near and _MADE.search(self.text, self.left, conjunction) else -1

    def weak(self, start: int, end: int) -> None:
        """A verb: it ends a company straight before it and never begins a name."""
        if self.kind:
            if self.end == start:
                self.stop(start, end)
        elif self.left == start:
            self.left = end

    def head_noun(self, start: int, end: int, kind: str) -> None:
        """A head: it closes a name, or carries the open one on ("集团" + "…项目")."""
        if self.kind == "project" and start == self.end and self.text.startswith(_ROOMS, start):
            return  # the halls of a project are no plant of their own: 加工项目一期厂房
        if self.kind and start != self.end and self._ends_before(start, kind):
            self.close()
            self.left = self.end
        if self.kind and self.fixed and self.places and self.places[0][0] == self.left < self.start:
            self.start, self.fixed = self.left, False  # 中国长江三峡集团
        if not self.kind:
            self.start, self.fixed = self._begin(start), False
        elif end - self.start > LONGEST:
            self.close()
            self.start, self.fixed = start, False
            self.left = start
        if kind in _PHASED and (phase := _PHASE.match(self.text, end)) is not None:
            end = self.skip = phase.end()
            kind = kind if self.text[end - 1] == "期" else "project"
        self.end, self.head, self.kind = end, start, kind

    def _ends_before(self, head: int, kind: str) -> bool:
        """Whether the open name is whole and the next head belongs to another one."""
        if kind == "company" and self.kind == "project" and head - self.end < 8:
            return self.text[self.head : self.end] != "工程"  # 华东化学工程第四建设有限公司
        return self.kind in ("project", "event", "programme") or counted(self.text, self.end, head)

    def _begin(self, head: int) -> int:
        """Where the name of this head begins; across brackets that hold a part of it."""
        opened, closed, before = self.bracket
        if closed == self.left and 1 < closed - opened < 16 and before < opened:
            inside = self.text[opened + 1 : closed - 1]
            joins = closed == head or inside.isascii() or inside in chinese_places()
            joins = joins or (len(inside) < 5 and not _ASIDE.search(inside))
            if self.text[opened] in "“「" and closed == head and opened - before > 1:
                return self._quoted(before, inside)
            if not joins or "称" in inside or self.text[opened] not in "(（":
                return self.left
            while self.found and self.found[-1].start >= before:
                self.found.pop()
            return before
        return self.left

    def _quoted(self, before: int, inside: str) -> int:
        """Where a name begins that holds a quoted part: 远航锂电“超级工厂”项目."""
        if any(mark in inside for mark in "，。；、：") or (
            self.found and self.found[-1].end > before and self.found[-1].kind == "person"
        ):
            return self.left
        while self.found and self.found[-1].start >= before:
            self.found.pop()
        return before

    def known(self, start: int, end: int, kind: str) -> None:
        """A name without a head that everybody knows."""
        if self.kind and self.end == start and self.kind == "place":
            return
        if self.kind:
            return
        if self.places and self.places[-1][1] == start:
            start = self.places[-1][0]
        self.start, self.end, self.head, self.kind = start, end, end, kind
        self.fixed = True

    def place(self, start: int, end: int) -> None:
        """A place: alone, or the beginning of a name."""
        after = self.text[end : end + 1]
        tail = self.text[end - 1]
        if after in ("委", "长") and self._governs(start, end):
            if after == "委":
                self.start, self.end, self.head, self.kind = start, end + 1, end, "body"
                self.fixed = True
            else:
                self.places.append((start, end - 1 if end - start > 2 else end))
                self.skip = end + 1
                self.officer(end - 1, end + 1)
            return
        joint = self.text[end : end + 2]
        if tail in "市县" and after and after in "场值民域级容井政" and joint != "政府":
            end -= 1
        if self.kind:
            return
        if self.places and self.places[-1][1] == start:
            start = self.places.pop()[0]
        end += self._suffix(end)
        if tail in "市县区旗" and (street := _street().match(self.text, end)):
            end = street.end()
            self.skip = end
        self.places.append((start, end))

    def _governs(self, start: int, end: int) -> bool:
        """Whether a division's suffix makes an office or a committee with what follows (市长, 市委)."""
        name = self.text[start:end]
        if not name.endswith(("省", "市", "县", "区", "盟", "旗", "自治州")) or len(name) < 3:
            return False
        table = chinese_places()
        return self.text[end : end + 2] not in table and self.text[end : end + 3] not in table

    def _suffix(self, end: int) -> int:
        """How many characters of a suffix follow a bare name (新疆自治区, 阿坝州)."""
        if self.text.startswith(("自治区", "自治州", "自治县"), end):
            return 3
        bare = self.text[end - 1] not in "省市县区州盟旗"
        return 1 if bare and self.text[end : end + 1] in ("州", "县", "旗") else 0

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
        if place := _GOVERNED.match(title):
            self.found.append(Found(begin, begin + place.end(), "place"))
            title = title[place.end() :]
        people = people_at(self.text, end, title)
        if people:
            self.found += people
            self.left = self.skip = people[-1].end
            self.office = (-1, -1)

    def inside(self, start: int, end: int) -> None:
        """A word like 内: it ends a name straight before it and is nothing elsewhere."""
        if self.kind and self.end == start:
            self.stop(start, end)

    def determined(self, start: int, end: int) -> None:
        """该, 本 and their like begin a generic name; 本 and 我 only where a clause begins."""
        if self.text[start:end] in ("本", "我") and self.left != start:
            return
        self.stop(start, end)
        self.left = start

    def quote(self, start: int, end: int, opens: bool) -> None:
        """A bracket or quotation mark; what it holds may be a part of the name around it."""
        if opens:
            before = self.start if self.kind else self.left
            self.stop(start, end)
            self.bracket = (start, -1, before)
        else:
            opened, _, before = self.bracket
            self.stop(start, end)
            self.bracket = (opened, end, before)
