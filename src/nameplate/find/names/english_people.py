"""English persons: an office before or after a name, a Chinese name in pinyin, a speaker's verb."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from nameplate.find.names.english_runs import CAPITAL, Run, kind_of
from nameplate.lexicon.names_find import english

_SYLLABLE = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[aeiouü]{1,3}|[aeiou]{1,2}r)(?:ng?)?"
_GIVEN = re.compile(rf"[A-Z](?=[a-z])(?:{_SYLLABLE}|[a-zü]{{1,4}}ng?){{1,2}}$", re.IGNORECASE)
_LAST_WORDS = re.compile(r"(?:[A-Za-z-]+ ){0,4}$")
_PERSON = re.compile(rf"(?:[{CAPITAL}][\w'’-]*|[A-Z]\.|bin|de|van|von|al)$")


class Person(NamedTuple):
    """A person's name as a span, with the office as said."""

    start: int
    end: int
    title: str | None


@cache
def _after() -> re.Pattern[str]:
    offices = "|".join(sorted(map(re.escape, english().offices), key=len, reverse=True))
    return re.compile(
        rf",? (?:who is |the |a |an |its |their |\w+ |[A-Z][\w&]*(?: [A-Z][\w&]*)?'s )?(?P<office>(?i:{offices}))\b"
        r"(?: \(\w+\))?(?:(?: and [\w ]{3,30}?)?(?:,? of (?:the )?|, )"
        rf"(?P<of>[{CAPITAL}][\w'&-]*(?: (?:of |of the |and )?[{CAPITAL}][\w'&-]*)*"
        r"(?:\.?,? ?(?:Co|Ltd|LTD|Inc|Corp)\b\.?)*))?",
    )


def is_pinyin(words: list[str]) -> bool:
    """Whether two or three words read like a Chinese name in pinyin: family name first."""
    if not 2 <= len(words) <= 3 or words[0] not in english().surnames:
        return False
    return all(_GIVEN.match(w) is not None for w in words[1:])


def _office_size(said: list[str], last: int) -> int:
    """How many words, up to the one at ``last``, are an office; 0 if none are."""
    words = english()
    for size in range(min(4, last + 1), 0, -1):
        office = " ".join(said[last - size + 1 : last + 1]).lower().rstrip(".")
        if office in words.offices or (size == 1 and office in words.courtesy):
            return size
    return 0


Office = tuple[Run | None, tuple[int, int], Run | None]


def split_office(text: str, run: Run) -> Office | None:
    """What stands before an office inside the run, the office, and the person after it.

    ``Jilin Zone Committee Secretary Zhang Shouhua`` has all three. None without an office.
    """
    pieces = [(m.start(), m.end()) for m in re.finditer(r"\S+", text[run.start : run.end])]
    said = [text[run.start + s : run.start + e] for s, e in pieces]
    for i in range(len(said) - 1, -1, -1):
        size = _office_size(said, i)
        if not size:
            continue
        first = i - size + 1
        before = _sub(text, run.start, pieces[:first])
        rest = i + 1
        while rest < len(said) and said[rest] in ("of", "the", "for"):
            rest += 1
        after = _sub(text, run.start, pieces[rest:])
        office = (run.start + pieces[first][0], run.start + pieces[i][1])
        if after is not None and rest > i + 1 and after.kind is None:
            after = None
        elif after is not None and rest == i + 1 and after.kind not in (None, "place", "company"):
            return None  # "Naggo Head Technology Park"
        return before, office, after
    return None


def split_pinyin(text: str, run: Run) -> list[Run]:
    """Cut a Chinese name in pinyin off the end of a run ("Xinhua Wang Xian"), as often as it goes."""
    pieces = [(m.start(), m.end()) for m in re.finditer(r"\S+", text[run.start : run.end])]
    said = [text[run.start + s : run.start + e] for s, e in pieces]
    if len(said) < 3 or is_pinyin(said) or not is_pinyin(said[-2:]):
        return [run]
    rest = _sub(text, run.start, pieces[:-2])
    last = Run(run.start + pieces[-2][0], run.end, None)
    return [*(split_pinyin(text, rest) if rest else ()), last]


def _sub(text: str, base: int, pieces: list[tuple[int, int]]) -> Run | None:
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
    long = said.endswith(", ") or " of " in said or " for " in said
    if long and (match := _LONG_OFFICE.search(said)) and said[: match.start()][-2:] != ", ":
        return match.group(1).rstrip(" ")
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
    said = text[match.start() : match.end()].lstrip(", ")
    return said.strip(), match.end()


def speaks(text: str, start: int, end: int) -> bool:
    """Whether the words around say what only people do ("said Gary Scott", "Scott told")."""
    verbs = english().person_verbs
    after = text[end : end + 24].split(" ", 2)
    if len(after) > 1 and not after[0].strip(",") and after[1].rstrip(".,") in verbs:
        return True
    before = text[max(0, start - 16) : start].split()
    return bool(before) and before[-1] in ("said", "says", "told") and " " in text[start:end]


def _title(text: str, run: Run) -> str | None:
    """The office beside a name: after it in apposition, or before it."""
    before = office_before(text, run.start)
    if before is not None and not before.endswith(", ") and " of " not in before:
        return before
    found = office_after(text, run.end)
    return found[0] if found else before.rstrip(", ") if before else None


def person(text: str, run: Run) -> Person | None:
    """The run as a person, if an office, pinyin or a given name says so."""
    said = text[run.start : run.end]
    pieces = said.split()
    if run.kind is not None or len(pieces) > 4 or not all(map(_PERSON.match, pieces)):
        return None
    title = _title(text, run)
    known = is_pinyin(pieces) or (len(pieces) > 1 and pieces[0] in english().given)
    if title and title.endswith(".") and len(pieces) < 4:
        return Person(run.start, run.end, title)
    if (
        known
        or (title and len(pieces) > 1)
        or (len(pieces) > 1 and speaks(text, run.start, run.end))
    ):
        return Person(run.start, run.end, title)
    return None
