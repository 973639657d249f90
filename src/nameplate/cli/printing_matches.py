"""Matches and technologies for people at a terminal, and as rows of JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from nameplate.answer.match import Match
from nameplate.answer.match_wording import reason
from nameplate.answer.matching import Reason
from nameplate.answer.statements import Statement
from nameplate.answer.technologies import ROLES, Technology
from nameplate.cli.printing import table, words_of
from nameplate.model import Entity

_STYLES = {"accepted": "green", "realised": "bold green", "declined": "red", "proposed": "dim"}
_OPENING = {"needs": "needs", "offers": "offers", "develops": "develops", "makes": "makes"}


def unique(matches: Iterable[Match]) -> Iterator[Match]:
    """Each pair once, where it comes first."""
    seen: set[tuple[str, str]] = set()
    for match in matches:
        pair = match.need.key, match.offer.key
        if pair not in seen:
            seen.add(pair)
            yield match


def print_matches(
    console: Console, pairs: Sequence[tuple[Statement, Sequence[Match]]], body: Entity | None
) -> None:
    """Each need or offer with its words, then its counterparts with reasons and words."""
    if not pairs:
        whose = f"{escape(body.name)} is not known to need or offer anything" if body else ""
        console.print(f"{whose or 'No open need is known'}.")
        return
    for one, matches in pairs:
        console.print(
            f"[bold]{escape(one.entity.name)}[/bold] {_OPENING[one.how]} [bold]{escape(one.topic)}[/bold]"
            f"  [dim]{one.entries[-1].key[:8]}[/dim]"
        )
        console.print(f"  {escape(words_of(one.entries[-1]))}", style="dim")
        if not matches:
            console.print("  nothing in the ledger comes near it")
        for match in matches:
            _print_match(console, match, match.offer if one.side == "need" else match.need)
        console.print()


def _print_match(console: Console, match: Match, other: Statement) -> None:
    style = _STYLES[match.state]
    console.print(
        f"  {match.score:.2f} [{style}]{match.state}[/{style}] [bold]{escape(other.entity.name)}[/bold] "
        f"{_OPENING[other.how]} {escape(other.topic)}  [dim]{other.entries[-1].key[:8]}[/dim]"
    )
    for feature in match.features:
        for told in feature.reasons:
            console.print(f"       {feature.name} {feature.score:.2f}: {escape(_reason(told))}")
    console.print(f"       {escape(words_of(other.entries[-1]))}", style="dim")
    if match.judgement is not None:
        why = f": {match.judgement.reason}" if match.judgement.reason else ""
        console.print(f"       {match.state} by {escape(match.judgement.author + why)}")


def _reason(told: Reason) -> str:
    words = f" ({words_of(told.entries[-1])})" if told.entries else ""
    return reason(told) + words


def match_row(match: Match) -> dict[str, Any]:
    """One match as JSON: both sides with their words, every feature with its reasons."""
    return {
        "score": match.score,
        "state": match.state,
        "need": _side(match.need),
        "offer": _side(match.offer),
        "features": [
            {"feature": f.name, "score": f.score, "reasons": [_reason(told) for told in f.reasons]}
            for f in match.features
        ],
        "judgement": match.judgement.key if match.judgement else None,
    }


def _side(one: Statement) -> dict[str, Any]:
    return {
        "body": one.entity.name,
        "id": one.entity.id,
        "how": one.how,
        "topic": one.topic,
        "claim": one.entries[-1].key,
        "first": one.first,
        "last": one.last,
        "words": [
            {"quote": e.claim.quote, "document": e.document_id, "published": e.published}
            for e in one.entries
        ],
    }


def print_technologies(console: Console, rows: Sequence[Technology]) -> None:
    """One line a technology."""
    if not rows:
        console.print("No such technology is known.")
        return
    made = table("technology", "who", "first", "last", "reports")
    for column in made.columns[2:4]:
        column.no_wrap = True
    for row in rows:
        made.add_row(
            _called(row),
            "\n".join(_who(row)),
            row.first or "undated",
            row.last or "undated",
            str(row.reports),
        )
    console.print(made)


def _called(row: Technology) -> str:
    """As reports call it most, and beside it the name of the table in both languages."""
    said = row.names[0][0]
    others = [name for name in dict.fromkeys((row.name, row.name_zh)) if name != said]
    return escape(said) + (f"\n[dim]{escape(' '.join(others))}[/dim]" if others else "")


def _who(row: Technology) -> Iterator[str]:
    for role in ROLES:
        if parts := row.by(role):
            yield f"[dim]{role}[/dim] {escape('; '.join(part.entity.name for part in parts))}"


def print_technology(console: Console, row: Technology) -> None:
    """All about one: how it is called, who has what to do with it, and the words that say so."""
    console.print(f"[bold]{_called(row)}[/bold]")
    called = ", ".join(f"{name} ({count})" for name, count in row.names)
    console.print(f"called: {escape(called)}", style="dim")
    first, last = row.ends
    console.print(
        f"first report {row.first or 'undated'} ({escape(first.document_id)}), "
        f"last report {row.last or 'undated'} ({escape(last.document_id)})"
    )
    if row.projects:
        console.print(f"projects: {escape(', '.join(entity.name for entity in row.projects))}")
    for role in ROLES:
        for part in row.by(role):
            console.print(
                f"\n[bold]{escape(part.entity.name)}[/bold] ({part.entity.kind}) {_OPENING[role]}"
            )
            for entry in (entry for one in part.statements for entry in one.entries):
                console.print(f"  {escape(words_of(entry))}", style="dim")


def technology_row(row: Technology) -> dict[str, Any]:
    """One technology as JSON."""
    return {
        "key": row.key,
        "name": row.name,
        "name_zh": row.name_zh,
        "kind": row.kind,
        "names": dict(row.names),
        "within": list(row.within),
        "first": row.first,
        "first_document": row.ends[0].document_id,
        "last": row.last,
        "last_document": row.ends[1].document_id,
        "reports": row.reports,
        "projects": [entity.name for entity in row.projects],
        "parts": [
            {"role": part.role, **side}
            for part in row.parts
            for side in map(_side, part.statements)
        ],
    }
