"""What a phrase is about: the fields that it names in either language, and its own words.

Fields are found by their spellings in ``data/fields.tsv`` and ``data/terms.tsv``, the longest first. A
spelling that may mean several things ("transmission" of a car, of power, of a picture) is read by the
company that it keeps. Two phrases are compared field by field: the same field, a broader one, or one
beside it; each part of the evidence can be said in words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from nameplate.find.spelling import spell
from nameplate.lexicon.fields import fields, plain_words, spellings, upwards, weight
from nameplate.lexicon.renderings import singular
from nameplate.model import Record

_HAN = re.compile(r"[\u3400-\u9fff]+")
_JOINT = re.compile("[ 的]?")
_WORD = re.compile(r"[^\W_\u3400-\u9fff]+(?:\.\d+)?")
_ENDINGS = (
    "ations",
    "ation",
    "ings",
    "ing",
    "ions",
    "ion",
    "ers",
    "er",
    "ors",
    "or",
    "ed",
    "al",
    "e",
    "y",
)
_LEAST_STEM = 4
_LONGEST = 1_000
"""So many characters of a topic are read; who writes more has not named one thing."""

_STEP = 0.6
"""What a step to the broader field leaves of a weight."""

_WANT = 0.25
"""How much a field counts that says what kind of help is sought, not of what."""

_MODIFIER = 0.6
"""How much a field counts that only tells the kind of another."""

_PLAIN, _NAMED = 0.15, 0.5
"""How much a word counts that says little, and one that a field was already found by."""


_UNKNOWN = (0.5, 0.25)
"""What a word that is no field we know says of a phrase: a Latin word, a pair of characters."""


class Naming(NamedTuple):
    """A field that a phrase names, by which of its words, and how sure: a share of 1.

    ``modifies``: it only tells what kind of a thing the next field is ("car" in "car tyres").
    """

    field: str
    words: str
    share: float = 1.0
    modifies: bool = False


class Meaning(Record, frozen=True, kw_only=True, gc=False):
    """What a phrase is about.

    ``words`` are stems and pairs of characters with their weights; ``open`` is what the phrase says
    by words that are no field we know.
    """

    named: tuple[Naming, ...] = ()
    words: dict[str, float] = {}
    open: float = 0.0


class Alike(NamedTuple):
    """Two fields of two phrases that are near each other, and what makes them so.

    ``shared`` is the narrowest field that both lie in, ``score`` from 0 to 1 (the same field).
    """

    one: Naming
    two: Naming
    shared: str
    score: float


@lru_cache(maxsize=65536)
def meaning(text: str) -> Meaning:
    """Read one phrase; any text gives a meaning, be it an empty one."""
    spelled = spell(text[:_LONGEST])
    hits = [*_chinese_hits(spelled), *_english_hits(spelled)]
    named = tuple(_settled(spelled, hits))
    spans = [(start, end) for start, end, _ in hits]
    words = dict(_words(spelled, spans))
    unknown = (_UNKNOWN[bool(_HAN.match(word))] for word, told in words.items() if told >= 1.0)
    return Meaning(named=named, words=words, open=sum(unknown))


class _Hit(NamedTuple):
    start: int
    end: int
    candidates: tuple[Naming, ...]


def _settled(text: str, hits: Sequence[_Hit]) -> Iterator[Naming]:
    """The fields of each hit: of several candidates the one that the others speak for, or all in part."""
    sure = {
        up for hit in hits if len(hit.candidates) == 1 for up in upwards(hit.candidates[0].field)
    }
    starts = {hit.start for hit in hits}
    seen: dict[str, Naming] = {}
    for hit in sorted(hits):
        joint = _JOINT.match(text, hit.end)
        modifies = joint is not None and joint.end() in starts
        for naming in _read(hit.candidates, sure):
            before = seen.get(naming.field)
            if before is None or before.modifies:
                seen[naming.field] = naming._replace(modifies=modifies)
    yield from seen.values()


def _read(candidates: Sequence[Naming], sure: Collection[str]) -> Sequence[Naming]:
    if len(candidates) == 1:
        return candidates
    spoken_for = [sum(weight(up) for up in upwards(one.field) if up in sure) for one in candidates]
    best = max(spoken_for)
    if best > 0 and spoken_for.count(best) == 1:
        return (candidates[spoken_for.index(best)],)
    return [one._replace(share=1 / len(candidates)) for one in candidates]


def _chinese_hits(text: str) -> list[_Hit]:
    """Fields by their Chinese spellings; a spelling of one character stands between others or alone."""
    automaton, forms = _chinese()
    spans = automaton.find_matches_as_indexes(text)
    found = [(forms[i], start, end) for i, start, end in spans]
    ends = {end for _, _, end in found} | {at + 1 for at in _plain_spans(text)}
    starts = {start for _, start, _ in found} | _plain_spans(text)
    return [
        _Hit(start, end, form)
        for form, start, end in found
        if len(form[0].words) > 1
        or (
            (start in ends or not _HAN.match(text[start - 1 : start]))
            and (end in starts or not _HAN.match(text[end : end + 1]))
        )
    ]


def _english_hits(text: str) -> list[_Hit]:
    tokens = [(m.start(), m.end(), singular(m.group())) for m in _WORD.finditer(text)]
    table, found, at = _english(), [], 0
    while at < len(tokens):
        for form, named in table.get(tokens[at][2], ()):
            size = len(form)
            if tuple(token for _, _, token in tokens[at : at + size]) == form:
                start, end = tokens[at][0], tokens[at + size - 1][1]
                found.append(
                    _Hit(start, end, tuple(Naming(one.field, text[start:end]) for one in named))
                )
                at += size - 1
                break
        at += 1
    return found


@cache
def _chinese() -> tuple[AhoCorasick, list[tuple[Naming, ...]]]:
    forms = {spell(form): (form, ids) for form, ids in spellings(chinese=True).items()}
    named = [tuple(Naming(key, form) for key in ids) for form, ids in forms.values()]
    return AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest), named


@cache
def _english() -> dict[str, list[tuple[tuple[str, ...], tuple[Naming, ...]]]]:
    """First word to the spellings that begin with it, the longest first."""
    table: dict[str, dict[tuple[str, ...], dict[str, Naming]]] = {}
    for form, ids in spellings(chinese=False).items():
        words = tuple(singular(word) for word in spell(form).split())
        named = table.setdefault(words[0], {}).setdefault(words, {})
        named.update({key: Naming(key, form) for key in ids})
    return {
        first: sorted(
            ((words, tuple(named.values())) for words, named in some.items()),
            key=lambda pair: (-len(pair[0]), pair[0]),
        )
        for first, some in table.items()
    }


def stem(word: str) -> str:
    """An English word without its usual endings: "recycling" and "recycle" are one."""
    bare = singular(word)
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _LEAST_STEM:
            return bare[: -len(ending)]
    return bare


def _words(text: str, covered: Sequence[tuple[int, int]]) -> Iterator[tuple[str, float]]:
    """Stems of Latin words and pairs of characters, each with what it says before it is counted."""
    weights: dict[str, float] = {}
    for word, start, end, plain in (*_latin(text), *_pairs(text)):
        told = _PLAIN if plain else 1.0
        if any(first <= start and end <= last for first, last in covered):
            told *= _NAMED
        weights[word] = max(told, weights.get(word, 0.0))
    yield from sorted(weights.items())


def _latin(text: str) -> Iterator[tuple[str, int, int, bool]]:
    plain = plain_words(chinese=False)
    for found in _WORD.finditer(text):
        word = found.group()
        yield stem(word), found.start(), found.end(), singular(word) in plain or word in plain


def _pairs(text: str) -> Iterator[tuple[str, int, int, bool]]:
    plain = _plain_spans(text)
    for run in _HAN.finditer(text):
        if len(run.group()) == 1:
            yield run.group(), run.start(), run.end(), run.start() in plain
        for start in range(run.start(), run.end() - 1):
            pair = text[start : start + 2]
            yield pair, start, start + 2, start in plain or start + 1 in plain


def _plain_spans(text: str) -> set[int]:
    spans = _plain_chinese().find_matches_as_indexes(text)
    return {at for _, start, end in spans for at in range(start, end)}


@cache
def _plain_chinese() -> AhoCorasick:
    return AhoCorasick(sorted(plain_words(chinese=True)), matchkind=MatchKind.LeftmostLongest)


@lru_cache(maxsize=262144)
def nearness(one: str, two: str) -> tuple[float, str]:
    """How near two fields are, from 0 to 1, and the narrowest field that both lie in."""
    if one == two:
        return 1.0, one
    left, right = _around(one), _around(two)
    common = left.keys() & right.keys()
    if not common:
        return 0.0, ""
    dot = sum(left[key] * right[key] for key in sorted(common))
    shared = max(sorted(common), key=lambda key: (weight(key), -len(upwards(key))))
    return dot / (_norm(one) * _norm(two)), shared


@cache
def _around(key: str) -> dict[str, float]:
    return {up: weight(up) * _STEP**steps for up, steps in upwards(key).items()}


@cache
def _norm(key: str) -> float:
    return float(sum(value * value for value in _around(key).values())) ** 0.5 or 1.0


def importance(naming: Naming) -> float:
    """What a field that is named says of the phrase."""
    entry = fields()[naming.field]
    told = _WANT if entry.kind == "want" else _MODIFIER if naming.modifies else 1.0
    return max(weight(naming.field), 0.05) * told * naming.share


def aligned(one: Meaning, two: Meaning) -> list[Alike]:
    """For each field of ``one`` the nearest of ``two``, if any is near at all."""
    found = []
    for naming in one.named:
        best: Alike | None = None
        for other in two.named:
            score, shared = nearness(naming.field, other.field)
            if score > 0 and (best is None or score > best.score):
                best = Alike(naming, other, shared, score)
        if best is not None:
            found.append(best)
    return found


def covered(one: Meaning, pairs: Sequence[Alike]) -> float:
    """How much of what ``one`` is about the pairs, in which its fields stand first, account for."""
    whole = sum(map(importance, one.named)) + one.open
    return sum(importance(pair.one) * pair.score for pair in pairs) / whole if whole else 0.0
