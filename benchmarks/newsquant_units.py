"""What NewsQuant calls the unit of a quantity of ours: names of units, or the counted noun."""

from __future__ import annotations

import re
from decimal import Decimal

from nameplate.find.quantity import find_values
from nameplate.find.quantity_item import is_plural, noun_phrase
from nameplate.find.quantity_words import words
from nameplate.lexicon.load import read_toml
from nameplate.lexicon.units import FILE, Units
from nameplate.model import Quantity
from newsquant_names import (
    ADJECTIVES,
    AS_NOUN,
    BARE,
    COINS,
    NAMES,
    NUMERALS,
    PREFIXED,
    SAID,
    SETS,
    SHORT,
    STOPPED,
    UNITS,
    singular,
)

_SPELLS = ("second", "minute", "night", "season")
_PER = re.compile(r" (per|an?) ([a-z]+)\b")
_OF = re.compile(
    r" of (?:the |an? |its |their |his |her |our |all |my |those |these )*(?=[A-Za-z]{3})(?!those|them|which|whom)"
)
_RATE = re.compile(r"(?: per | an? |/|-an?-|-per-)[a-z-]+$")
_SHARES = re.compile(r"\b(?:[Ss]hares?|[Ss]tocks?|[Ii]ndex|FTSE)\b")
_FRACTION = re.compile(
    r"hal(?:f|ves)|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth|twelfth| in "
    r"| out of "
)
_CLAUSE = re.compile(
    r"[,.;:!?()—–]| - |\b(?:that|which|who|whom|whose|and|but|is|are|was|were|has|have|had|will|would|could|can"
    r"|may|might|must|should|said|when|where|while|because|so|as|with|than|after|before|since)\b"
)
_ON = re.compile(
    r" (?:responsible |available |ever )?(?:of|in|for|on|to|at|from|by)\b(?! (?:[0-9]|an?\b))"
)
_WORD = re.compile(r"[A-Za-z][\w-]*")


def said_unit(text: str, quantity: Quantity) -> tuple[Decimal, str]:
    """What to divide the value by to get the number as written, and NewsQuant's unit name."""
    factor, unit = _unit(text[quantity.start : quantity.end], quantity, text)
    behind = _PER.match(text, quantity.end)
    if behind and " per " not in unit and _is_rate(quantity, unit, behind):
        below = words().names.starting(text, behind.start(2))
        if behind[2] == "annum":
            unit += " per year"
        elif below is not None and below[0] is not None:
            unit += " per " + (NAMES.get(below[0].code) or _first(below[0].code))
        elif behind[2] not in NUMERALS:
            unit += f" per {behind[2]}"
    return factor, unit


def _is_rate(quantity: Quantity, unit: str, behind: re.Match[str]) -> bool:
    said, period = behind[1], behind[2]
    return said == "per" or period == quantity.per or (unit == "count" and period in _SPELLS)


def _unit(quote: str, quantity: Quantity, text: str) -> tuple[Decimal, str]:
    low = quote.lower()
    if quantity.unit == "1":
        return Decimal(1), counted(quantity, text)
    if quantity.unit == "%" and _FRACTION.search(low):
        return Decimal(100), "% " + _shared(quantity, text)
    factor, name = _spelt(low, quantity, text) or _named(quote, quantity)
    return factor, name


def _spelt(low: str, quantity: Quantity, text: str) -> tuple[Decimal, str] | None:
    """The unit where the words of the text decide among several names."""
    money = quantity.dimension in ("money", "price")
    for said, name in sorted((COINS if money else SAID).items(), key=lambda e: -len(e[0])):
        if re.search(rf"(?:^|[^a-z]){re.escape(said)}(?:$|/| (?:an?|per|of) |-(?:an?|per)-)", low):
            of_share = said == "p" and _SHARES.search(text)
            below = quantity.unit.partition("/")[2]
            return Decimal("0.01") if money else Decimal(1), _over(
                "point" if of_share else name, below, low
            )
    return None


def _over(name: str, below: str, low: str) -> str:
    """The unit with what stands below the line."""
    if not below:
        return name
    if below == "t" and low.endswith(" ton"):
        return f"{name} per ton"
    thing = below[1:-1] if below.startswith("{") else NAMES.get(below) or _first(below)
    return f"{name} per {thing}"


def _named(quote: str, quantity: Quantity) -> tuple[Decimal, str]:
    low = quote.lower()
    whole = quantity.unit in NAMES or quantity.unit in AS_NOUN
    unit, _, below = (quantity.unit, "", "") if whole else quantity.unit.partition("/")
    for said, bare in BARE.items():
        if re.search(
            rf"^[^a-z]*(?:(?:hundred|thousand|[mbt]r?illion|crore|lakh|[a-z]+n) )?{said}\b", low
        ):
            return Decimal(1), _over(bare, below, low)
    if unit in AS_NOUN:
        return Decimal(1), _as_written(quote)
    factor, name = _converted(low, unit)
    name = NAMES.get(unit, name)
    if quote.startswith("$") and name.endswith(" dollar") and quote[1:2] in "0123456789 .-":
        name = "dollar"  # a bare sign is never resolved
    if below:
        name = _over(name, below, low)
    elif quantity.per and (_RATE.search(low) or low.endswith(("bpd", "tpd", "tpa"))):
        name += f" per {quantity.per}"
    return factor, name


def _as_written(quote: str) -> str:
    """A unit that NewsQuant does not know is a noun to it."""
    said = re.sub(r"^[^A-Za-z]*(?:[mbt]n\b|(?:m|b|tr)illion\b|[mb]\b)?[^A-Za-z]*", "", quote)
    return _lemmas(said) if said else "-"


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
    quote = text[quantity.start : quantity.end]
    if quantity.item:
        return _head(quantity.item)
    of = _OF.match(text, quantity.end)
    if of is None and not re.search(r"[a-z]-[a-z]| (?:in|out of) ", quote):
        return "-"
    at = of.end() if of else quantity.end
    span = noun_phrase(words(), text, at)
    return "-" if span is None else _head(text[span[0] : span[1]])


def _head(phrase: str) -> str:
    """The noun without its owner ("the world's population")."""
    return _lemmas(re.sub(r"\b[\w-]+(?:['’]s|s['’]) ", "", phrase))


def is_member(text: str, quantity: Quantity) -> bool:
    """Is it so many of a group ("one of the oldest parks")?"""
    start = quantity.item_start
    return (
        quantity.value is not None and start is not None and " of " in text[quantity.start : start]
    )


def members(text: str, quantity: Quantity) -> str:
    """The words for the group and for what it is in or for ("old park America")."""
    assert quantity.item_start is not None and quantity.item_end is not None
    end = quantity.item_end
    if _ON.match(text, end):
        stop = _CLAUSE.search(text, end)
        end = stop.start() if stop else len(text)
    said = _WORD.findall(re.sub(r"['’]s\b", "", text[quantity.item_start : end]))
    stopped = words().stop | STOPPED
    kept = [w for w in said if w.lower() not in stopped]
    return " ".join(_lemma(ADJECTIVES.get(w.lower(), w)) for w in kept) or "-"


def counted(quantity: Quantity, text: str) -> str:
    """The counted noun in the singular, "-" where nothing is counted."""
    if not quantity.item or quantity.item_start is None or quantity.item_end is None:
        return "-"
    item, _, of = quantity.item.partition(" of ")
    skipped = text[quantity.start : quantity.item_start].split()[-1:]
    before = text[: quantity.start].split()[-1:]
    kept = [w for w in skipped if w in ("other", "different", "additional", "fewer")]
    kept += [w for w in before if w.lower() in PREFIXED and " of " not in item]
    name = _lemmas(" ".join([*(w.lower().replace("fewer", "few") for w in kept), item]))
    if name in SETS:
        return "set"
    if name in UNITS:
        return name
    if name.lower() in SHORT:
        return SHORT[name.lower()]
    return name + _complement(text, quantity, of)


def _complement(text: str, quantity: Quantity, of: str) -> str:
    """ "copies of the game" are counted in "copy game"."""
    if quantity.low is not None and text[quantity.start : quantity.item_start].endswith("of "):
        return ""  # hundreds of copies
    if of:
        return " " + _lemma(of.rsplit(maxsplit=1)[-1])
    assert quantity.item_end is not None
    if text.startswith(" outstanding", quantity.item_end):
        return " outstanding"
    found = _OF.match(text, quantity.item_end)
    span = noun_phrase(words(), text, found.end()) if found else None
    if span is None or not text[span[0]].islower() or text[span[0] : span[1]] in STOPPED:
        return ""
    said = text[span[0] : span[1]].split()
    known = len(said) == 1 or is_plural(words(), said[-1])
    return " " + _lemma(said[-1]) if known and find_values(" ".join(said)) == [] else ""


def _lemmas(phrase: str) -> str:
    *rest, last = phrase.split()
    if last.lower() == "times":
        last = "count"
    rest = [ADJECTIVES.get(w.lower(), re.sub(r"['’]s?$", "", w)) for w in rest]
    if not rest and last[0].isupper() and not last[:2].isupper():
        return last  # a name: "Americans"
    if unit := next((w for w in rest if w in UNITS), None):
        return unit  # league games
    kept = [w for w in rest if w != "most" and not _is_participle(w)]
    return " ".join([*(_lemma(w) for w in kept), _lemma(last, head=True)])


def _is_participle(word: str) -> bool:
    return len(word) > 4 and word.endswith(("ed", "ly")) and "-" not in word


def _lemma(word: str, *, head: bool = False) -> str:
    """The word in the singular; a name stays as it is unless it heads the phrase."""
    name = word[:1].isupper() and not word[1:2].isupper()
    return word if name and not head else singular(word)
