"""Our quantities in NewsQuant's terms: its values, units and changes.

NewsQuant was tagged with the help of CQE and keeps its habits: ends of a movement are a range, bounds
are those said by a short list of words, and what is measured by no unit is counted by its noun.
"""

from __future__ import annotations

import re
from typing import Any

from nameplate.find.quantity import find_quantities
from nameplate.find.quantity_around import said_before
from nameplate.find.quantity_words import words
from nameplate.model import Quantity
from newsquant_names import UNSAID, UNSAID_TREND
from newsquant_units import counted, is_member, members, said_unit

Tag = dict[str, Any]

_GENERATION = re.compile(r"(?<![\w.])([2-6])G\b")
_FROM = re.compile(
    r"\bfrom(?: (?:up to|as low as|about|around|just under|just over|just|nearly|some|under|over))?$"
)
_TO = re.compile(
    r"(?:[^;.(]|\.[0-9]){0,48}\b(?:to|until) (?:an?|about|around|some|over|more than|nearly|almost|just|up to|under"
    r"|roughly|at least|estimated|as much as|as many as|as high as| )*[-$€£]?"
)
_OTHERS = re.compile(r"\b(?:and|but|while)\b")
_OF_THEM = re.compile(r" of (?:them|which|whom|us)\b")
_ONE_OF = re.compile(r"\b[Oo]ne of $")
_NEARLY = r"(?:about |just |only |around |nearly |some |an? )*"
_AGAINST = re.compile(  # "$5.2 billion, up from 4.8 billion"
    rf",? (?:(?:up |down |lower than |more than )?from|compared (?:with|to)|versus|vs\.?|against|than) {_NEARLY}"
)
_LISTED = re.compile(
    rf",? (?:(?:and|or|to|from|versus|against|up|down) )?{_NEARLY}"
)  # 3 and 4 cars
_PASSED = ("percentage", "point", "-", "year", "month", "day", "hour", "minute")
_CLOSED = re.compile(r" (?:or|and) (?:more|less|fewer|above|over|below|under|higher|greater|so)\b")


def tag(text: str) -> list[Tag]:
    """Our quantities of a sentence in NewsQuant's terms."""
    tags: list[Tag] = []
    last: Quantity | None = None
    spans = []
    for quantity in find_quantities(text):
        found = _tag(text, quantity)
        between = text[last.end : quantity.start] if last is not None else ""
        _inherit(quantity, found, tags, text)
        if tags and found["normalized_unit"] == "-" and _AGAINST.fullmatch(between):
            found["normalized_unit"] = tags[-1]["normalized_unit"]
        elif tags and tags[-1]["normalized_unit"] == "-" and _LISTED.fullmatch(between):
            tags[-1]["normalized_unit"] = found["normalized_unit"]
        if last is not None and _from_to(text, last, quantity):
            first = tags.pop()
            found["value"] = (first["value"], found["value"])
            found["change"] = _trend_before(text, last.start) or first["change"]
        inner = _of_group(text, quantity, found)
        tags += [*_either(text, quantity, found), *inner]
        spans.append((quantity.start, quantity.end))
        last = quantity
    return tags + _generations(text, spans)


def _generations(text: str, spans: list[tuple[int, int]]) -> list[Tag]:
    """ "5G" is a quantity to NewsQuant."""
    return [
        {"value": float(m[1]), "normalized_unit": "generation wireless", "change": "="}
        for m in _GENERATION.finditer(text)
        if not any(start <= m.start() < end for start, end in spans)
    ]


def _inherit(quantity: Quantity, found: Tag, tags: list[Tag], text: str) -> None:
    """ "435 homes and 187 by tender": a bare number counts what was counted before."""
    if found["normalized_unit"] != "-" or not tags or _OF_THEM.match(text, quantity.end):
        return
    shares = False
    for earlier in reversed(tags):
        before = earlier["normalized_unit"]
        by = before == "percentage" and text[: quantity.start].endswith(" by ")
        level = before == "point" and earlier["change"] == "="
        if by or level or (earlier["counts"] and not shares):
            found["normalized_unit"] = before
        elif before in _PASSED:
            shares = shares or before == "percentage"
            continue
        return


def _either(text: str, quantity: Quantity, found: Tag) -> list[Tag]:
    """ "eight or nine euros" are two quantities to NewsQuant."""
    if quantity.low is None or " or " not in text[quantity.start : quantity.end]:
        return [found]
    low, high = found["value"]
    return [found | {"value": low}, found | {"value": high, "change": "="}]


def _of_group(text: str, quantity: Quantity, found: Tag) -> list[Tag]:
    """ "one of four concepts" is a quarter to NewsQuant, "two of the three" are two and three."""
    if not quantity.item or quantity.item_start is None or quantity.unit != "1":
        return []
    if _ONE_OF.search(text, 0, quantity.start) and quantity.value:
        found["value"] = float(1 / quantity.value)
        found["normalized_unit"] = "% " + found["normalized_unit"]
        return []
    inside = find_quantities(text[quantity.item_start : quantity.item_end])
    if len(inside) != 1 or inside[0].value is None or not inside[0].item:
        return []
    whole = counted(inside[0], text[quantity.item_start : quantity.item_end])
    if quantity.value == 1 and quantity.doubt and inside[0].start == 0:
        found["value"], found["normalized_unit"] = float(1 / inside[0].value), "% " + whole
        return []
    found["normalized_unit"] = whole
    return [found | {"value": float(inside[0].value), "change": "="}]


def _from_to(text: str, low: Quantity, high: Quantity) -> bool:
    """NewsQuant reads "from A to B" as one range, also where a value moves from A to B."""
    if low.unit != high.unit or low.value is None or high.value is None:
        return False
    between = text[low.end : high.start]
    if between.strip() in ("to", "-", "–", "to-") and low.value > high.value:
        return True
    return (
        _FROM.search(text[: low.start].rstrip().lower()) is not None
        and _TO.fullmatch(between) is not None
        and not _OTHERS.search(between)
    )


def _trend_before(text: str, start: int) -> str:
    before = said_before(words(), text, start)
    low = text[:start].lower().rstrip()
    return before.trend or (
        said_before(words(), text, len(low) - 4).trend if low.endswith("from") else ""
    )


def _tag(text: str, quantity: Quantity) -> Tag:
    factor, unit = said_unit(text, quantity)
    if quantity.unit == "1" and is_member(text, quantity):
        unit = members(text, quantity)
    pair = quantity.low is not None and quantity.high is not None
    said = [quantity.low, quantity.high] if pair else [quantity.value]
    values = [float(v / factor) for v in said if v is not None]
    return {
        "value": tuple(values) if pair else values[0],
        "normalized_unit": unit,
        "change": _change(text, quantity),
        "counts": quantity.unit == "1" and unit != "-",
    }


def _change(text: str, quantity: Quantity) -> str:
    """NewsQuant's sign: a bound said by one of its words, else a trend, else "="."""
    before = text[max(0, quantity.start - 40) : quantity.start].lower().rstrip()
    bound = {">=": ">", "<=": "<"}.get(quantity.bound, quantity.bound)
    if UNSAID.search(before) or _CLOSED.match(text, quantity.end):
        bound = "="
    elif bound == "~" and before.endswith("("):
        bound = "="  # "about" stays at the first of "about 5 miles (8 km)"
    if bound == "=" and quantity.unit == "1" and re.match(r"[\w,.]+ more ", text[quantity.start :]):
        return ">"  # eight more picks
    if bound != "=":
        return bound
    trend = quantity.trend or "="
    return "=" if UNSAID_TREND.search(before) else trend
