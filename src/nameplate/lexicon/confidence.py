"""The coefficients of claim confidence: ``data/confidence.toml``, written by a script."""

from __future__ import annotations

import math
from functools import cache

from nameplate.errors import LexiconError
from nameplate.lexicon.load import Entry, read_toml
from nameplate.model import Kind

_FILE = "confidence.toml"


class Model(Entry, frozen=True, kw_only=True):
    """A logistic regression: ``bias`` and a weight by feature, in log-odds."""

    bias: float
    weights: dict[str, float] = {}


class _File(Entry, frozen=True, kw_only=True):
    quantity: Model
    milestone: Model
    relation: Model
    visit: Model
    instruction: Model
    need: Model
    capability: Model


@cache
def models() -> dict[Kind, Model]:
    """The model of each kind of claim; a coefficient that is no number fails the load."""
    file = read_toml(_FILE, _File)
    table: dict[Kind, Model] = {
        "quantity": file.quantity,
        "milestone": file.milestone,
        "relation": file.relation,
        "visit": file.visit,
        "instruction": file.instruction,
        "need": file.need,
        "capability": file.capability,
    }
    for kind, model in table.items():
        for name, weight in {"bias": model.bias, **model.weights}.items():
            if not math.isfinite(weight):
                raise LexiconError(
                    f"the weight of {name!r} for {kind!r} is {weight}",
                    where=f"data/{_FILE}",
                    remedy="Write the file anew with scripts/fit_confidence.py.",
                )
    return table
