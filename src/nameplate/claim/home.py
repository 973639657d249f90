"""The place that a report is about, by level: what 市长 is the mayor of, and "our city"."""

from __future__ import annotations

from collections import Counter
from functools import cache

from nameplate.claim.context import Context
from nameplate.lexicon.places import chinese_places

_LEVELS = {
    "省": ("province",), "自治区": ("province",), "市": ("prefecture", "province", "county"),
    "州": ("prefecture",), "盟": ("prefecture",), "地": ("prefecture",), "县": ("county",),
    "区": ("county",), "旗": ("county",),
}  # fmt: skip
_FULL = ("自治区", "自治州", "自治县", "省", "市", "县", "区", "盟", "旗", "州", "镇", "乡", "街道")


@cache
def _levels(name: str) -> frozenset[str]:
    entries = chinese_places().get(name, ())
    return frozenset(f"{e.level}:{e.name}" for e in entries)


def home(context: Context, level: str) -> str | None:
    """The most named place of a level (省, 市, 县 …), with its suffix; None if none is named."""
    key = f"home {level}"
    if key not in context.memo:
        context.memo[key] = _home(context, level)
    place: str | None = context.memo[key]
    return place


def _home(context: Context, level: str) -> str | None:
    counts: Counter[str] = Counter()
    for name in context.names:
        if name.kind == "place" and not name.generic:
            place = _of_level(name.text, level)
            if place is not None:
                counts[place] += 1
    return counts.most_common(1)[0][0] if counts else None


def _of_level(name: str, level: str) -> str | None:
    """The name as a place of the level, or None where it is none."""
    words = "".join(name.split())
    head = _first(words, level)
    if head is not None:
        return head
    if words.endswith(_FULL):
        return None
    for entry in _levels(words):
        kind, full = entry.split(":", 1)
        if kind in _LEVELS.get(level, ()) and full.endswith(level):
            return full
    return None


def _first(words: str, level: str) -> str | None:
    """The part of an address up to the level: 阳新县 of 阳新县富池镇."""
    at = words.find(level, 1)
    if at < 1 or at > 8:
        return None
    head = words[: at + len(level)]
    for suffix in ("省", "自治区", "市"):
        cut = head.find(suffix, 1)
        if 0 < cut < at and len(head) - cut - len(suffix) > 1:
            head = head[cut + len(suffix) :]
    return head
