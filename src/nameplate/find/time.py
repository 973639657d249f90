"""Time expressions of a text, each with its span and its value in EDTF.

``find_times`` finds them in one pass (see `nameplate.find.times`); ``publication_date`` finds the
date that a report's header gives. Neither raises on any text.
"""

from __future__ import annotations

import re

from nameplate.find.times.finder import Finder
from nameplate.find.times.header import publication_date
from nameplate.model import Time

__all__ = ["find_times", "publication_date"]


def find_times(text: str, published: str | None = None) -> list[Time]:
    """Time expressions in order, not overlapping, with offsets of ``text``.

    ``published`` is the report's date in EDTF; relative words are resolved against it, and a year
    that neither it nor the text gives is ``XXXX``. Durations and what returns carry an ISO 8601
    duration (``P36M``) in place of a date; vague words ("in recent years") carry none.
    """
    if "日" in text:
        text = _BRACKETED.sub(r" \1 ", text)
    return Finder(text, published).find()


_BRACKETED = re.compile(r"(?<=[昨今前])[(（](\d{1,2})[)）](?=日)")
"""The day that a Chinese newspaper gives in brackets beside its relative word: 昨(27)日."""
