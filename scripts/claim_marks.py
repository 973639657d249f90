"""Which of the claims that were taken are right, by the side of an annotated report."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from nameplate.model import Claim


def _fold(text: object) -> str:
    return unicodedata.normalize("NFKC", str(text or "")).casefold().replace("’", "'").strip()


_WEAK = frozenset(
    ("the", "a", "an", "of", "in", "and", "co", "ltd", "inc", "corp", "company", "limited", "group",
     "project")
)  # fmt: skip


def _terms(text: object) -> set[str]:
    folded = _fold(text)
    words = set(re.findall(r"[a-z0-9]+", folded))
    han = "".join(re.findall(r"[\u3400-\u9fff]", folded))
    return (words - _WEAK or words) | {han[i : i + 2] for i in range(len(han) - 1)}


def alike(one: object, two: object) -> bool:
    """Two names for one thing: one holds the other, or half of their terms are shared."""
    a, b = _terms(one), _terms(two)
    if not a or not b:
        return _fold(one) == _fold(two)
    return a <= b or b <= a or len(a & b) / len(a | b) >= 0.5


def _answers(gold: dict[str, Any], field: str) -> list[Any]:
    return [gold.get(field), *gold.get("accept", {}).get(field, [])]


def _same(gold: dict[str, Any], claim: Claim, field: str) -> bool:
    mine = _fold(getattr(claim, field))
    return field not in gold or any(_fold(a) == mine for a in _answers(gold, field))


def _called(gold: dict[str, Any], claim: Claim, field: str) -> bool:
    return any(alike(a, getattr(claim, field)) for a in _answers(gold, field))


def _gap(gold: dict[str, Any], claim: Claim) -> int:
    spans = [gold, *gold.get("mentions", [])]
    gaps: list[int] = [max(s["start"] - claim.end, claim.start - s["end"]) for s in spans]
    return min(gaps)


def _value(gold: dict[str, Any], claim: Claim) -> bool:
    mine = [float(v) for v in (claim.value, claim.low, claim.high) if v is not None]
    said = [gold[k] for k in ("value", "low", "high") if gold.get(k) is not None]
    wanted = [said, *([v] for v in gold.get("accept", {}).get("value", []))]
    return any(
        len(w) == len(mine)
        and all(math.isclose(a, b, rel_tol=1e-6) for a, b in zip(map(float, w), mine, strict=True))
        for w in wanted
    )


def _visitors(gold: dict[str, Any], claim: Claim) -> bool:
    said = gold.get("visitors") or []
    names = said if isinstance(said, list) else re.split(r"[;；、]|, (?=[A-Z])", said)
    return any(alike(a, b) for a in names for b in claim.visitors)


def right(gold: dict[str, Any], claim: Claim) -> bool:
    """Whether the claim is the annotated one as far as its kind asks for."""
    gap = _gap(gold, claim)
    if claim.kind == "quantity":
        fits = gap < 0 and _value(gold, claim)
        fits = fits and all(_same(gold, claim, f) for f in ("unit", "measure", "modality"))
        return fits and _called(gold, claim, "subject")
    if claim.kind == "milestone":
        fits = gap <= 160 and all(_same(gold, claim, f) for f in ("stage", "modality"))
        return fits and _called(gold, claim, "subject")
    if claim.kind == "relation":
        ends = _called(gold, claim, "subject") and _called(gold, claim, "object")
        return gap <= 160 and _same(gold, claim, "relation") and ends
    if claim.kind == "visit":
        return _called(gold, claim, "subject") and _visitors(gold, claim)
    if claim.kind == "instruction":
        return gap < 0
    return gap <= 160 and _called(gold, claim, "topic")


def judged(claims: Sequence[Claim], row: dict[str, Any]) -> Iterator[tuple[Claim, bool]]:
    """Each claim with whether it is right; what the annotation leaves open is left out."""
    used: set[int] = set()
    for claim in claims:
        if any(s["start"] < claim.end and claim.start < s["end"] for s in row.get("ignore", [])):
            continue
        own = [(i, g) for i, g in enumerate(row["claims"]) if g["kind"] == claim.kind]
        match = next((i for i, g in own if i not in used and right(g, claim)), None)
        if match is not None:
            used.add(match)
            if not row["claims"][match].get("optional"):
                yield claim, True
        elif not any(g.get("optional") and _gap(g, claim) < 0 for _, g in own):
            again = any(right(g, claim) for _, g in own)
            yield claim, again
