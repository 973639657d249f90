"""Which claims speak of one thing: a pure function of entries and judgements.

`resolve` makes the entities, `find_entities` and `find_entity` look one up by a name as somebody
types it; `compare` says what speaks for and against two names, each feature with its reason.
"""

from nameplate.resolve.belonging import BELONGING, Belongs, belonging, marks_of
from nameplate.resolve.compare import SAME, Comparison, compare
from nameplate.resolve.entities import RULES, resolve
from nameplate.resolve.facts import Facts
from nameplate.resolve.feature import Feature
from nameplate.resolve.near import Near
from nameplate.resolve.parts import Parts, parts_of
from nameplate.resolve.reweigh import reweigh
from nameplate.resolve.search import find_entities, find_entity
from nameplate.resolve.syndicated import one_source
from nameplate.resolve.weigh import likeness, weigh

__all__ = [
    "BELONGING",
    "RULES",
    "SAME",
    "Belongs",
    "Comparison",
    "Facts",
    "Feature",
    "Near",
    "Parts",
    "belonging",
    "compare",
    "find_entities",
    "find_entity",
    "likeness",
    "marks_of",
    "one_source",
    "parts_of",
    "resolve",
    "reweigh",
    "weigh",
]
