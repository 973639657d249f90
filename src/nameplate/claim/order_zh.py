"""Chinese orders: NAME 强调，要…；各责任单位要…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nameplate.claim.act import cued
from nameplate.claim.context import Context, Sentence
from nameplate.claim.order import Order, doable, exhorts
from nameplate.claim.person import last_before
from nameplate.claim.phrase import tidy, trim
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Rejection

_PART = re.compile(r"[；;。]")
_WHO_MUST = (
    r"\s*(?:第?[一二三四五六]是)?(?P<to>[^，,；。：:“”要]{0,26}?)"
    r"(?:必须要|必须|务必|务求|一定要|需要|应当"
    r"|(?<![重主需必首只纪摘概简扼])要(?![求素点件闻务事领害么塞道]))"
)
_AT_ONCE = re.compile(_WHO_MUST)
_DUTY = re.compile(rf"(?<=[，,：:“；;。]){_WHO_MUST}")
_BODIES = (
    r"(?:部门|单位|企业|各级|各方|各地|镇|街道|园区|乡|公司|集团|指挥部|专班|责任人|负责人|干部|领导|人员|县委|市委|政府"
    r"|开发区|管委会|双方|方面|局|委|办|上下|组|厂|业主|承建商|承包商|队|他们|大家)"
)
_TO_WHOM = re.compile(rf"{_BODIES}$")
_LEAST = 2
_COUNT = r"(?:[一二三四五六]是|第[一二三四五六][，,]|[（(][一二三四五六][)）])"
_TOLD_OF_FACTS = re.compile(
    r"了(?!解)|已|以来|去年|累计|取得|仍|尚|缓慢|不足|不够|不高|不强|滞后|不力|不到位|问题$"
)
"""What a numbered part says that reports what was done or what is amiss, and orders nothing."""


def orders(context: Context) -> Iterator[Order | Rejection]:
    """Orders of a Chinese report, and what was only a slogan."""
    told: dict[int, str] = {}
    for sentence, cues in cued(context, "order"):
        speaker = last_before(context, cues[0].start)
        if speaker is None:
            continue
        by = speaker.name
        told[sentence.index] = by
        asked = _asked().match(context.plain, cues[0].start, sentence.end)
        if asked is not None:
            order = _judged(context, sentence, asked, _part_end(context, sentence, asked.end()), by)
            if order is not None:
                yield order
        yield from _parts(context, sentence, asked.end() if asked else cues[0].end, by)
        yield from _following(context, sentence, by, told)


def _following(
    context: Context, sentence: Sentence, by: str, told: dict[int, str]
) -> Iterator[Order | Rejection]:
    """The sentences that go on with "要…" in the same paragraph, or in the next where it stands alone."""
    block = sentence.block
    for following in context.sentences[sentence.index + 1 : sentence.index + 8]:
        if following.index in told:
            break
        counted = _NUMBERED.match(context.plain, following.start, following.end)
        if block == sentence.block != following.block and _ENDS.search(
            context.plain, sentence.start, sentence.end
        ):
            block = following.block  # 他强调 stands in a line of its own
        if following.block != block and counted is None:
            break
        if (
            _AT_ONCE.match(context.plain, following.start, min(following.end, following.start + 40))
            is None
            and counted is None
        ):
            continue
        told[following.index] = by
        yield from _parts(context, following, following.start, by)


_ENDS = re.compile(r"(?:强调|指出|要求)[：:，,\s]*$")
_NUMBERED = re.compile(rf"\s*{_COUNT}")
"""How a numbered order begins, in a paragraph of its own as well."""


@cache
def _asked() -> re.Pattern[str]:
    """ "要求各部门加快…": who is told stands right between the verb and what is to be done."""
    return re.compile(
        rf"(?:明确)?要求(?P<to>[^，,；;。：:“”要]{{0,24}}?{_BODIES})(?={noun_pattern('urged')})"
    )


@cache
def _counted() -> re.Pattern[str]:
    """ "一是加快…": a number and a verb that urges, without 要."""
    return re.compile(rf"[，,：:\s]*{_COUNT}(?P<to>)(?={noun_pattern('urged')})")


def _part_end(context: Context, sentence: Sentence, start: int) -> int:
    stop = _PART.search(context.plain, start, sentence.end)
    return stop.start() if stop else sentence.end


def _numbered(context: Context, start: int, stop: int) -> re.Match[str] | None:
    """A numbered order without 要, unless the part tells of facts."""
    found = _counted().match(context.plain, start, stop)
    if found is None or _TOLD_OF_FACTS.search(context.plain, found.end(), stop):
        return None
    return found


def _parts(
    context: Context, sentence: Sentence, start: int, by: str
) -> Iterator[Order | Rejection]:
    """One order a part between semicolons; what names too little that can be done is a slogan."""
    at = start
    for stop in [
        *(m.start() for m in _PART.finditer(context.plain, start, sentence.end)),
        sentence.end,
    ]:
        begin, at = at, stop + 1
        duty = (
            _AT_ONCE.match(context.plain, begin, stop)
            or _numbered(context, begin, stop)
            or _DUTY.search(context.plain, begin, stop)
        )
        if duty is not None:
            order = _judged(context, sentence, duty, stop, by)
            if order is not None:
                yield order


_CLAUSES = re.compile(r"[^，,]+")


def _without_slogans(context: Context, start: int, end: int) -> tuple[int, int]:
    """The longest row of an order's clauses that hold no words of exhortation."""
    best, at = (start, start), start
    for clause in [*_CLAUSES.finditer(context.plain, start, end), None]:
        if clause is None or exhorts(context, *clause.span()):
            at = clause.end() + 1 if clause else at
        elif clause.end() - at > best[1] - best[0]:
            best = at, clause.end()
    return best


def _judged(
    context: Context, sentence: Sentence, duty: re.Match[str], stop: int, by: str
) -> Order | Rejection | None:
    start, end = trim(context, duty.end(), stop)
    if end - start < 6:
        return None
    score = doable(context, start, end) + (duty.re is _counted())
    if score < _LEAST:
        whole = start, end
        start, end = _without_slogans(context, start, end)
        score = doable(context, start, end) if (start, end) != whole else score
    if score < _LEAST:
        start, end = trim(context, duty.end(), stop)
        return Rejection(
            start=start,
            end=end,
            quote=context.quote(start, end),
            kind="instruction",
            reason="a slogan: it names nothing that can be done",
        )
    to = tidy(context, duty.start("to"), duty.end("to"))
    return Order(
        start, end, sentence, by, to if _TO_WHOM.search(to) else None, "instruction.that",
        round(0.5 + 0.05 * min(score, 4), 2),
    )  # fmt: skip
