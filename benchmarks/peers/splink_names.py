"""Splink on pairs of names: probabilities from a model trained on the names at hand.

Reads a list of pairs as JSON; answers with a score for each. The comparison is the usual one for
names of companies: exact, Jaro-Winkler at two levels, and the kind; u from random pairs, m by
expectation maximisation, blocked on the first letters and on the kind.
"""

import json
import logging
import sys

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.disable(logging.CRITICAL)


def main() -> None:
    pairs = json.load(sys.stdin)
    rows = []
    for number, pair in enumerate(pairs):
        for side in ("left", "right"):
            name = pair[side].lower()
            place = (pair[f"{side}_place"] or "").lower() or None
            rows.append(
                {
                    "unique_id": f"{side}{number}",
                    "pair": number,
                    "name": name,
                    "first": name[:3],
                    "kind": pair["kind"],
                    "place": place,
                }
            )
    frame = pd.DataFrame(rows)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.7]),
            cl.ExactMatch("place"),
        ],
        blocking_rules_to_generate_predictions=[block_on("pair")],
    )
    linker = Linker(frame, settings, DuckDBAPI())
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("first", "kind"))
    found = linker.inference.predict().as_pandas_dataframe()
    scores = [0.0] * len(pairs)
    for one, probability in zip(found["unique_id_l"], found["match_probability"], strict=True):
        scores[int(one.removeprefix("left").removeprefix("right"))] = float(probability)
    print(json.dumps({"scores": scores}))


if __name__ == "__main__":
    main()
