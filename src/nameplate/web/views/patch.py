"""A claim's fields as a form, and what a reviewer changed in it as a patch.

The fields offered are those that the kind of claim uses; where the words stand is never offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import msgspec
from markupsafe import Markup

from nameplate.errors import UsageError
from nameplate.find.edtf import interval
from nameplate.lexicon.measures import measures
from nameplate.lexicon.stages import stages
from nameplate.model import Claim
from nameplate.web.views.shown import plain
from nameplate.web.views.words import Words, choose
from nameplate.web.views.words import words as words_of

_COMMON = ("subject", "scope", "when", "modality")
_BY_KIND = {
    "quantity": ("measure", "value", "low", "high", "unit", "item", "bound", "per", "aggregate"),
    "milestone": ("stage", "binding"),
    "relation": ("relation", "object", "role"),
    "visit": ("purpose",),
    "instruction": ("by", "to", "text"),
    "need": ("topic",),
    "capability": ("topic",),
}
_NUMBERS = frozenset({"value", "low", "high"})
_LISTED = frozenset({
    "measure", "stage", "modality", "aggregate", "per", "relation", "bound", "binding",
})  # fmt: skip
"""Fields of which one of a few values is chosen."""
_LONGEST = 400


class Field(msgspec.Struct, frozen=True):
    """A field of the form; ``options`` are what may be chosen, as HTML, none for free text."""

    name: str
    label: str
    value: str
    options: Markup


def fields(claim: Claim, words: Words) -> list[Field]:
    """The form for this claim, as it stands; what is longer than a form takes is not offered."""
    offered = (*_BY_KIND[claim.kind], *_COMMON)
    short = (name for name in offered if len(_written(getattr(claim, name))) <= _LONGEST)
    return [_field(name, claim, words) for name in short]


def _field(name: str, claim: Claim, words: Words) -> Field:
    value = _written(getattr(claim, name))
    chosen = _chosen(name, value, words.tag) if name in _LISTED else Markup()
    return Field(name, words.say(f"field_{name}"), value, chosen)


@lru_cache(maxsize=2_000)
def _chosen(name: str, value: str, tag: str) -> Markup:
    """The options of a field with one chosen: a page of twenty forms prints thousands of them."""
    options = _options(name, words_of(choose(tag, None, "")))
    if value and value not in {key for key, _ in options}:
        options.append((value, value))
    one = Markup('<option value="{}"{}>{}</option>')
    mark = {True: Markup(" selected"), False: ""}
    return Markup().join(one.format(plain(k), mark[k == value], plain(said)) for k, said in options)


def _written(kept: Any) -> str:
    return f"{kept:f}" if isinstance(kept, Decimal) else str(kept or "")


def _options(name: str, words: Words) -> list[tuple[str, str]]:
    blank = [("", "–")]
    match name:
        case "measure":
            return [*blank, *((key, words.measure(key)) for key in measures())]
        case "stage":
            return [*blank, *((key, words.stage(key)) for key in stages())]
        case "modality" | "aggregate" | "per" | "relation":
            return [*blank, *getattr(words, name).items()]
        case "bound":
            return [*blank, *((key, key) for key in words.bound)]
        case _:
            return [*blank, ("framework", "framework"), ("contract", "contract")]


def patch_of(claim: Claim, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the form that say something else than the claim; an emptied one is ``None``.

    Raises `UsageError` for a number or date that is none, and if nothing was changed.
    """
    offered = (*_BY_KIND[claim.kind], *_COMMON)
    patch: dict[str, Any] = {}
    for name in offered:
        kept = getattr(claim, name)
        # What the form could only show as a placeholder comes back as one, and is no change.
        if name in given and str(given[name]).strip() != plain(_written(kept)).strip():
            value = _value(name, str(given[name]).strip()[:_LONGEST])
            if value != kept:
                patch[name] = value
    if not patch:
        raise UsageError("nothing was changed", remedy="Change a field, or accept the claim.")
    if patch.get("subject", "") is None:
        raise UsageError("a claim needs a subject", remedy="Say what it is about.")
    return patch


def _value(name: str, text: str) -> str | Decimal | None:
    if not text:
        return None
    if name in _NUMBERS:
        try:
            number = Decimal(text.replace(",", "").replace(" ", ""))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number.adjusted()) > 30:
            raise UsageError(f"{text!r} is no number", remedy="Write digits, such as 2400000000.")
        return number
    if name == "when" and "XXXX" not in text and interval(text) is None:
        raise UsageError(f"{text!r} is no date", remedy="Write 2024, 2024-06 or 2024-06-05.")
    return text
