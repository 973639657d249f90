"""Reports that are copies of one another: one source, however many papers printed it.

Two texts are one report if most of their stretches of twelve signs are the same. Candidates share a
band (`nameplate.find.stretches`), so that the work grows with the number of reports and not with its
square; each pair is then checked for certain. The ledger does the same report by report, as they come.
"""

from __future__ import annotations

from collections.abc import Mapping

from nameplate.find.stretches import alike, bands, stretches
from nameplate.resolve.cluster import Groups

_CROWD = 50


def one_source(texts: Mapping[str, str]) -> dict[str, str]:
    """Every report's key with the key of the report that stands for all its copies, the least.

    A report without a copy stands for itself. The order of the texts changes nothing.
    """
    known = {key: stretches(texts[key]) for key in sorted(texts)}
    groups: Groups[str] = Groups()
    buckets: dict[int, list[str]] = {}
    for key, some in known.items():
        groups.add(key)
        for band in bands(some):
            buckets.setdefault(band, []).append(key)
    for bucket in buckets.values():
        first, *others = bucket
        for other in others[:_CROWD]:
            if groups.root(first) != groups.root(other) and alike(known[first], known[other]):
                groups.join(first, other)
    return {key: min(group) for group in groups.all() for key in group}
