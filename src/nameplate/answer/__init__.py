"""Answers: pure functions over the ledger's entries, never a session or a file.

`Shelf` holds the entries, `project_rows` is the table of projects, `project_view` all about one of
them, `findings` what should be known about the claims of one subject. ``today`` enters as an
ISO 8601 date.
"""

from nameplate.answer.checks import CHECKS, findings
from nameplate.answer.projects import PROJECT_KINDS, project_row, project_rows
from nameplate.answer.shelf import Shelf
from nameplate.answer.timeline import project_view, sources
from nameplate.answer.views import (
    Figure,
    FigureRow,
    MilestoneRow,
    ProjectRow,
    ProjectView,
    Source,
    Status,
)

__all__ = [
    "CHECKS",
    "PROJECT_KINDS",
    "Figure",
    "FigureRow",
    "MilestoneRow",
    "ProjectRow",
    "ProjectView",
    "Shelf",
    "Source",
    "Status",
    "findings",
    "project_row",
    "project_rows",
    "project_view",
    "sources",
]
