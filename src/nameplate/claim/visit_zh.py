"""Chinese visits: OFFICE NAME 一行到 A、B 调研; 在 A，NAME 详细了解…; 出席开工仪式."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from nameplate.claim.act import cued
from nameplate.claim.context import Context, Sentence
from nameplate.claim.person import Person, called, people_in
from nameplate.claim.place_en import Site
from nameplate.claim.place_zh import sites
from nameplate.claim.stop import RECENT, Stop, date_of, joined
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Cue, Rejection

_GAP = re.compile(
    r"(?:\s|[、，,和与及]|以及|等|一行|分别|同志|先生|女士)*[\u4e00-\u9fff]{0,2}(?:[、，]|等)*"
)
_BETWEEN = re.compile(r"[^。；!?！？]{0,60}$")
_STATION = re.compile(
    r"(?:随后|接着|之后|最后|首先|其间|期间|当天|下午|上午)?[，,]?\s*在(?=[^此这当该座会])"
)
_NOBODY = re.compile(
    r"记者|游客|市民|群众|观众|客户|消费者|村民|网友|居民|学生|欢迎|如果|要求|希望|强调|指出|组织|每天|我们|笔者"
)
_AIM = re.compile(
    r"[，,]?(?:等地|等企业|等项目|等)?[，,]?\s*(?P<purpose>(?:就|围绕|专题|实地|详细|深入|开展|进行)?"
    r"(?:实地|详细|深入)?(?:调研|考察|检查|督导|了解|查看|察看|慰问|参观|指导|洽谈)[^，,。；]{1,40})"
)
_NOMINAL = re.compile(
    r"组|团|员|中|时|期|后|结束|活动|工作|情况|报告|座谈|提纲|专班|的|，|。|、|发现|强调|指出|要求"
)
_TO = frozenset({"来到", "前往", "走进", "深入到", "深入", "莅临", "赶赴", "抵达"})


def stops(context: Context) -> list[Stop | Rejection]:
    """The stops of a Chinese report, in order, and what looked like one."""
    found: list[Stop | Rejection] = []
    for sentence, cues in cued(context, "visit"):
        tour = [s for s in found[-RECENT:] if isinstance(s, Stop)]
        found += _stops(context, sentence, cues, tour)
        names = _join(context, sentence, cues)
        if names:
            found[-RECENT:] = [_joins(s, names, sentence) for s in found[-RECENT:]]
    return found


def _stops(
    context: Context, sentence: Sentence, cues: list[Cue], tour: list[Stop]
) -> list[Stop | Rejection]:
    found = _station(context, sentence, cues, tour)
    done = max((s.end for s in found), default=sentence.start)
    for cue in cues:
        if cue.key == "attend":
            found += _attended(context, sentence, cues, cue)
        elif cue.key == "go" and cue.start >= done:
            made = _gone(context, sentence, cues, cue, tour)
            found += made
            done = max((s.end for s in made), default=done)
    return found


def _join(context: Context, sentence: Sentence, cues: list[Cue]) -> tuple[str, ...]:
    """Those who took part in the tour of somebody named before."""
    cue = next((c for c in cues if c.key == "join"), None)
    if cue is None:
        return ()
    start = _clause(context, sentence, cue.start)
    named = people_in(context, start, cue.start)
    return tuple(called(context, p) for p in _run(context, named)) if named else ()


def _joins(stop: Stop | Rejection, names: tuple[str, ...], sentence: Sentence) -> Stop | Rejection:
    if (
        isinstance(stop, Stop)
        and sentence.index - stop.sentence <= 3
        and stop.rule != "visit.attend"
    ):
        return joined(stop, names)
    return stop


def _clause(context: Context, sentence: Sentence, offset: int) -> int:
    """Where the part of the sentence begins that ends at the offset: after 。 or ；."""
    return (
        max(context.plain.rfind(mark, sentence.start, offset) for mark in "。；") + 1
        or sentence.start
    )


def _companions(context: Context, sentence: Sentence, cues: Iterable[Cue]) -> list[Person]:
    """Persons who only went along (在A、B陪同下; A、B陪同), or who received the visitors."""
    gone: list[Person] = []
    for cue in cues:
        if cue.key != "company":
            continue
        at = context.plain.rfind("在", sentence.start, cue.start)
        inside = people_in(context, at, cue.start) if at >= 0 else []
        if inside and context.plain[cue.start : cue.end].endswith(("下", "同")):
            gone += inside
        elif named := people_in(context, sentence.start, cue.start):
            gone += _run(context, named)
    return gone


def _run(context: Context, persons: list[Person]) -> list[Person]:
    """The last persons that stand together as one list, across their offices."""
    kept = [persons[-1]]
    for person in reversed(persons[:-1]):
        if _GAP.fullmatch(context.plain, person.whole_end, kept[0].whole_start) is None:
            break
        kept.insert(0, person)
    return kept


@cache
def _groups() -> re.Pattern[str]:
    return re.compile(
        rf"[\u4e00-\u9fffA-Za-z·()]{{0,24}}?(?:{noun_pattern('group')})(?:一行)?|[与参]会(?:人员|嘉宾|代表)"
    )


def _visitors(
    context: Context, sentence: Sentence, cues: list[Cue], verb: int, tour: list[Stop]
) -> tuple[str, ...]:
    """The subject of a verb of visiting: persons, a group, or the tour's where none is said."""
    gone = _companions(context, sentence, cues)
    persons = [p for p in people_in(context, sentence.start, verb) if p not in gone]
    if persons:
        between = context.plain[persons[-1].whole_end : verb]
        if _BETWEEN.fullmatch(between) is None or _NOBODY.search(between):
            return ()
        return tuple(dict.fromkeys(called(context, p) for p in _run(context, persons)))
    lead = context.plain[sentence.start : verb]
    if _NOBODY.search(lead):
        return ()
    group = list(_groups().finditer(lead))
    if tour and sentence.index - tour[-1].sentence <= 6 and (len(lead) <= 24 or group):
        return tour[-1].visitors
    if group and not sentence.title:
        said = group[-1].group()
        bare = re.sub(r"^.*?(?:日|午|天|，|,|近日|日前|期间)", "", said)
        end = sentence.start + group[-1].end()
        words = context.text[end - len(bare) : end]
        named = len(words) > 3 or (len(words) == 3 and bare.endswith(("组", "团")))
        return (words,) if named else ()
    return ()


def _gone(
    context: Context, sentence: Sentence, cues: list[Cue], cue: Cue, tour: list[Stop]
) -> list[Stop]:
    places = [] if _NOMINAL.match(context.plain, cue.end) else sites(context, sentence, cue.end)
    if not places:
        places = _before(context, sentence, cue)
    if not places:
        return []
    visitors = _visitors(context, sentence, cues, min(cue.start, places[0].start), tour)
    if not visitors:
        return []
    aim = _AIM.match(context.plain, places[-1].end)
    said = context.plain[cue.start : cue.end]
    sure = 0.7 if said in _TO or said.endswith(("了", "到", "赴")) else 0.6
    date = date_of(context, sentence, cue.start)
    return [
        Stop(
            subject=site.subject,
            visitors=visitors,
            start=min(cue.start, site.start) if i == 0 else site.start,
            end=site.end,
            sentence=sentence.index,
            rule="visit.go",
            confidence=sure - (0.15 if sentence.title else 0),
            when=date,
            purpose=aim["purpose"] if aim else None,
        )
        for i, site in enumerate(places)
    ]


_MOVE = re.compile(
    r"(?:先后|分别|专程|一行|带队|率队|率团)?(?:[到赴往]|来到|在(?!建)|来)(?=[^了位会时目])"
)


def _before(context: Context, sentence: Sentence, cue: Cue) -> list[Site]:
    """到 A、B 调研: the places stand between the motion and the verb."""
    persons = people_in(context, sentence.start, cue.start)
    floor = persons[-1].whole_end if persons else sentence.start
    for move in _MOVE.finditer(context.plain, floor, cue.start):
        if cue.start - move.end() > 160:
            continue
        places = sites(context, sentence, move.end())
        if places and places[-1].end <= cue.start and cue.start - places[-1].end <= 26:
            return places
    return []


def _station(
    context: Context, sentence: Sentence, cues: list[Cue], tour: list[Stop]
) -> list[Stop | Rejection]:
    """在 A、B，NAME 详细了解…: the places before the comma are stations."""
    lead = _STATION.match(context.plain, sentence.start, sentence.end)
    looks = [c for c in cues if c.key in ("look", "go")]
    if lead is None or not looks:
        return []
    places = sites(context, sentence, lead.end())
    if not places or places[-1].end > looks[-1].start:
        return []
    rest = context.plain[places[-1].end : looks[-1].start]
    if "，" not in rest[:12] and "," not in rest[:12]:
        return []
    visitors = _visitors(context, sentence, cues, looks[-1].start, tour)
    if not visitors:
        return []
    date = date_of(context, sentence, looks[-1].start)
    return [
        Stop(s.subject, visitors, s.start, s.end, sentence.index, "visit.station", 0.7, date)
        for s in places
    ]


@cache
def _occasion() -> re.Pattern[str]:
    return re.compile(noun_pattern("occasion"))


def _attended(
    context: Context, sentence: Sentence, cues: list[Cue], cue: Cue
) -> list[Stop | Rejection]:
    """出席 A 项目开工仪式: the occasion is of the project that it names, or of the last one."""
    match = _occasion().search(context.plain, cue.end, min(sentence.end, cue.end + 70))
    gone = _companions(context, sentence, cues)
    persons = [p for p in people_in(context, sentence.start, cue.start) if p not in gone]
    if (
        match is None
        or not persons
        or re.search(r"[，。；]|签约$|签字$", context.plain[cue.end : match.start()])
    ):
        return []
    names = [n for n in sentence.names if cue.end <= n.start < match.start()]
    named = [n for n in names if n.kind in ("project", "plant", "line", "park", "event")]
    subject = context.text[cue.end : match.end()].strip()
    if not named:
        before = _last_works(context, sentence) if match.start() - cue.end <= 2 else None
        if before is None:
            return []
        subject = before
    visitors = tuple(dict.fromkeys(called(context, p) for p in _run(context, persons)))
    date = date_of(context, sentence, cue.start)
    aim = context.text[cue.start : match.end()]
    index = sentence.index
    return [Stop(subject, visitors, cue.start, match.end(), index, "visit.attend", 0.5, date, aim)]


def _last_works(context: Context, sentence: Sentence) -> str | None:
    """The project, plant or line that was spoken of last."""
    for index in range(sentence.index, max(-1, sentence.index - 5), -1):
        for name in context.sentences[index].names:
            if name.kind in ("project", "plant", "line") and not name.generic:
                return "".join(context.text[name.start : name.end].split())
    return None
