"""Run JioNLP's money extraction over texts, in an environment of its own.

Reads a JSON list of texts on standard input; writes one JSON object with the best seconds of three
passes after warm-up and the number of amounts found. Started by ``benchmarks/chinese_spans.py``.
"""

import contextlib
import json
import sys
import time

with contextlib.redirect_stdout(sys.stderr):
    import jionlp


def main() -> None:
    """Time three passes over the texts."""
    texts = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        jionlp.ner.extract_money(texts[0])
    best, found = float("inf"), 0
    for _ in range(3):
        begun = time.perf_counter()
        found = sum(len(jionlp.ner.extract_money(text)) for text in texts)
        best = min(best, time.perf_counter() - begun)
    json.dump({"seconds": best, "found": found}, sys.stdout)


main()
