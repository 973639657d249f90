"""What the library says went wrong, in the reader's language.

It is said in English where it happens, by the sentences of `nameplate.lexicon.messages`, and so it
stands in the ledger; one that has no translation is shown as it stands.
"""

from __future__ import annotations

from nameplate.errors import NameplateError
from nameplate.lexicon.messages import translated, understood
from nameplate.web.views.words import Words


def say_sentence(sentence: str, words: Words) -> str:
    """One sentence, without a full stop."""
    return translated(sentence, words.tag[:2])


def say_cell(sentence: str, words: Words) -> str:
    """What the ledger keeps of a refused cell: its text and the reason."""
    found = understood(sentence)
    if found is None or found.code != "not_taken":
        return say_sentence(sentence, words)
    return words.say(
        "refused_cell", **found.fields | {"reason": say_sentence(found.fields["reason"], words)}
    )


def say_error(problem: str, remedy: str, words: Words) -> str:
    """What was met and what to do about it."""
    said = translated(problem, words.tag[:2])
    if words.tag.startswith("zh"):
        return f"{said.rstrip('。.')}。{translated(remedy, words.tag[:2])}"
    return f"{said}. {remedy}".rstrip()


def say_raised(error: NameplateError, words: Words) -> str:
    """The same of an error."""
    return say_error(error.problem, error.remedy, words)
