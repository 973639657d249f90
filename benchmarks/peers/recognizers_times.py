"""Run Recognizers-Text's date and time models over English texts, in their own environment.

Reads JSON on standard input: a list of pairs of a text and the day it was written on. Writes one JSON
object: the seconds that recognising took after warm-up. Started by ``benchmarks/times.py`` where
HeidelTime cannot be run.
"""

import datetime
import json
import sys
import time

from recognizers_date_time import recognize_datetime
from recognizers_text import Culture


def main() -> None:
    """Recognise sentence by sentence, as the library wants it."""
    pairs = json.load(sys.stdin)
    recognize_datetime("On June 3, 2020", Culture.English)
    begun = time.perf_counter()
    for text, day in pairs:
        reference = datetime.datetime.fromisoformat(day)
        for line in text.split(". "):
            recognize_datetime(line, Culture.English, reference=reference)
    json.dump({"seconds": time.perf_counter() - begun}, sys.stdout)


main()
