"""Chinese persons with their offices."""

from __future__ import annotations

from collections.abc import Iterator

from nameplate.claim.context import Context
from nameplate.claim.office import Holder


def holders(context: Context) -> Iterator[Holder]:
    """Every Chinese person's name."""
    for sentence in context.sentences:
        for name in sentence.names:
            if name.kind == "person":
                yield Holder(name.start, name.end, None)
