"""Which language a text is written in: by script first, then by its commonest little words."""

from __future__ import annotations

import re

_SAMPLE = 20_000  # code points
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0002fa1f]")
_KANA = re.compile("[\u3041-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
# Function words by whose share English is told from other languages in Latin script.
_ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the of and to in a is for that on was with as by at from it has be are this will an its "
        "were have which or had been their our more than all also not",
    )
)


def language_of(text: str) -> str:
    """``en``, ``zh``, or ``und`` for any other language and for texts with too little to tell.

    Where Chinese and English are mixed, the script that holds more words decides; a Han character
    counts as half a word, as Chinese words have two characters on the average.
    """
    sample = text[:_SAMPLE]
    han = len(_HAN.findall(sample))
    latin = _LATIN_WORD.findall(sample)
    others = len(_WORD.findall(_HAN.sub(" ", _LATIN_WORD.sub(" ", sample))))
    if len(_KANA.findall(sample)) > max(2, han // 20) or len(_HANGUL.findall(sample)) > han:
        return "und"
    if han / 2 > len(latin) and han / 2 > others and han >= 4:
        return "zh"
    if others > len(latin) or not latin:
        return "und"
    little = sum(word.lower() in _ENGLISH for word in latin)
    return "en" if little >= 0.12 * len(latin) or (len(latin) < 12 and sample.isascii()) else "und"
