"""English persons: an office before or after a name, a Chinese name in pinyin, a speaker's verb."""

from __future__ import annotations

import re
from typing import NamedTuple

from nameplate.find.names.english_offices import office_after, office_before, part
from nameplate.find.names.found import CAPITAL, Run
from nameplate.lexicon.names_find import english

_FINAL = (
    "iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|üe"
    "|a|e|i|o|u|v|ü"
)
_SYLLABLE = rf"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:{_FINAL})"
_GIVEN = re.compile(rf"(?=[A-Z])(?i:{_SYLLABLE}){{1,2}}$")
_PERSON = re.compile(rf"(?:[{CAPITAL}][\w'’-]*|[A-Z]\.|bin|de|van|von|al)$")

_SPEECH = re.compile(r"[,:] ?[“\"]")


class Person(NamedTuple):
    """A person's name as a span, with the office as said."""

    start: int
    end: int
    title: str | None


def is_pinyin(words: list[str]) -> bool:
    """Whether two or three words read like a Chinese name in pinyin: family name first."""
    if not 2 <= len(words) <= 3 or words[0] not in english().surnames:
        return False
    return all(_GIVEN.match(w) is not None for w in words[1:])


def split_pinyin(text: str, run: Run) -> list[Run]:
    """Cut a Chinese name in pinyin off the end of a run ("Xinhua Wang Xian"), as often as it goes."""
    said = text[run.start : run.end].split()
    if len(said) < 3 or said[-2] not in english().surnames:
        return [run]
    pieces = [(m.start(), m.end()) for m in re.finditer(r"\S+", text[run.start : run.end])]
    if is_pinyin(said) or not is_pinyin(said[-2:]):
        return [run]
    rest = part(text, run.start, pieces[:-2])
    last = Run(run.start + pieces[-2][0], run.end, None)
    return [*(split_pinyin(text, rest) if rest else ()), last]


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


def _speaker(text: str, run: Run) -> Run:
    """The run without the verb that opens its line: "Said Curt Cline" ("Said" is also a given name)."""
    if not text.startswith("Said ", run.start) or text.count(" ", run.start, run.end) != 2:
        return run
    opens = run.start == 0 or text[run.start - 1] == "\n"
    speech = _SPEECH.search(text, run.end, run.end + 140) if opens else None
    return Run(run.start + 5, run.end, run.kind) if speech else run


def person(text: str, run: Run) -> Person | None:
    """The run as a person, if an office, pinyin or a given name says so."""
    run = _speaker(text, run)
    said = text[run.start : run.end]
    pieces = said.split()
    if run.kind is not None or len(pieces) > 4 or not all(map(_PERSON.match, pieces)):
        return None
    if len(pieces) == 1 and text[run.start - 2 : run.start] != ". ":
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
