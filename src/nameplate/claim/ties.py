"""What ties a name to a figure or a stage, and what only puts it near: features with reasons.

Each feature looks at one thing, gives points and says why. Those that depend on the name alone are
worked out once a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from nameplate.claim import role_zh
from nameplate.claim.affinity import LARGE
from nameplate.claim.clause import commas
from nameplate.claim.context import Context, Sentence, once_a_sentence
from nameplate.lexicon.cues import group
from nameplate.model import Name

Points = tuple[float, str] | None
"""What a feature gives and why, or nothing."""

_SOURCE = re.compile(
    r"(?:according to|data from|statistics from|reported by|said|learned from|released by|survey by|"
    r"reporter from|source:|来自|据|记者从)(?:(?! that )[^,.;，。；]){0,40}$")  # fmt: skip
_OTHER_PARTY = re.compile(
    r"\b(?:with|including|such as|compared with|than|to|from|between|by|and|via|through)\s+"
    r"(?:the |a |an )?$|占(?:到|据|了)?$"
)
_INSIDE = re.compile(r"\b(?:of|in|at|inside|within)\s+(?:the |a |an |its |this )?$")
_WHICH = re.compile(
    r"(?:\s(?:in|at|near|outside) [\w ]+(?:, \w+)?)?,?\s(?:that|which)\s(?!is said|he|she|it)"
    r"|(?: (?:in|at|near|outside|of) [\w ]{2,30})?,? (?:investing|costing|covering|employing|spanning|occupying) "
    r"(?:about |over |nearly |roughly |more than |some )?$"
    r"|,? with (?:a |an |its )?(?:[\w-]+ ){0,4}(?:of )?(?:about |over |nearly |roughly |more than )?$"
)
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|as|becoming|become) (?:both |also |currently |now )?"
    r"(?:the|a|an|one of the)\s+$|(?:是|成为|作为|系|即|属于|隶属)[^，。；、]{0,38}$"
)
_BRACKETED = re.compile(r"[（(][^()（）]*$")
_OWNER = re.compile(r"^(?:'s|s')\b|^的")
_TARGET = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:of investment |investment |(?:(?:[\w-]+ )?(?:loan|grant|credit|aid) ))?"
    r"(?:with (?!\d)[\w .&'-]{2,40}? )?(?:(?:in|into|to|for|on|towards)\s+"
    r"(?:(?:build|construct|develop|establish|expand|launch|open)(?:ing)? |set(?:ting)? up |upgrad(?:e|ing) )?"
    r"(?:the (?:first|second|third|initial|next) phase of )?"
    r"(?:(?:a|an|the|its|their)\s+(?:(?!(?:to|of|and|in|for|by|at|from|is|with|or)\b)[\w-]+\s+){0,3})?)?"
    r"(?:a|an|the|its|this|two|new|set up|\s)*$|^(?:用于|投资于|在)?(?:建设|新建)?$"
)
_GOES_ON_DOING = re.compile(
    r", and (?:also |now |currently |already )?(?:has|have|had|is|are|was|were|will|would|can|plans|expects|aims)\b"
    r"[^,;]*$"
)
_OPENING = re.compile(
    r"(?:with|from|at|of|covering|employing|built|spanning|boasting|having|producing|occupying|backed|costing)\b",
)
_AT_ITS = re.compile(
    r"(?: (?:a|per|each) \w+| annually| of [\w -]{2,24}?)?\s+at (?:the|its|their|our|his)\s+(?:[\w-]+\s+){0,2}$"
)
_ATTRIBUTE = re.compile(r"[^，。；、]{0,3}(?:、[^，。；、的]{2,20})?的“?[^，。；、的]{0,14}$")
_LIES = re.compile(
    r"[\s\"”]*,?\s*(?:which |that )?(?:is |are |was |were )?(?:located |based |situated )?"
    r"(?:in|at|of|from|near)\s+(?:the )?$"
)


def is_source(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether the name only says who reports: "according to the commission"."""
    if name.text.casefold() in group("agency"):
        return True
    if context.zh and (
        _column(context, sentence, name) or _shows(context, name) or name.text.endswith(_BRIEFINGS)
    ):
        return True
    return _reports(context, sentence, name)


_BRIEFINGS = ("发布会", "记者会", "通气会", "吹风会")
_SHOWS = re.compile(
    r"的?(?:今天|昨天|日前|近日|最新|初步)*(?:发布|公布|统计)?的?(?:最新|初步)*(?:统计)?(?:数据|消息|报告|资料|监测)"
    r"(?:\([^()]{1,16}\))?(?:显示|表明|称)"
)


def _shows(context: Context, name: Name) -> bool:
    """Whether a body only gives the figures: 国家统计局最新数据显示."""
    return name.kind in ("body", "institute") and (
        _SHOWS.match(context.plain, name.end) is not None
    )


def _column(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether the name only belongs to the title of a column: 【活力中国】."""
    opened = context.plain.rfind("【", sentence.start, name.start)
    return opened >= 0 and context.plain.find("】", opened, name.start) < 0


_MUTE = frozenset({"project", "plant", "line"})
_SAID = re.compile(r"\bsaid (?:that )?(?:the |its |their |this |a |an )?(?:new )?$")
_DATA = re.compile(r"\b(?:data|statistics|figures) (?:from|of|in) (?:the )?$")
_TELLING = re.compile(
    r"according to|data from|statistics from|reported by|said|learned from|released by|survey by|"
    r"reporter from|source:|来自|据|记者从"
)


@once_a_sentence
def _tells(context: Context, sentence: Sentence) -> bool:
    """Whether words of reporting stand in the sentence at all."""
    return _TELLING.search(context.small, sentence.start, sentence.end) is not None


def _reports(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether words of reporting lead to the name; a zone's own data are of the zone, and no plant speaks."""
    if not context.zh and name.kind in _MUTE and _led_by(_SAID, context.small, sentence, name, 30):
        return False
    if (
        not context.zh
        and name.kind in ("park", "place")
        and _led_by(_DATA, context.small, sentence, name, 20)
    ):
        return False
    return _tells(context, sentence) and _led_by(_SOURCE, context.small, sentence, name)


def _led_by(
    words: re.Pattern[str], text: str, sentence: Sentence, name: Name, reach: int = 60
) -> bool:
    """Whether the words stand in the sentence right before the name."""
    start = max(sentence.start, name.start - reach)
    return words.search(text, start, name.start) is not None


_PARTY = re.compile(r"\b(?:with|by|between|from)\s+(?:the )?$")


def other_party(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether the name is only somebody with whom, by whom or for whom: "signed with X"."""
    return _led_by(_PARTY, context.plain, sentence, name, 20)


def located(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether the name only says where or whose another one is: "X Co. in Y High-tech Zone"."""
    for other in sentence.names:
        if other.start >= name.start:
            return False
        if 0 <= name.start - other.end < 34 and _LIES.match(context.small, other.end, name.start):
            return True
    return False


@once_a_sentence
def openers(context: Context, sentence: Sentence) -> frozenset[int]:
    """Starts of the names before which nothing but a date, a conjunction or an article stands."""
    found = []
    for name in sentence.names:
        if not _opens(context, sentence, name):
            break
        if context.zh and role_zh.roles(context, sentence).get(name.start) == "led":
            continue
        found.append(name.start)
    return frozenset(found)


_OCCASION = re.compile(r"(?:at|during|after|before|following|in)\b", re.IGNORECASE)


def _opens(context: Context, sentence: Sentence, name: Name) -> bool:
    if name.kind == "event" and _OCCASION.match(context.plain, sentence.start):
        return False
    lead = context.plain[sentence.start : name.start]
    for time in sentence.times:
        if time.end <= name.start:
            lead = lead.replace(context.plain[time.start : time.end], "")
    return len(lead.strip(' ,，、:："“')) <= (4 if context.zh else 14)


# Features of a name in its sentence


def _where_another_lies(context: Context, sentence: Sentence, name: Name) -> Points:
    return (-14, "where another name lies") if located(context, sentence, name) else None


_OWNED = ("'s", "s'", "的")


def _owns(context: Context, sentence: Sentence, name: Name) -> Points:
    if context.zh and (
        name.start in role_zh.roles(context, sentence)
        or _led_by(_PREDICATE, context.plain, sentence, name, 40)
    ):
        return None
    if not context.plain.startswith(_OWNED, name.end):
        return None
    if not context.zh and name.kind == "place" and _holds_place(context, sentence, name):
        return -14, "where another name lies"
    if not context.zh and name.kind in _OWNERS and _owns_works(context, sentence, name):
        return -12, "whose works they are"
    return (10, "owns") if _OWNER.search(context.plain[name.end : name.end + 3]) else None


_OWNERS = LARGE | {"company"}
_OWNED_NAME = re.compile(
    r"['’]s (?:(?:new|first|second|third|largest|own|main|existing|latest|planned|proposed) ){0,2}"
)


def _owns_works(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether the works that a firm owns are named right behind it: "Norvik's new strip mill is"."""
    return any(
        n.kind in LARGE
        and n.start > name.end
        and _OWNED_NAME.fullmatch(context.plain, name.end, n.start)
        for n in sentence.names
    )


_PROVINCE_OF = re.compile(
    r"['’]s (?:[\w-]+ ){0,3}(?:province|state|region|city|county|district|municipality|emirate|governorate) of "
)


def _holds_place(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether a place only says where another lies: "China's Guangdong province", "Vietnam's province of Hue"."""
    held = ("place", "park")
    near = _PROVINCE_OF.match(context.small, name.end)
    at = near.end() if near is not None else name.end + 3
    return any(n.kind in held and name.end < n.start <= at for n in sentence.names)


def _side_part(context: Context, sentence: Sentence, name: Name) -> Points:
    if _reports(context, sentence, name) or (
        context.zh and (_shows(context, name) or _column(context, sentence, name))
    ):
        return -45, "only the source"
    other = _led_by(_OTHER_PARTY, context.small, sentence, name, 28)
    return (-13, "other party") if other else None


_ROLES: dict[role_zh.Role, Points] = {
    "brought": (26, "brought to it"),
    "led": (-22, "led by a preposition"),
    "which": (-16, "only says which one"),
    "officer": (-30, "whose officer speaks"),
    "tells": (-40, "only tells of it"),
}


def _part_zh(context: Context, sentence: Sentence, name: Name) -> Points:
    role = role_zh.roles(context, sentence).get(name.start) if context.zh else None
    if role is None:
        return None
    if role == "officer" and name.kind == "company":
        return -12, "whose officer speaks"
    return _ROLES[role]


def _predicate(context: Context, sentence: Sentence, name: Name) -> Points:
    if context.zh and sentence.names[0] is name:
        return None  # nothing is named that it could only tell about
    if _led_by(_PREDICATE, context.plain, sentence, name, 40):
        return -16, "only what something is"
    return None


_ACTS = re.compile(
    r"(?:,[^,.;]{1,60},)?\s+(?:also |currently |already |now |then |has |have |had )?"
    r"(?:has|have|had|will|would|can|could|plans?|aims?|runs?|owns?|operates?|holds?|employs?|covers?|"
    r"produces?|produced|sold|sells|reported|posted|recorded|saw|signed|invested|exceeded|reached|"
    r"totall?ed|accounted|rose|fell|grew|is|are|was|were|started|began|completed|built|expects?|"
    r"boasts?|ranks?|ranked|achieved|realized|said it|hopes?|intends?|wants?|seeks?|targets?|may|might|makes?|"
    r"made|announced|announces|spent|incurred|accounts|supplies|supplied|exported|imported|contributed|"
    r"generated?|generates|attracted|received|secured|won|hosts?|houses|spans?|spanned|occupies|occupied|costs?|"
    r"creates?|created|launched|opened|finished|increased|decreased|declined|dropped|hit|stood|amounted|"
    r"earned|paid|shipped|delivered|processes|processed|installed|added|doubled|tripled|hired|uses|used|"
    r"invests?|broke|attained|fulfilled|climbed|jumped|surged|soared|expanded|completes?)\b"
)


_ACTS_ZH = re.compile(
    r"(?:[(（][^()（）]{1,20}[)）])?(?:也|还|已|将|正|现|共|目前|今年|去年|计划|预计)*"
    r"(?:是|拟|拥有|总投资|占地|年产|位于|正式|实现|完成|宣布|表示|建成|开工|投产|成为|属于|累计|生产|现有|规划|分[两三四]期|采用|设计)"
)


def _acts_zh(context: Context, sentence: Sentence, name: Name) -> Points:
    if name.kind in ("place", "body") or name.start in role_zh.roles(context, sentence):
        return None
    said = _ACTS_ZH.match(context.plain, name.end, sentence.end)
    return (8, "does something") if said else None


def _acts(context: Context, sentence: Sentence, name: Name) -> Points:
    if context.zh:
        return _acts_zh(context, sentence, name)
    if name.kind == "place" and _led_by(_WHERE, context.small, sentence, name, 24):
        return None
    if name.kind in LARGE and _led_by(_BESIDE_IT, context.small, sentence, name, 24):
        return None
    if _led_by(_ASIDE_WHERE, context.small, sentence, name, 40):
        return None  # "the base, located in the zone, covers": the verb is the base's
    return (13, "does something") if _ACTS.match(context.small, name.end, sentence.end) else None


_ASIDE_WHERE = re.compile(
    r", (?:which is )?(?:located|situated|based|sited) (?:in|at|on) (?:the )?$"
)
_BESIDE_IT = re.compile(r"\b(?:on|along|near|outside|off) (?:the )?$")
"""Before works that only say where something else is: "a campus on the Halden highway is"."""
_WHERE = re.compile(
    r"\b(?:in|at|of|from|near|to|across|outside|and|than|with|for)\s+(?:the )?(?:[a-z]+ern )?$|, $"
)


def _press(context: Context, sentence: Sentence, name: Name) -> Points:
    known = name.text.casefold() in group("agency")
    return (-45, "only who reports it") if known else None


def _describes_next(context: Context, sentence: Sentence, name: Name) -> Points:
    """A description right before a name only says what that one is: "tyre maker Norvik Rubber"."""
    if context.zh:
        dash = context.plain.startswith("——", name.end)
        beside = dash and any(o.start == name.end + 2 for o in sentence.names)
        return (-25, "describes the next name") if beside else None
    if not name.text[-1:].islower() or name.text.rpartition(" ")[2][:1].isupper():
        return None
    beside = any(o.start == name.end + 1 and o.kind == name.kind for o in sentence.names)
    return (-25, "describes the next name") if beside else None


_GOES_ON = re.compile(r"[\u4e00-\u9fff]")
_NOT_ON = "的市县区省在将已等有与和是为共今去上下全各年月日一自从到至并也以及把被对向由所累现规实地本境两新经"


_RANK = re.compile(
    r"(?:规模以上|同行业|各市|各省)?(?:第[\d一二三四五六七八九十]+|前[\d一二三四五六七八九十]+|首位|前列)"
)


def _part_of_longer(context: Context, sentence: Sentence, name: Name) -> Points:
    """A place right before more of a noun, as in 深圳经贸联络处, only says which one."""
    if name.kind == "place" and _RANK.match(context.plain, name.end):
        return -30, "only where it ranks"
    after = context.plain[name.end : name.end + 1]
    if name.kind == "place" and _GOES_ON.match(after) and after not in _NOT_ON:
        return -8, "part of a longer noun"
    return None


@once_a_sentence
def _brackets(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence has brackets at all."""
    words = context.plain[sentence.start : sentence.end]
    return "(" in words or "（" in words


_IS = re.compile(r"\b(?:is|are|was|were|as|becomes?|becoming) (?:both |also |currently |now )?$")


def _is_predicate(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether a name is only what something is said to be: "the Kerr Tunnel is the longest rail tunnel"."""
    if name.text.startswith(("the ", "a ", "an ")):
        return _led_by(_IS, context.plain, sentence, name, 40)
    return _led_by(_PREDICATE, context.plain, sentence, name, 40)


def _bracketed(context: Context, sentence: Sentence, name: Name) -> Points:
    if _brackets(context, sentence) and _led_by(_BRACKETED, context.plain, sentence, name):
        return -25, "in brackets"
    return None


_DATELINE = re.compile(
    r"(?:, (?:[A-Z][\w.]+ ?){1,2})?,? (?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov"
    r"|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})? ?)?"
    r"(?:\([A-Z]|--|—|–|-(?= )|/[A-Z]|:)"
)


def dateline(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether a place only says where an English report was written: "DHAKA, Jan. 24 (Xinhua) --"."""
    if context.zh or name.kind != "place" or name.start - sentence.start > 14:
        return False
    return _DATELINE.match(context.plain, name.end, sentence.end) is not None


def _written_there(context: Context, sentence: Sentence, name: Name) -> Points:
    return (-25, "where it was written") if dateline(context, sentence, name) else None


_SAYS = re.compile(
    r"(?:, [^,;.]{2,90},)? (?:said|says|told reporters|noted|added|estimated"
    r"|estimates)(?: on \w+)?(?: that)? (?:the |its |a )?"
)


def _only_says(context: Context, sentence: Sentence, name: Name) -> Points:
    """A name that only tells of another one: "Ramwell, a firm of planners, said the project will"."""
    if context.zh:
        return None
    said = _SAYS.match(context.small, name.end, sentence.end)
    if said is None or not any(n.start in (said.end(), said.end() - 4) for n in sentence.names):
        return None
    return -30, "only tells of it"


OF_NAME: tuple[Callable[[Context, Sentence, Name], Points], ...] = (
    _where_another_lies,
    _owns,
    _side_part,
    _part_zh,
    _predicate,
    _bracketed,
    _press,
    _acts,
    _part_of_longer,
    _describes_next,
    _only_says,
    _written_there,
)


def of_name(context: Context, sentence: Sentence, name: Name) -> tuple[float, list[str]]:
    """The points of a name in its sentence whatever it is tied to, with the reasons; kept."""
    kept = sentence.ties.get(name.start)
    if kept is None:
        total, reasons = 0.0, []
        for feature in OF_NAME:
            points = feature(context, sentence, name)
            if points is not None:
                total += points[0]
                reasons.append(points[1])
        kept = sentence.ties[name.start] = total, reasons
    return kept


# Features of a name and a span


def _follows_opening(context: Context, sentence: Sentence, name: Name, start: int) -> bool:
    """Whether the name is the subject after opening words that tell of it: "With 2,300 workers, X is …"."""
    if not _OPENING.match(context.small, sentence.start):
        return False
    at = context.plain.rfind(",", start, name.start)
    if at < 0 or context.small[at + 1 : name.start].strip() not in ("", "the", "this"):
        return False
    return commas(context, start, name.start) == 1


def _own_clause(context: Context, sentence: Sentence, name: Name, start: int) -> bool:
    """Whether a Chinese name opens the very clause of the figure: 甲县增长3%，乙县增长5%."""
    if name.start in role_zh.roles(context, sentence) or commas(context, name.end, start):
        return False
    listed = context.plain[name.start - 1 : name.start] == "、"
    return not listed and role_zh.opens_clause(context, sentence, name)


_OF_THOSE_IN = re.compile(
    r" of (?:the |all |its )*(?:[\w-]+ ){1,4}(?:in|across|of|at) (?:the )?(?:(?:[a-z]+ )?[A-Z]\w+['’]s )?"
)
"""Between a percentage and a place: "85 percent of foreign firms in east China's Zhejiang"."""
_BESIDE = re.compile(r" ?\((?:about |over |nearly |some |around |with )?")


def _only_beside(context: Context, sentence: Sentence, name: Name) -> bool:
    """Whether an English name only says where or what another thing is, so that no clause is on it."""
    if context.zh:
        return False
    if name.kind == "place" and _led_by(_WHERE, context.small, sentence, name, 24):
        return True
    return _is_predicate(context, sentence, name)


_ONCE = re.compile(r"[^，,。；;]{0,14}(?:后|时|期间)[，,]")


def _set_aside(context: Context, sentence: Sentence, name: Name, start: int) -> bool:
    """Whether a Chinese name only says when, and another opens the figure's own clause: 工程投产后，甲集团…."""
    if _ONCE.match(context.plain, name.end, start) is None:
        return False
    return any(
        n.start > name.end and n.end <= start and _own_clause(context, sentence, n, start)
        for n in sentence.names
        if n.kind not in ("person", "body") and not n.generic
    )


def _standing_before(
    context: Context, sentence: Sentence, name: Name, start: int
) -> tuple[float, list[str]]:
    width = 3.0 if context.zh else 1.0
    gap = start - name.end
    points = 22 - min(16, 0.07 * width * gap) - 4 * min(4, commas(context, name.end, start))
    reasons = ["before it"]
    if _BESIDE.fullmatch(context.plain, name.end, start):
        points += 30
        reasons.append("in brackets behind it")
    if name.start in openers(context, sentence):
        points += 12
        reasons.append("opens the sentence")
        if _GOES_ON_DOING.search(context.small, name.end, start):
            points += 18
            reasons.append("does one thing more")
    elif context.zh and _own_clause(context, sentence, name, start):
        points += 11
        reasons.append("opens its clause")
    if context.zh and _set_aside(context, sentence, name, start):
        points -= 18
        reasons.append("only in an opening clause")
    if (
        gap < 70
        and _WHICH.match(context.small[name.end : start])
        and not _only_beside(context, sentence, name)
    ):
        points += 16
        reasons.append("a clause on it")
    return points, reasons


def place(
    context: Context, sentence: Sentence, name: Name, start: int, end: int
) -> tuple[float, list[str]]:
    """The points of where a name stands to a span, with the reasons."""
    if name.end <= start:
        return _standing_before(context, sentence, name, start)
    width = 3.0 if context.zh else 1.0
    gap = name.start - end
    points = 4 - 0.12 * width * gap - 7 * commas(context, end, name.start)
    reasons = ["after it"]
    if not context.zh and _follows_opening(context, sentence, name, start):
        points, reasons = points + 26, [*reasons, "the opening words are about it"]
    if name.kind in ("place", "park") and _OF_THOSE_IN.fullmatch(context.plain, end, name.start):
        points, reasons = points + 26, [*reasons, "those in it"]
    between = context.plain[end : name.start]
    if gap < 24 and "的" in between and _ATTRIBUTE.match(between):
        points, reasons = points + 36, [*reasons, "the figure describes it"]
    if gap < 30 and _led_by(_INSIDE, context.plain, sentence, name, 20):
        points, reasons = points + 10, [*reasons, "of or in it"]
    if name.kind in LARGE and gap < 60 and _AT_ITS.match(context.small[end : name.start]):
        points, reasons = points + 34, [*reasons, "made at it"]
    if name.kind in LARGE and _TARGET.match(context.small[end : name.start]):
        points, reasons = points + (30 if context.zh else 40), [*reasons, "what it goes into"]
    return points, reasons
