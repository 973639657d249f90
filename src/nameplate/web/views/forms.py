"""Forms and their links as printed."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from nameplate.answer.monitor.counted import says_no
from nameplate.forms import FIELD_ERRORS, Field, Filled, Link
from nameplate.lexicon.stages import stages
from nameplate.model import Claim
from nameplate.web.views.dates import say_date
from nameplate.web.views.evidence import say_claim
from nameplate.web.views.refusals import say_sentence
from nameplate.web.views.words import Words


class FieldView(msgspec.Struct, frozen=True):
    """A field as printed: what stands in it, what is wrong, what it was last time, how it is read."""

    name: str
    label: str
    kind: str
    unit: str
    required: bool
    value: str
    error: str
    before: str
    read: str


class LinkRow(msgspec.Struct, frozen=True):
    """A link in the list of those who make them."""

    id: str
    subject: str
    when: str
    state: str
    state_said: str
    ends: str
    author: str
    fields: int
    address: str
    sent: str
    versions: int


def field_views(fields: list[Field], done: Filled | None, words: Words) -> list[FieldView]:
    """The fields, with what was filled in if there is something."""
    return [_field(field, done, words) for field in fields]


def _field(field: Field, done: Filled | None, words: Words) -> FieldView:
    error = done.errors.get(field.name, "") if done else ""
    before = ""
    if field.before:
        when = say_date(field.before_when, words)
        before = words.say("form_before", value=field.before, when=when)
    said = [_say(claim, words) for claim in done.of(field)] if done else []
    return FieldView(
        name=field.name,
        label=field.label,
        kind=field.kind,
        unit=field.unit,
        required=field.required,
        value=done.values.get(field.name, "") if done else "",
        error=words.say(error) if error in FIELD_ERRORS else say_sentence(error, words),
        before=before,
        read=", ".join(said),
    )


def _say(claim: Claim, words: Words) -> str:
    stage = next((s for s in stages() if says_no(s, claim.measure, claim.value, claim.item)), None)
    if stage is not None:
        return words.say("form_answered_no", stage=words.stage(stage))
    said = say_claim(claim, words)
    when = say_date(claim.when, words) if claim.kind == "milestone" else ""
    return f"{said}: {when}" if when else said


def link_row(link: Link, state: str, address: str, sent: tuple[str, int], words: Words) -> LinkRow:
    """A link with its state, its address while it is open, and what was sent by it."""
    ends = datetime.fromtimestamp(link.ends, UTC)
    return LinkRow(
        id=link.id,
        subject=link.subject,
        when=say_date(link.when, words),
        state=state,
        state_said=words.say(f"form_{state}"),
        ends=say_date(ends.date().isoformat(), words) + ends.strftime(" %H:%M"),
        author=link.author,
        fields=len(link.mapping.column),
        address=address,
        sent=sent[0],
        versions=sent[1],
    )
