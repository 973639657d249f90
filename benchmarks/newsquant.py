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
from nameplate.find.quantity_words import words
from nameplate.lexicon.load import read_toml
from nameplate.lexicon.units import FILE, Units
from nameplate.model import Quantity

Value = float | tuple[float, float]
FILE_NAME = "NewsQuant.json"

# What NewsQuant calls a unit, where that is not the first name in our unit data.
NAMES = {
    "%": "percentage", "USD": "dollar", "CNY": "chinese yuan", "GBP": "pound sterling",
    "JPY": "japanese yen", "AUD": "australian dollar", "CAD": "canadian dollar",
    "HKD": "hong kong dollar", "NZD": "new zealand dollar", "SGD": "singapore dollar",
    "MYR": "malaysian ringgit", "THB": "thai baht", "KRW": "south korean won", "DKK": "danish krone",
    "SEK": "swedish krona", "NOK": "norwegian krone", "ILS": "shekel", "TRY": "turkish lira",
    "ZAR": "south african rand", "GEL": "georgian lari", "HRK": "croatian kuna", "LAK": "lao kip",
    "INR": "indian rupee", "PKR": "pakistani rupee", "CHF": "swiss franc", "RUB": "russian ruble",
    "EUR": "euro", "BTC": "bitcoin", "TWD": "new taiwan dollar", "PHP": "philippine peso",
    "IDR": "indonesian rupiah", "VND": "vietnamese dong", "BRL": "brazilian real",
    "t": "metric ton", "Gt": "gigaton", "Mt": "megaton", "kt": "kiloton", "[lb_av]": "pound-mass",
    "a{age}": "year of age", "mo{age}": "month of age", "wk{age}": "week of age",
    "d{age}": "day of age", "[mi_i]/h": "mile per hour", "km/h": "kilometre per hour",
    "m/s": "metre per second", "km": "kilometre", "{rpm}": "revolutions per minute",
    "N.m": "newton metre",
    "[ft_i].[lbf_av]": "pound-foot", "[HP]{brake}": "brake horsepower", "Cel": "celsius",
    "[degF]": "fahrenheit", "deg": "degree", "[PNU]": "pixel", "10*6.[PNU]": "megapixel",
    "{frame}/s": "frame per second", "[ppm]": "part per million", "[ppb]": "parts-per-billion",
    "10*6.[Btu]": "mega british thermal unit", "Mbit/s": "megabit per second",
    "Gbit/s": "gigabit per second", "Kbit/s": "kilobit per second", "10.a": "decade",
    "100.a": "century", "mA.h": "milliampere-hour", "A.h": "ampere-hour", "A": "ampere",
    "mA": "milliampere", "k[psi]": "kilopound per square inch", "[psi]": "pound per square inch",
    "kW.h": "kilowatt hour", "MW.h": "megawatt hour", "GW.h": "gigawatt hour",
    "TW.h": "terawatt hour", "W.h": "watt hour", "[ston_av]": "ton", "K": "kelvin",
    "cd/m2": "nit", "{point}": "point", "[bp]": "basis point",
}  # fmt: skip
# The same where the words of the text decide among several names.
SAID = {
    "lb-ft": "foot pound-force", "metric tons": "metric ton", "metric ton": "metric ton",
    "tons": "ton", "ton": "ton", "cent": "cent", "cents": "cent",
    "pence": "penny",
    "p": "point",
    "percentage points": "percentage point", "percentage point": "percentage point",
    "megapixel": "megapixel", "megapixels": "megapixel", "bps": "basis point",
}  # fmt: skip
IRREGULAR = {
    "children": "child", "men": "man", "women": "woman", "feet": "foot", "fishermen": "fisherman",
    "lives": "life", "wives": "wife", "halves": "half", "series": "series", "species": "species",
}  # fmt: skip


# The paper's units are lemmas.
ADJECTIVES = {
    "best": "good", "largest": "large", "biggest": "big", "oldest": "old", "hottest": "hot",
    "proudest": "proud", "realest": "real", "greatest": "great", "highest": "high", "worst": "bad",
    "fastest": "fast", "latest": "late", "earliest": "early", "newest": "new", "strongest": "strong",
    "closest": "close", "longest": "long", "richest": "rich", "smaller": "small", "larger": "large",
    "bigger": "big", "older": "old", "younger": "young", "better": "good", "smallest": "small",
}  # fmt: skip


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
        tags.append(found)
        last = quantity
    return tags


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
        text[: low.start].rstrip().lower().endswith((" from", " from up to"))
        and re.fullmatch(r"[^;,0-9]{0,36}\bto ?[-$]?", between) is not None
    )


def _tag(text: str, quantity: Quantity) -> dict[str, Any]:
    factor, unit = _said_unit(text[quantity.start : quantity.end], quantity)
    if quantity.per and re.match(
        rf" (?:a|per) {quantity.per}", text[quantity.end : quantity.end + 16]
    ):
        unit += f" per {quantity.per}"
    pair = quantity.low is not None and quantity.high is not None
    said = [quantity.low, quantity.high] if pair else [quantity.value]
    values = [float(v / factor) for v in said if v is not None]
    bound = {">=": ">", "<=": "<"}.get(quantity.bound, quantity.bound)
    change = bound if bound != "=" else quantity.trend or "="
    return {
        "value": tuple(values) if pair else values[0],
        "normalized_unit": unit,
        "change": change,
    }


def _said_unit(quote: str, quantity: Quantity) -> tuple[Decimal, str]:
    """What to divide the value by to get the number as written, and NewsQuant's unit name."""
    low = quote.lower()
    if quantity.unit == "1":
        return Decimal(1), _counted(quantity)
    if quantity.unit == "%" and not any(
        w in low for w in ("%", "percent", "per cent", "pc", "pct")
    ):
        return Decimal(100), "% " + _counted(quantity)
    for said, name in sorted(SAID.items(), key=lambda e: -len(e[0])):
        if (
            re.search(rf"(?:^|[^a-z]){re.escape(said)}(?:$| (?:an?|per) )", low)
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


def _counted(quantity: Quantity) -> str:
    """The counted noun in the singular, "-" where nothing is counted."""
    if not quantity.item:
        return "-"
    *rest, last = quantity.item.split()
    if last.lower() == "times":
        last = "count"
    rest = [ADJECTIVES.get(w.lower(), w) for w in rest if not w.endswith("ing") and w != "most"]
    return " ".join([*rest, singular(last)])


def singular(word: str) -> str:
    """An English noun in the singular."""
    low = word.lower()
    if low in IRREGULAR:
        return IRREGULAR[low]
    for ending, instead in (
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
    ):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return word[: -len(ending)] + instead
    if low.endswith(("ruses", "nuses")):
        return word[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
