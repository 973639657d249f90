"""Which phase a scope speaks of: parts that never overlap, so that they can be summed."""

from __future__ import annotations

from nameplate.find.spelling import spell
from nameplate.lexicon.names import name_words


def phase_of(scope: str | None) -> str | None:
    """The number of the phase in "Phase II", "the second phase", 二期; ``None`` for anything else."""
    spelling = spell(scope or "")
    tokens = [token for token in spelling.split() if token != "the"]
    words = name_words("en")
    if len(tokens) == 2:
        for word, number in (tokens, reversed(tokens)):
            if word in words.phases and (number in words.numerals or number.isdigit()):
                return words.numerals.get(number, number)
    han = name_words("zh")
    at = next((i for i, sign in enumerate(spelling[:4]) if sign in han.phases), 0)
    number = spelling[:at].removeprefix("第")
    if number in han.numerals or number.isdecimal():
        return han.numerals.get(number, number)
    return None
