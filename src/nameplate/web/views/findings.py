"""Findings as printed: what was noticed, and the words on both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from nameplate.model import Finding, content_key
from nameplate.web.views.evidence import Fact
from nameplate.web.views.words import Words

FactOf = Callable[[str], Fact | None]
"""Claim key to the claim with its words."""


class FindingView(msgspec.Struct, frozen=True):
    """A finding with its sides; ``message`` is in English and left out elsewhere."""

    id: str
    check: str
    severity: str
    severity_name: str
    subject: str
    entity: str
    message: str
    facts: list[Fact]


class Group(msgspec.Struct, frozen=True):
    """The findings of one check."""

    name: str
    findings: list[FindingView]


_ORDER = ("error", "warning", "info")


def finding_view(finding: Finding, entity: str, fact_of: FactOf, words: Words) -> FindingView:
    """The finding about the entity with this id."""
    facts = [found for key in finding.claims if (found := fact_of(key)) is not None]
    return FindingView(
        id=content_key(finding.check, *finding.claims)[:12],
        check=words.name_of("check", finding.check),
        severity=finding.severity,
        severity_name=words.name_of("severity", finding.severity),
        subject=finding.subject,
        entity=entity,
        message=finding.message if words.tag == "en" else "",
        facts=facts,
    )


def gravity(finding: Finding) -> tuple[int, str, str]:
    """Sort key: the gravest first, then by check and subject."""
    return _ORDER.index(finding.severity), finding.check, finding.subject


def groups(views: Iterable[FindingView]) -> list[Group]:
    """The findings by check, in the order of their gravest."""
    found: dict[str, list[FindingView]] = {}
    for view in views:
        found.setdefault(view.check, []).append(view)
    return [Group(name, some) for name, some in found.items()]
