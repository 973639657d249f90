"""Run dateparser's search over English texts, in its own environment.

Reads JSON on standard input: a list of pairs of a text and the day it was written on. Writes one JSON
object: the seconds that searching took after warm-up. Started by ``benchmarks/times.py`` where neither
HeidelTime nor Recognizers-Text can be run.
"""

import datetime
import json
import sys
import time

from dateparser.search import search_dates


def main() -> None:
    """Search sentence by sentence."""
    pairs = json.load(sys.stdin)
    search_dates("On June 3, 2020", languages=["en"])
    begun = time.perf_counter()
    for text, day in pairs:
        settings = {"RELATIVE_BASE": datetime.datetime.fromisoformat(day)}
        for line in text.split(". "):
            search_dates(line, languages=["en"], settings=settings)
    json.dump({"seconds": time.perf_counter() - begun}, sys.stdout)


main()
