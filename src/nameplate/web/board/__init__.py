"""The board: what lists, counts and searches need of each thing, kept beside the ledger.

``summary`` works it out (pure functions over one thing's claims), ``file`` and ``keeper`` keep it up
to date in ``LEDGER.desk``, which may be deleted at any time, ``bits`` counts and chooses in memory,
``board`` answers.
"""

from nameplate.web.board.board import Board

__all__ = ["Board"]
