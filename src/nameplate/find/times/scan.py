"""Time words of a text as short runs of coded tokens.

One Aho-Corasick scan for the words and one for the figures; neighbours that are joined by nothing
more than a blank, a comma, "of" or a dash make a run. The grammar reads runs, never the text.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from nameplate.find.times.figures import figures, letter
from nameplate.find.times.tokens import Run, Token
from nameplate.lexicon.times import Word, vocabulary

MAX_GAP = 13
"""Longest stretch, in characters, between two tokens of a run."""
MAX_RUN = 40
"""Most tokens of a run; no expression is longer."""
CORE = frozenset("FZMWPQHyqhmwdceijkuABCGDEVXKTUlYpvOIz%=x*@")
"""Codes that can make a time; a run without one is dropped."""
_start = attrgetter("start")


@cache
def _automaton() -> tuple[AhoCorasick, list[Word]]:
    words = vocabulary().words
    automaton = AhoCorasick(
        list(words), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
    )
    return automaton, list(words.values())


def runs(text: str, small: str) -> list[Run]:
    """Runs of a folded text (``small`` is the same in lower case), in order."""
    tokens = _words(text, small)
    tokens += figures(small)
    tokens.sort(key=_start)
    return _join(small, tokens)


def _words(text: str, small: str) -> list[Token]:
    """Tokens of the words, without those inside longer Latin words."""
    automaton, words = _automaton()
    found = []
    for i, start, end in automaton.find_matches_as_indexes(small):
        word, begin, stop = words[i], start, end
        if word.code == "-":
            continue
        if word.latin:
            if start and letter(small[start - 1]):
                continue
            if small[end - 1] != "." and _letter_or_digit(small[end : end + 1]):
                shorter = _shorter(small, start, end)
                if shorter is None:
                    continue
                stop, word = shorter
            if word.capital and not text[start].isupper():
                continue
        elif word.value == "until_now":
            begin, word = _overlapping(small, start, end, word)
            stop = end + (begin > start and small[end + 1 : end + 2].isdigit())
        found.append(Token(begin, stop, word.code, word.value))
    return found


def _overlapping(small: str, start: int, end: int, word: Word) -> tuple[int, Word]:
    """The word that shares the last sign: 截至今年 holds 今年, not 至今."""
    other = vocabulary().words.get(small[end - 1 : end + 1])
    return (start, word) if other is None else (end - 1, other)


def _shorter(small: str, start: int, end: int) -> tuple[int, Word] | None:
    """The shorter word where a longer one runs on: "year" in "year ended" after "year end"."""
    cut = small.rfind(" ", start, end)
    word = vocabulary().words.get(small[start:cut]) if cut > 0 else None
    return (cut, word) if word is not None else None


def _letter_or_digit(char: str) -> bool:
    return "a" <= char <= "z" or "0" <= char <= "9" or "à" <= char <= "ɏ"


def _hopeful(codes: str) -> bool:
    """Whether a run can hold a time."""
    if len(codes) < 2:
        return codes in CORE
    return not CORE.isdisjoint(codes) or "nn" in codes


_DASHES = frozenset("-–—~")
_BEFORE_DASH = frozenset("NYnRMkjJyumQHFAI")
_AFTER_DASH = frozenset("NYnRMQHFABEI")


def _opens_gap(char: str) -> bool:
    return char in vocabulary().gap_first or char in _DASHES or char.isspace()


def _join(small: str, tokens: list[Token]) -> list[Run]:
    """Tokens grouped to runs; those that cannot make a time are dropped."""
    found: list[Run] = []
    group: list[Token] = []
    codes = ""
    last = -1
    for token in tokens:
        start, code = token.start, token.code
        if start < last:
            continue
        gap = None
        if codes and start - last <= MAX_GAP and (start == last or _opens_gap(small[last])):
            gap = _gap(small, group, token)
        if gap is None or len(codes) > MAX_RUN:
            if _hopeful(codes):
                found.append(Run(codes, group))
            group, codes = [token], code
        elif code == "n" and codes[-1] == "n" and (both := _compound(group[-1], token, gap)):
            group[-1] = both
        else:
            if gap:
                group.append(Token(last, start, gap, 0))
            group.append(token)
            codes += gap + code
        last = token.end
    if _hopeful(codes):
        found.append(Run(codes, group))
    return found


def _compound(tens: Token, ones: Token, gap: str) -> Token | None:
    """ "ninety-six" as one number."""
    ten, one = tens.value, ones.value
    if gap not in ("", "~") or not (isinstance(ten, int) and isinstance(one, int)):
        return None
    if ten % 10 or not 10 < ten < 100 or not 0 < one < 10:
        return None
    return Token(tens.start, ones.end, "n", ten + one)


def _gap(small: str, group: list[Token], right: Token) -> str | None:
    """Code of what stands between a run and the next token; ``None`` parts them."""
    words, left = vocabulary(), group[-1]
    between = small[left.end : right.start]
    code = words.gaps.get(between)
    if code == "" and "-" not in between:
        return code
    bare = between.strip()
    if bare in _DASHES and bare:
        return "~" if left.code in _BEFORE_DASH and right.code in _AFTER_DASH else ""
    if code is None and ("\n" in between or "  " in between) and "\n\n" not in between:
        code = words.gaps.get(_one_blank(between))
    if code == "&":  # "between A and B" is an interval, "A and B" are two times
        return "~" if small.endswith(words.between, 0, group[0].start) else None
    return code


def _one_blank(between: str) -> str:
    """A gap with a line break or several blanks, written with single blanks."""
    bare = " ".join(between.split())
    if not bare:
        return " "
    return f"{' ' * between[0].isspace()}{bare}{' ' * between[-1].isspace()}"
