"""One spelling of a name for comparing it with others.

``Chang’an``, ``Chang'an`` and ``Changan`` are one spelling, as are ``長安`` and ``长安``,
``Co., LTD.`` and ``co ltd``. Unlike `nameplate.find.fold` it keeps no offsets: it is for names,
not for texts.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nameplate.find.fold import fold

_JOINERS = re.compile(r"['\u2018\u2019\u02bc`´]|(?<=\d),(?=\d\d\d)")
_NOISE = re.compile(r"[^\w.]+|(?<!\d)\.|\.(?!\d)|_+")
_BETWEEN_HAN = re.compile(
    r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff0-9])|(?<=[0-9]) (?=[\u3400-\u9fff])"
)


@lru_cache(maxsize=65536)
def spell(name: str) -> str:
    """The name in small letters without accents, quotes and punctuation, words one space apart.

    A decimal point between digits stays (``8.5代``); Chinese characters are simplified and stand
    together. The result may be empty, for a name of signs only.
    """
    small = fold(unicodedata.normalize("NFKC", name)).casefold()
    plain = unicodedata.normalize("NFKD", small)
    bare = plain if plain.isascii() else _without_marks(plain)
    joined = _JOINERS.sub("", bare).replace("&", " and ")
    spaced = " ".join(_NOISE.sub(" ", joined).split())
    return _BETWEEN_HAN.sub("", spaced)


def _without_marks(plain: str) -> str:
    marks = {ord(c): None for c in set(plain) if unicodedata.combining(c)}
    return plain.translate(marks) if marks else plain
