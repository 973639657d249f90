"""Fields, technologies and products that a phrase names, by their spellings in either language.

The text is a phrase in the spelling of comparison (`nameplate.find.spelling.spell`); the longest spelling
counts. It is for topics and objects of claims, not for whole reports.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from nameplate.find.spelling import spell
from nameplate.lexicon.fields import FieldClass, fields, plain_words, spellings
from nameplate.lexicon.renderings import singular

_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W_\u3400-\u9fff]+(?:\.\d+)?")


class FieldHit(NamedTuple):
    """A stretch of the phrase and all fields that it may mean."""

    start: int
    end: int
    fields: tuple[str, ...]


def fields_in(text: str) -> list[FieldHit]:
    """The fields that a spelled phrase names, in the order in which they stand."""
    return sorted([*_chinese_hits(text), *_english_hits(text)])


def names_any(phrase: str, kinds: Collection[FieldClass]) -> bool:
    """Whether a phrase as written names something of these classes for sure."""
    return any(
        all(fields()[key].kind in kinds for key in hit.fields) for hit in fields_in(spell(phrase))
    )


def _chinese_hits(text: str) -> list[FieldHit]:
    """Fields by their Chinese spellings; one of a single character stands between others or alone."""
    automaton, ids = _chinese()
    found = [
        FieldHit(start, end, ids[i]) for i, start, end in automaton.find_matches_as_indexes(text)
    ]
    if all(hit.end - hit.start > 1 for hit in found):
        return found
    plain = plain_spans(text)
    starts, ends = (
        {hit.start for hit in found} | plain,
        {hit.end for hit in found} | {at + 1 for at in plain},
    )
    return [
        hit
        for hit in found
        if hit.end - hit.start > 1
        or ((hit.start in ends or not _HAN.match(text[hit.start - 1 : hit.start]))
            and (hit.end in starts or not _HAN.match(text[hit.end : hit.end + 1])))
    ]  # fmt: skip


def _english_hits(text: str) -> list[FieldHit]:
    tokens = [(m.start(), m.end(), singular(m.group())) for m in _WORD.finditer(text)]
    table, at = _english(), 0
    found: list[FieldHit] = []
    while at < len(tokens):
        for form, ids in table.get(tokens[at][2], ()):
            size = len(form)
            if tuple(token for _, _, token in tokens[at : at + size]) == form:
                found.append(FieldHit(tokens[at][0], tokens[at + size - 1][1], ids))
                at += size - 1
                break
        at += 1
    return found


@cache
def _chinese() -> tuple[AhoCorasick, list[tuple[str, ...]]]:
    forms = {spell(form): ids for form, ids in spellings(chinese=True).items()}
    return AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest), list(forms.values())


@cache
def _english() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """First word to the spellings that begin with it, the longest first."""
    table: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    for form, ids in spellings(chinese=False).items():
        words = tuple(singular(word) for word in spell(form).split())
        known = table.setdefault(words[0], {})
        known[words] = tuple(dict.fromkeys((*known.get(words, ()), *ids)))
    return {
        first: sorted(some.items(), key=lambda pair: (-len(pair[0]), pair[0]))
        for first, some in table.items()
    }


def plain_spans(text: str) -> set[int]:
    """Places of the characters of Chinese words that say little of a subject."""
    spans = _plain_chinese().find_matches_as_indexes(text)
    return {at for _, start, end in spans for at in range(start, end)}


@cache
def _plain_chinese() -> AhoCorasick:
    return AhoCorasick(sorted(plain_words(chinese=True)), matchkind=MatchKind.LeftmostLongest)
