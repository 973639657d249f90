"""English offices: inside a run, before a name, after a name in apposition."""

from __future__ import annotations

import re
from functools import cache

from nameplate.find.names.english_kinds import kind_of
from nameplate.find.names.found import CAPITAL, Run
from nameplate.lexicon.names_find import english

_LAST_WORDS = re.compile(r"(?:[A-Za-z-]+ ){0,4}$")


@cache
def _after() -> re.Pattern[str]:
    offices = "|".join(sorted(map(re.escape, english().offices), key=len, reverse=True))
    return re.compile(
        r",? (?:who is |the |a |an |its |their |(?!and )\w+ |[A-Z][\w&]*(?: [A-Z][\w&]*)?'s )?"
        rf"(?P<office>(?i:{offices}))\b"
        r"(?: \(\w+\))?(?:(?: and [\w ]{3,30}?)?(?:,? of (?:the )?|, )"
        rf"(?P<of>[{CAPITAL}][\w'&-]*(?: (?:of |of the |and )?[{CAPITAL}][\w'&-]*)*"
        r"(?:\.?,? ?(?:Co|Ltd|LTD|Inc|Corp)\b\.?)*))?",
    )


def _office_size(said: list[str], last: int) -> int:
    """How many words, up to the one at ``last``, are an office; 0 if none are."""
    words = english()
    for size in range(min(4, last + 1), 0, -1):
        office = " ".join(said[last - size + 1 : last + 1]).lower().rstrip(".")
        if office in words.offices or (size == 1 and office in words.courtesy):
            return size
    return 0


_SURNAMES = frozenset({"king", "prince", "dean"})


def _is_surname(said: list[str], last: int) -> bool:
    """Whether an office is but a family name: "Donnie King"."""
    return said[last].lower() in _SURNAMES and last == len(said) - 1 == 1


_PIECE = re.compile(r"\S+")

Office = tuple[Run | None, tuple[int, int], Run | None]


def split_office(text: str, run: Run) -> Office | None:
    """What stands before an office inside the run, the office, and the person after it.

    ``Jilin Zone Committee Secretary Zhang Shouhua`` has all three. None without an office.
    """
    said_small = text[run.start : run.end].lower().replace(".", "").split()
    if english().office_ends.isdisjoint(said_small):
        return None
    pieces = [m.span() for m in _PIECE.finditer(text[run.start : run.end])]
    said = [text[run.start + s : run.start + e] for s, e in pieces]
    for i in range(len(said) - 1, -1, -1):
        size = _office_size(said, i)
        if not size or _is_surname(said, i):
            continue
        first = i - size + 1
        before = part(text, run.start, pieces[:first])
        rest = i + 1
        while rest < len(said) and said[rest] in ("of", "the", "for"):
            rest += 1
        after = part(text, run.start, pieces[rest:])
        office = (run.start + pieces[first][0], run.start + pieces[i][1])
        if after is not None and rest > i + 1 and after.kind is None:
            after = None
        elif after is not None and rest == i + 1 and after.kind not in (None, "place", "company"):
            return None  # "Naggo Head Technology Park"
        return before, office, after
    return None


def part(text: str, base: int, pieces: list[tuple[int, int]]) -> Run | None:
    if not pieces:
        return None
    start, end = base + pieces[0][0], base + pieces[-1][1]
    return Run(start, end, kind_of(text[start:end]))


def office_before(text: str, start: int) -> str | None:
    """A lower-case office that ends straight before ``start`` ("deputy director Hou Shunli")."""
    offices = english().offices
    said = text[max(0, start - 90) : start]
    if not said.endswith(" "):
        return None
    if said.endswith(". "):
        return _courtesy(said)
    last = said.rstrip(" ,").rsplit(" ", 1)[-1].lower()
    if last not in english().office_ends and " of " not in said and " for " not in said:
        return None
    long = said.endswith(", ") or " of " in said or " for " in said
    if (
        long
        and any(word in said for word in _HEADS)
        and (match := _LONG_OFFICE.search(said))
        and said[: match.start()][-2:] != ", "
    ):
        return match.group(1).rstrip(" ")
    if not last.endswith(_ends()):
        return None
    pieces = _LAST_WORDS.search(said).group().split()  # type: ignore[union-attr]
    for size in range(len(pieces), 0, -1):
        office = " ".join(pieces[-size:])
        if office.lower() in offices:
            return office
    return None


def _courtesy(said: str) -> str | None:
    """A form of address with a full stop ("Gov. ", "Mr. ") at the end of what stands before."""
    words = english()
    last = said[:-2].rsplit(" ", 1)[-1]
    return last + "." if last.lower() in words.courtesy else None


@cache
def _ends() -> tuple[str, ...]:
    """The last words of offices, one of which must end what stands before a name."""
    return tuple(english().office_ends)


_HEADS = ("inister", "ayor", "overnor", "ecretary", "irector", "resident", "hairman", "CEO")
"""One of these is in every long office: a cheap look before the pattern."""
_LONG_OFFICE = re.compile(
    r"\b((?:[Vv]ice |[Dd]eputy |[Ff]oreign |[Ff]inance |[Pp]rime )*"
    r"(?:[Mm]inister|[Mm]ayor|[Gg]overnor|[Ss]ecretary|[Dd]irector|[Pp]resident|[Cc]hairman|CEO)"
    r"(?:(?: (?:of|for) [^.;:,]{3,60})?(?=, $)|"
    r" (?:of|for)(?: (?:the|of|and|for|[A-Z][\w&-]*))+(?<! of)(?<! for)(?<! the)(?<! and)(?= $)))(?:, | )$"
)


def office_after(text: str, end: int) -> tuple[str, int] | None:
    """An office in apposition (", deputy director of the Institute"): as said, and its end."""
    if text[end : end + 1] not in (",", " ") or (match := _after().match(text, end)) is None:
        return None
    if text[end] == " " and not text[end : match.end()].lstrip().startswith("the "):
        return None
    said = text[match.start() : match.end()].strip(", ")
    for article in ("the ", "a ", "an ", "who is ", "its ", "their "):
        said = said.removeprefix(article)
    return said, match.end()
