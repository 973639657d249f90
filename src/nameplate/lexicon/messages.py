"""What the program says of returns and findings, in every language: ``data/messages/*.toml``.

A message is a code with fields. The ledger and the command line keep its English sentence, from
which code and fields are read back: the sentence is made by the very template that reads it.
"""

from __future__ import annotations

import re
import string
from functools import cache

from nameplate.errors import LexiconError
from nameplate.lexicon.load import Entry, read_toml
from nameplate.lexicon.measures import measures
from nameplate.lexicon.stages import stages
from nameplate.model import Record

LANGUAGES = ("en", "zh")
_FILE = "messages/{}.toml"
_LONGEST = 2_000
"""Characters of a sentence that is read back; a longer one is nobody's template."""
_DEPTH, _INNER = 3, 3
_KEYS, _KEY = frozenset({"measure", "stage"}), r"\w+"
_SENTENCES = frozenset({"reason", "problem", "problems", "kind"})
"""Blanks that hold a sentence of these tables, or several with semicolons between."""


class Message(Record, frozen=True, kw_only=True):
    """What is to be said: the code of its template, and what stands in its blanks."""

    code: str
    fields: dict[str, str] = {}

    def __str__(self) -> str:
        return say(self)


class _File(Entry, frozen=True, kw_only=True):
    say: dict[str, str]
    finding: dict[str, str]


def message(code: str, **fields: object) -> Message:
    """The message with its blanks filled; they are kept as texts."""
    return Message(code=code, fields={name: str(value) for name, value in fields.items()})


def told(code: str, **fields: object) -> str:
    """The English sentence."""
    return say(message(code, **fields))


def say(said: Message, lang: str = "en") -> str:
    """The message in a language. In any but English a measure or stage has its name, and a blank that
    is itself a sentence of these tables is said in the language as well."""
    fields = said.fields
    if lang != LANGUAGES[0]:
        fields = {name: _worded(name, value, lang) for name, value in fields.items()}
    return templates(lang)[said.code].format(**fields)


def understood(sentence: str) -> Message | None:
    """The message that an English sentence was made from, None for any other sentence."""
    if len(sentence) > _LONGEST:
        return None
    for code, pattern in _patterns():
        if found := pattern.fullmatch(sentence):
            return Message(code=code, fields=found.groupdict())
    return None


def translated(sentence: str, lang: str, depth: int = 0) -> str:
    """A sentence of these tables in a language; any other one as it stands."""
    found = understood(sentence) if lang != LANGUAGES[0] and depth < _DEPTH else None
    return say(found, lang) if found is not None else sentence


@cache
def templates(lang: str) -> dict[str, str]:
    """The templates of a language by code; every language must have those of English."""
    return _file(lang).say


def finding(code: str, lang: str, **fields: str) -> str:
    """What a check found, said in a language; whoever calls has worded the fields."""
    return _file(lang).finding[code].format(**fields)


@cache
def _file(lang: str) -> _File:
    table = read_toml(_FILE.format(lang), _File)
    if lang != LANGUAGES[0]:
        model = _file(LANGUAGES[0])
        _check_same(lang, table.say | table.finding, model.say | model.finding)
    return table


def _check_same(lang: str, table: dict[str, str], model: dict[str, str]) -> None:
    odd = sorted(set(table) ^ set(model))
    odd += [c for c in table if c in model and not _blanks(table[c]) <= _blanks(model[c])]
    if odd:
        raise LexiconError(
            f"these messages or their blanks are not those of English: {', '.join(odd)}",
            where=f"data/{_FILE.format(lang)}", remedy="Give all languages the same messages.",
        )  # fmt: skip


def _blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _worded(name: str, value: str, lang: str) -> str:
    known = measures().get(value) if name == "measure" else None
    known = known or (stages().get(value) if name == "stage" else None)  # type: ignore[assignment]
    if known is not None:
        return known.zh if lang.startswith("zh") else known.en
    if name not in _SENTENCES:
        return value
    return "；".join(translated(part, lang, 1) for part in _parts(value))


def _parts(value: str) -> list[str]:
    """The sentences between semicolons; one that holds a semicolon itself is whole again."""
    pieces, made = value.split("; "), list[str]()
    while pieces:
        ends = range(min(len(pieces), _INNER), 0, -1)
        end = next((n for n in ends if understood("; ".join(pieces[:n])) is not None), 1)
        made.append("; ".join(pieces[:end]))
        del pieces[:end]
    return made


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The English templates as patterns: first those that hold a sentence, then by their words."""
    table = [(code, list(string.Formatter().parse(text))) for code, text in templates("en").items()]
    table.sort(key=lambda entry: _precedence(entry[1]))
    return tuple((code, re.compile(_pattern(pieces), re.DOTALL)) for code, pieces in table)


_Pieces = list[tuple[str, str | None, str | None, str | None]]


def _precedence(pieces: _Pieces) -> tuple[bool, int]:
    holds = any(name in _SENTENCES for _, name, _, _ in pieces)
    return not holds, -sum(len(words) for words, *_ in pieces)


def _pattern(pieces: _Pieces) -> str:
    made = ""
    for words, name, _, _ in pieces:
        made += re.escape(words)
        if name:
            made += f"(?P<{name}>{_KEY if name in _KEYS else '.*?'})"
    return made
