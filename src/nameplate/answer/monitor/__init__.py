"""Monitors: saved questions with a denominator, answered by day, month or year.

A `Monitor` says which figures are looked for and what is counted; `seen` answers it from entries. All
of it is pure: entries and rows in, records out, the day as an argument.
"""

from nameplate.answer.monitor.alerts import Alert, alerts
from nameplate.answer.monitor.cells import Cell, Difference, Gap, Row, Seen
from nameplate.answer.monitor.counted import Told, told
from nameplate.answer.monitor.sentence import Part, Sentence, sentence
from nameplate.answer.monitor.spec import Line, Monitor, Share, Threshold, dump, load, problems
from nameplate.answer.monitor.tallied import Pile, Tally, amended, tally
from nameplate.answer.monitor.view import Material, RowsNeededError, seen

__all__ = [
    "Alert",
    "Cell",
    "Difference",
    "Gap",
    "Line",
    "Material",
    "Monitor",
    "Part",
    "Pile",
    "Row",
    "RowsNeededError",
    "Seen",
    "Sentence",
    "Share",
    "Tally",
    "Threshold",
    "Told",
    "alerts",
    "amended",
    "dump",
    "load",
    "problems",
    "seen",
    "sentence",
    "tally",
    "told",
]
