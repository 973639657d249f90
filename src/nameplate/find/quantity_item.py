"""What is counted: the noun phrase behind a number.

No tagger: a phrase in a spaced language ends before a word of the stop list, before punctuation,
or with its plural head ("10,812 industrial enterprises | in Chongqing"). In an unspaced language it
ends with a known head noun, or fills the space up to punctuation.
"""

from __future__ import annotations

import re
from string import ascii_letters, digits

from nameplate.find.quantity_words import Words

Span = tuple[int, int]

_WORD = re.compile(r"[ \t\xa0]{1,2}(?:\r?\n[ \t]{0,8})?|\r?\n[ \t]{0,8}")
_TOKEN = re.compile(
    r"[“\"‘']?(?P<w>(?:[A-Z]\.){2,4}|[A-Za-z0-9](?:[\w&/\-]|[’'](?!['’])|\.(?=\w))*)[”\"’]?"
)
_RUN = re.compile(
    r"(?:[“\"《「][^，。；！？：“”\"《》「」\s]{1,16}[”\"》」])?[^，。；、！？：（）()《》“”\"「」\s,;:!?|【】]{0,24}"
)
_GRADE = re.compile(r"[^，。、的及和0-9]{1,3}级")  # 国家|卓越级智能工厂
_RATED = re.compile(
    r"(?:合计|各|可|设计)?[年日月](?:产|处理|加工|回收|供|发|吞吐)[\u4e00-\u9fff]{0,4}?约?\d"
)
"""What one line makes is a figure of its own: 一条 | 年产5万吨石墨生产线."""
_MANY = 8
_HYPHENED = re.compile(r"-([A-Za-z]+)(?![A-Za-z])")
_VERBAL = ("ed", "ing")
_DOSE = re.compile(r"[0-9.,]+[a-z]*")  # 386 15mg pills
_SCORE = re.compile(r"[0-9]+-[0-9]+")
_SUM = re.compile(
    r"[0-9.,]+-(?:million|billion|trillion|yuan|dollar|euro)"
)  # One 3-billion-yuan plan
_FIGURE = re.compile(r"[0-9]+[.,][0-9.,]+")


_GAP_FIRST = frozenset(" \t\xa0\r\n")
_FIRST = _GAP_FIRST | frozenset(ascii_letters + digits + "“\"‘'")
"""Characters that a phrase of words with blanks, or the gap before it, begins with."""


def noun_phrase(words: Words, text: str, pos: int, *, one: bool = False) -> Span | None:
    """The phrase that starts at or after ``pos``; ``one`` where the number is 1."""
    if text[pos : pos + 1] not in _FIRST:
        return None
    phrase = _Phrase(words, text, one)
    at = pos
    for _ in range(_MANY):
        gap = _WORD.match(text, at)
        token = _TOKEN.match(text, gap.end() if gap else at)
        if token is None or (gap is None and phrase.tokens) or not phrase.takes(token):
            break
        at = phrase.take(token)
    span = phrase.span()
    if span and not phrase.headed and text.startswith(" than ", span[1]):
        return None  # 40k cheaper than
    if span and phrase.headed and phrase.tokens[-1].lower() in words.counted:
        behind = material(words, text, span[1])  # memorandums | of understanding
        return (span[0], behind[1]) if behind else span
    return span


class _Phrase:
    """A noun phrase of a spaced language while it grows."""

    def __init__(self, words: Words, text: str, one: bool) -> None:
        self.words = words
        self.text = text
        self.one = one
        self.tokens: list[str] = []
        self.start = self.end = 0
        self.headed = False  # has the plural head been met?

    def takes(self, token: re.Match[str]) -> bool:
        """Does the phrase go on with this word?"""
        word, words = token["w"], self.words
        low = word.lower()
        if not self.tokens and low in words.opening:
            return True
        if low in words.joining:
            open_ = bool(self.tokens) and not self.headed and not self.one
            return open_ and self._plural_ahead(token)
        if low in words.stop or (word[0].isdigit() and not self._numbered(word)):
            return False
        if _SCORE.fullmatch(word) or _SUM.match(word):
            return False
        if (
            word[0].isdigit()
            and (_FIGURE.fullmatch(word) or not self.tokens)
            and _DOSE.fullmatch(word)
        ):
            return False
        if self.headed and low.endswith("est") and self._plural_ahead(token):
            self.headed = False  # the worlds largest ports
            return True
        if is_plural(words, word):
            return not (self.one and self.tokens) or self.headed
        if self.headed:
            return False
        adjective = low in words.soft_stop or (bool(self.tokens) and low.endswith(_VERBAL))
        return not adjective or self._plural_ahead(token)

    def take(self, token: re.Match[str]) -> int:
        """Add the word; where the next one may begin."""
        low = token["w"].lower()
        end = token.end()
        if end > token.end("w") and self.text[token.start()] not in "“\"‘'":
            end = token.end("w")  # a closing quote that was opened before the phrase
        if not self.tokens and low in self.words.opening:
            return end
        if not self.tokens:
            self.start = token.start("w")
        self.headed = self.headed or is_plural(self.words, token["w"])
        self.tokens.append(token["w"])
        self.end = end
        return end

    def span(self) -> Span | None:
        """The phrase, if it has a plural head or is short enough to stand without."""
        if not self.tokens:
            return None
        last = self.tokens[-1].lower()
        short = len(self.tokens) <= (4 if self.one else 3)
        if not self.headed and (not short or last.endswith(("ed", "ly", "ing"))):
            return None
        return self.start, self.end

    def _numbered(self, word: str) -> bool:
        """A figure inside a name: "5G", or the 3 of "Model 3"."""
        return not word.isdigit() or bool(self.tokens and self.tokens[-1][0].isupper())

    def _plural_ahead(self, token: re.Match[str]) -> bool:
        """Does a plural noun follow soon, so that the word is an adjective?"""
        for ahead in _TOKEN.finditer(self.text, token.end(), token.end() + 40):
            low = ahead["w"].lower()
            if low in self.words.stop or low[0].isdigit():
                return False
            if is_plural(self.words, ahead["w"]):
                return True
        return False


def is_plural(words: Words, word: str) -> bool:
    """Does the word look like a plural noun?"""
    low = word.lower()
    if low in words.plurals or (word[-1] == "s" and word[-2:-1].isupper()):  # MoUs, SUVs
        return True
    if low.endswith("men") and len(low) > 4:  # policemen, linemen
        return low not in words.not_plural
    return (
        len(low) > 3
        and low.endswith("s")
        and not low.endswith(("ss", "us", "is", "’s", "'s"))
        and low not in words.not_plural
    )


def hyphened(words: Words, text: str, pos: int) -> Span | None:
    """The noun of "a 700-room hotel"."""
    noun = _HYPHENED.match(text, pos) if text[pos : pos + 1] == "-" else None
    if noun is None:
        return None
    word = noun[1].lower()
    figure = pos > 0 and text[pos - 1].isdigit() and len(word) > 3 and noun[1].islower()
    open_ = figure and word not in words.stop and word not in words.not_hyphenated
    if word in words.hyphenated or (open_ and not word.endswith((*_VERBAL, "fold", "al"))):
        return noun.span(1)
    return None


def past_of(words: Words, text: str, pos: int) -> int | None:
    """Where the words behind "of" begin, gap included."""
    after = text[pos : pos + 2]
    if after[:1] not in _GAP_FIRST or (after[0] == " " and after[1:] not in words.of_first):
        return None
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
        group = _numbered_group(words, text, token) or noun_phrase(words, text, at)  # type: ignore[arg-type]
        return (
            group
            if group and is_plural(words, text[group[0] : group[1]].rsplit(maxsplit=1)[-1])
            else None
        )
    return None


def _numbered_group(words: Words, text: str, token: re.Match[str]) -> Span | None:
    """ "last 12 games": a group with its own number in digits."""
    start, first = token.start("w"), token
    if first["w"].lower() in words.ordering:
        gap = _WORD.match(text, first.end())
        found = _TOKEN.match(text, gap.end()) if gap else None
        if found is None:
            return None
        first = found
    if not first["w"].replace(",", "").isdigit() or len(first["w"]) > 6:
        return None
    things = noun_phrase(words, text, first.end())
    return (start, things[1]) if things else None


def pronoun_of(words: Words, text: str, pos: int) -> bool:
    """Does "of them" stand behind the number?"""
    at = past_of(words, text, pos)
    gap = _WORD.match(text, at) if at is not None else None
    token = _TOKEN.match(text, gap.end()) if gap else None
    return token is not None and token["w"].lower() in words.pronouns


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
    """The counted phrase directly behind a counter in a language without spaces.

    It ends with the first known head noun and those that follow it directly, unless a particle or a
    conjunction comes before; without a head noun it must fill the space up to punctuation.
    """
    run = _RUN.match(text, pos)
    if run is None or run.end() == pos or text[pos].isdigit() or _RATED.match(text, pos):
        return None
    stop = run.end()
    head, brake = _head(words, text, pos, stop)
    if head is not None:
        rest = text[head:stop]
        short = len(rest) <= 2 and not _brakes(words, text, head) and rest[-1:] not in "”」》"
        return pos, (stop if short else head)
    if brake is None and 2 <= stop - pos <= 8 and not text[pos].isascii():
        return pos, stop
    return None


def _head(words: Words, text: str, pos: int, stop: int) -> tuple[int | None, int | None]:
    """Where the chain of head nouns ends, and where something first breaks the phrase."""
    at, brake = pos, None
    head_first, stop_first = words.heads.first, words.stops.first
    while at < stop:
        char = text[at]
        found = words.heads.starting(text, at) if char in head_first else None
        if found and found[0] and found[1] <= stop:
            graded = None if _brakes(words, text, found[1]) else _GRADE.match(text, found[1], stop)
            after = _head(words, text, graded.end(), stop)[0] if graded else None
            return after or _chain(words, text, found[1], stop), None
        if found:
            at = found[1]
        elif char in stop_first and words.stops.starting(text, at):
            return None, at
        else:
            if brake is None and words.soft_stops.starting(text, at):
                brake = at
            at += 1
    return None, brake


def _chain(words: Words, text: str, at: int, stop: int) -> int:
    """The end of the head nouns that follow one another (平台|基地), past a closing quote."""
    while at < stop:
        after = at + 1 if text[at] in "”」》" else at
        found = words.heads.starting(text, after)
        if not found or found[1] > stop:
            return after
        at = found[1]
    return at


def _brakes(words: Words, text: str, at: int) -> bool:
    return bool(words.stops.starting(text, at) or words.soft_stops.starting(text, at))
