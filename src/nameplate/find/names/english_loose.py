"""English runs that no head tells: companies by what they do or by their full name, acronyms."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import cast

from ahocorasick_rs import AhoCorasick
from msgspec.structs import replace

from nameplate.find.names.english_kinds import in_headline, is_firm, legal_end
from nameplate.find.names.found import Found, Run
from nameplate.lexicon.names_find import english
from nameplate.lexicon.places import english_places
from nameplate.model import EntityKind

_SENTENCE = frozenset('.!?。！？:;|>*#\n"“-–—•')
_ADJECTIVE = re.compile(
    r"[A-Z][a-z]+(?:ian|ese|ish|ean|ically|ly)$"
    r"|[A-Z]\w*-(?:rated|funded|based|owned|invested|related|listed|backed|made|led|built|run)$"
)
_NUMBERED = re.compile(
    r"(?:Phase|Section|Part|Step|Chapter|Table|Figure|Stage|Type|Class|Level|No|Road No|Article|Item|Annex|Lot)"
    r"(?: [A-Z\d]+|)$|[A-Z]{1,3}[a-z]?\d[\d.,]*$|[IVX]+$"
)
_ACRONYM = re.compile(r" \(([A-Z][A-Za-z&-]{1,11})\)")


def kept(text: str, loose: list[Run], found: list[Found]) -> list[Found]:
    """Loose runs that are names all the same.

    One capitalised word at the start of a sentence proves nothing; it is kept if the same word
    stands inside a sentence elsewhere, or if a company's verb follows.
    """
    titled = _titled(text, loose)
    inside = {
        text[r.start : r.end] for r in loose if r.start not in titled and not _first(text, r.start)
    }
    firms = _firms(text, found)
    people = _family_names(text, found)
    acting = {text[r.start : r.end] for r in loose if _is_agent(text, r)}
    places = _places(text, found)
    names = []
    for run in loose:
        said = text[run.start : run.end]
        if _NUMBERED.match(said) or text[run.end : run.end + 1] == "$":
            continue
        if said.isupper() and _is_standard(text, run):
            continue
        if said in places or _is_known_place(said):
            names.append(Found(run.start, run.end, "place"))
        elif said in people:
            names.append(Found(run.start, run.end, "person"))
        elif said in firms or (said in acting and not _NUMBERED.match(said)):
            names.append(Found(run.start, run.end, "company"))
        elif _ADJECTIVE.match(said) or (run.start in titled and said not in inside):
            continue
        elif said in inside or not _first(text, run.start) or _alone(text, run):
            called = _CALLED.search(text, max(0, run.start - 20), run.start)
            where = called or _is_site(text, run)
            names.append(Found(run.start, run.end, "place" if where else "thing"))
    return names


_DIVISION = re.compile(
    r" (?:Province|City|County|District|Prefecture|Municipality|Region|Town|Township|State)$"
)
_CALLED = re.compile(r"\b(?:province|city|county|district|town|municipality) of $")


def _places(text: str, found: list[Found]) -> frozenset[str]:
    """What the places found are called without their division: "Halden" of "Halden Province"."""
    cores = (_DIVISION.sub("", text[f.start : f.end]) for f in found if f.kind == "place")
    return frozenset(c for c in cores if len(c) > 3 and c not in english().never_alone)


def _is_known_place(said: str) -> bool:
    """Whether a name with marks on its letters is a place that the tables write without: "Hà Nội"."""
    if said.isascii():
        return False
    parts = unicodedata.normalize("NFD", said.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in parts if not unicodedata.combining(c)) in english_places()


def _titled(text: str, loose: list[Run]) -> set[int]:
    """Starts of the runs in headlines; each line is looked at once."""
    found, end, headline = set(), -1, False
    for run in loose:
        if run.start >= end:
            headline = in_headline(text, run.start)
            stop = text.find("\n", run.start)
            end = stop if stop >= 0 else len(text)
        if headline:
            found.add(run.start)
    return found


def phrases(text: str) -> list[Found]:
    """Known names that hold lower-case words ("Made in China 2025")."""
    automaton, kinds = _phrases()
    hits = automaton.find_matches_as_indexes(text, overlapping=True)
    return [Found(start, end, cast(EntityKind, kinds[i])) for i, start, end in hits]


@cache
def _phrases() -> tuple[AhoCorasick, tuple[str, ...]]:
    """Finds the known names that are no run of capitals by themselves; their kinds."""
    known = english().known.items()
    mixed = {p: k for p, k in known if " " in p and not p.istitle() and not p.isupper()}
    return AhoCorasick(list(mixed)), tuple(mixed.values())


def _first(text: str, start: int) -> bool:
    """Whether the name opens a sentence, a line, a quotation or a list item."""
    before = text[max(0, start - 4) : start].rstrip(" ")
    return not before or before[-1] in _SENTENCE


def _alone(text: str, run: Run) -> bool:
    """Whether two or more capitals open a sentence that goes on in lower case."""
    after = text[run.end : run.end + 2]
    return " " in text[run.start : run.end] and after[:1] == " " and after[1:].islower()


def _acts(text: str, end: int) -> bool:
    """Whether a verb follows that only companies do."""
    if text[end : end + 1] not in (" ", "*", "\n"):
        return False
    after = text[end : end + 40].lstrip("*_").split(None, 5)
    if not after:
        return False
    verbs = english().company_verbs
    skips = (
        "has", "have", "had", "will", "would", "is", "also", "recently", "officially", "today",
        "currently", "now", "to", "said", "it",
    )  # fmt: skip
    at = 0
    while at < len(after) - 1 and after[at] in skips:
        at += 1
    if after[at].endswith("ing") and (not at or after[at - 1] not in ("is", "currently", "now")):
        return False
    return after[at] in verbs


@cache
def _trades() -> re.Pattern[str]:
    trades = "|".join(sorted(map(re.escape, english().trades), key=len, reverse=True))
    return re.compile(
        rf"(?: \([A-Z][\w&. -]{{1,20}}\))?, (?:which is |one of )?(?:a |an |the |[A-Z]\w+(?:'s)? )"
        rf"(?:(?!(?:will|would|has|have|had|is|are|was|were|said|says|to)\b)[\w'&-]+ ){{0,7}}?(?:{trades})s?\b|"
        r"'s (?:[a-z-]+ ){0,3}?(?:plants?|factor(?:y|ies)|facilit(?:y|ies)|subsidiary|shareholders?|revenue|sales|"
        r"net profit|orders|customers|products)\b"
    )


_STANDARD = (" market", " standard", " technolog", " protocol", " certifi")


def _is_standard(text: str, run: Run) -> bool:
    """Whether an acronym is a technology's ("GSM/EDGE", "the WCDMA market")."""
    beside = "/" in (text[run.start - 1 : run.start], text[run.end : run.end + 1])
    return beside or text.startswith(_STANDARD, run.end)


_WORKS_IN = re.compile(
    r"\b(?:plants?|factor(?:y|ies)|facilit(?:y|ies)|mills?|units?|works|refiner(?:y|ies)|smelters?|foundr(?:y|ies)|"
    r"warehouses?|sites?|workshops?|campus|complex|headquarters|offices?|operations|headquartered|based|located|"
    r"situated)(?: for [a-z][\w -]{2,50}?| to (?:make|manufacture|produce|build) [a-z][\w -]{2,40}?)?"
    r" (?:in|near|outside) $"
)
_GOES_ON = re.compile(r"'s|-|,\s+[A-Z]")
"""Behind a town: a larger place, which joins it, or what makes it no town's name."""
_TOWN = re.compile(r"[A-Z][a-z\u00c0-\u1ef9'-]{2,}(?: [A-Z][a-z\u00c0-\u1ef9'-]{2,})?")


def _is_site(text: str, run: Run) -> bool:
    """Whether a capitalised word says where works lie: "a plant for e-vehicles in Hosur"."""
    if not text.endswith((" in ", " near ", " outside "), 0, run.start):
        return False
    if _TOWN.fullmatch(text, run.start, run.end) is None or _GOES_ON.match(text, run.end):
        return False
    return _WORKS_IN.search(text, max(0, run.start - 90), run.start) is not None


_INSIDE = (" in ", " near ", " at ", " of ", " from ", " outside ", " around ")


def _is_agent(text: str, run: Run) -> bool:
    """Whether the words around the run say that it is a firm."""
    if _acts(text, run.end) and not text[max(0, run.start - 9) : run.start].endswith(_INSIDE):
        return True
    return _is_called_firm(text, run)


def _is_called_firm(text: str, run: Run) -> bool:
    """Whether a trade stands beside the name ("telecom giant X", "X, a maker of …"), or what only firms have."""
    if text[run.start - 1 : run.start] == " ":
        before = text[max(0, run.start - 24) : run.start - 1].rsplit(" ", 1)[-1]
        if before in english().trades:
            return True
        if before.rstrip(",") in english().trades and text.startswith(", ", run.end):
            return True  # "the steelmaker, Norvik, has"
    return text.startswith(_BESIDE, run.end) and bool(_trades().match(text, run.end))


_BESIDE = (", ", "'s ", " (")
"""What comes before a trade that stands behind its name."""


def _family_names(text: str, found: list[Found]) -> set[str]:
    """First and last names of the persons found, by which a text goes on to call them."""
    return {
        part
        for f in found
        if f.kind == "person" and not f.generic
        for part in text[f.start : f.end].split(" ")
        if len(part) > 3
    }


def _firms(text: str, found: list[Found]) -> set[str]:
    """Short names of the companies found: without legal form, and without the last common word."""
    heads = english().heads
    short: set[str] = set()
    for f in found:
        if f.kind != "company":
            continue
        said = text[f.start : f.end]
        core = (legal_end().sub("", said) if is_firm(said) else said).rstrip(" ,.")
        while " " in core:
            short.add(core)
            core, last = core.rsplit(" ", 1)
            if heads.get(last.lower()) != "company":
                break
        else:
            short.add(core)
    alone = english().never_alone
    return {s for s in short if len(s) > 2 and s not in alone and not _ADJECTIVE.fullmatch(s)}


def acronyms(text: str, found: list[Found]) -> list[Found]:
    """An acronym in brackets after a name, and wherever else it stands, has that name's kind."""
    kinds: dict[str, EntityKind] = {}
    for f in found:
        match = _ACRONYM.match(text, f.end)
        if (
            match
            and f.kind not in ("thing", "person")
            and _stands_for(match.group(1), text[f.start : f.end])
        ):
            kinds[match.group(1)] = f.kind
    if not kinds:
        return found
    return [
        replace(f, kind=kinds[said])
        if f.kind == "thing" and (said := text[f.start : f.end]) in kinds
        else f
        for f in found
    ]


def _stands_for(acronym: str, name: str) -> bool:
    """Whether the acronym begins like the name's words do."""
    initials = {w[0].lower() for w in name.split() if w[0].isalpha()}
    initials |= {c.lower() for c in name if c.isupper()}  # GlaxoSmithKline
    capitals = [c.lower() for c in acronym if c.isupper()]
    return bool(capitals) and sum(c in initials for c in capitals) * 2 > len(capitals)
