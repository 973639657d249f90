"""Figures in merged cells: one that stands over rows of totals, or of several, is nobody's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from nameplate.lexicon.messages import Message, message
from nameplate.read.sheet import Sheet, address

Range = tuple[int, int, int, int]
RowKind = Literal["total", "nothing"]
KindOf = Callable[[int], tuple[RowKind | None, str]]
"""Of a row: what it is if it is nobody's, and whose it is."""


class Merges:
    """The merged cells of the figures of a sheet, ``columns`` being those that are mapped."""

    def __init__(self, sheet: Sheet, columns: set[int], kind_of: KindOf) -> None:
        self._columns, self._kind_of = columns, kind_of
        self._at: dict[tuple[int, int], Range] = {
            (top, left): (top, left, bottom, right)
            for top, left, bottom, right in sheet.merged
            if (bottom > top or right > left)
            and sheet.at(top, left)
            and not columns.isdisjoint(range(left, min(right, left + 1_000) + 1))
        }

    def wrong(self, row: int, column: int) -> Message | None:
        """Why the figure in this cell cannot be taken, None where nothing is wrong with it."""
        found = self._at.get((row, column)) if self._at else None
        if found is None:
            return None
        top, left, bottom, right = found
        cells = f"{address(top, left)}:{address(bottom, right)}"
        if len(self._columns & set(range(left, right + 1))) > 1:
            return message("cell_merged_columns", cells=cells)
        kinds = [self._kind_of(number) for number in range(top, bottom + 1)]
        if any(kind == "total" for kind, _ in kinds):
            return message("cell_merged_total", cells=cells)
        if len({subject for kind, subject in kinds if kind is None}) > 1:
            return message("cell_merged_rows", cells=cells)
        return None

    def of_total(self, row: int) -> Iterator[tuple[int, Message]]:
        """Cells of a row of totals that are merged with rows of somebody's, by column."""
        for column in sorted({c for r, c in self._at if r == row} if self._at else ()):
            top, left, bottom, right = self._at[row, column]
            if any(self._kind_of(number)[0] is None for number in range(top + 1, bottom + 1)):
                cells = f"{address(top, left)}:{address(bottom, right)}"
                yield column, message("cell_merged_total", cells=cells)
