"""NewsQuant (Almasian et al., EMNLP 2023): its scoring, and our readings in its terms.

The scoring follows the paper's own evaluation rule by rule, also where it is generous: a gold value
may be matched by every prediction of that value until the sentence's gold count is used up.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from nameplate.find.quantity import find_quantities
from nameplate.find.quantity_around import said_before
from nameplate.find.quantity_item import noun_phrase
from nameplate.find.quantity_words import words
from nameplate.lexicon.load import read_toml
from nameplate.lexicon.units import FILE, Units
from nameplate.model import Quantity
from newsquant_names import ADJECTIVES, NAMES, SAID, singular

Value = float | tuple[float, float]
FILE_NAME = "NewsQuant.json"


class Score(NamedTuple):
    """F1 in percent, as in the paper: value, value and unit, value and change."""

    value: float
    unit: float
    change: float


class Sentence(NamedTuple):
    """A sentence with its gold quantities."""

    text: str
    gold: list[dict[str, str]]


def read(folder: Path) -> list[Sentence]:
    """The test set, from a checkout of CQE_Evaluation somewhere below ``folder``."""
    path = below(folder, f"formatted_test_set/{FILE_NAME}")
    if path is None:
        raise FileNotFoundError(f"{folder}: no formatted_test_set/{FILE_NAME} below it")
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [Sentence(row["text"], row["quantities"]) for row in rows]


def below(folder: Path, pattern: str) -> Path | None:
    """The first path of that pattern in the folder or in those that it links to."""
    roots = [folder, *(p.resolve() for p in sorted(folder.iterdir()) if p.is_symlink())]
    return next((path for root in roots for path in sorted(root.rglob(pattern))), None)


def gold_value(text: str) -> Value:
    """A number, or the pair of a range written "low-high"."""
    if "-" in text and "E" not in text and not text.startswith("-"):
        low, high = text.split("-")[:2]
        return float(low), float(high)
    return float(text)


def same(one: Value, two: Value) -> bool:
    """Are two values the same, within the paper's tolerance?"""
    if isinstance(one, tuple) and isinstance(two, tuple):
        return all(_close(a, b) for a, b in zip(one, two, strict=True))
    if isinstance(one, tuple) or isinstance(two, tuple):
        return False
    return _close(one, two)


def _close(one: float, two: float) -> bool:
    return math.isfinite(two) and abs(one - two) <= 1e-8 + 1e-5 * abs(two)


def score(gold: Sequence[list[dict[str, str]]], found: Sequence[list[dict[str, Any]]]) -> Score:
    """The paper's three F1 figures over sentences in order."""
    values = units = changes = 0
    for wanted, tags in zip(gold, found, strict=True):
        v, u, c = _hits(wanted, tags)
        values, units, changes = values + v, units + u, changes + c
    wanted_n, found_n = sum(map(len, gold)), sum(map(len, found))
    return Score(*(_f1(hits, wanted_n, found_n) for hits in (values, units, changes)))


def _hits(wanted: list[dict[str, str]], found: list[dict[str, Any]]) -> tuple[int, int, int]:
    values = units = changes = 0
    left = len(wanted)
    tags = sorted(found, key=lambda tag: str(tag["normalized_unit"]))
    for gold in sorted(wanted, key=lambda tag: tag["normalized_unit"]):
        value = gold_value(gold["value"])
        for tag in tags:
            if not same(value, _value(tag["value"])):
                continue
            if left > 0:
                values, left = values + 1, left - 1
            changes += tag["change"] == gold["change"]
            if tag["normalized_unit"].lower() == gold["normalized_unit"].lower():
                units += 1
                tags = [t for t in tags if t is not tag]
                break
    return values, units, changes


def _value(value: Any) -> Value:
    return (float(value[0]), float(value[1])) if isinstance(value, list | tuple) else float(value)


def _f1(hits: int, wanted: int, found: int) -> float:
    if not hits or not wanted or not found:
        return 0.0
    precision, recall = hits / found, hits / wanted
    return round(200 * precision * recall / (precision + recall), 1)


def range_recall(
    gold: Sequence[list[dict[str, str]]], found: Sequence[list[dict[str, Any]]]
) -> float:
    """Share of the gold ranges, in percent, that are found as that range."""
    hits = total = 0
    for wanted, tags in zip(gold, found, strict=True):
        for quantity in wanted:
            value = gold_value(quantity["value"])
            if isinstance(value, tuple):
                total += 1
                hits += any(same(value, _value(tag["value"])) for tag in tags)
    return round(100 * hits / total, 1) if total else 0.0


def tag(text: str) -> list[dict[str, Any]]:
    """Our quantities of a sentence in NewsQuant's terms."""
    tags: list[dict[str, Any]] = []
    last: Quantity | None = None
    for quantity in find_quantities(text):
        found = _tag(text, quantity)
        if last is not None and _from_to(text, last, quantity):
            first = tags.pop()
            found["value"] = (first["value"], found["value"])
            found["change"] = _trend_before(text, last.start) or first["change"]
        inner = _of_group(text, quantity, found)
        tags += [*_either(text, quantity, found), *inner]
        last = quantity
    return tags


def _either(text: str, quantity: Quantity, found: dict[str, Any]) -> list[dict[str, Any]]:
    """ "eight or nine euros" are two quantities to NewsQuant."""
    if quantity.low is None or " or " not in text[quantity.start : quantity.end]:
        return [found]
    low, high = found["value"]
    return [found | {"value": low}, found | {"value": high, "change": "="}]


def _of_group(text: str, quantity: Quantity, found: dict[str, Any]) -> list[dict[str, Any]]:
    """ "one of four concepts" is a quarter to NewsQuant, "two of the three" are two and three."""
    if not quantity.item or quantity.item_start is None or quantity.unit != "1":
        return []
    inside = find_quantities(text[quantity.item_start : quantity.item_end])
    if len(inside) != 1 or inside[0].start or inside[0].value is None or not inside[0].item:
        return []
    whole = _counted(inside[0], text)
    if quantity.value == 1 and quantity.doubt:
        found["value"], found["normalized_unit"] = float(1 / inside[0].value), "% " + whole
        return []
    found["normalized_unit"] = whole
    return [{"value": float(inside[0].value), "normalized_unit": whole, "change": "="}]


_FROM = (
    " from",
    " from up to",
    " from about",
    " from around",
    " from just",
    " from nearly",
    " from as low as",
    " from just under",
    " from some",
)
_TO = re.compile(
    r"(?:[^;.]|\.[0-9]){0,48}\b(?:to|until) (?:an?|about|around|some|over|more than|nearly|almost|just|up to|under"
    r"|roughly|at least|estimated|as much as|as many as|as high as| )*[-$€£]?"
)


def _trend_before(text: str, start: int) -> str:
    before = said_before(words(), text, start)
    low = text[:start].lower().rstrip()
    return before.trend or (
        said_before(words(), text, len(low) - 4).trend if low.endswith("from") else ""
    )


def _from_to(text: str, low: Quantity, high: Quantity) -> bool:
    """NewsQuant reads "from A to B" as one range, also where a value moves from A to B."""
    if low.unit != high.unit or low.value is None or high.value is None:
        return False
    between = text[low.end : high.start]
    if between.strip() in ("to", "-", "–", "to-") and low.value > high.value:
        return True
    return (
        text[: low.start].rstrip().lower().endswith(_FROM)
        and _TO.fullmatch(between) is not None
        and not re.search(r"\b(?:and|but|while)\b", between)
    )


def _tag(text: str, quantity: Quantity) -> dict[str, Any]:
    factor, unit = _said_unit(text[quantity.start : quantity.end], quantity, text)
    behind = _PER.match(text, quantity.end)
    if (
        behind
        and " per " not in unit
        and (
            behind[1] == "per"
            or behind[2] == quantity.per
            or (unit == "count" and behind[2] in _SPELLS)
        )
    ):
        unit += " per year" if behind[2] == "annum" else f" per {behind[2]}"
    if quantity.unit == "1":
        unit += _in_whole(text, quantity)
    pair = quantity.low is not None and quantity.high is not None
    said = [quantity.low, quantity.high] if pair else [quantity.value]
    values = [float(v / factor) for v in said if v is not None]
    bound = {">=": ">", "<=": "<"}.get(quantity.bound, quantity.bound)
    if bound == "~" and text[quantity.start - 1 : quantity.start] == "(":
        bound = "="  # NewsQuant leaves "about" at the first of "about 5 miles (8 km)"
    change = bound if bound != "=" else quantity.trend or "="
    return {
        "value": tuple(values) if pair else values[0],
        "normalized_unit": unit,
        "change": change,
    }


_SPELLS = ("second", "minute", "night", "season")
_PER = re.compile(r" (per|an?) ([a-z]+)\b")
_WHOLE = re.compile(r" (?:in|of|on) (?:the |his |her |its |their |our |my )?([A-Za-z]{3,})\b")
_OF = re.compile(r"(?: of)?(?: the| an?| its| their| his| her| our| all| my)*(?= )")


def _in_whole(text: str, quantity: Quantity) -> str:
    """ "one of the oldest parks | in America": NewsQuant's unit goes on."""
    if not quantity.doubt or not quantity.item or quantity.item_end is None:
        return ""
    first, last = quantity.item.split()[0].lower(), quantity.item.split()[-1]
    whole = _WHOLE.match(text, quantity.item_end)
    best = first == "most" or first in ADJECTIVES or first.endswith("est")
    return f" {singular(whole[1])}" if whole and best and last else ""


def _said_unit(quote: str, quantity: Quantity, text: str) -> tuple[Decimal, str]:
    """What to divide the value by to get the number as written, and NewsQuant's unit name."""
    low = quote.lower()
    if quantity.unit == "1":
        return Decimal(1), _counted(quantity, text)
    if quantity.unit == "%" and not any(
        w in low for w in ("%", "percent", "per cent", "pc", "pct")
    ):
        return Decimal(100), "% " + _shared(quantity, text)
    for said, name in sorted(SAID.items(), key=lambda e: -len(e[0])):
        if (
            re.search(rf"(?:^|[^a-z]){re.escape(said)}(?:$|[ -](?:an?|per|of)[ -])", low)
            and "per cent" not in low
        ):
            below = quantity.unit.partition("/")[2].strip("{}")
            full = f"{name} per {below}" if below else name
            return (
                Decimal("0.01") if quantity.dimension in ("money", "price") else Decimal(1)
            ), full
    unit, _, below = (
        quantity.unit.partition("/") if quantity.unit not in NAMES else (quantity.unit, "", "")
    )
    factor, name = _converted(low, unit)
    name = NAMES.get(unit, name)
    if quote.startswith("$") and name.endswith(" dollar") and quote[1:2] in "0123456789 .-":
        name = "dollar"  # a bare sign is never resolved
    if below:
        name += " per " + NAMES.get(below, below[1:-1] if below.startswith("{") else _first(below))
    elif quantity.per and said_per(low):
        name += f" per {quantity.per}"
    return factor, name


def said_per(low: str) -> bool:
    """Does the quote itself say the rate, as NewsQuant wants it?"""
    return bool(re.search(r"(?: per | an? |/)[a-z-]+$", low))


def _converted(low: str, code: str) -> tuple[Decimal, str]:
    """Areas come in square metres: go back to the unit that the words use."""
    if code == "m2":
        for unit in read_toml(FILE, Units).units:
            if unit.report and any(_ends(low, n.lower()) for n in (*unit.names, *unit.symbols)):
                top, _, bottom = (unit.factor or "1").partition("/")
                return Decimal(top) / Decimal(bottom or "1"), unit.names[0]
    return Decimal(1), _first(code)


def _ends(quote: str, name: str) -> bool:
    return quote.endswith(name) or f" {name} of " in quote


def _first(code: str) -> str:
    file = read_toml(FILE, Units)
    for unit in file.units:
        if unit.code == code:
            return next((n for n in unit.names if n.isascii()), code)
    return next((c.suffix[0] for c in file.currencies if c.code == code), code)


def _shared(quantity: Quantity, text: str) -> str:
    """The noun behind a fraction ("half the revenue"), "-" where there is none."""
    if quantity.item:
        return _counted(quantity, text)
    of = _OF.match(text, quantity.end)
    span = noun_phrase(words(), text, of.end()) if of and of.end() > quantity.end else None
    if span is None or (of and not of.group().strip()):
        return "-"
    return _lemmas(text[span[0] : span[1]])


def _counted(quantity: Quantity, text: str) -> str:
    """The counted noun in the singular, "-" where nothing is counted."""
    if not quantity.item or quantity.item_start is None:
        return "-"
    skipped = text[quantity.start : quantity.item_start].split()[-1:]
    kept = (
        skipped[0] + " " if skipped and skipped[0] in ("other", "different", "additional") else ""
    )
    return kept + _lemmas(quantity.item)


def _lemmas(phrase: str) -> str:
    *rest, last = phrase.split()
    if last.lower() == "times":
        last = "count"
    rest = [ADJECTIVES.get(w.lower(), w.removesuffix("’s").removesuffix("'s")) for w in rest]
    if not rest and last[0].isupper() and not last.isupper():  # a name: "Americans"
        return " ".join([*rest, last])
    return " ".join([*(w for w in rest if w != "most"), singular(last)])
