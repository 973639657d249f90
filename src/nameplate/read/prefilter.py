"""Which pages cannot hold a claim, told from their bytes alone, before anything is parsed.

A claim needs words that speak for one, in a language that is read. Markup and scripts are taken out
roughly; what is left must hold the little words of running English and a trigger word, or a Chinese
trigger word in UTF-8, GB18030 or Big5. Pages that hide their text from such a look (UTF-16, numeric
references) pass. Measured by ``benchmarks/archive.py``: the gold reports pass, all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from math import prod

from ahocorasick_rs import BytesAhoCorasick

from nameplate.lexicon import acts, cues
from nameplate.lexicon.load import read_rows

_TAG = re.compile(rb"<[^<>]*>")
_LITTLE = (b" the ", b" of ", b" and ", b" to ")
_LEAST = 4
"""Little words of no other language that an English report has at the least."""
_SHORT = 100
"""Words of a page that is too short to hold as many."""
_TABLES = ("utf-8", "gb18030", "big5hkscs")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HAN_REFERENCE = re.compile(rb"&#(?:x[4-9][0-9a-f]{3}|[23]\d{4}|40\d{3});", re.IGNORECASE)
_MANY_REFERENCES = 20
_WINDOW = 1 << 14
_OVERLAP = 64
_MOST_SPELLINGS = 64
_MAKING = ("measure", "stage", "weak_stage", "event", "item", "per")


def may_hold_claim(data: bytes, *, markup: bool = True) -> bool:
    """False if these bytes, a page or (``markup`` False) a plain text, cannot hold a claim."""
    if data.startswith(_UTF16) or (data.count(b"&#") > _MANY_REFERENCES and _referring(data)):
        return True
    rough = (rough_text(data) if markup else data).lower()
    if _is_english(rough) and _any(_english(), rough):
        return True
    return not rough.isascii() and _any(_chinese(), rough)


def _is_english(rough: bytes) -> bool:
    little = sum(rough.count(word) for word in _LITTLE)
    return little >= _LEAST or (little > 0 and len(rough.split()) < _SHORT)


def _referring(data: bytes) -> bool:
    """Whether Chinese is written in numeric references."""
    return len(_HAN_REFERENCE.findall(data)) > _MANY_REFERENCES


def rough_text(data: bytes) -> bytes:
    """The page without scripts, styles, comments and tags; in time proportional to its length."""
    for start, end in ((b"<!--", b"-->"), (b"<script", b"</script"), (b"<style", b"</style")):
        data = b" ".join(_outside(data, start, end))
    return _TAG.sub(b" ", data)


def _outside(data: bytes, start: bytes, end: bytes) -> Iterator[bytes]:
    first, *rest = data.split(start)
    yield first
    for piece in rest:
        _, found, after = piece.partition(end)
        if found:
            yield after


def _any(automaton: BytesAhoCorasick, data: bytes) -> bool:
    """Whether anything is found; a first window mostly settles it."""
    return any(
        automaton.find_matches_as_indexes(data[at : at + _WINDOW + _OVERLAP])
        for at in range(0, len(data), _WINDOW)
    )


@cache
def _english() -> BytesAhoCorasick:
    return BytesAhoCorasick([word.encode() for word in _words() if word.isascii()])


@cache
def _chinese() -> BytesAhoCorasick:
    """Chinese triggers, in lower-cased bytes as the pages are compared."""
    words = {form for word in _words() if not word.isascii() for form in _spellings(word)}
    forms = {_bytes(word, table) for word in words for table in _TABLES}
    return BytesAhoCorasick(sorted(forms - {b""}))


def _spellings(word: str) -> Iterator[str]:
    """The word in simplified and in traditional characters, mixed as pages mix them."""
    signs = [sign + _traditional().get(sign, "") for sign in word]
    if prod(map(len, signs)) > _MOST_SPELLINGS:
        signs = [sign[:2] for sign in signs]
    return map("".join, product(*signs))


@cache
def _traditional() -> dict[str, str]:
    """The traditional characters that may stand for a simplified one."""
    table: dict[str, str] = {}
    for many, few in read_rows("traditional.tsv"):
        for traditional, simplified in zip(many, few, strict=True):
            table[simplified] = table.get(simplified, "") + traditional
    return table


def _bytes(word: str, table: str) -> bytes:
    try:
        return word.encode(table).lower()
    except UnicodeEncodeError:
        return b""


def _words() -> list[str]:
    tables = (*map(cues.group, _MAKING), *map(acts.act_group, acts.GROUPS))
    return [word for word in set().union(*tables) if len(word) > 1]
