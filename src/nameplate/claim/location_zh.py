"""Chinese locations: WORKS位于PLACE, 在PLACE的WORKS, WORKS在PLACE开工, EVENT在PLACE举行."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nameplate.claim.context import Context, Sentence
from nameplate.claim.relation_ends import THINGS, WORKS, Ends, left
from nameplate.model import Cue, Name

_SPOT = frozenset({"place", "park"})
_AT = re.compile(r"(?:在|位于)\s*$")
_DONE = re.compile(
    r"(?:正式|顺利|成功|全面|集中|隆重)*(?:举行|开工|投产|启动|奠基|动工|建成|落户|落地|竣工|签约|揭牌|点火|投运|投用|启用|建设|新建)"
)
_TO_PLACE = re.compile(r"\s*(?:于|在|了)?\s*")
_LONG_PLACE = re.compile(r"[^，。；、！？\s(（]{2,30}")
_ADDRESS = re.compile(r"[省市县区镇乡街道路村园城州旗盟岛港湾国]")


def placed(context: Context, sentence: Sentence) -> Iterator[Ends]:
    """在PLACE的WORKS; 在PLACE，WORKS; WORKS在PLACE开工."""
    plain = context.plain
    for place, following in zip(sentence.names, sentence.names[1:], strict=False):
        if place.kind not in _SPOT or following.generic:
            continue
        inside = plain[place.end : following.start] in ("内的", "境内的")
        if inside and following.kind == "company" and not (place.generic and place.refers is None):
            yield Ends(following, place, place.start, following.end, 0.65)
        if place.generic or following.kind not in WORKS:
            continue
        lead = plain[max(sentence.start, place.start - 3) : place.start]
        between = plain[place.end : following.start]
        if _AT.search(lead) and re.fullmatch(r"(?:境内|内)?的", between):
            yield Ends(following, place, place.start, following.end, 0.7)
        elif between == "的" and plain[place.start - 1 : place.start] not in "向对为从":
            yield Ends(following, place, place.start, following.end, 0.6)
        elif (
            _AT.search(lead)
            and place.start - sentence.start <= 2
            and re.fullmatch(r"(?:境内|内)?，[^，。；、]{0,12}", between)
        ):
            yield Ends(following, place, place.start, following.end, 0.55)
    yield from _done_at(context, sentence)


def _done_at(context: Context, sentence: Sentence) -> Iterator[Ends]:
    """WORKS[开工仪式]在PLACE举行."""
    plain = context.plain
    for works, place in zip(sentence.names, sentence.names[1:], strict=False):
        if works.kind not in WORKS or place.kind not in _SPOT or place.generic:
            continue
        if works.generic and works.refers is None:
            continue
        between = plain[works.end : place.start]
        if re.fullmatch(r"[^，。；、]{0,14}在", between) and _DONE.match(plain, place.end):
            yield Ends(works, place, works.start, place.end, 0.65)


def located(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Ends]:
    """WORKS位于PLACE: the place is a name, or an address."""
    subject = left(context, sentence, cue.start, THINGS, 30) or _it(context, sentence, cue)
    if subject is None:
        yield from _lying(context, sentence, cue)
        return
    at = _TO_PLACE.match(context.plain, cue.end)
    start = at.end() if at else cue.end
    words = _LONG_PLACE.match(context.plain, start, sentence.end)
    if words is None:
        return
    reach = min(start + 8, words.end())
    name = next((n for n in sentence.names if start <= n.start < reach), None)
    if name is not None and name.kind in _SPOT and not name.generic:
        begin = min(start, name.start)
        yield Ends(subject, context.text[begin : name.end], cue.start, name.end, 0.75)
    elif _ADDRESS.search(words.group()):
        place = re.split(r"的(?=[^，]{2})|内|境内", words.group())[0]
        if len(place) > 1 and _ADDRESS.search(place):
            end = start + len(place)
            yield Ends(subject, context.text[start:end], cue.start, end, 0.6)


_IT = re.compile(r"(?:^|[，。；\s])[它其](?:也|就|现)?$")


def _it(context: Context, sentence: Sentence, cue: Cue) -> Name | None:
    """What 它 at the head of a clause stands for: the first thing named in the sentence before."""
    lead = context.plain[max(sentence.start, cue.start - 3) : cue.start]
    if _IT.search(lead) is None or sentence.index == 0:
        return None
    before = context.sentences[sentence.index - 1]
    return next((n for n in before.names if n.kind in THINGS - {"body"} and not n.generic), None)


_THERE = re.compile(r"([^，。；、的\d]{2,18})的")


def _lying(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Ends]:
    """位于PLACE的THING: where what it opens with lies."""
    place = _THERE.match(context.plain, cue.end, sentence.end)
    if place is None:
        return
    for name in sentence.names:
        if name.start == place.end() and name.kind in THINGS and not name.generic:
            words = context.text[place.start(1) : place.end(1)]
            yield Ends(name, words, cue.start, name.end, 0.65)


def held(context: Context, sentence: Sentence, cue: Cue) -> Iterator[Ends]:
    """EVENT在PLACE举行."""
    places = [n for n in sentence.names if n.end <= cue.start and n.kind in _SPOT | {"plant"}]
    if not places or cue.start - places[-1].end > 3:
        return
    place = places[-1]
    event = left(context, sentence, place.start, frozenset({"event"}), 16)
    if event is not None and _AT.search(context.plain[max(0, place.start - 3) : place.start]):
        yield Ends(event, place, event.start, cue.end, 0.65)
