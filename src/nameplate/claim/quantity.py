"""Claims of kind ``quantity``: one figure, its measure, its subject, its time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from nameplate.claim import each_zh, measure, measure_en, modality, pair_zh, subject, when
from nameplate.claim.actor_en import acting, plain, where
from nameplate.claim.clause import clause, commas, gap
from nameplate.claim.confidence import Scores, note
from nameplate.claim.context import Context, Sentence
from nameplate.claim.group import itself, of_group, of_list
from nameplate.claim.measure_reading import FLOWS, MONEY, Reading
from nameplate.claim.quantity_mode import STOCKS, is_spent, mode_of
from nameplate.claim.series import Said, added, following, one_more, parted, some_of_them
from nameplate.claim.subject import Subject
from nameplate.model import Aggregate, Claim, Cue, Modality, Quantity, Rejection, Time

_FLOWS = FLOWS | {"change"}
_EXTENTS = frozenset({"length", "speed"})
"""What is as fixed as an area: how long something is and how fast it may go."""
_COUNTED = frozenset({"projects", "enterprises", "facilities", "count", "employment"})
_GROUPED = frozenset({"projects", "enterprises", "facilities"})


def make(context: Context) -> Iterator[Claim | Rejection]:
    """Every figure of the document that states a measure of a subject."""
    for sentence in context.sentences:
        last: Said | None = None
        for quantity in sentence.quantities:
            found = _said(context, sentence, quantity, last)
            every = each_zh.held(context, sentence, quantity)
            if isinstance(found, str) and not every:
                yield _reject(context, quantity, found)
                continue
            last = found if isinstance(found, Said) else every[0]
            for said in every or [last]:
                yield from _claims(context, sentence, said)


def _claims(context: Context, sentence: Sentence, said: Said) -> Iterator[Claim]:
    """The claims that a figure makes of one subject: one, or two of output and sales at once."""
    reading = said.reading
    if reading.measure == "output+sales":
        reading = parted(context, sentence, said)
    for name in reading.measure.split("+"):
        one = reading if name == reading.measure else replace(reading, measure=name)
        claim = _claim(context, sentence, said, one)
        note(context, claim, _scores(said, reading))
        yield claim


def _reject(context: Context, quantity: Quantity, reason: str) -> Rejection:
    words = context.quote(quantity.start, quantity.end)
    return Rejection(
        start=quantity.start, end=quantity.end, quote=words, kind="quantity", reason=reason
    )


def _said(
    context: Context, sentence: Sentence, quantity: Quantity, last: Said | None
) -> Said | str:
    """What a figure measures of what, or why it is not claimed."""
    if modality.denied(context, sentence, quantity.start):
        return "denied, doubted or contrary to fact"
    goes_on = following(context, quantity, last)
    if goes_on is not None:
        one = pair_zh.owner(context, sentence, quantity)
        return goes_on if one is None else replace(goes_on, owner=one)
    reading = measure.choose(context, sentence, quantity)
    if reading is None:
        return added(context, quantity, last) or "nothing says what it measures"
    if reading.measure == "duration":
        return "a duration, a rate of interest or a term"
    if _one_more_made(context, quantity, reading, last):
        assert last is not None
        return one_more(last, quantity)
    if _same_again(context, quantity, reading, last):
        assert last is not None
        reading = replace(reading, measure=last.reading.measure)
    elif reading.measure == "change" and _level_of_nothing(context, quantity):
        return "what it rose or fell to, but nothing says of what"
    elif context.zh and reading.measure == "change" and quantity.dimension == "money":
        goal = _goal_of(context, sentence, quantity)
        if goal is None:
            return "a sum that nothing names"
        reading = replace(reading, measure=goal)
    owner = _owner(context, sentence, quantity, reading) or _unnamed(
        context, sentence, quantity, reading, last
    )
    if owner is None:
        return f"no subject for {reading.measure}"
    return Said(quantity, reading, owner, quantity)


def _owner(
    context: Context, sentence: Sentence, quantity: Quantity, reading: Reading
) -> Subject | None:
    """Whose figure it is, where anybody or a group that was counted is named for it."""
    owner = (
        pair_zh.owner(context, sentence, quantity)
        or (of_list(context, sentence, quantity) if _is_total(context, reading) else None)
        or of_group(context, sentence, quantity, reading)
        or subject.told_of(context, sentence, quantity.start)
        or subject.part_of_them(context, sentence, quantity, reading.cue)
        or subject.choose(
            context,
            sentence,
            (quantity.start, quantity.end),
            _key(context, quantity, reading),
            _thing(reading),
        )
    )
    return acting(context, sentence, quantity, reading.measure, owner) or owner


def _is_total(context: Context, reading: Reading) -> bool:
    return context.zh and reading.measure in ("investment", "contract_value")


def _thing(reading: Reading) -> Cue | None:
    """The word for the things counted, if it is they that give the measure."""
    return reading.cue if reading.cue is not None and reading.cue.group == "item" else None


def _unnamed(
    context: Context, sentence: Sentence, quantity: Quantity, reading: Reading, last: Said | None
) -> Subject | None:
    """What owns a figure for which nobody is named: a plain noun, a place, the money, the report's own."""
    if context.zh:
        return _unnamed_zh(context, sentence, quantity, reading, last)
    owner = subject.money_itself(context, reading.cue)
    if owner is None and reading.measure in _COUNTED:
        owner = where(context, sentence, quantity)
    if owner is None:
        owner = plain(context, sentence, quantity, reading.measure)
    return owner or subject.about(context, reading.measure)


def _unnamed_zh(
    context: Context, sentence: Sentence, quantity: Quantity, reading: Reading, last: Said | None
) -> Subject | None:
    """The same in Chinese: the noun before it, that of the figure before, or the things counted."""
    owner = None
    if reading.measure in ("investment", "contract_value"):
        owner = subject.batch_of(context, sentence, quantity)
    if owner is None:
        owner = subject.noun_before(context, sentence, quantity.start, reading.cue)
    if owner is not None:
        return owner
    if last is not None and last.owner.why == subject.NOUN:
        return last.owner
    counted = _thing(reading)
    if counted is not None and reading.measure in _GROUPED:
        found = itself(context, sentence, quantity, counted)
        return found or subject.about(context, reading.measure)
    if counted is not None and reading.measure == "employment":
        return subject.about(context, reading.measure) if _of_staff(context, quantity) else None
    return subject.about(context, reading.measure)


_STAFF = re.compile(r"(?:返岗|到岗|返工|复工|员工|职工|岗位|就业|用工)[^，。；、\d]{0,6}$")


_JOBS = re.compile(r"(?:本国)?(?:就业|工作)?(?:机会|岗位|职位|职缺)")


def _of_staff(context: Context, quantity: Quantity) -> bool:
    """Whether a Chinese number is that of those back at work: 返岗人数5000人."""
    head = max(0, quantity.start - 10)
    if quantity.unit != "1":
        return False
    return bool(
        _STAFF.search(context.plain, head, quantity.start)
        or _JOBS.match(context.plain, quantity.end)
    )


_MORE_MADE = re.compile(r"[^，。；：\d]{0,16}[、和及与]")


def _one_more_made(
    context: Context, quantity: Quantity, reading: Reading, last: Said | None
) -> bool:
    """Whether it goes on with a Chinese list of what is made: 每年生产8万吨硫酸镍、6000吨硫酸钴."""
    if not context.zh or last is None or last.reading.cue is None:
        return False
    if last.quantity.unit != quantity.unit or last.reading.measure not in ("capacity", "output"):
        return False
    between = context.plain[last.quantity.end : quantity.start]
    return last.reading.cue is reading.cue and _MORE_MADE.fullmatch(between) is not None


_GOAL = re.compile(r"(?:任务|目标|计划|预算)(?:数|值|额)?(?:为|的|是)?(?:约)?$")


def _goal_of(context: Context, sentence: Sentence, quantity: Quantity) -> str | None:
    """What a goal is the goal of: the last measure told before it (完成投资…，完成年度目标293亿元的81%)."""
    if not _GOAL.search(context.plain, max(0, quantity.start - 6), quantity.start):
        return "change"
    told = [c for c in sentence.cue("measure") if c.end <= quantity.start]
    keys = [c.key for c in told if c.key in MONEY and c.key not in ("change", "duration")]
    return keys[-1] if keys else None


def _same_again(context: Context, quantity: Quantity, reading: Reading, last: Said | None) -> bool:
    """Whether it is what the figure before will rise to: "the figure will increase to 12,000 tonnes"."""
    if context.zh or last is None or reading.measure != "change" or quantity.unit == "%":
        return False
    return last.quantity.unit == quantity.unit and measure.reaches(context, quantity)


_LEVEL_ZH = re.compile(
    r"(?:增长|增加|增|提高|提升|扩大|上升|升|下降|减少|降)[至到](?:超过?|近|约)?$|(?:从|由)(?:不到|不足|约|近)?$"
)


def _level_of_nothing(context: Context, quantity: Quantity) -> bool:
    if context.zh:
        head = max(0, quantity.start - 8)
        return quantity.unit != "%" and bool(_LEVEL_ZH.search(context.plain, head, quantity.start))
    return not context.zh and quantity.unit != "%" and measure.reaches(context, quantity)


def _key(context: Context, quantity: Quantity, reading: Reading) -> str:
    """Whose table a figure's subject is looked for in: money spent in a period is a zone's as well."""
    if reading.measure == "count" and quantity.item_start is not None and not context.zh:
        words = context.small[quantity.item_start : quantity.item_end]
        if words.endswith(_ATTENDERS):
            return "attendance"
    if context.zh and reading.measure == "facilities":
        head = max(0, quantity.start - 6)
        return "capacity" if _BUILDS.search(context.plain, head, quantity.start) else "facilities"
    flow = context.zh and reading.measure == "investment" and when.is_flow(context, quantity.start)
    return "revenue" if flow else reading.measure


_BUILDS = re.compile(r"(?<![改扩])(?:新建|建设|投建|兴建|规划建设)(?:了|成)?$")
"""Before lines that works are to get, and not a place: 建设2条日产2500吨熟料生产线."""
_ATTENDERS = (
    "participants",
    "visitors",
    "guests",
    "delegates",
    "exhibitors",
    "attendees",
    "buyers",
    "representatives",
)
"""Those who come to an event, of which their number is told."""


def _scores(said: Said, reading: Reading) -> Scores:
    name, quantity = said.owner.name, said.first
    away = gap(quantity.start, quantity.end, name.start, name.end)
    return Scores(reading.score, said.owner.score, away)


def _claim(context: Context, sentence: Sentence, said: Said, reading: Reading) -> Claim:
    quantity, owner = said.quantity, said.owner
    per = quantity.per or _per(context, sentence, quantity, reading)
    mode = mode_of(context, sentence, said.first, reading.measure, owner)
    name = _capacity_or_output(reading.measure, per, mode)
    whole = _aggregate(context, sentence, quantity, name, per)
    start, end = _quoted(context, quantity, reading)
    end = _with_unit(context, sentence, quantity, end)
    held = reading.why == each_zh.WHY
    time = None if held else _time(context, sentence, said.first, name, mode)
    return Claim(
        kind="quantity",
        subject=owner.text,
        subject_kind=context.referent(owner.name).kind,
        quote=context.quote(start, end),
        start=start,
        end=end,
        measure=name,
        value=_signed(context, quantity.value, said, name),
        low=_signed(context, quantity.low, said, name),
        high=_signed(context, quantity.high, said, name),
        unit=quantity.unit,
        item=_item(context, sentence, quantity, reading),
        bound=quantity.bound,
        aggregate=whole,
        per=per if name in _RATED else None,
        modality=mode,
        when=when.value(time, cumulative=whole == "cumulative"),
        scope=_scope(context, sentence, quantity),
        doubt=quantity.doubt,
        rule=f"quantity: {reading.why}; {owner.why}",
        confidence=round(min(0.97, 0.35 + reading.score / 250 + min(owner.score, 70) / 300), 2),
    )


def _quoted(context: Context, quantity: Quantity, reading: Reading) -> tuple[int, int]:
    """The span to quote: a bare number with the thing that it counts, "a quarter" with its "of"."""
    start, end, cue = quantity.start, quantity.end, reading.cue
    if context.zh or quantity.item_start is not None:
        return start, end
    if quantity.unit == "%" and context.small.startswith(" of", end):
        return start, end if _DIGITS.search(context.plain, start, end) else end + 3
    if quantity.unit == "1" and (they := some_of_them(context, quantity)) is not None:
        return start, they.end()
    bare = quantity.unit == "1" and _NUMBER.fullmatch(context.plain, start, end) is not None
    if bare and cue is not None and 0 <= start - cue.end < 60:
        return cue.start, end
    return start, end


def _with_unit(context: Context, sentence: Sentence, quantity: Quantity, end: int) -> int:
    """Where the quote of a number ends whose unit stands behind the next one: "300,000 and 250,000 tons"."""
    if (
        context.zh
        or quantity.unit == "1"
        or _NUMBER.fullmatch(context.plain, quantity.start, end) is None
    ):
        return end
    for other in sentence.quantities:
        if 0 < other.start - end <= 6 and other.unit == quantity.unit:
            return other.end
    return end


_DIGITS = re.compile(r"\d")
_NUMBER = re.compile(r"[\d.,]+")


_NOUN_BEFORE = re.compile(r"(?<![\u4e00-\u9fff])(?![将可能达])[\u4e00-\u9fff]{2,15}$")
_LEAD = re.compile(r"^(?:其中|此次|本次|目前|今年)")
"""A noun that fills the space between a clause's edge and its number."""


_RATED = frozenset(
    {"capacity", "output", "sales", "output_value", "revenue", "tax", "profit", "exports", "count"}
)


_FALLS_AFTER = re.compile(
    r"\s*(?:lower|less|fewer|down|below|decline|decrease|drop|reduction|fall|cut|off)\b"
)
_FALLS_BEFORE = re.compile(
    r"\b(?:fell|fall|fallen|falling|declin\w+|decreas\w+|drop\w*|down|reduc\w+|lower\w*|shrank|slump\w*)"
    r"(?: \w+){0,2}\s*$|(?:下降|减少|降低|缩短|下滑|下跌|回落|缩减|跌)了?(?:约|近)?$"
)


_MINUS = re.compile("[长幅速为率]-$")
"""A minus that a rise is told with: 同比增长-8.9%."""


def _signed(context: Context, number: Decimal | None, said: Said, name: str) -> Decimal | None:
    """A fall is a negative change, and so are those listed after it."""
    if number is not None and said.reading.why == measure_en.CUT:
        return -abs(number)
    quantity = said.quantity if said.quantity.trend is not None or context.zh else said.first
    if number is None or name != "change" or number <= 0:
        return number
    if context.zh and _MINUS.search(
        context.plain, max(0, said.quantity.start - 2), said.quantity.start
    ):
        return -number
    if quantity.trend is not None:
        return -number if quantity.trend == "down" else number
    head = context.small[max(0, quantity.start - 28) : quantity.start]
    falls = _FALLS_AFTER.match(context.small, quantity.end) or _FALLS_BEFORE.search(head)
    by = None if falls else measure_en.changes_by(context, quantity)
    return -number if falls or (by is not None and by["down"]) else number


def _item(context: Context, sentence: Sentence, quantity: Quantity, reading: Reading) -> str | None:
    """What is counted: the noun behind the number, or the one before it (水利设施项目3个)."""
    if quantity.item_start is None or quantity.item_end is None:
        cue = reading.cue
        if quantity.item or not context.zh or cue is None or cue.end > quantity.start:
            return quantity.item
        if cue.group != "item" and not (reading.measure == "capacity" and quantity.per):
            return None
        end = cue.end if cue.group == "item" else cue.start
        noun = _NOUN_BEFORE.search(context.plain, max(sentence.start, end - 16), end)
        return _LEAD.sub("", context.quote(*noun.span())) if noun else None
    words = context.text[quantity.item_start : quantity.item_end]
    return " ".join(words.split()) or None


def _per(context: Context, sentence: Sentence, quantity: Quantity, reading: Reading) -> str | None:
    """The period of a rate said away from the number: "weekly production … reached 2,800"."""
    if reading.measure not in _RATED or reading.measure == "count":
        return None
    cues = sentence.cue("per")
    if not cues:
        return None
    start, _ = clause(context, sentence, quantity.start)
    for cue in cues:
        if any(t.start <= cue.start < t.end for t in sentence.times):
            continue  # 2018年产值 is that year's
        if start <= cue.start < quantity.start and (
            reading.cue is None or cue.start <= reading.cue.end + 3
        ):
            return cue.key
        if quantity.end <= cue.start <= quantity.end + 2:
            return cue.key
    return None


def _capacity_or_output(name: str, per: str | None, mode: Modality) -> str:
    """What a thing is built to make in a period is its capacity, even where "output" is said."""
    return "capacity" if name == "output" and per is not None and mode == "planned" else name


_NO_SUM = frozenset({"employment", "share", "change", "utilisation", "resumption_rate"})
"""Measures that do not add up over time, whatever day they are counted by."""


def _aggregate(
    context: Context, sentence: Sentence, quantity: Quantity, name: str, per: str | None
) -> Aggregate:
    reach = 24 if context.zh else 110
    for cue in sentence.cue("aggregate"):
        near = quantity.start - reach <= cue.start < quantity.start + reach // 3
        if near and name not in STOCKS and name not in _NO_SUM:
            return "cumulative"
    if name in _FLOWS or name == "contract_value":
        return "period"
    if name == "investment" and when.is_flow(context, quantity.start):
        return "period"
    if name in ("projects",) and _at_event(context, sentence, quantity):
        return "period"
    return "level"


def _at_event(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    """Projects signed, started or launched at once are a flow, not a stock."""
    near = [*sentence.cue("stage"), *sentence.cue("weak_stage")]
    verbs = ("signed", "started", "completed", "producing")
    return any(
        c.key in verbs
        and abs(c.start - quantity.end) < 90
        and commas(context, quantity.end, c.start) < 2
        for c in near
    )


_INHERITS = FLOWS | {
    "change", "contract_value", "employment", "utilisation", "resumption_rate",
}  # fmt: skip
"""Measures of a moment or a period, which share the date that a paragraph opens with."""


_COUNTED_AT = frozenset({"share", "enterprises", "projects", "facilities", "equipment", "count"})
"""Further measures of a day in Chinese reports, where one date opens a row of sentences."""


def _time(
    context: Context, sentence: Sentence, quantity: Quantity, name: str, mode: Modality
) -> Time | None:
    time = _time_told(context, sentence, quantity, name, mode)
    if name != "change":
        return when.ends_of_span(context, sentence, time, quantity.start, quantity.end)
    return time


def _time_told(
    context: Context, sentence: Sentence, quantity: Quantity, name: str, mode: Modality
) -> Time | None:
    fixed = "land_area" if name == "count" and quantity.dimension in _EXTENTS else name
    own = when.for_figure(context, sentence, quantity.start, quantity.end, fixed, mode)
    if own is not None or (mode == "planned" and name != "contract_value"):
        return own or _planned_for(context, sentence, name)
    heading = when.of_heading(context, sentence)
    if heading is not None:
        return heading
    if name == "change" and not context.zh:
        last = when.inherited(context, sentence)
        return last if last is not None and not last.now else None
    spent = name in ("investment", "land_area") and when.is_flow(context, quantity.start)
    if context.zh and (fixed in _COUNTED_AT or spent):
        return when.inherited(context, sentence) or when.counted_by(context, sentence)
    spent = name == "investment" and mode == "actual" and not context.zh
    if spent and is_spent(context, sentence, quantity):
        return when.inherited(context, sentence)
    if name in _INHERITS or (name == "projects" and _at_event(context, sentence, quantity)):
        return when.inherited(context, sentence) or when.counted_by(context, sentence)
    return None


def _planned_for(context: Context, sentence: Sentence, name: str) -> Time | None:
    """The year that a paragraph of plans opens with: "This year the zone aims … Its revenue is to rise by 16%"."""
    if context.zh or name not in _FLOWS:
        return None
    time = when.inherited(context, sentence)
    if time is None or len(time.edtf or "") != 4:
        return None
    return time if when.fits(context, time, "planned") else None


def _scope(context: Context, sentence: Sentence, quantity: Quantity) -> str | None:
    """What narrows the figure: a phase or a subset named in its own clause or just after it."""
    reach = 12 if context.zh else 70
    said = [
        context.quote(c.start, c.end)
        for c in sentence.cue("scope")
        if -reach < c.start - quantity.end < reach // 2
        and commas(context, quantity.end, c.start) < (1 if context.zh else 2)
    ]
    return "; ".join(dict.fromkeys(said)) or None
