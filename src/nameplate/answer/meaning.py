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

from nameplate.find.field import FieldHit, fields_in, plain_spans
from nameplate.find.spelling import spell
from nameplate.lexicon.fields import fields, plain_words, upwards, weight
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
    hits = fields_in(spelled)
    named = tuple(_settled(spelled, hits))
    spans = [(hit.start, hit.end) for hit in hits]
    words = dict(_words(spelled, spans))
    unknown = (_UNKNOWN[bool(_HAN.match(word))] for word, told in words.items() if told >= 1.0)
    return Meaning(named=named, words=words, open=sum(unknown))


def _settled(text: str, hits: Sequence[FieldHit]) -> Iterator[Naming]:
    """The fields of each hit: of several candidates the one that the others speak for, or all in part."""
    sure = {up for hit in hits if len(hit.fields) == 1 for up in upwards(hit.fields[0])}
    starts = {hit.start for hit in hits}
    seen: dict[str, Naming] = {}
    for hit in sorted(hits):
        joint = _JOINT.match(text, hit.end)
        modifies = joint is not None and joint.end() in starts
        words = text[hit.start : hit.end]
        for naming in _read([Naming(key, words) for key in hit.fields], sure):
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
    plain = plain_spans(text)
    for run in _HAN.finditer(text):
        if len(run.group()) == 1:
            yield run.group(), run.start(), run.end(), run.start() in plain
        for start in range(run.start(), run.end() - 1):
            pair = text[start : start + 2]
            yield pair, start, start + 2, start in plain or start + 1 in plain


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
