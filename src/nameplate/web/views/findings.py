"""Findings as printed: what was noticed, and the words on both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

import msgspec

from nameplate.answer.telling import NUMBERS, blanks
from nameplate.lexicon import messages
from nameplate.model import Finding, content_key
from nameplate.web.views.evidence import Fact
from nameplate.web.views.figures import say_number
from nameplate.web.views.shown import clip
from nameplate.web.views.words import Words

FactOf = Callable[[str], Fact | None]
"""Claim key to the claim with its words."""


class FindingView(msgspec.Struct, frozen=True):
    """A finding with its sides; ``message`` says in a sentence what does not add up."""

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
        message=_message(finding, facts, words),
        facts=facts,
    )


def _message(finding: Finding, facts: list[Fact], words: Words) -> str:
    """The sentence in the reader's language; that of a claim that was taken back since, in English."""
    if not finding.code or len(facts) != len(finding.claims):
        return finding.message if words.tag == "en" else ""
    shape, comma = words.text["finding_side"], words.say("finding_comma")
    sides = [(_side(fact), f"{fact.report}, {fact.published}".rstrip(", ")) for fact in facts]
    told = blanks(sides, str(shape), comma)
    for name, value in finding.fields.items():
        told[name] = say_number(Decimal(value), words) if name in NUMBERS else value
    told["per"] = words.name_of("per", told.get("per"))
    measure = words.measure(told.get("measure")) if told.get("measure") else ""
    item = told.get("item")
    told["measure"] = str(shape).format(measure, clip(item)) if item else measure
    return messages.finding(finding.code, words.tag[:2], **told)


def _side(fact: Fact) -> str:
    scope = f"{fact.scope} " if fact.scope else ""
    return f"{scope}{fact.said} {fact.when}".strip() if fact.when else f"{scope}{fact.said}"


def gravity(finding: Finding) -> tuple[int, str, str]:
    """Sort key: the gravest first, then by check and subject."""
    return _ORDER.index(finding.severity), finding.check, finding.subject


def groups(views: Iterable[FindingView]) -> list[Group]:
    """The findings by check, in the order of their gravest."""
    found: dict[str, list[FindingView]] = {}
    for view in views:
        found.setdefault(view.check, []).append(view)
    return [Group(name, some) for name, some in found.items()]
