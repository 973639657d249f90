"""Whose news a report is: what "our company" and 我公司 stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from nameplate.claim.context import Context


def own(context: Context, guests: Collection[str] = ()) -> str | None:
    """The company that a report names most, but none in the words of its guests; else its publisher."""
    if "companies" not in context.memo:
        context.memo["companies"] = Counter(
            " ".join(n.text.split()) for n in context.names if n.kind == "company" and not n.generic
        ).most_common(20)
    companies: list[tuple[str, int]] = context.memo["companies"]
    for company, _ in companies:
        if not any(company in guest for guest in guests):
            return company
    return context.document.publisher
