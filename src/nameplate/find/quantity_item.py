"""What is counted: the noun phrase behind a number.

No tagger: a phrase in a spaced language ends before a word of the stop list, before punctuation,
or with its plural head ("10,812 industrial enterprises | in Chongqing"). In an unspaced language it
ends with a known head noun, or fills the space up to punctuation.
"""

from __future__ import annotations

import re

from nameplate.find.quantity_words import Words

Span = tuple[int, int]

_WORD = re.compile(r"[ \t\xa0]{1,2}(?:\r?\n[ \t]{0,8})?|\r?\n[ \t]{0,8}")
_TOKEN = re.compile(r"[“\"‘'(]?(?P<w>[A-Za-z0-9](?:[\w’'&/\-]|\.(?=\w))*)[”\"’]?")
_RUN = re.compile(r"[“\"《]?[^，。；、！？：（）()《》“”\"\s,;:!?|【】]{1,24}[”\"]?")
_MANY = 8
_VERBAL = ("ed", "ing")


def noun_phrase(words: Words, text: str, pos: int, *, one: bool = False) -> Span | None:
    """The phrase that starts at or after ``pos``; ``one`` where the number is 1."""
    start = end = None
    tokens: list[str] = []
    headed = False
    at = pos
    for _ in range(_MANY):
        gap = _WORD.match(text, at)
        if gap is None and tokens:
            break
        token = _TOKEN.match(text, gap.end() if gap else at)
        if token is None:
            break
        word = token["w"]
        low = word.lower()
        if not tokens and low in words.opening:
            at = token.end()
            continue
        if low in words.stop or (word[0].isdigit() and not _numbered(word, tokens)):
            break
        plural = is_plural(words, low)
        if (headed or one) and plural and tokens and one and not headed:
            break
        if headed and not plural:
            break
        if tokens and not plural and low.endswith(_VERBAL) and not _goes_on(words, text, token.end()):
            break
        headed = headed or plural
        start = token.start("w") if start is None else start
        at = end = token.end()
        if text[end - 1] in "”\"’'" and end > token.end("w") and text[token.start()] not in "“\"‘'":
            at = end = token.end("w")
        tokens.append(word)
    if start is None or end is None or not (headed or _short(tokens, one)):
        return None
    if headed and tokens[-1].lower() in words.counted:
        return _with_of(words, text, start, end)
    return start, end


def _goes_on(words: Words, text: str, pos: int) -> bool:
    """Does a plural noun follow soon, so that a word in -ed is an adjective?"""
    for token in _TOKEN.finditer(text, pos, pos + 40):
        low = token["w"].lower()
        if low in words.stop:
            return False
        if is_plural(words, low):
            return True
    return False


def _numbered(word: str, tokens: list[str]) -> bool:
    """A figure inside a name: "5G", or the 3 of "Model 3"."""
    return not word.isdigit() or bool(tokens and tokens[-1][0].isupper())


def _short(tokens: list[str], one: bool) -> bool:
    """May a phrase without a plural head stand?"""
    last = tokens[-1].lower()
    return len(tokens) <= (4 if one else 2) and not last.endswith(("ed", "ly", "ing"))


def is_plural(words: Words, low: str) -> bool:
    """Does the word look like a plural noun?"""
    if low in words.plurals:
        return True
    return (
        len(low) > 3
        and low.endswith("s")
        and not low.endswith(("ss", "us", "is", "’s", "'s"))
        and low not in words.not_plural
    )


def _with_of(words: Words, text: str, start: int, end: int) -> Span:
    """Add "of understanding" to "memorandums"."""
    behind = material(words, text, end)
    return (start, behind[1]) if behind else (start, end)


def past_of(words: Words, text: str, pos: int) -> int | None:
    """Where the words behind "of" begin, gap included."""
    gap = _WORD.match(text, pos)
    of = words.of.starting(text, gap.end()) if gap else None
    return of[1] if of else None


def group_of(words: Words, text: str, pos: int) -> Span | None:
    """The group behind "one": "of the largest factories"; its noun is a plural."""
    at = past_of(words, text, pos)
    for _ in range(2):
        gap = _WORD.match(text, at) if at is not None else None
        token = _TOKEN.match(text, gap.end()) if gap else None
        if token is None:
            return None
        if token["w"].lower() in words.partitive:
            at = token.end()
            continue
        return noun_phrase(words, text, at) if at is not None else None
    return None


def material(words: Words, text: str, pos: int) -> Span | None:
    """What a measured amount is an amount of: "of standard coal"."""
    at = past_of(words, text, pos)
    if at is None:
        return None
    start = end = None
    for count in range(5):
        gap = _WORD.match(text, at)
        token = _TOKEN.match(text, gap.end()) if gap else None
        if token is None or token["w"].lower() in words.stop or token["w"].isdigit():
            break
        if count == 4:
            return None
        start = token.start("w") if start is None else start
        at = end = token.end("w")
    return None if start is None or end is None else (start, end)


def unspaced_phrase(words: Words, text: str, pos: int) -> Span | None:
    """The counted phrase directly behind a counter in a language without spaces."""
    run = _RUN.match(text, pos)
    if run is None:
        return None
    stop = run.end()
    at, head = pos, None
    while at < stop:
        found = words.heads.starting(text, at)
        if found and found[1] <= stop:
            at = found[1]
            head = at if found[0] else head
            continue
        if head is not None:
            break
        if words.stops.starting(text, at) or (text[at].isdigit() and at == pos):
            stop = at
            break
        at += 1
    if head is not None:
        return pos, (stop if stop == run.end() and stop - head <= 2 else head)
    whole = stop - pos
    return (
        (pos, stop) if 2 <= whole <= 8 and stop == run.end() and not text[pos].isascii() else None
    )
