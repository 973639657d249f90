"""A finding in words: the English sentence, and the code and fields by which any language says it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from nameplate.answer.wording import figure, measure, milestone, number, source
from nameplate.lexicon import messages
from nameplate.model import Claim, Entry, Finding

Severity = Literal["info", "warning", "error"]
NAMES = ("one", "two", "three")
NUMBERS = frozenset({"total", "part", "whole", "full"})
"""Fields that are numbers, to be written as each language does."""


def finding(
    check: tuple[str, str],
    severity: Severity,
    subject: str,
    entries: Sequence[Entry],
    **fields: str,
) -> Finding:
    """What a check found in the entries; ``check`` is its name with the code of its sentence.

    ``fields`` are what the entries do not say themselves: a sum, how many times, a year.
    """
    name, code = check
    claim = entries[-1].claim
    known = {"measure": claim.measure or "", "item": claim.item or ""} | fields
    return Finding(
        check=name,
        severity=severity,
        subject=subject,
        message=_sentence(code, entries, known),
        claims=tuple(entry.key for entry in entries),
        code=code,
        fields={key: value for key, value in known.items() if value},
    )


def blanks(sides: Sequence[tuple[str, str]], shape: str, comma: str) -> dict[str, str]:
    """The blanks of a sentence that its claims fill, each side as (what it says, its source);
    ``shape`` puts the two together."""
    whole = [shape.format(said, source) for said, source in sides]
    made = {"all": comma.join(whole), "n": str(len(sides)), "last": whole[-1]}
    made |= {"figure_last": sides[-1][0], "source_last": sides[-1][1]}
    made["parts"] = " + ".join(said for said, _ in sides[:-1])
    for name, told, (said, where) in zip(NAMES, whole, sides, strict=False):
        made |= {name: told, f"figure_{name}": said, f"source_{name}": where}
    return made


def _sentence(code: str, entries: Sequence[Entry], fields: dict[str, str]) -> str:
    sides = [(_said(entry.claim), source(entry)) for entry in entries]
    told = blanks(sides, "{} ({})", "; ")
    told |= {k: number(Decimal(v)) if k in NUMBERS else v for k, v in fields.items()}
    told["measure"] = measure(entries[-1].claim)
    return messages.finding(code, "en", **told)


def _said(claim: Claim) -> str:
    return milestone(claim) if claim.kind == "milestone" else figure(claim)
