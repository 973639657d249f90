"""The numbers in the frame around every page."""

from __future__ import annotations

from nameplate.answer.projects import PROJECT_KINDS
from nameplate.web.desk import Snapshot


def counts(snapshot: Snapshot) -> dict[str, int]:
    """How many things each page of the navigation lists."""
    return {
        "projects": sum(1 for row in snapshot.rows if row.entity.kind in PROJECT_KINDS),
        "reports": len(snapshot.filed),
        "findings": sum(len(findings) for findings in snapshot.findings.values()),
    }
