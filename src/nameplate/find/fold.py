"""One spelling of a text for the finders, with every offset kept.

Reports mix full-width digits, typographic quotes, no-break spaces and both Chinese scripts. Folding
maps them one code point to one code point, so that a span found in the folded text is the same span
in the text as it was published.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from nameplate.lexicon.load import read_rows

_PLAIN = {
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ",
    "\u3000": " ", "\u200b": " ", "\ufeff": " ", "\t": " ", "\u00ad": "-",
    "‘": "'", "’": "'", "＇": "'", "`": "'", "´": "'", "ʼ": "'",
    "＂": '"', "‐": "-", "‑": "-", "‒": "-", "−": "-", "％": "%", "﹪": "%",
}  # fmt: skip


@cache
def _table() -> dict[int, str]:
    table = {ord(k): v for k, v in _PLAIN.items()}
    for first in (0xFF10, 0xFF21, 0xFF41):  # full-width digits, capitals, small letters
        width = 10 if first == 0xFF10 else 26
        table |= {first + i: chr(first + i - 0xFEE0) for i in range(width)}
    table |= {0xFF0E: ".", 0xFF04: "$", 0xFFE5: "¥", 0xFF0F: "/", 0xFF0B: "+", 0xFF5E: "~"}
    for traditional, simplified in read_rows("traditional.tsv"):
        table |= {ord(t): s for t, s in zip(traditional, simplified, strict=True)}
    return table


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """The text in the finders' spelling: same length, simplified, half-width, plain spaces.

    The last texts are kept, since each finder asks for the same one; a folded text folds to itself.
    """
    if text.isascii():
        return text.replace("\t", " ") if "\t" in text else text
    kinds = _kinds(text)
    if len(kinds) > FEW or not _written().isdisjoint(kinds):
        return _full_commas(text.translate(_table()))
    for char in kinds:  # one pass for each costs less than a look-up for every character
        text = text.replace(char, _table()[ord(char)])
    return _full_commas(text)


_HALF = re.compile(
    r"(?<=[\u3400-\u9fff）》」])[,;:](?!//)|(?<=[\w%)”²³]),(?= ?[\u3400-\u9fff“《「])"
    r"|(?<=%);(?=\d+[\u3400-\u9fff])"
)
_TITLE = re.compile(r"\A[^\n。，]{10,60}(?=\n)")
_PAUSE = re.compile(
    r"(?<=[\u3400-\u9fff%\d][\u3400-\u9fff%\d][\u3400-\u9fff%\d][\u3400-\u9fff%\d]) (?=[\u3400-\u9fff\d]{4})"
)


def _parted(title: re.Match[str]) -> str:
    """A Chinese headline with the blank between its two halves as the comma that it stands for."""
    return _PAUSE.sub("，", title[0])


_CASE = re.compile("专案(?![组件预小报会])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FULL = {",": "，", ";": "；", ":": "："}


def _full_commas(text: str) -> str:
    """The text with the half-width commas of Chinese clauses written in full: 签约37家,总投资44亿元."""
    if "专案" in text:  # a project in Taiwan, a police case on the mainland
        text = _CASE.sub("项目", text)
    if "\n" in text:
        text = _TITLE.sub(_parted, text, count=1)
    if "," not in text and ";" not in text and ":" not in text:
        return text
    if _HAN.search(text) is None:
        return text
    return _HALF.sub(lambda m: _FULL[m[0]], text)


def _kinds(text: str) -> Collection[str]:
    """The characters of the text that folding writes in another way.

    A text that GB 2312 can write, as codecs tell in no time, holds no traditional characters: the
    few other signs are then looked for alone.
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return _folded().intersection(text)
    return set(_signs().findall(text))


@cache
def _signs() -> re.Pattern[str]:
    """What folding rewrites of the characters of GB 2312."""
    written = (char for char in _folded() if char.encode("gb2312", "ignore"))
    return re.compile(f"[{re.escape(''.join(sorted(written)))}]")


FEW = 30
"""Different characters up to which a text is folded by one after the other."""


@cache
def _folded() -> frozenset[str]:
    """The characters that folding writes in another way."""
    return frozenset(map(chr, _table()))


@cache
def _written() -> frozenset[str]:
    """Those of them that it writes for others too: their order would matter."""
    return _folded().intersection(_table().values())


@lru_cache(maxsize=4)
def lower(text: str) -> str:
    """Lower case with every offset kept (a few letters grow when lowered; those stay)."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
