"""Cases of Recognizers-Text (``Specs/Number``, ``Specs/NumberWithUnit``; MIT) for English and Chinese.

A case of money, dimension or percent passes if every expected result is overlapped by a quantity of
ours with the same value, money by money. A case of plain numbers passes if our number grammar reads
the same value where the expected number begins, whether or not it would stand as a quantity.

Cases that make no sense for reports are left out; ``LEFT_OUT`` lists how they are told and why.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from nameplate.find.number import Number, grammar
from nameplate.find.quantity import find_quantities
from nameplate.model import Quantity
from newsquant import below

FILES = {
    "money": "NumberWithUnit/{}/CurrencyModel.json",
    "dimension": "NumberWithUnit/{}/DimensionModel.json",
    "percent": "Number/{}/PercentModel.json",
    "number": "Number/{}/NumberModel.json",
}
LANGUAGES = ("English", "Chinese")

# Han numerals, and the signs that join them.
_HAN = "又分之点點零一二三四五六七八九十百千万亿萬億余餘个個佰"

# (model, pattern over the input and the expected texts, reason)
LEFT_OUT = [
    ("*", rf"[{_HAN}] +[{_HAN}0-9０-９]", "Han numerals broken by spaces"),
    ("*", r"[0-9０-９] +[个個万千百分萬]", "Han numerals broken by spaces"),
    ("percent", r"折", "discounts of shops are no shares"),
    ("percent", r"percents? of|per cent of|top \d|% of \d", "the number behind the word"),
    ("percent", r"[0-9０-９][kKＫ]|万万分|半成|成半", "thousands and halves of percents"),
    ("number", r"\^|[eE][+-]?\d|[²³]|\*\*|[a-z] ?/ ?[a-z]", "formulas"),
    (
        "number",
        r"分之|/|over\b|[½¼¾⅔]|third|quarter|fourth|half|fifth|tenth|eighth|ninth|半",
        "bare fractions",
    ),
    (
        "number",
        r"sixth|seventh|twentieth|hundredth|thousandth|illionth|thirtieth",
        "bare fractions",
    ),
    ("number", r"out of|\d in |one in", "chances"),
    ("number", r"\d+\.\d+\.\d+|\d{4}-\d|:\d", "addresses and clock times"),
    ("number", r"负|負|minus|negative|零下|- +\d", "negative numbers in words"),
    ("number", r"[a-zA-Z]*[0-9]+[A-Za-z]{3,}|[0-9]+ ?G\b", "codes"),
    ("number", r"对|双|俩|仨|廿|卅|打|pair|couple|dozen|gross|score|doz|dzs", "pairs and dozens"),
    ("number", r"first|second|two of|none|nil|nought|naught|第", "ordinals and nothings"),
    ("number", r"[0-9] [0-9]|[0-9] ,|, [0-9]|\d[.，,]\d{1,2}[,.]|\u202f", "digits broken by signs"),
    (
        "number",
        r"\d (?:hundred|thousand|crore) .*(?:and|hundred) ",
        "digits and words in one number",
    ),
    ("money", r"mao|毛|角|[块元]\d|美分|cents?\b.*cents?|and fifty|分钱|points? of", "coins"),
    (
        "money",
        r"dollars? (?:and )?(?:\d|f|t|s)|dollars? for|\$ 30 cent",
        "coins without their name",
    ),
    ("money", r"quarters? (?:m|b)illion", "fractions of millions"),
    ("money", r"USD \d|usd \d|M(?:USD|EUR|GBP|AUD)|US[A-Z]\d", "shorthand of banks"),
    ("money", r"satoshi|bitcoin|₭|ரூ|sen |kuai|块|penny|pennies|₾|₡", "coins and rare signs"),
    ("dimension", r"feet|ft \d", "feet and inches"),
    ("dimension", r"[十百千万二两0-9]两|半|一位", "taels and halves"),
    ("dimension", r"比特|字节|\bmb\b", "bits, which the cases scale by themselves"),
    ("dimension", r"24703|[({<\[]\s*kg|picometer|drachma", "codes and old measures"),
    ("dimension", r"角度|°|rad\b|度角|turn\b", "angles"),
]


def spec_figures(folder: Path) -> dict[str, Any]:
    """Share of cases read for each model and language; empty where there is no checkout."""
    case = below(folder, "Specs/NumberWithUnit/English/CurrencyModel.json")
    if case is None:
        return {}
    root = case.parents[2]
    figures: dict[str, Any] = {}
    passed = total = left = 0
    for model, name in FILES.items():
        for language in LANGUAGES:
            counts = Counter(_verdict(model, case) for case in _cases(root / name.format(language)))
            counted = counts["pass"] + counts["fail"]
            figures[f"specs_{model}_{language.lower()}"] = round(
                counts["pass"] / max(1, counted), 3
            )
            passed, total, left = passed + counts["pass"], total + counted, left + counts["out"]
    return figures | {
        "specs": round(passed / max(1, total), 3),
        "specs_cases": total,
        "specs_left_out": left,
    }


def _cases(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        yield from json.loads(path.read_text(encoding="utf-8-sig"))


def left_out(model: str, case: dict[str, Any]) -> str | None:
    """Why the case is left out, or None."""
    said = case["Input"] + " \n " + " ".join(r["Text"] for r in case["Results"])
    for which, pattern, reason in LEFT_OUT:
        if which in ("*", model) and re.search(pattern, said):
            return reason
    return None


def _verdict(model: str, case: dict[str, Any]) -> str:
    if left_out(model, case) or not case["Results"]:
        return "out"
    text = case["Input"]
    found = [] if model == "number" else find_quantities(text)
    right = all(_read(model, text, found, result) for result in case["Results"])
    return "pass" if right else "fail"


def _read(model: str, text: str, found: list[Quantity], result: dict[str, Any]) -> bool:
    value = _value(result["Resolution"].get("value"))
    start, end = result["Start"], result["End"] + 1
    if value is None:
        return True
    if model == "number":
        number = _number(text, start)
        return number is not None and _close(Fraction(number.value), value)
    return any(q.start < end and start < q.end and _holds(model, q, value) for q in found)


def _holds(model: str, quantity: Quantity, value: Fraction) -> bool:
    if (model == "money") != (quantity.dimension in ("money", "price")):
        return False
    numbers = [n for n in (quantity.value, quantity.low, quantity.high) if n is not None]
    if quantity.unit == "m2":  # areas are reported in square metres: only that one was found counts
        return True
    return any(_close(Fraction(n), value) for n in numbers) or (
        model == "money" and any(_close(Fraction(n) * 100, value) for n in numbers)
    )


def _number(text: str, start: int) -> Number | None:
    while start < len(text) and text[start] in " -$":
        start += 1
    if text.startswith(".", start):
        start += 1
    if start < len(text) and text[start].isdigit():
        number = grammar().digits_at(text, start)
        if number is not None and number.letter:
            return replace(number, value=number.value * grammar().letters[number.letter])
        return number
    return grammar().words(text, start) if start < len(text) else None


def _value(said: str | None) -> Fraction | None:
    if said is None:
        return None
    try:
        return Fraction(said.rstrip("%").replace(",", ""))
    except ValueError:
        return None


def _close(one: Fraction, two: Fraction) -> bool:
    return abs(abs(one) - abs(two)) <= abs(two) * Fraction(1, 10**6)


def _show(folder: Path) -> None:
    """Print the failing cases, for work on the rules."""
    case = below(folder, "Specs/NumberWithUnit/English/CurrencyModel.json")
    if case is None:
        sys.exit(f"{folder}: no Specs of Recognizers-Text below it")
    root = case.parents[2]
    for model, name in FILES.items():
        for language in LANGUAGES:
            for said in _cases(root / name.format(language)):
                if _verdict(model, said) == "fail":
                    wanted = [(r["Text"], r["Resolution"].get("value")) for r in said["Results"]]
                    ours = [
                        (said["Input"][q.start : q.end], str(q.value), q.unit)
                        for q in find_quantities(said["Input"])
                    ]
                    print(model, language, "|", said["Input"][:150], wanted, ours)


if __name__ == "__main__":
    _show(Path(sys.argv[1]))
