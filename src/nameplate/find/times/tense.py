"""Whether the words around a time speak of what is past or to come."""

from __future__ import annotations

import re
from functools import cache

from nameplate.lexicon.times import vocabulary

STOP = re.compile(r"[。！？；!?]|\n\s{0,9}\n|(?<=[a-z0-9%)\"'][a-z0-9%)\"'][a-z0-9%)\"'])\.\s")
"""End of a sentence, roughly; a full stop after a short word may be an abbreviation's."""
SENTENCE = 300
"""Characters either way that a sentence is looked for."""
WINDOW = 90
"""Characters either way within which a word tells the tense."""
BESIDE = 4
"""Characters within which a word of reporting still tells it."""


def sentence(small: str, at: int) -> tuple[int, int]:
    """Rough bounds of the sentence around a place."""
    start = max(0, at - SENTENCE)
    for match in STOP.finditer(small, start, at):
        start = match.end()
    stop = STOP.search(small, at, at + SENTENCE)
    return start, stop.start() if stop else min(len(small), at + SENTENCE)


def same_sentence(small: str, start: int, end: int) -> bool:
    """Whether no sentence ends between two places."""
    return end - start <= SENTENCE and STOP.search(small, start, end) is None


def tense(small: str, at: int) -> str | None:
    """``past`` or ``future`` by the nearest telling word before, else after, in the sentence."""
    start, end = sentence(small, at)
    pattern, words = _telling()
    before = None
    for match in pattern.finditer(small, max(start, at - WINDOW), at):
        if words.get(match[0]) != "report" or at - match.end() <= BESIDE:
            before = match
    word = before or pattern.search(small, at, min(end, at + WINDOW))
    if word is None:
        return None
    told = words.get(word[0]) or ("future" if " " in word[0] else "past")
    return "past" if told == "report" else told


@cache
def _telling() -> tuple[re.Pattern[str], dict[str, str]]:
    """Pattern of the words that tell the tense, and what each tells."""
    words = vocabulary().tense
    ordered = sorted(words, key=lambda w: (w[0] == "-", -len(w)))
    return re.compile("|".join(_form(w) for w in ordered)), words


def _form(word: str) -> str:
    """Pattern of an entry: "-ed" is an ending, "be *" takes the next word with it."""
    if word[0] == "-":
        return rf"\b\w{{0,16}}[^\We]{re.escape(word[1:])}\b"
    if word.endswith(" *"):
        return rf"\b{re.escape(word[:-2])} \w{{1,16}}"
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
