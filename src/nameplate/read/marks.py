"""What a line of a report is by its own words: the tests behind the regions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from nameplate.lexicon.boilerplate import boilerplate
from nameplate.model import Record

Mark = Literal["prose", "menu", "notice", "credit", "recommend", "edge", "photo", "plain", "blank"]

WIDE_PROSE = 80  # width in Latin characters; a Han character is two wide
LONGEST_MARKED = 320  # wider lines hold more than a menu or a notice
_SENTENCE = re.compile(r"[。！？；]|[.!?;][\s\"”’)]|[.!?]$")
_TRIM = re.compile(r"^[\W_]+|[\W_]+$")
_SEPARATORS = re.compile(r"[\s|｜丨>»›•·*_=~-]+")
_CRUMB_SIGN = re.compile(r"[>»›|｜丨]|::|&gt;")
_CRUMB = re.compile(r"\s*(?:[>»›|｜丨]|>>|&gt;|::)\s*")
_DATE = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d")
_ONLY_DATE = re.compile(
    r"\W*(?:(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}日?)?(?:[\sT]*\d{1,2}:\d\d(?::\d\d)?)?"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2},? (?:19|20)\d\d|\d{1,2} [A-Z][a-z]{2,8} (?:19|20)\d\d)\W*"
)
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】\n]{2,100})[)）\]】]")


class Patterns(Record, frozen=True, kw_only=True):
    """The word lists as compiled patterns and sets."""

    menu: frozenset[str]
    roots: frozenset[str]
    recommend: frozenset[str]
    menu_start: re.Pattern[str]
    section_end: re.Pattern[str]
    notices: tuple[str, ...]
    photo_ends: tuple[str, ...]
    label: re.Pattern[str]
    edge_label: re.Pattern[str]
    edge_start: re.Pattern[str]
    caption: re.Pattern[str]
    photo_start: re.Pattern[str]
    photo_end: re.Pattern[str]
    in_bracket: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@cache
def patterns() -> Patterns:
    """Patterns of the packaged word lists, compiled when first asked for."""
    words = boilerplate()
    photo_end = _any(words.photo_after)
    starts = {
        "menu_start": words.menu_starts,
        "caption": words.captions,
        "photo_start": words.photo_before,
    }
    return Patterns(
        menu=frozenset(_bare(word) for word in words.menu_lines),
        roots=frozenset(_bare(word) for word in words.menu_roots),
        recommend=frozenset(_bare(word) for word in words.recommend),
        section_end=re.compile(_any(words.section_ends) + r"\W*$", re.IGNORECASE),
        notices=(*words.legal, *words.notices),
        photo_ends=words.photo_after,
        label=re.compile(rf"[\W_]{{0,6}}{_any(words.labels)}\s*[:：|｜丨]", re.IGNORECASE),
        edge_label=re.compile(rf"(?<![a-z]){_any(words.edge_labels)}\s?[:：]", re.IGNORECASE),
        edge_start=re.compile(
            rf"[\W_]{{0,6}}{_any(words.edge_labels)}\s*[:：|｜丨]", re.IGNORECASE
        ),
        photo_end=re.compile(rf"(?:^|[。！？\s■])[^。！？，,;；]{{0,24}}{photo_end}[。\s]*$"),
        in_bracket=re.compile(
            rf"{_any(words.photo_before)}|{_any(words.bylines)}|[^。！？，]{{0,60}}{photo_end}$",
            re.IGNORECASE,
        ),
        **{
            name: re.compile(rf"[\s\[【(（■]*{_any(w)}", re.IGNORECASE)
            for name, w in starts.items()
        },
    )


def _bare(line: str) -> str:
    return _TRIM.sub("", line).casefold()


def width(line: str) -> int:
    """The length of a line in Latin characters; a Han character counts as two."""
    if line.isascii():
        return len(line)
    return (len(line) + len(line.encode("utf-8", "surrogatepass"))) // 2


def notices_in(text: str) -> tuple[str, ...]:
    """The notices that a text holds at all, so that its lines need be searched for these only."""
    folded = text.casefold()
    return tuple(notice for notice in patterns().notices if notice in folded)


def mark_of(line: str, notices: tuple[str, ...]) -> Mark:
    """The mark that a line (stripped) earns by itself; ``notices`` are those of its text."""
    if not line:
        return "blank"
    wide = width(line)
    if wide > LONGEST_MARKED:
        return "prose" if _runs_on(line, wide) else "plain"
    words, bare = patterns(), _bare(line)
    if bare in words.recommend:
        return "recommend"
    if (
        _SEPARATORS.fullmatch(line)
        or bare in words.menu
        or _is_trail(line)
        or words.menu_start.match(line)
    ):
        return "menu"
    place = first_notice(line, notices) if notices else None
    if place is not None and not (width(line[:place]) >= 60 and _SENTENCE.search(line[:place])):
        return "notice"
    if words.label.match(line):
        return "credit"
    if wide < 120 and words.photo_start.match(line):
        return "photo"
    return _edge_or_prose(line, wide, words)


def first_notice(line: str, notices: tuple[str, ...]) -> int | None:
    """Where the first of the notices begins in a line."""
    folded = line.casefold()
    places = [place for notice in notices if (place := folded.find(notice)) >= 0]
    return min(places, default=None)


def _edge_or_prose(line: str, wide: int, words: Patterns) -> Mark:
    label = wide <= 240 and (":" in line or "：" in line) and words.edge_label.search(line)
    if label and (words.edge_start.match(line) or (_DATE.search(line) and wide <= 160)):
        return "edge"
    if wide <= 40 and _ONLY_DATE.fullmatch(line):
        return "edge"
    return "prose" if wide >= WIDE_PROSE and _runs_on(line, wide) else "plain"


def _runs_on(line: str, wide: int) -> bool:
    """Whether a line has the stops of running text; a row of Chinese headlines has no ``。``."""
    chinese = wide > len(line) * 1.5
    return ("。" in line) if chinese and wide >= 160 else _SENTENCE.search(line) is not None


def _is_trail(line: str) -> bool:
    """Whether a line is a way through a menu: ``Home > News > …``, ``首页 | 新闻``, ``News >``."""
    if len(line) >= 200 or not _CRUMB_SIGN.search(line):
        return False
    parts = [_bare(part) for part in _CRUMB.split(line)]
    if len(parts) < 2:
        return False
    menu = sum(part in patterns().menu or part in patterns().roots for part in parts if part)
    return (
        parts[0] in patterns().roots
        or menu * 2 >= max(2, sum(map(bool, parts)))
        or (not parts[-1] and menu > 0 and len(parts) == 2)
    )


def is_section(line: str) -> bool:
    """Whether a line is short and ends like the name of a section of a site."""
    return width(line) <= 24 and patterns().section_end.search(line) is not None


def credit_spans(line: str) -> tuple[list[tuple[int, int]], bool]:
    """Credits inside a line, and whether one of them is a photographer's, so that it is a caption.

    ``… 2,800 units. (Photographed by A. Zhang)``, ``……铺设路面。（王五摄）``, ``…… 李四 摄``.
    """
    words, spans, photo = patterns(), [], False
    for bracket in _BRACKET.finditer(line):
        if words.in_bracket.match(bracket[1].strip()):
            spans.append(bracket.span())
            photo = photo or bool(
                words.photo_start.match(bracket[1]) or words.photo_end.search(bracket[1])
            )
    ends = len(line) <= 400 and line.rstrip("。 ").endswith(words.photo_ends)
    tail = words.photo_end.search(line[-60:]) if ends else None
    if tail:
        start = len(line) - len(line[-60:]) + tail.start()
        spans.append((start + (line[start] in "。！？"), len(line)))
        photo = True
    return spans, photo


def is_caption(line: str) -> bool:
    """Whether a line begins like the words under a picture."""
    return len(line) <= 400 and patterns().caption.match(line) is not None
