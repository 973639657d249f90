"""English names from capitals: runs of capitalised words, cut up and told apart by their heads.

A run is a stretch of capitalised words joined by blanks, "of", "for", "and" or "&". It is cut where
a list, an office or a verb in Title Case ends a name; what remains is given a kind by its legal
form, its head noun, the table of places, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nameplate.find.names.english_kinds import in_headline, is_firm, kind_of, legal_forms
from nameplate.find.names.found import CAPITAL, NUMBERS, Run
from nameplate.lexicon.names_find import english
from nameplate.lexicon.places import english_places

_REST = r"\w*(?:['&+.–-](?!s\b)\w+)*"
_WORD = rf"(?:(?:[A-Z]\.)+|(?:People|Women|Workers|Children)'s|[{CAPITAL}]{_REST})"
_FIRST = (
    rf"[{CAPITAL}](?<![\w.].)(?:(?<=[A-Z])\.(?:[A-Z]\.)*|(?:eople|omen|orkers|hildren)'s|{_REST})"
)
"""A word, not in another one, written so that it begins with a set of letters: those are found fast."""
_GAP = r"(?: {1,2}|\n {0,4})"
_JOIN = rf"{_GAP}(?:(?:of the|of|for the|for|and|&|bin|de|del|van|von|da|do){_GAP})?"


@cache
def _runs() -> re.Pattern[str]:
    """Runs but for a number before them, in which one begins seldom."""
    year = r"(?: (?:19|20)\d\d(?![\w,.]\d| [A-Z]))?"
    inner = rf"\({_WORD}(?: {_WORD}){{0,3}}\)"
    initials = "".join({form[0] + form[0].swapcase() for form in english().legal})
    lead = rf"(?=[., {initials}])\.?,? ?(?=[{initials}])"  # cheaper than to try every form
    legal = rf"(?:{lead}(?i:{legal_forms()})(?!\w)\.?(?: \(Group\))?)?"
    return re.compile(rf"{_FIRST}(?:{_JOIN}{_WORD}| {inner}(?= [{CAPITAL}])){{0,24}}{year}{legal}")


_NUMBER = re.compile(r"(?<![\w.])(?:(?:19|20)\d\d|\d{1,3}(?:st|nd|rd|th)) $")


def _begin(text: str, start: int, floor: int) -> int:
    """Where a run begins: at a number before it ("19th National Congress") that no run has taken."""
    if text[start - 1 : start] != " " or text[start - 2 : start - 1] not in _NUMBER_ENDS:
        return start
    number = _NUMBER.search(text, max(floor, start - 7), start)
    return number.start() if number is not None else start


_NUMBER_ENDS = frozenset("0123456789tdh")


_MONEYS = (" dollar", " rupee", " lira", " peso", ". dollar", " ringgit", " dirham", " riyal")
_CURRENCY = re.compile(
    r"(?:[A-Z][\w.]+ ){1,3}(?:dollars?|rupees?|lira|pesos?|pounds?|won|yen|dirhams?|riyals?|shillings?|francs?)\b"
)
"""A country before its money names no place: "45 million Hong Kong dollars"."""
_PIECE = re.compile(r"\S+")


def runs(text: str) -> Iterator[Run]:
    """All runs of a folded text, cut into names or possible names, in order."""
    words = english()
    never_first, never_alone = words.never_first, words.never_alone
    places = english_places()
    end = 0
    for match in _runs().finditer(text):
        start, end = _begin(text, match.start(), end), match.end()
        run = text[start:end]
        if " " not in run and "\n" not in run:
            if (
                run in never_first
                or run in never_alone
                or run in words.units
                or text[end : end + 1] == "$"
                or len(run) == 1
                or run.endswith("ly")
            ):
                continue
            place = run in places
            if not (place and text.startswith(_MONEYS, end)):
                yield Run(start, end, "place" if place else None)
            continue
        if text[end : end + 1] == " " and _CURRENCY.match(text, start):
            continue
        yield from _cut(text, start, end)


def _cut(text: str, start: int, end: int) -> Iterator[Run]:
    """Pieces of a run of several words."""
    run = text[start:end]
    if "\n" in run and not _wrapped(text, start, end):
        at = start
        for line in run.split("\n"):
            yield from _cut(text, at, at + len(line)) if line.strip() else ()
            at += len(line) + 1
        return
    calls = english().calls
    if not calls.isdisjoint(run.split()) and (call := _call(run)) is not None:
        yield from _cut(text, start, start + call[0])
        yield from _cut(text, start + call[1], end)
        return
    if " and " not in run and is_firm(run):
        yield from _trimmed(text, start, end)
        return
    stops, never_first, headline = english().stops, english().never_first, None
    if "." not in run and stops.isdisjoint(run.lower().split()) and run == run.strip():
        yield from _listed(text, start, end)  # nothing in it can part it
        return
    piece: list[tuple[int, int]] = []
    for match in _PIECE.finditer(run):
        word = match.group()
        if piece and word in never_first and run[: piece[-1][1]].endswith("."):
            yield from _listed(text, start + piece[0][0], start + piece[-1][1] - 1)
            piece = []
            continue
        stops_here = word[0].isupper() and word.lower() in stops
        if stops_here and headline is None:
            headline = in_headline(text, start)
        if stops_here and (headline or (piece and word in _PREPOSITIONS)):
            if piece:
                yield from _listed(text, start + piece[0][0], start + piece[-1][1])
            piece = []
        else:
            piece.append(match.span())
    if piece:
        yield from _listed(text, start + piece[0][0], start + piece[-1][1])


def _call(run: str) -> tuple[int, int] | None:
    """Where a verb of visiting in Title Case parts a run, with the blanks around it."""
    for match in _PIECE.finditer(run):
        if match.group() in english().calls and match.start() > 0 and match.end() < len(run):
            return match.start() - 1, match.end() + 1
    return None


_LABEL = re.compile(
    r"\n[ \t]*(?:[A-Z][a-z]+:|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d)"
)
"""A line of its own under a headline, or one that a date opens: "Published: 2024-05-21", "May 3, 2024 —"."""


def _wrapped(text: str, start: int, end: int) -> bool:
    """Whether the line break inside the run is that of wrapped prose and not of a list."""
    at = text.index("\n", start, end)
    begin = text.rfind("\n", 0, at) + 1
    return 56 <= at - begin <= 100 and text[at + 1 : at + 2] != "\n" and not _LABEL.match(text, at)


_PREPOSITIONS = frozenset({"From", "With", "Into", "By", "Through", "Via"})
"""In Title Case too, these end a name outside headlines."""

_AND = re.compile(r"\s+(?:and|for(?: the)?)\s+")
_JOINABLE = frozenset({"body", "institute", "event", "programme", "park"})


def _listed(text: str, start: int, end: int) -> Iterator[Run]:
    """Cut a run at "and" and "for", unless the whole is one name with a compound in it."""
    run = text[start:end]
    if " of " in run and (held := _HOLDER.search(run)) is not None:
        yield from _listed(text, start, start + held.end())
        yield from _listed(text, start + held.end(), end)
        return
    cuts = list(_AND.finditer(run)) if " and" in run or " for" in run else []
    if not cuts:
        yield from _trimmed(text, start, end)
        return
    first, last = run[: cuts[0].start()], run[cuts[-1].end() :]
    left, right = kind_of(first), kind_of(last)
    if _is_whole(first, left, last, right):
        yield from _trimmed(text, start, end)
        return
    at = 0
    for cut in [*cuts, None]:
        stop = cut.start() if cut else len(run)
        yield from _trimmed(text, start + at, start + stop)
        at = cut.end() if cut else stop


_HOLDER = re.compile(
    r"\b(?:Secretary|Director|Mayor|Manager|Chairman|President|Minister|Governor|Engineer|Head|CEO)"
    r"(?: [A-Z][a-z]+){2,3}(?= of )"
)
"""An office with its holder inside a run; what follows "of" is another name."""


def _is_whole(first: str, left: str | None, last: str, right: str | None) -> bool:
    """Whether "and" stands inside one name ("Ministry of Industry and Information Technology")."""
    if not english().offices.isdisjoint(first.lower().split()):
        return False
    if f"{first.rsplit(' ', 1)[-1]} and {last.split(' ', 1)[0]}".lower() in english().pairs:
        return True
    starts_anew = last.split(" ", 1)[0] in english_places() or first in english_places()
    if left is None and right in _JOINABLE and not starts_anew:
        return True
    generic_head = english().heads.get(last.split(" ", 1)[0].lower().rstrip(","))
    if right == "company" and generic_head and left in (None, "place") and is_firm(last):
        return first not in english_places()
    of_form = left in (*_JOINABLE, "company") and " of " in first
    return of_form and (right is None or kind_of(last.split(" of ", 1)[0]) is None)


_EDGE = frozenset({"of", "the", "for", "and", "&", "bin", "de", "del", "van", "von", "da", "do"})


def _trimmed(text: str, start: int, end: int) -> Iterator[Run]:
    """The run without connectors and empty words at its edges, with its kind."""
    said = text[start:end].split()
    if not _is_tidy(text, start, end, said):
        pieces = _edged(text, _pieces(text, start, end))
        if not pieces:
            return
        start, end = pieces[0][0], pieces[-1][1]
        said = text[start:end].split()
    run = text[start:end]
    kind, count = kind_of(run), len(said)
    if kind is None and count > 2 and in_headline(text, start):
        yield from _headed(text, _pieces(text, start, end))
        return
    if kind not in ("event", "programme") and count > 1:
        pieces = _pieces(text, start, end) if run[0].isdigit() or run[-4:].isdigit() else []
        if pieces:
            start = pieces[1][0] if run[0].isdigit() else start
            end = pieces[-2][1] if run[-4:].isdigit() else end
            run = text[start:end]
    if not run or run.isdigit() or run in english().never_alone or len(run) == 1:
        return
    yield Run(start, end, kind)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the words of a stretch."""
    return [m.span() for m in _PIECE.finditer(text, start, end)]


def _is_tidy(text: str, start: int, end: int, said: list[str]) -> bool:
    """Whether no word at either edge of a stretch may have to go: a cheap look at most runs."""
    if not said or text[start].isspace() or text[end - 1].isspace():
        return False
    first, last = said[0], said[-1]
    return not (
        _is_edge(text, (start, start + len(first)))
        or first in english().actions
        or _closes_nothing(last)
        or _is_done(last, english().stops)
    )


def _edged(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words between the first and the last that a name may begin and end with."""
    words = english()
    first, last = 0, len(pieces)
    while first < last and _is_edge(text, pieces[first]):
        first += 1
    said = [text[slice(*p)] for p in pieces[first : first + 2]]
    if last - first > 2 and said[0] in words.actions and said[1] == "of":
        first += 2
    while first < last and text[slice(*pieces[first])] in _EDGE:
        first += 1
    while first < last and _closes_nothing(text[slice(*pieces[last - 1])]):
        last -= 1
    if last - first > 2 and _is_done(text[slice(*pieces[last - 1])], words.stops):
        last -= 1
    return pieces[first:last]


def _closes_nothing(word: str) -> bool:
    """Whether no name ends with the word: a connector, a unit."""
    return word in _EDGE or word in english().units


def _is_done(word: str, stops: frozenset[str]) -> bool:
    """Whether a last word in Title Case is a headline's verb ("… Base Project Launched")."""
    return word.endswith("ed") and word.lower() in stops


def _is_verb(word: str, heads: dict[str, str]) -> bool:
    """Whether a capitalised word of a headline may be its verb ("Secures", "Assisting")."""
    small = word.lower()
    return small.endswith(("s", "ed", "ing")) and not small.endswith("ss") and small not in heads


def _headed(text: str, pieces: list[tuple[int, int]]) -> Iterator[Run]:
    """The longest beginning of a headline's run that has a kind ("… Industrial Park Assisting …")."""
    known, heads = english().known, english().heads
    verbs = [i for i, p in enumerate(pieces) if i and _is_verb(text[slice(*p)], heads)]
    for count in [*verbs[:1], *range(len(pieces) - 1, 0, -1)]:
        start, end = pieces[0][0], pieces[count - 1][1]
        run = text[start:end]
        kind = known.get(run) or (kind_of(run) if count > 1 or run in english_places() else None)
        if kind is not None:
            yield Run(start, end, kind)
            return
    yield Run(pieces[0][0], pieces[-1][1], None)


def _is_edge(text: str, span: tuple[int, int]) -> bool:
    """Whether the word cannot open a name; number words may, but not at a sentence's start."""
    word, words = text[slice(*span)], english()
    if word == "He" and re.match(r" [A-Z][a-z]{2,}", text[span[1] : span[1] + 5]):
        return False  # a family name
    if word in _EDGE or word in words.units:
        return True
    if word in NUMBERS:
        return text[max(0, span[0] - 2) : span[0]].strip() in (".", "", ":") and not (
            text[span[0] - 1 : span[0]] == " " and text[span[0] - 2 : span[0] - 1].isalpha()
        )
    return word in words.never_first
