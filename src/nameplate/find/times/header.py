"""The publication date that a report's own header gives.

Precision first: a whole date counts where a label says so ("发布时间：", "Published:") or where it
stands in the head of the report as the beginning of a line of its own, followed by nothing but a clock
time, a source or the like. Dates in sentences, of events, licences and copyrights do not count.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from nameplate.find.fold import fold, lower
from nameplate.find.times.finder import Finder
from nameplate.lexicon.times import header_words
from nameplate.model import Time

HEAD = 1500
"""Characters of a report in which a date without a label may stand."""
READ = 6000
"""Characters of a report in which a labelled date may stand."""
_CLOCK = re.compile(r"[ \t]*(?:t|at|,)?[ \t]*\d{1,2}:\d{2}(?::\d{2})?(?:[ \t]*[ap]\.?m\.?)?")
_ZONE = re.compile(r"[ \t]*\(?(?:gmt|utc|est|edt|cst|bst)[+\-\d: ]*\)?")
_LEAD = " \t|>·*#[(【•—-"


class _Words(NamedTuple):
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    follow: re.Pattern[str]


def publication_date(text: str) -> str | None:
    """EDTF day of the report's publication, or ``None`` where the text does not give it."""
    plain = fold(text[:READ])
    small = lower(plain)
    days = [t for t in Finder(plain, None).find() if _whole(t)]
    for rule in (_labelled, _of_a_line, _weakly_labelled):
        for time in days:
            if rule(small, time):
                return time.edtf
    for time in days:
        if _of_a_wire(plain, time) or _of_a_masthead(plain, time):
            return time.edtf
    return None


_CITY = re.compile(r"[A-Z][A-Z .'-]{2,40},[ ]*")
_AGENCY = re.compile(r"[ ]*\([A-Z][^()\n]{1,40}\)[ ]*(?:--?|—|–|:)?")


def _of_a_wire(plain: str, time: Time) -> bool:
    """The dateline of a wire report: "CHONGQING, Aug. 25, 2018 (Example Wire) --"."""
    start = plain.rfind("\n", 0, time.start) + 1
    return (
        time.start < HEAD
        and _CITY.fullmatch(plain, start, time.start) is not None
        and _AGENCY.match(plain, time.end) is not None
    )


_MASTHEAD = re.compile(
    r"[^\n.。!?]{0,30}(?:Bulletin|News|Daily|Times|Post|Press|Wire|Gazette|Herald|Journal|Report|Online|Weekly|"
    r"日报|晚报|早报|时报|周报|商报|新闻网?|通报|通讯|在线|[\u4e00-\u9fff]网|报社|快报|导报)[ ,，|·]{1,4}"
)
FEW = 5
"""Lines of a report's head among which a masthead may stand."""


def _of_a_masthead(plain: str, time: Time) -> bool:
    """A line of nothing but a paper's name and a date, near the top: "Example Bulletin, 5 May 2021"."""
    start = plain.rfind("\n", 0, time.start) + 1
    end = plain.find("\n", time.end)
    rest = plain[time.end : end if end >= 0 else len(plain)].strip(" \t.,)|")
    above = sum(1 for line in plain[:start].split("\n") if line.strip())
    return not rest and above < FEW and _MASTHEAD.fullmatch(plain, start, time.start) is not None


def _whole(time: Time) -> bool:
    """A day with its year."""
    return (
        time.kind == "date"
        and time.granularity == "day"
        and (time.edtf or "X")[0] != "X"
        and not time.anchor
    )


def _before(small: str, time: Time) -> str:
    """What the line says before a date."""
    start = small.rfind("\n", max(0, time.start - 60), time.start) + 1
    return small[max(start, time.start - 60) : time.start].rstrip(" \t")


def _labelled(small: str, time: Time) -> bool:
    """发布时间：2011-04-25, Published: June 9, 2021"""
    return _words().strong.search(_before(small, time)) is not None


def _weakly_labelled(small: str, time: Time) -> bool:
    """时间: 2024-06-05, in the head only; 活动时间 is no label."""
    return time.start < HEAD and _words().weak.search(_before(small, time)) is not None


def _of_a_line(small: str, time: Time) -> bool:
    """A line that begins with the date and goes on with a clock time or a source, or ends."""
    before = _before(small, time).strip(_LEAD)
    sourced = (
        before and _words().follow.match(before) is not None
    )  # 来源：港湾日报 | 2023-03-09 09:07
    if time.start >= HEAD or (before and not sourced):
        return False
    end = small.find("\n", time.end, time.end + 200)
    rest = small[time.end : end if end >= 0 else time.end + 200]
    clock = _CLOCK.match(rest)
    if clock is not None:
        rest = rest[clock.end() :]
        zone = _ZONE.match(rest)
        rest = rest[zone.end() :] if zone else rest
    bare = rest.strip(" \t|·])】,.")
    if sourced:
        return clock is not None and not bare
    return (
        not bare
        or (clock is not None and rest[:1] in " \t|")
        or _words().follow.match(bare) is not None
    )


@cache
def _words() -> _Words:
    """Patterns of the labels at the end of what stands before a date, and of what may follow it."""
    words = header_words()
    strong = "|".join(re.escape(w) for w in sorted(words["label"], key=len, reverse=True))
    weak = "|".join(re.escape(w) for w in sorted(words["weak_label"], key=len, reverse=True))
    follow = "|".join(re.escape(w) for w in sorted(words["follow"], key=len, reverse=True))
    return _Words(
        re.compile(rf"(?<![a-z])(?:{strong})\s{{0,3}}[:：|]?$"),
        re.compile(rf"(?<![a-z\u4e00-\u9fff])(?:{weak})\s{{0,3}}[:：]$"),
        re.compile(rf"(?:{follow})(?![a-z])"),
    )
