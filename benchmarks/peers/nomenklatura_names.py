"""nomenklatura on pairs of names: every public algorithm of it, and the scores of the best.

Reads a list of pairs as JSON; answers with the scores of the algorithm whose F1 at its best threshold
is highest on these very pairs, so that no choice of ours is against it.
"""

import json
import sys

from followthemoney import model
from nomenklatura.matching import ALGORITHMS, get_algorithm
from nomenklatura.matching.types import ScoringConfig

SCHEMATA = {"company": "Company", "institute": "Organization", "body": "PublicBody"}


def entity(key: str, kind: str, name: str, place: str):
    proxy = model.make_entity(SCHEMATA.get(kind, "Organization"))
    proxy.id = key
    proxy.add("name", name)
    if place:
        proxy.add("address", place)
    return proxy


def best(scores: list[float], truth: list[bool]) -> float:
    found = 0.0
    for at in sorted(set(scores)):
        hits = sum(s >= at and t for s, t in zip(scores, truth, strict=True))
        said = sum(s >= at for s in scores)
        found = max(found, 2 * hits / max(1, said + sum(truth)))
    return found


def main() -> None:
    pairs = json.load(sys.stdin)
    truth = [pair["label"] == "same" for pair in pairs]
    chosen, top, figures = [0.0] * len(pairs), -1.0, {}
    for algorithm in ALGORITHMS:
        matcher = get_algorithm(algorithm.NAME)
        try:
            config = ScoringConfig.defaults()
            scores = []
            for pair in pairs:
                one = entity("a", pair["kind"], pair["left"], pair["left_place"])
                two = entity("b", pair["kind"], pair["right"], pair["right_place"])
                scores.append(round(matcher.compare(one, two, config).score, 3))
        except Exception as error:  # an algorithm that needs more than names
            print(f"{algorithm.NAME}: {error}", file=sys.stderr)
            continue
        figures[algorithm.NAME] = best(scores, truth)
        if figures[algorithm.NAME] > top:
            chosen, top = scores, figures[algorithm.NAME]
    print(json.dumps({"scores": chosen, "algorithms": figures}))


if __name__ == "__main__":
    main()
