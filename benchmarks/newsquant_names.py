"""What NewsQuant calls units and counted things: names of units, lemmas of nouns and adjectives."""

from __future__ import annotations

import re

# What NewsQuant calls a unit, where that is not the first name in our unit data.
NAMES = {
    "%": "percentage", "USD": "dollar", "CNY": "chinese yuan", "GBP": "pound sterling",
    "JPY": "japanese yen", "AUD": "australian dollar", "CAD": "canadian dollar",
    "HKD": "hong kong dollar", "NZD": "new zealand dollar", "SGD": "singapore dollar",
    "MYR": "malaysian ringgit", "KRW": "south korean won", "DKK": "danish krone",
    "SEK": "swedish krone", "NOK": "norwegian krone", "ILS": "shekel", "TRY": "turkish lira",
    "ZAR": "south african rand", "GEL": "georgian lari", "HRK": "croatian kuna", "LAK": "lao kip",
    "INR": "indian rupee", "CHF": "swiss franc", "RUB": "russian ruble",
    "EUR": "euro", "BTC": "bitcoin",
    "IDR": "indonesian rupiah", "BRL": "brazilian real",
    "t": "metric ton", "Gt": "gigaton", "Mt": "megaton", "kt": "kiloton", "[lb_av]": "pound-mass",
    "a{age}": "year of age", "mo{age}": "month of age", "wk{age}": "week of age",
    "d{age}": "day of age", "[mi_i]/h": "mile per hour", "km/h": "kilometre per hour",
    "m/s": "metre per second", "km": "kilometre", "{rpm}": "revolutions per minute",
    "N.m": "newton metre",
    "[ft_i].[lbf_av]": "pound-foot", "[HP]{brake}": "brake horsepower", "Cel": "celsius",
    "[degF]": "fahrenheit", "deg": "degree", "[PNU]": "pixel", "10*6.[PNU]": "megapixel",
    "{frame}/s": "frame per second", "[ppm]": "parts-per-million", "[ppb]": "parts-per-billion",
    "10*6.[Btu]": "mega british thermal unit", "Mbit/s": "megabit per second",
    "Gbit/s": "gigabit per second", "Kbit/s": "kilobit per second", "10.a": "decade",
    "100.a": "century", "mA.h": "milliampere-hour", "A.h": "ampere-hour", "A": "ampere",
    "mA": "milliampere", "k[psi]": "kilopound per square inch", "[psi]": "pound per square inch",
    "kW.h": "kilowatt hour", "MW.h": "megawatt hour", "GW.h": "gigawatt hour",
    "TW.h": "terawatt hour", "W.h": "watt hour", "[ston_av]": "ton", "K": "kelvin",
    "cd/m2": "candela per square metre", "{point}": "point", "[bp]": "basis point",
    "AFN": "afghan afghani", "ARS": "argentine peso", "AZN": "azerbaijani manat",
    "BDT": "bangladeshi taka", "BYN": "belarusian ruble", "BEF": "belgian franc",
    "BGN": "bulgarian lev", "KHR": "cambodian riel", "CLP": "chilean peso", "COP": "colombian peso",
    "CRC": "costa rican colón", "CUP": "cuban peso", "CZK": "czech koruna", "ETB": "ethiopian birr",
    "GHS": "ghanaian cedi", "HUF": "hungarian forint", "IRR": "iranian rial",
    "KZT": "kazakhstani tenge", "KES": "kenyan shilling", "LSL": "lesotho loti",
    "MXN": "mexican peso", "MAD": "moroccan dirham", "NLG": "netherlands guilde",
    "PEN": "peruvian sol", "PLN": "polish złoty", "SAR": "saudi riyal", "LKR": "sri lankan rupee",
    "UAH": "ukrainian hryvnia", "AED": "united arab emirates dirham", "KPW": "north korean won",
    "ESP": "peseta", "BAM": "bosnia and Herzegovina convertible mark", "LTL": "lithuanian litas",
    "[acr_br].[ft_i]": "acre foot", "[mi_i]/[gal_us]": "mile per gallon", "atm": "standard atmosphere",
    "[Btu]": "british thermal unit", "V.A": "volt-ampere", "[ft_i]/s": "foot per second",
    "km/s": "kilometre per second", "bit/s": "bit per second", "kbit/s": "kilobit per second",
    "{qubit}": "quantum bit", "Ao": "ångström", "[APD]": "diopter (lens)", "[lb_tr]": "pound - troy",
    "{league}": "league", "[mil_i]": "mil - US", "[rd_us]": "rod", "[crd_us]": "cord",
    "MB/s": "megabyte per second", "GB/s": "gigabyte per second",
    "[ft_i]3/s": "cubic foot per second", "ug": "microgram", "uL": "cubic millimetre",
    "cm3": "millilitre", "[nmi_i]": "mile",
    "GW": "gigawatt", "Tbit/s": "terabit per second", "MiB": "mibibyte",
    "[stone_av]": "stone - British", "{ppt}": "parts-per-trillion", "RAD": "radiation absorbed dose",
    "[oz_tr]": "ounce", "REM": "radiation equivalent man",
    "m/s2": "metre per square second", "{point}/{game}": "point per game",
}  # fmt: skip
# Units and currencies that NewsQuant does not know: it takes them for nouns, as they are written.
AS_NOUN = frozenset({
    "FRF", "ITL", "DEM", "GRD", "IEP", "THB", "TWD", "MOP", "PHP", "VND", "PKR", "QAR", "KWD",
    "BHD", "OMR", "EGP", "NGN", "ISK", "NPR",
    "{TEU}", "{tce}", "pc", "kpc", "Mpc", "[mu]", "[iU]", "{gee}", "{mach}",
})  # fmt: skip
# Names of currencies that stay open without a country.
BARE = {
    "rupees?": "rupee",
    "pesos?": "mexican peso", "renminbi": "renminbi", "ringgits?": "ringgit", "liras?": "lira",
    "dirhams?": "dirham", "riyals?": "riyal", "kron(?:or|as?)": "kronor", "crowns?": "crown",
}  # fmt: skip
# The same where the words of the text decide among several names.
SAID = {
    "metric tons": "metric ton", "metric ton": "metric ton",
    "tons": "ton", "ton": "ton", "parts per million": "part per million",
    "parts per billion": "part per billion",
    "percentage points": "percentage", "percentage point": "percentage",
    "barrels of oil": "barrel of oil", "barrel of oil": "barrel of oil", "lb-ft": "foot pound-force",
    "short tons": "short ton", "short ton": "short ton", "long tons": "long ton",
    "ft-lb": "foot pound-force", "foot-pounds": "foot pound-force", "foot-pound": "foot pound-force",
    "megapixel": "megapixel", "megapixels": "megapixel", "bps": "basis point",
}  # fmt: skip
COINS = {
    "cent": "cent", "cents": "cent", "¢": "cent", "pence": "penny", "p": "penny",
}  # fmt: skip
IRREGULAR = {
    "children": "child", "men": "man", "women": "woman", "sportsmen": "sportsman",
    "policemen": "policeman", "mice": "mouse", "teeth": "tooth", "geese": "goose",
    "knives": "knife", "leaves": "leaf", "wolves": "wolf", "shelves": "shelf",
    "criteria": "criterion", "phenomena": "phenomenon", "movies": "movie", "calves": "calf",
    "thieves": "thief", "cookies": "cookie",
    "shoes": "shoe", "zombies": "zombie", "calories": "calorie", "ties": "tie", "lies": "lie",
    "feet": "foot", "fishermen": "fisherman", "lives": "life", "wives": "wife", "halves": "half",
    "series": "series", "species": "species", "buses": "bus", "gases": "gas", "lenses": "lens",
    "viruses": "virus", "bonuses": "bonus", "aliases": "alias", "crises": "crisis",
    "analyses": "analysis", "bases": "base", "axes": "axis", "data": "datum", "media": "medium",
    "women's": "woman", "horses": "horse", "news": "news",
}  # fmt: skip


# The paper's units are lemmas.
ADJECTIVES = {
    "best": "good", "largest": "large", "biggest": "big", "oldest": "old", "hottest": "hot",
    "proudest": "proud", "realest": "real", "greatest": "great", "highest": "high", "worst": "bad",
    "fastest": "fast", "latest": "late", "earliest": "early", "newest": "new", "strongest": "strong",
    "closest": "close", "longest": "long", "richest": "rich", "smaller": "small", "larger": "large",
    "bigger": "big", "older": "old", "younger": "young", "better": "good", "smallest": "small",
}  # fmt: skip


# Adjectives before the number that belong to the counted noun ("the top three seeds").
PREFIXED = frozenset({"top", "last", "first", "next", "final", "other", "best", "remaining"})
# Words of a group that are left out of its name, beside those that end a phrase.
STOPPED = frozenset({
    "most", "many", "several", "other", "first", "last", "next", "top", "former", "ever", "around",
    "make", "made", "own", "various", "latter", "few", "more", "such", "very", "only", "same",
    "take", "get", "give", "go", "see", "show", "become", "new",
})  # fmt: skip
UNITS = frozenset({"count", "league", "pair", "dozen", "point", "unit", "line"})
NUMERALS = frozenset({"two", "three", "four", "five", "six", "nine", "ten", "hundred", "thousand"})
SHORT = {
    "pts": "point", "ppg": "point per game", "rpg": "rebound per game", "apg": "assist per game",
    "fg": "field goal", "ft": "free throw", "cycle": "turn", "revolution": "turn", "instance": "count",
}  # fmt: skip
SETS = frozenset({"piece", "pack", "set"})
# Words before an amount that bound it for us, but not for NewsQuant.
UNSAID = re.compile(
    r"\b(?:within|beyond|in excess of|upwards? of|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|tops|topp(?:ed|ing)"
    r"|near|nearing|approaching|(?:an )?estimated(?: at)?|as (?:much|many|high|low|little|far|long) as"
    r"|max(?:imum)?(?: of)?|min(?:imum)?(?: of)?|starting (?:at|from)|limited to|capped at|(?:north|south|shy|short) of"
    r"|in the region of|outnumbered|to within)(?: an?| the| just| some)?$"
)
# Words that say a trend for us, but not for NewsQuant.
UNSAID_TREND = re.compile(
    r"\b(?:(?:gain|increase|rise|growth|drop|fall|decline|decrease|jump|surge|reduction|plunge|slump|loss|advance"
    r"|hike|cut) of|by an average of|s[aiu]nk|sink(?:s|ing)?|soar(?:s|ed|ing)?|sheds?|shedding|cut(?:s|ting)?"
    r"|reduc(?:e|ed|es|ing)|eas(?:ed|ing)|contract(?:s|ed|ing)|weaken(?:s|ed|ing)|strengthen(?:s|ed|ing)"
    r"|retreat(?:s|ed|ing)|spik(?:es|ed|ing)|swell(?:s|ed|ing)|crash(?:es|ed|ing)|expand(?:s|ed|ing)"
    r"|rebound(?:s|ed|ing)|leap(?:s|t|ed|ing)?)"
    r"(?: by| of)?(?: (?:only|just|another|some|about|an?|around|nearly|almost|over|more than))*$"
)


def singular(word: str) -> str:
    """An English noun in the singular."""
    low = word.lower()
    if low in IRREGULAR:
        return IRREGULAR[low]
    if word[-1] == "s" and word[-2:-1].isupper():  # MEPs
        return word[:-1]
    for ending, instead in (
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
    ):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return word[: -len(ending)] + instead
    if low.endswith(("ruses", "nuses", "puses", "tuses")):
        return word[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
