"""Who comes on an English visit: persons, a group, an office, the pronoun for those named before."""

from __future__ import annotations

import re
from functools import cache

from nameplate.claim.context import Context, Sentence
from nameplate.claim.person import Person, called, people_in
from nameplate.claim.phrase import tidy
from nameplate.claim.stop import Stop
from nameplate.lexicon.acts import noun_pattern
from nameplate.model import Cue

_CROWD = re.compile(r"\b(?:customers|people|tourists|residents|villagers|users|reporters?)\b", re.I)
_SAID = re.compile(
    r"\b(?:that|said|says|told|invites?|welcomes?|hopes?|because|if|encouraged?|urged|asked)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:when|after|since|before|where|how)\s+(?:he|she|they|it|we)\s*$", re.IGNORECASE
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|(?:the|his|her|their) (?:delegation|group|party|team|entourage|mission|guests"
    r"|delegates|visitors|leaders|mayor|minister|secretary|governor|president|chairman))"
    r"(?:\s+(?:also|then|first|later|subsequently|further|and\s+\w+))?\s*$",
    re.IGNORECASE,
)
_LIST_GAP = re.compile(
    r"(?:\s|,|、|;|&|\band\b|\bas well as\b|\betc\b|\(\w+\)|\bet al\b)*", re.IGNORECASE
)
_OTHERS = re.compile(r"\b(?:by|with|alongside|together with)\s*$", re.IGNORECASE)
_CLAUSE_START = re.compile(
    r"[,;:。；]\s*|\b(?:that|and|when|as|while|during|after|before|on|in)\s+(?=(?:the|a|an)\b)",
    re.IGNORECASE,
)


_ONE_OFFICE = re.compile(
    r"(?:[Tt]he\s+)?(?:(?:vice|deputy|prime|provincial|state)\s+)?(?:governor|mayor|minister|president|ambassador"
    r"|premier|king|queen|prince|chancellor)"
)


def companions(context: Context, sentence: Sentence, cues: list[Cue], verb: int) -> list[Person]:
    """Persons who only went along, or who received the visitors."""
    gone: list[Person] = []
    for cue in cues:
        if cue.key != "company":
            continue
        if context.small[cue.start : cue.end].endswith((" by", " of", "accompanying")):
            end = verb if cue.end <= verb else sentence.end
            listed = people_in(context, cue.end, end)
            lead = context.plain[sentence.start : cue.start]
            opens = cue.end <= verb and not _groups().search(lead)
            opens = opens and not people_in(context, sentence.start, cue.start)
            gone += listed[:-1] if opens else listed
        else:
            gone += people_in(context, sentence.start, cue.start) if cue.start > verb else []
            gone += people_in(context, sentence.start, cue.start) if cue.start < verb else []
    return gone


def visitors(
    context: Context,
    sentence: Sentence,
    cues: list[Cue],
    verb: int,
    tour: list[Stop],
    floor: int,
) -> tuple[str, ...]:
    """The subject of a verb of visiting: persons, a group with or without a leader, a pronoun."""
    plain = context.plain
    lead = plain[sentence.start : verb]
    if _BACK.search(lead):
        return ()
    gone = companions(context, sentence, cues, verb)
    persons = [p for p in people_in(context, sentence.start, verb) if p not in gone]
    between = plain[persons[-1].whole_end : verb] if persons else ""
    if persons and not _SAID.search(between) and not _CROWD.search(between):
        return tuple(dict.fromkeys(called(context, p) for p in _run(context, persons)))
    if _PRONOUN.search(lead) or (floor > sentence.start and len(plain[floor:verb]) < 120):
        return tour[-1].visitors if tour and sentence.index - tour[-1].sentence < 8 else ()
    return _group(context, sentence, verb)


def _run(context: Context, persons: list[Person]) -> list[Person]:
    """The last persons that stand together as one list, across their offices."""
    kept = [persons[-1]]
    for person in reversed(persons[:-1]):
        between = context.plain[person.whole_end : kept[0].whole_start]
        if _LIST_GAP.fullmatch(between) is None or _OTHERS.search(between):
            break
        kept.insert(0, person)
    return kept


@cache
def _groups() -> re.Pattern[str]:
    return re.compile(noun_pattern("group"), re.IGNORECASE)


def _group(context: Context, sentence: Sentence, verb: int) -> tuple[str, ...]:
    """A group or an office that stands for a person, as subject: "the delegation from Bijie"."""
    nouns = list(_groups().finditer(context.plain, sentence.start, verb))
    if not nouns:
        return ()
    noun = nouns[-1]
    between = context.plain[noun.end() : verb]
    if len(between) > 90 or _SAID.search(between) or re.search(r"[;.。]|\bby\b", between):
        return ()
    cuts = [m.end() for m in _CLAUSE_START.finditer(context.plain, sentence.start, noun.start())]
    start = cuts[-1] if cuts else sentence.start
    stop = re.search(r",|\b(?:visited|came|went)\b|$", context.plain[noun.end() : verb])
    words = tidy(context, start, noun.end() + (stop.start() if stop else 0))
    words = re.sub(r"^(?:the|a|an|on|in)\s+", "", words, flags=re.IGNORECASE)
    return (words,) if 4 < len(words) < 120 and _telling(words) else ()


def _telling(words: str) -> bool:
    """Whether a group's words say who they are: a name in them, or an office."""
    if re.search(r"[A-Z]|\b(?:of|from)\s", words) and not re.match(r"[Tt]he \w+$", words):
        return True
    return _ONE_OFFICE.fullmatch(words) is not None
