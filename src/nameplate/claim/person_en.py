"""English persons with their offices: before the name, after it, or around a body's name.

``BODY deputy director NAME`` · ``deputy director of the BODY[,] NAME`` · ``NAME, deputy director of
the BODY`` · ``NAME, BODY's chairman`` · ``Mayor NAME``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nameplate.claim.act import cued, readable
from nameplate.claim.context import Context, Sentence
from nameplate.claim.office import Holder, Office
from nameplate.claim.own import own
from nameplate.claim.phrase import noun_phrase, tidy, trim
from nameplate.lexicon.acts import act_file
from nameplate.model import Cue, Name

_MODIFIER = (
    r"(?:deputy|vice|executive|acting|former|senior|assistant|associate|first|honorary|standing"
    r"|general|founding|interim|then|party|board|chief|regional|lieutenant|principal|additional|joint|full-time|current|ex)"
)
_BEFORE_ROLE = re.compile(rf"(?:\b{_MODIFIER}[\s-]+)+$", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|then|ex)\b|\bex-", re.IGNORECASE)
_HONORIFIC = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Eng|Gen|Sen|Hon)\.?|Senator|Professor|Doctor|Comrade|Academician|the)\s+"
_APPOSED = re.compile(
    r",?\s+(?:\([^()]{1,20}\),?\s+)?(?:who\s+is\s+|currently\s+)?(?:the\s+|a\s+|an\s+|its\s+|their\s+)?"
)
_OF = re.compile(
    r"(?:\s+and\s+[\w -]{3,45}?)?\s*(?:\([^()]{1,30}\))?\s*\b(?:of|at|for|with)\s+(?:the\s+)?"
    r"|(?:\s+and\s+[\w ]{2,45}?)?\s*,\s+(?=[A-Z])"
)
_OF_FIELD = re.compile(r"\s+of\s+(?!the\b)(?:[\w&-]+,?\s+){1,5}?(?:at|for)\s+(?:the\s+)?(?=[A-Z])")
"""A field between title and body: "vice president of operations at BODY"."""
_WHO_SAID = re.compile(r",\s+(?:said|says|told|added|noted|stated|explained)\b")
"""Behind a capitalised name that a title and a comma lead in: the speaker stands before, so it is a body."""
_SAID_BY = re.compile(r"\b(?:said|says|added|noted|stated|explained)\s+$", re.IGNORECASE)
_ENDS = re.compile(r"\.(?:\s|$)")
_LOOSE = frozenset({"person", "thing"})
_BODY_BETWEEN = re.compile(
    rf"\s*(?:\([^()]{{1,30}}\))?\s*\b(?:of|at|for)\s+(?:the\s+)?"
    rf"(?P<body>[^;:。；()\"]{{2,140}}?(?:\s*\([^()]{{1,30}}\))?),?\s+(?:{_HONORIFIC})*$"
)
_DIRECT = re.compile(rf"\s*(?:\([^()]{{1,30}}\))?,?\s+(?:{_HONORIFIC})*$|\s*:\s*$")
_VERB = re.compile(
    r"\b(?:said|says|told|visited|attended|met|is|are|was|were|has|have|had|accompanied|led|who|which"
    r"|inspected|signed|received|welcomed|went|came|arrived|with|pointed|stressed|introduced)\b"
)
_LIST_END = re.compile(r"\b(?:and|or)$|,$")
_LOWER_BODY = re.compile(
    r"(?:[A-Za-z][\w'-]*\s+){0,6}?"
    r"(?:committee|commission|bureau|department|government|company|group|association|institute|office"
    r"|academy|center|centre|council|ministry|branch|board|zone|association|federation|congress)\s*$",
    re.IGNORECASE,
)
_BODY_WORD = re.compile(
    r"\b(?:committee|commission|bureau|department|government|company|group|association|institute|office"
    r"|academy|cent(?:er|re)|council|ministry|branch|board|zone|federation|congress|school|college|faculty"
    r"|laboratory|division|university|plant|factory)\b",
    re.IGNORECASE,
)
"""Words of bodies: "director of the Institute of Optics at a university" is held in the institute."""
_QUALIFIED = re.compile(
    r"(?:(?:full|full-time|part-time|time|local|regional|provincial|municipal|company|group|national|state|city"
    r"|county|district|party|global|newly|appointed|chief|technical|plant|board|joint)\s+){1,3}"
)
_GENERIC = re.compile(
    r"(?:(?:the|our|its|this|my)\s+)?(?:company|group|firm|factory|plant|enterprise|corporation|institute)",
    re.IGNORECASE,
)
_ONE_WORD = re.compile(
    r"(?:^|[.;,] |\n)((?!(?:The|A|An|His|Her|Their|Its|Our|Said|Then|But|And|When|While|As|In|On|At|For|Mr|Mrs|Ms"
    r"|Dr|Vice|Deputy|Executive|Managing|Acting|Former|Senior|Chief|Assistant|Party|Provincial|Municipal|Founding"
    r"|Local|State|City|County|District|New|Late|Current|Honorary|Associate|Standing|General|Meanwhile)\b)"
    r"[A-Z][\w-]{2,})$"
)
"""A firm of one word that opens a clause before a title: "Purina CEO Nina Krueger"."""
_BODIES = frozenset({"company", "body", "institute", "plant", "park", "project"})
_CLAUSE = re.compile(r"[,.;:。，；]|\b(?:and|with|by|of|the|to|said|that|from)\b", re.IGNORECASE)


@cache
def _place_offices() -> frozenset[str]:
    return frozenset(act_file("en").office["place"])


def holders(context: Context) -> Iterator[Holder]:
    """Every English person's name, with an office where one stands beside it."""
    offices = {sentence.index: cues for sentence, cues in cued(context, "office")}
    for sentence in context.sentences:
        persons = [n for n in sentence.names if n.kind == "person" and _is_named(n)]
        cues = offices.get(sentence.index, [])
        if not readable(sentence):
            continue
        if not persons and not cues:
            continue
        last = sentence.start
        for person in persons:
            office = _office(context, sentence, person, cues, last) if cues else None
            yield Holder(person.start, person.end, office)
            last = max(person.end, office.end if office else 0)
        yield from _unnamed(context, sentence, cues)


def _is_named(name: Name) -> bool:
    """Whether a person is called by name: neither "the mayor" nor an abbreviation."""
    return not name.generic and not name.text.isupper()


_TITLED = re.compile(
    r"\s+(?:Mr\.?\s+|Ms\.?\s+|Dr\.?\s+)?(?P<name>[A-Z][\w'’-]+(?:\s+[A-Z]\.?)?\s+[A-Z][\w'’-]+)(?=[\s,.;:)]|$)"
)


def _unnamed(context: Context, sentence: Sentence, cues: list[Cue]) -> Iterator[Holder]:
    """Two capitalised words straight after a title, where the finder saw no other name."""
    for cue in cues:
        match = _TITLED.match(context.plain, cue.end, sentence.end)
        if match is None or context.plain[match.start()] == "\n":
            continue
        start, end = match.span("name")
        taken = [n for n in sentence.names if n.start < end and start < n.end and n.kind != "thing"]
        if not taken:
            role = _role(context, cue, sentence.start)
            body = _left_body(context, sentence, role[0], sentence.start)
            yield Holder(start, end, _made(context, cue, role, body))


def _office(
    context: Context, sentence: Sentence, person: Name, cues: list[Cue], last: int
) -> Office | None:
    """The office of one name; ``last`` is where the person before it ends."""
    before = _nearest(context, sentence, person, cues, last)
    held = before is not None and (before.body is not None or before.of_place)
    if held and before and "," not in context.plain[before.end : person.start]:
        return before
    after = _after(context, sentence, person, cues)
    return after if after is not None and after.body else before or after


def _nearest(
    context: Context, sentence: Sentence, person: Name, cues: list[Cue], last: int
) -> Office | None:
    """The office that stands before the name: that of the nearest title with a body, if any."""
    bare: Office | None = None
    nearest = -1
    for cue in reversed([c for c in cues if last <= c.start and c.end <= person.start]):
        office = _before(context, sentence, person, cue, last)
        if office is None:
            continue
        if office.body and nearest >= 0 and office.body_end > nearest:
            break
        if office.body or office.of_place:
            return office
        bare = bare or office
        nearest = cue.start if nearest < 0 else nearest
    return bare


def _role(context: Context, cue: Cue, floor: int) -> tuple[int, int]:
    """The title's span with the words that qualify it."""
    lead = _BEFORE_ROLE.search(context.plain, max(floor, cue.start - 48), cue.start)
    return (lead.start() if lead else cue.start), cue.end


def _before(
    context: Context, sentence: Sentence, person: Name, cue: Cue, last: int
) -> Office | None:
    start, end = _role(context, cue, max(last, sentence.start))
    between = context.plain[cue.end : person.start]
    held = _BODY_BETWEEN.match(between)
    if held and not _VERB.search(held["body"]) and not _LIST_END.search(held["body"]):
        body = (cue.end + held.start("body"), cue.end + held.end("body"))
        return _made(context, cue, (start, end), body)
    if not _DIRECT.match(between):
        return None
    body_span = _left_body(context, sentence, start, last)
    return _made(context, cue, (start, end), body_span)


def _left_body(context: Context, sentence: Sentence, at: int, last: int) -> tuple[int, int] | None:
    """The body that stands straight before a title: "FAW Group chairman", "the company's director"."""
    plain = context.plain
    stop = at
    while stop > sentence.start and plain[stop - 1] in " \n":
        stop -= 1
    owned = plain[max(0, stop - 2) : stop]
    if owned in ("'s", "s'"):
        stop -= 2 if owned == "'s" else 1
    for name in reversed(sentence.names):
        if name.end == stop and name.start >= last and name.kind != "person":
            return name.start, name.end
        if name.end < stop:
            break
    floor = max(last, sentence.start, stop - 30)
    one = _ONE_WORD.search(plain, max(0, floor - 2), stop)  # with the stop of the sentence before
    if one and one.start(1) >= floor:
        return one.start(1), one.end(1)
    lead = list(_CLAUSE.finditer(plain, max(last, sentence.start, stop - 90), stop))
    begin = lead[-1].end() if lead else max(last, sentence.start, stop - 90)
    match = _LOWER_BODY.match(plain, begin + _blanks(plain, begin), stop)
    return (
        trim(context, match.start(), match.end()) if match and match.end() > match.start() else None
    )


def _blanks(plain: str, at: int) -> int:
    return len(plain[at : at + 8]) - len(plain[at : at + 8].lstrip())


def _after(context: Context, sentence: Sentence, person: Name, cues: list[Cue]) -> Office | None:
    lead = _APPOSED.match(context.plain, person.end)
    if lead is None or "," not in lead.group():
        return None
    cue = next((c for c in cues if c.start >= lead.end()), None)
    if cue is None:
        return None
    start, end = _role(context, cue, lead.end())
    between = context.plain[lead.end() : start]
    body: tuple[int, int] | None = None
    if _QUALIFIED.fullmatch(between):
        start = lead.end()
        body = _of_body(context, sentence, end, person.start)
    elif between.strip(" '’s"):
        body = _left_body(context, sentence, start, person.end)
        if body is None or body[0] > lead.end() + 4:
            return None
    else:
        body = _of_body(context, sentence, end, person.start)
    if body is None and context.plain[end : end + 1] not in (",", ".", ")", "", " ", "。"):
        return None
    return _made(context, cue, (start, end), body)


def _of_body(context: Context, sentence: Sentence, end: int, holder: int) -> tuple[int, int] | None:
    """The body after a title: "director of the BODY", with what it in turn is part of.

    ``holder`` is where the name of the person begins.
    """
    match = _of_field(context, sentence, end) or _OF.match(context.plain, end)
    if match is None:
        return None
    start, stop = noun_phrase(context, sentence, match.end())
    while stop < sentence.end and (
        more := re.compile(r" and (?=[A-Z])").match(context.plain, stop)
    ):
        following = noun_phrase(context, sentence, more.end())
        if not re.search(r"\bof\b|[A-Z]\w+$", context.plain[following[0] : following[1]]):
            break
        if any(n.kind == "person" and n.start == more.end() for n in sentence.names):
            break
        stop = following[1]
    verb = _VERB.search(context.plain, start, stop)
    while verb is not None and any(n.start < verb.start() < n.end for n in sentence.names):
        verb = _VERB.search(context.plain, verb.end(), stop)
    if verb is not None:
        start, stop = trim(context, start, verb.start())
    if start >= stop or ("," in match.group() and not context.plain[start].isupper()):
        return None
    if "," in match.group() and not _is_body(sentence, start, stop):
        return (start, stop) if _is_said_of(context, sentence, (start, stop), holder) else None
    return start, stop


def _of_field(context: Context, sentence: Sentence, end: int) -> re.Match[str] | None:
    """The words of a field behind a title, up to the body; a body named in them is the body itself."""
    match = _OF_FIELD.match(context.plain, end, sentence.end)
    if match is None or _VERB.search(match[0]):
        return None
    named = any(n.start < match.end() and n.end > end and n.kind in _BODIES for n in sentence.names)
    return None if named or _BODY_WORD.search(match[0]) else match


def _is_said_of(context: Context, sentence: Sentence, body: tuple[int, int], holder: int) -> bool:
    """Whether a name of no known kind must be the speaker's body: "said NAME, title, BODY."."""
    start, stop = body
    if not any(n.start == start and n.end == stop and n.kind in _LOOSE for n in sentence.names):
        return False
    if _WHO_SAID.match(context.plain, stop):
        return True
    led = _SAID_BY.search(context.plain, max(0, holder - 12), holder)
    return led is not None and _ENDS.match(context.plain, stop) is not None


def _is_body(sentence: Sentence, start: int, stop: int) -> bool:
    return any(n.kind in _BODIES and n.start >= start and n.end <= stop for n in sentence.names)


def _body_words(context: Context, body: tuple[int, int]) -> str | None:
    """The body as said; "the company" is the one that the report is about."""
    words = re.sub(r"\s+and$", "", tidy(context, *body))
    if _GENERIC.fullmatch(words):
        return own(context)
    return words or None


def _made(
    context: Context, cue: Cue, role: tuple[int, int], body: tuple[int, int] | None
) -> Office:
    said = context.small[cue.start : cue.end]
    words = tidy(context, *role)
    return Office(
        role=words,
        body=_body_words(context, body) if body else None,
        start=min(role[0], body[0]) if body else role[0],
        end=max(role[1], body[1]) if body else role[1],
        of_place=said in _place_offices(),
        former=_FORMER.search(words) is not None,
        body_start=body[0] if body else -1,
        body_end=body[1] if body else -1,
    )
