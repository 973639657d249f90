"""Plain BM25 (rank-bm25, Okapi, its usual k1 and b) over words and pairs of Chinese characters.

Reads needs and pools of offers as JSON; answers with a score for each offer of each need. English words
are stemmed by Snowball and the commonest are left out; a run of Chinese characters gives its pairs.
"""

import json
import re
import sys

import snowballstemmer
from rank_bm25 import BM25Okapi

WORDS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
COMMON = re.compile(
    "a|an|the|of|in|on|at|to|for|and|or|with|by|as|is|are|be|that|this|which|from|into|its?|our|we"
)
STEMMER = snowballstemmer.stemmer("english")


def tokens(text: str) -> list[str]:
    found: list[str] = []
    for run in WORDS.findall(text.lower()):
        if run.isascii():
            found += [] if COMMON.fullmatch(run) else [STEMMER.stemWord(run)]
        else:
            found += [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]
    return found


def main() -> None:
    scores = []
    for asked in json.load(sys.stdin):
        index = BM25Okapi([tokens(text) for text in asked["offers"]])
        scores.append([list(map(float, index.get_scores(tokens(n)))) for n in asked["needs"]])
    print(json.dumps({"scores": scores}))


if __name__ == "__main__":
    main()
