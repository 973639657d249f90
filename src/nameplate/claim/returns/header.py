"""One column's header to what the column gives: its word, unit, time and the marks beside it.

The word that counts is the last one in Chinese, where the head of a name stands at its end, and the
longest one in English. What follows it must be known as well: 投资强度 is no investment, "output per
worker" no output. A header that is not understood to its end gives nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick
from msgspec.structs import replace

from nameplate.claim.returns.mapping import Column, fits, unit_of
from nameplate.find.fold import fold
from nameplate.find.time import find_times
from nameplate.lexicon.headers import Header, headers, marks
from nameplate.lexicon.measures import measures
from nameplate.model import Aggregate

_PARENTHESES = str.maketrans("（）［］【】", "()[][]")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_BEHIND = re.compile(r"(.+)[,，:：]([^,，:：]+)")
_UNIT_NOTE = re.compile(
    r"(?:计量)?单位\s*[:：]\s*([^\s,，;；、)）]+(?:\s?[A-Za-z]+)?)|\b(?:in|unit:?)\s+([A-Z]{3}\s?\S+)$"
)
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\d{1,2}[、.)]\s?|[(（]\d{1,2}[)）]|其中[:：]?|of which:?\s)",
    re.IGNORECASE,
)
_HAN_TAIL = re.compile(
    r"(?:情况|数量|总数|总额|总量|合计|金额|数据|统计|数|额|量|值|的|率|\s|[:：、/-])*"
)
_LATIN_TAIL = re.compile(
    r"\s*(?:\(s\)|s)?\s*(?:(?:at|as of|as at|on|during|for|by|in)\s.*"
    r"|to date|so far|paid|made|completed|realised|total|date|value)?\s*[:.*]*"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FILLING = re.compile(
    r"[年月日个的\s/、:：,，.\-–()（）0-9]|总|全部|主要|目前|当前|项目|企业|工业|其中"
)
_LATIN_FILLING = frozenset(
    ["number", "of", "total", "no", "the", "a", "an", "annual", "and", "current"]
)


class Reading(NamedTuple):
    """What a header gives: the entry of its word, the word, and the column as the header says it."""

    entry: Header
    word: str
    column: Column


class Table(NamedTuple):
    """What stands above a table: the unit of all amounts, and the year of what names none."""

    unit: str | None = None
    year: str | None = None


def read_header(text: str, *, at: str, table: Table = Table()) -> Reading | None:  # noqa: B008
    """The reading of a header whose rows are joined by " / "; None where it is not understood."""
    levels = [part for part in fold(text).translate(_PARENTHESES).split(" / ") if part]
    for start in range(len(levels) - 1, -1, -1):
        # 产值 over 2021年 reads like 2021年产值, "Investment" over "Planned" like "planned investment".
        found = _read(" ".join(reversed(levels[start:])), text, at, table)
        if found is not None and not (start and _is_mark(levels[start])):
            return _with_unit_above(found, levels)
    return None


def note_of_unit(text: str) -> str | None:
    """The unit in a line like 单位：万元 or "in RMB million"."""
    found = _UNIT_NOTE.search(fold(text))
    said = (found[1] or found[2]) if found else None
    return said if said and unit_of(said) else None


def _read(said: str, header: str, at: str, table: Table) -> Reading | None:
    whole = headers().get(said.strip().lower())
    if whole is not None and whole.part:
        return Reading(whole, said, Column(at=at, header=header))
    bare, unit, rest = _parted(said)
    core = _NUMBERING.sub("", bare.strip()).strip(" *#:：").lower()
    found = _word(core)
    if found is None:
        return None
    entry, start, word = found
    if entry.part == "when" and core[:start].strip():
        return None  # 认定年份 is the year of something else than the figures
    before = f"{core[:start]} {rest}".strip()
    if not entry.measure:
        planned = entry.stage and _marked(core + rest, "planned")
        return Reading(
            entry, word,
            Column(
                at=at, header=header, stage=entry.stage, relation=entry.relation,
                reverse=entry.reverse, modality="planned" if planned else "actual",
            ),
        )  # fmt: skip
    if _marked(before, "rated"):
        return None  # 亩均税收 is no tax
    column = _figure(entry, Column(at=at, header=header, unit=unit), before, table)
    return Reading(entry, word, column) if column else None


def _figure(entry: Header, column: Column, before: str, table: Table) -> Column | None:
    assert entry.measure is not None
    measure = measures()[entry.measure]
    known = unit_of(column.unit) if column.unit else None
    if known is not None and not fits(known.code, measure.kinds):
        return None
    whole = fold(column.header).lower()
    planned = _marked(whole, "planned") and not _marked(whole, "actual")
    return Column(
        at=column.at,
        header=column.header,
        measure=entry.measure,
        unit=column.unit if known else _default_unit(measure.kinds, table.unit),
        item=_changed(before) if entry.measure == "change" else entry.item,
        aggregate=_aggregate(whole, measure.aggregate),
        modality="planned" if planned else "actual",
        when=_time(whole, table.year),
        scope=_scope(before) if entry.measure != "change" else None,
    )


def _aggregate(whole: str, usual: Aggregate) -> Aggregate | None:
    """What the marks beside the word say, where it is not what a figure of the measure is anyway."""
    if _marked(whole, "cumulative"):
        return "cumulative"
    return None if usual != "cumulative" or not _marked(whole, "period") else "period"


def _with_unit_above(found: Reading, levels: list[str]) -> Reading:
    """The unit that a band of columns states for all of them: 投资情况（亿元） over 总投资."""
    measure = found.column.measure
    if measure is None or found.column.unit is not None:
        return found
    for level in levels:
        spelled = _parted(level)[1]
        unit = unit_of(spelled) if spelled else None
        if unit is not None and fits(unit.code, measures()[measure].kinds):
            return found._replace(column=replace(found.column, unit=spelled))
    return found


def _is_mark(level: str) -> bool:
    """Whether a header says no more than "planned", "completed" or a period."""
    core = _BRACKETS.sub(" ", level).strip().lower()
    return any(core in words for words in marks().values())


def _parted(said: str) -> tuple[str, str | None, str]:
    """A header without its brackets, the unit in one of them or behind a comma, and other ones."""
    unit: str | None = None
    others: list[str] = []
    for inside in _BRACKETS.findall(said):
        spelled = re.sub(r"^单位\s*[:：]\s*", "", inside.strip())
        if unit is None and spelled and _is_unit(spelled):
            unit = spelled
        elif inside.strip():
            others.append(inside.strip())
    bare = _BRACKETS.sub(" ", said).strip()
    behind = _BEHIND.fullmatch(bare) if unit is None else None
    if behind and _is_unit(behind[2].strip()):
        return behind[1], behind[2].strip(), " ".join(others)
    if unit is None and bare.endswith("%"):
        return bare.rstrip("% "), "%", " ".join(others)
    return bare, unit, " ".join(others)


def _is_unit(text: str) -> bool:
    return len(text) <= 24 and not find_times(text) and unit_of(text) is not None


@cache
def _automaton() -> tuple[AhoCorasick, list[str]]:
    words = list(headers())
    return AhoCorasick(words), words


def _word(core: str) -> tuple[Header, int, str] | None:
    """The word that says what a header gives, with where it begins; None if words follow it that
    are not known."""
    automaton, words = _automaton()
    hits = [
        (start, end, words[i])
        for i, start, end in automaton.find_matches_as_indexes(core, overlapping=True)
        if not _inside_word(core, start, end)
    ]
    if not hits:
        return None
    han = _HAN.search(core) is not None
    start, end, word = max(hits, key=lambda h: (h[1], h[1] - h[0]) if han else (h[1] - h[0], h[1]))
    tail = _HAN_TAIL if han else _LATIN_TAIL
    if not tail.fullmatch(core[end:]):
        return None
    return headers()[word], start, word


def _inside_word(core: str, start: int, end: int) -> bool:
    """Whether Latin letters go on before or after: "sites" holds no "site" that counts alone."""
    before = core[start - 1 : start]
    after = core[end : end + 1]
    first, last = core[start], core[end - 1]
    return (first.isascii() and first.isalnum() and before.isascii() and before.isalpha()) or (
        last.isascii() and last.isalnum() and after.isascii() and after.isalpha() and after != "s"
    )


def _default_unit(kinds: tuple[str, ...], note: str | None) -> str | None:
    """The unit of a header that names none: of amounts what a line above states, % of rates."""
    if note is not None:
        stated = unit_of(note)
        if stated is not None and fits(stated.code, kinds) and "money" in kinds:
            return note
    return "%" if kinds[0] == "percent" else None


def _marked(text: str, mark: str) -> bool:
    return any(
        re.search(rf"\b{re.escape(word)}\b", text) if word.isascii() else word in text
        for word in marks()[mark]
    )


def _time(whole: str, year: str | None) -> str | None:
    """The period that a header names: 2019年产值, "Output 2021"; 1-2月 is of the table's year."""
    times = find_times(whole, f"{year}-12-31" if year else None)
    found = {
        t.edtf
        for t in times
        if t.kind == "date" and t.edtf and "XXXX" not in t.edtf and not t.now and t.granularity
    }
    return found.pop() if len(found) == 1 else None


def _changed(before: str) -> str | None:
    """What a change is a change of: the words before 同比增长."""
    left = before.strip(" /、的:：")
    return left or None


def _scope(before: str) -> str | None:
    """What narrows a figure: 规上 in 规上工业产值; periods, marks and fillings narrow nothing."""
    text = before
    for found in reversed(find_times(text)):
        text = text[: found.start] + text[found.end :]
    if _HAN.search(text):
        for word in sorted((w for ws in marks().values() for w in ws), key=len, reverse=True):
            text = text.replace(word, "")
        left = _FILLING.sub("", text)
        return left or None
    said = {w for ws in marks().values() for word in ws for w in word.split()}
    words = [w for w in re.findall(r"[a-z&-]+", text) if w not in _LATIN_FILLING and w not in said]
    return " ".join(words) or None
