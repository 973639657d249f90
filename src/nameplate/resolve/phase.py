"""The phase that a name speaks of: "Phase II", "second phase", 二期, 2期."""

from __future__ import annotations

from nameplate.lexicon.names import name_words


def split_phase(tokens: list[str]) -> tuple[str | None, list[str]]:
    """The phase as a number, if the tokens of a name give one, and the tokens without it."""
    for at in range(len(tokens)):
        for found in (_latin(tokens, at), _digits(tokens, at), _han(tokens[at])):
            if found is not None:
                phase, width, rest = found
                return phase, [*tokens[:at], *rest, *tokens[at + width :]]
    return None, tokens


_Found = tuple[str, int, list[str]]


def _latin(tokens: list[str], at: int) -> _Found | None:
    """Read "Phase II" and "second phase"."""
    words = name_words("en")
    pair = tokens[at : at + 2]
    if len(pair) == 2 and pair[0] in words.phases:
        number = words.numerals.get(pair[1], pair[1] if pair[1].isdigit() else None)
        return None if number is None else (number, 2, [])
    if len(pair) == 2 and pair[1] in words.phases and pair[0] in words.numerals:
        return words.numerals[pair[0]], 2, []
    return None


def _digits(tokens: list[str], at: int) -> _Found | None:
    """Read 2期, of which the tokens are "2" and a run that begins with 期."""
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if not tokens[at].isdigit() or not following.startswith(name_words("zh").phases):
        return None
    return tokens[at], 2, [following[1:]] if following[1:] else []


def _han(token: str) -> _Found | None:
    """Read 二期 anywhere in a run."""
    words = name_words("zh")
    for at in range(len(token) - 1):
        if token[at] in words.numerals and token[at + 1] in words.phases:
            rest = (token[:at], token[at + 2 :])
            return words.numerals[token[at]], 1, [part for part in rest if part]
    return None
