"""Make ``data/rates.tsv``: yearly averages of the European Central Bank's reference rates.

Run: ``uv run python scripts/make_rates.py eurofxref-hist.csv``, with the file that the bank offers at
https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip (free to use, with the source named).
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path
from statistics import fmean

OUT = Path(__file__).parent.parent / "src/nameplate/data/rates.tsv"
HEAD = """\
# Rough rates of exchange: units of a currency for one US dollar, average of a year, four digits.
# currency  year  rate. For telling the order of an amount, never for converting one.
# Source: European Central Bank, euro foreign exchange reference rates (daily, against the euro),
# https://www.ecb.europa.eu/stats/eurofxref/; averages and crosses by scripts/make_rates.py.
"""
CURRENCIES = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP", "HKD", "IDR", "INR", "JPY",
    "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RUB", "SEK", "SGD", "THB", "ZAR",
]  # fmt: skip


def averages(rows: list[dict[str, str]]) -> dict[tuple[str, str], float]:
    """Units for one dollar by currency and year, where half a year of days at least is given."""
    daily: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in rows:
        dollar, year = float(row["USD"]), row["Date"][:4]
        daily["EUR", year].append(1 / dollar)
        for currency in CURRENCIES:
            given = row.get(currency, "")
            if given not in ("", "N/A"):
                daily[currency, year].append(float(given) / dollar)
    return {key: fmean(values) for key, values in daily.items() if len(values) > 120}


def main() -> None:
    """Write the table."""
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        found = averages(list(csv.DictReader(file)))
    lines = [
        f"{currency}\t{year}\t{rate:.4g}\n" for (currency, year), rate in sorted(found.items())
    ]
    OUT.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
