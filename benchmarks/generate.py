"""Ledgers of any size, made up from a seed, with the truth of which claim speaks of which thing.

    uv run python benchmarks/generate.py TARGET.ledger [--claims 10000] [--seed 1]

Firms with brands of their own, their plants and projects in towns, parks and officials. A thing has
two or three names that reports use; some things are written about often, most seldom. Everything is
invented; the sentences are the quotes of their claims.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from nameplate.ledger import Addition, Ledger
from nameplate.model import Claim, Document

PER_REPORT = 10
PER_THING = 10
FIRST = date(2012, 1, 1)
DAYS = 4400

_SYLLABLES = [
    a + b
    for a in ["b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z"]
    for b in ("a", "e", "i", "o", "u", "en", "ar", "il")
]
_SECTORS = [
    "tyre",
    "battery",
    "steel",
    "glass",
    "chip",
    "cement",
    "paper",
    "solar",
    "pump",
    "cable",
]
_GENERIC = ["plant", "project", "production base", "production line"]
_HAN = "川岭泽辰拓坤霖瑞恒捷鼎昊翔骏晟铭睿炜彦皓琪"
_ZH_SECTORS = {"轮胎": "轮胎", "电池": "电池", "钢铁": "钢铁", "玻璃": "玻璃"}


class Thing(NamedTuple):
    """One real thing: its kind, and the names that reports use for it."""

    kind: Any
    names: tuple[str, ...]


def world(count: int, seed: int) -> list[Thing]:
    """That many things; brands and towns are each other's only by kinship, never by accident."""
    dice = Random(seed)
    brands = _words(dice, 3, max(4, count // 3))
    towns = _words(dice, 2, max(4, min(count // 20, 6000)))
    made: list[Thing] = []
    while len(made) < count:
        brand, town = dice.choice(brands), dice.choice(towns)
        made.append(_thing(dice, brand, town, len(made)))
    return made


def _words(dice: Random, syllables: int, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found.setdefault("".join(dice.choice(_SYLLABLES) for _ in range(syllables)).capitalize())
    return list(found)


def _thing(dice: Random, brand: str, town: str, number: int) -> Thing:
    sector, kind = dice.choice(_SECTORS), dice.random()
    if kind < 0.25:
        firm = f"{brand} {sector.capitalize()}"
        return Thing("company", (f"{firm} Co., Ltd.", firm, f"{firm} Company Limited"))
    if kind < 0.75:
        generic = dice.choice(_GENERIC)
        name = f"{brand} {town} {sector} {generic}"
        return Thing(
            "project" if generic == "project" else "plant",
            (name, f"{brand} {town} {sector} {generic}".upper(), f"the {name}"),
        )
    if kind < 0.85:
        han = "".join(dice.choice(_HAN) for _ in range(3)) + str(number)
        product = dice.choice(list(_ZH_SECTORS))
        return Thing("project", (f"{han}{product}项目", f"{han} {product}项目"))
    if kind < 0.95:
        name = f"{town} {brand} Industrial Park"
        return Thing("park", (name, f"the {name}"))
    return Thing("person", (f"{dice.choice('ABCDEFG')}. {brand}",))


def reports(claims: int, seed: int) -> Iterator[tuple[Document, list[Claim], list[int]]]:
    """Reports with ten claims each, and for each claim the number of the thing it speaks of."""
    things = world(max(1, claims // PER_THING), seed)
    dice = Random(seed + 1)
    for number in range(-(-claims // PER_REPORT)):
        yield _report(dice, things, number)


def _report(
    dice: Random, things: list[Thing], number: int
) -> tuple[Document, list[Claim], list[int]]:
    day = FIRST + timedelta(days=number * DAYS // max(number + 1, 100_000) + dice.randrange(60))
    text, claims, truth = "", [], []
    for _ in range(2):
        which = int(len(things) * dice.random() ** 1.5)
        thing = things[which]
        name = dice.choice(thing.names)
        for _ in range(PER_REPORT // 2):
            words, fields = _said(dice, day)
            sentence = f"{name}: {words}."
            start = len(text) + len(name) + 2
            claims.append(
                Claim(
                    subject=name, subject_kind=thing.kind, quote=words, start=start,
                    end=start + len(words), **fields,
                )
            )  # fmt: skip
            truth.append(which)
            text += sentence + "\n"
    document = Document(
        id=f"report-{number}", text=text, title=f"Report {number}", published=day.isoformat(),
        lang="en", publisher="Sampleton Gazette",
    )  # fmt: skip
    return document, claims, truth


def _said(dice: Random, day: date) -> tuple[str, dict[str, Any]]:
    kind = dice.randrange(4)
    when = (day + timedelta(days=dice.randrange(-300, 300))).isoformat()[: dice.choice((4, 7, 10))]
    modality = "planned" if dice.random() < 0.4 else "actual"
    if kind == 0:
        stage = dice.choice(["signed", "started", "topped_out", "completed", "producing"])
        return f"{stage} in {when}", {
            "kind": "milestone", "stage": stage, "when": when, "modality": modality,
        }  # fmt: skip
    if kind == 1:
        value = Decimal(dice.randrange(2, 900)) * 10_000_000
        return f"an investment of {value} yuan", {
            "kind": "quantity", "measure": "investment", "value": value, "unit": "CNY",
            "aggregate": "level", "modality": modality,
        }  # fmt: skip
    if kind == 2:
        value = Decimal(dice.randrange(10, 4000))
        return f"{value} workers in {when}", {
            "kind": "quantity", "measure": "employment", "value": value, "unit": "1",
            "item": "workers", "aggregate": "level", "when": when, "modality": "actual",
        }  # fmt: skip
    town = dice.choice(["Arvik", "Belton", "Corvid", "Dunmore"])
    return f"it lies in {town}", {"kind": "relation", "relation": "located_in", "object": town}


class Calendar:
    """A clock that moves on by a second a look, so that any day of the past can be asked again."""

    def __init__(self) -> None:
        self._ticks = 0

    def __call__(self) -> str:
        self._ticks += 1
        days, seconds = divmod(self._ticks, 86_400)
        day = FIRST + timedelta(days=days)
        return f"{day}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000000Z"


def fill(target: Path, claims: int, seed: int, clock: Calendar) -> None:
    """Write a ledger of that many claims."""
    stream = reports(claims, seed)
    with Ledger.open(target, clock=clock) as ledger:
        while portion := [Addition(d, c) for d, c, _ in islice(stream, 1000)]:
            ledger.add_many(portion)
            print(f"{target.name}: {portion[-1].document.id}", file=sys.stderr)


def main() -> None:
    """Make one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", type=Path)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    fill(args.target, args.claims, args.seed, Calendar())


if __name__ == "__main__":
    main()
