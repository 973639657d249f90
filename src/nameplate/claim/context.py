"""What the claim makers see of a document: sentences with their names, figures, times and cues.

Spans are found once, on the folded text; a sentence holds those that start inside it. Stretches
marked as boilerplate have no sentences and give no claims.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Protocol, TypeVar

import msgspec

from nameplate.claim import antecedent_en
from nameplate.claim.antecedent_en import FAR_BACK, WORKS
from nameplate.find.cue import scanner
from nameplate.find.fold import fold, lower
from nameplate.find.name import find_names
from nameplate.find.quantity import find_quantities
from nameplate.find.segment import blocks, sentences
from nameplate.find.time import find_times
from nameplate.lexicon.cues import group
from nameplate.lexicon.places import chinese_places
from nameplate.model import Cue, Document, EntityKind, Name, Quantity, Region, Time


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Spanned)


ALIKE: dict[str, frozenset[EntityKind]] = {
    **dict.fromkeys(WORKS, WORKS),
    "company": frozenset({"company"}),
    "institute": frozenset({"institute"}),
}
"""Kinds that may stand for one another: "the project" may be the plant named before."""

EARLY = 240
"""Characters of a report within which the division is named that all of it is about."""


def _stands_for_one(name: Name) -> bool:
    """Whether a description may stand for one thing named before: "the project", 该项目.

    Plurals and longer descriptions ("these projects", 此次集中开工项目) speak for themselves.
    """
    if name.text.isascii():
        return not name.text.endswith("s") or name.text.endswith(("ss", "works"))
    return len(name.text) <= 4 or _THIS_ONE.match(name.text) is not None


_SHORTEST = 5
"""Characters from which on a Chinese name within another one is the same thing: 富源西风电项目."""


def _called(subject: str, names: frozenset[str], zh: bool) -> bool:
    if subject in names or not zh or len(subject) < _SHORTEST:
        return subject in names
    return any(
        name.endswith(subject) or (len(name) >= _SHORTEST and subject.endswith(name))
        for name in names
    )


_THIS_ONE = re.compile(r"[该本此](?![次批期年月类])")
"""Before a longer description of one thing: 本产业园项目, 该生产基地."""


_NONE: list[Cue] = []


class Sentence(msgspec.Struct, eq=False):
    """One sentence with what was found in it; offsets are the document's."""

    index: int
    block: int
    start: int
    end: int
    names: list[Name] = []
    quantities: list[Quantity] = []
    times: list[Time] = []
    cues: dict[str, list[Cue]] = {}
    title: bool = False
    ties: dict[int, tuple[float, list[str]]] = {}
    memo: dict[str, Any] = {}

    def cue(self, group: str) -> list[Cue]:
        """The sentence's cues of a group, in order."""
        return self.cues.get(group, _NONE)


class Context(msgspec.Struct, eq=False):
    """A document cut up for the claim makers.

    ``text`` is the text as published, from which quotes are cut; ``plain`` the folded text, in which
    grammar looks; ``small`` its lower case. ``finished`` holds the subjects that the report itself
    calls completed or at work, ``unfinished`` those that it says are begun or to come, ``memo``
    what one maker found and another can use. ``starts`` are
    where the sentences start, ``cued`` those that hold a cue of a group.
    """

    document: Document
    text: str
    plain: str
    small: str
    names: list[Name]
    sentences: list[Sentence]
    starts: list[int]
    cued: dict[str, list[Sentence]]
    published: str | None
    zh: bool
    finished: frozenset[str] = frozenset()
    unfinished: frozenset[str] = frozenset()
    commas: tuple[list[int], list[int]] | None = None
    referents: dict[int, Name] = {}
    memo: dict[str, Any] = {}

    def quote(self, start: int, end: int) -> str:
        """The published words of a span."""
        return self.text[start:end]

    def is_finished(self, subject: str) -> bool:
        """Whether the report calls the subject completed or at work, be it by a longer or shorter name."""
        return _called(subject, self.finished, self.zh)

    def referent(self, name: Name) -> Name:
        """The name that a generic one ("the project", 该项目) stands for, or itself."""
        if not name.generic or not _stands_for_one(name):
            return name
        kept = self.referents.get(name.start)
        if kept is None:
            kept = self.referents[name.start] = self._antecedent(name)
        return kept

    def _antecedent(self, name: Name) -> Name:
        at = bisect_left(self.names, name.start, key=lambda n: n.start)
        return self._last_of_kind(name, at) if self.zh else antecedent_en.meant(self, name, at)

    def _last_of_kind(self, name: Name, at: int) -> Name:
        """The last thing named of the kind that a generic name says, or of a kindred one."""
        if name.refers is not None:
            return self._what_is_run(name, self.referent(self.names[name.refers]))
        if name.kind == "place" and (whole := self._in_other_names(name)) is not None:
            return whole
        kinds = ALIKE.get(name.kind, frozenset())
        vague, part = name, None
        for other in reversed(self.names[max(0, at - FAR_BACK) : at]):
            if other.kind not in kinds:
                continue
            if self._only_part(name, other):
                part = part or other
                continue
            if self.plain[other.start - 1 : other.start] in _BRACKETS:
                continue
            if not other.generic:
                return other
            if other.text.casefold() != name.text.casefold():
                vague = self.referent(other)
        return part if vague is name and part is not None else vague

    def _what_is_run(self, name: Name, found: Name) -> Name:
        """The zone itself where 该区 points at the committee that runs it: 临江开发区管委会 … 该区."""
        run = (
            _COMMITTEE.search(found.text) if name.kind == "place" and found.kind == "body" else None
        )
        if run is None:
            return found
        end = found.end - len(run[0])
        return Name(start=found.start, end=end, text=found.text[: run.start()], kind="park")

    def _in_other_names(self, name: Name) -> Name | None:
        """The division that 该县 or 全市 means where it is named only inside other names: 竹山县政府."""
        level = name.text[-1]
        if level not in "市县":
            return None
        for other in self.names:
            if other.start >= min(name.start, EARLY):
                return None
            at = other.text.find(level, 1, 6)
            if at > 1 and not other.generic and other.text[: at + 1] in chinese_places():
                end = other.start + at + 1
                return Name(start=other.start, end=end, text=other.text[: at + 1], kind="place")
        return None

    def _only_part(self, name: Name, other: Name) -> bool:
        """Whether a Chinese name only stands in a list of what the works hold or are to build."""
        if name.kind != "project" or other.kind == "project":
            return False
        return self.plain[other.start - 1 : other.start] in _IN_LIST


_IN_LIST = frozenset("、的和及设")
_BRACKETS = frozenset("(（")
_COMMITTEE = re.compile(r"(?<=区)管(?:理委员|委)会$")

T = TypeVar("T")


def once_a_sentence(work: Callable[[Context, Sentence], T]) -> Callable[[Context, Sentence], T]:
    """Keep with the sentence what a function finds in it."""
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def kept(context: Context, sentence: Sentence) -> T:
        memo = sentence.memo
        if name in memo:
            found: T = memo[name]
        else:
            found = memo[name] = work(context, sentence)
        return found

    return kept


def build(document: Document) -> Context:
    """Find everything in a document and hand it to its sentences."""
    plain = fold(document.text)
    small = lower(plain)
    times = find_times(plain, document.published)
    taken = [(t.start, t.end) for t in times]
    quantities = find_quantities(plain, taken, _country(document, plain, small))
    names = find_names(plain, document.lang, taken)
    cut = _sentences(document, plain)
    context = Context(
        document=document,
        text=document.text,
        plain=plain,
        small=small,
        names=names,
        sentences=cut,
        starts=[sentence.start for sentence in cut],
        cued={},
        published=document.published,
        zh=document.lang == "zh" if document.lang else _mostly_han(plain),
    )
    _hand_out(context, times, quantities)
    return context


def _country(document: Document, plain: str, small: str) -> str | None:
    """The country whose money a bare 元 is: told by words of its own in traditional writing."""
    if document.text.isascii() or plain[:4000] == document.text[:4000]:
        return None
    told = next((country for word, country in group("origin").items() if word in small), None)
    if told is None:  # the few words are looked for faster than the characters are counted
        return None
    written = sum(
        a != b and "\u3400" <= b <= "\u9fff" for a, b in zip(plain, document.text, strict=True)
    )
    return told if written >= TRADITIONAL * len(plain) else None


TRADITIONAL = 0.05
"""Share of a text's characters that must be traditional for it to be written so."""


_HAN = re.compile("[\u3400-\u9fff]")


def _mostly_han(text: str) -> bool:
    sample = text[:2000]
    return not sample.isascii() and len(_HAN.findall(sample)) * 4 > len(sample)


def _sentences(document: Document, plain: str) -> list[Sentence]:
    dead = [r for r in document.regions if r.role == "boilerplate"]
    titles = [r for r in document.regions if r.role == "title"]
    found: list[Sentence] = []
    for b, (start, end) in enumerate(blocks(plain)):
        for s, e in sentences(plain, start, end):
            first, last = _living(dead, s, e) if dead else (s, e)
            if first >= last:
                continue
            title = bool(titles) and any(r.start <= first < r.end for r in titles)
            found.append(Sentence(len(found), b, first, last, title=title))
    return found


LEAST_LIVING = 12
"""Characters of a sentence that must be left beside a credit for it to be read."""


def _living(dead: list[Region], start: int, end: int) -> tuple[int, int]:
    """The longest stretch of a sentence outside boilerplate: what follows "(记者 …)"; or nothing."""
    inside = [r for r in dead if r.start < end and start < r.end]
    if not inside:
        return start, end
    edges = [start, *(at for r in inside for at in (r.start, r.end)), end]
    best = max(zip(edges[::2], edges[1::2], strict=True), key=lambda part: part[1] - part[0])
    return best if best[1] - best[0] >= LEAST_LIVING else (start, start)


def _hand_out(context: Context, times: list[Time], quantities: list[Quantity]) -> None:
    for sentence, figures in _dealt(context.sentences, quantities):
        sentence.quantities = figures
    for sentence, mine in _dealt(context.sentences, context.names):
        sentence.names = mine if not sentence.quantities else _not_money(sentence, mine)
    for sentence, dates in _dealt(context.sentences, times):
        sentence.times = dates
    for sentence, cues in _dealt(context.sentences, scanner().scan(context.small)):
        mine_of = sentence.cues
        for cue in cues:
            group = cue.group
            if group in mine_of:
                mine_of[group].append(cue)
            else:
                mine_of[group] = [cue]
                context.cued.setdefault(group, []).append(sentence)


def _not_money(sentence: Sentence, names: list[Name]) -> list[Name]:
    """The names without the currency of an amount: "INR 445 billion", "Rs 515 crore", "5 billion Yuan"."""
    money = [q for q in sentence.quantities if q.dimension == "money"]
    if not money:
        return names
    signs, ends = {q.start for q in money}, {q.end: q.start for q in money}
    return [n for n in names if n.start not in signs and ends.get(n.end, n.start) >= n.start]


def _dealt(sentences: list[Sentence], spans: list[S]) -> Iterator[tuple[Sentence, list[S]]]:
    """Each sentence that has spans, with those that start in it; one walk over both lists."""
    at, size = 0, len(spans)
    for sentence in sentences:
        while at < size and spans[at].start < sentence.start:
            at += 1
        first = at
        while at < size and spans[at].start < sentence.end:
            at += 1
        if at > first:
            yield sentence, spans[first:at]
