"""How far a project has come, as a label, a ladder and the rule in words."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from nameplate.answer.views import MilestoneRow, Status
from nameplate.web.views.dates import say_date
from nameplate.web.views.ladder import Bar, bars, phase
from nameplate.web.views.shown import clip
from nameplate.web.views.words import Words


class Standing(msgspec.Struct, frozen=True):
    """A derived status as printed; ``note`` is its date or what is promised for when."""

    label: str
    phase: str
    bars: list[Bar]
    note: str
    rule: str


def standing(status: Status, milestones: Iterable[MilestoneRow], words: Words) -> Standing:
    """The status with the rungs that its milestones have reached and promised."""
    rows = list(milestones)
    reached = [row.stage for row in rows if row.modality == "actual"]
    due = [row.stage for row in rows if row.outcome in {"open", "overdue"}]
    promised = status.rule == "promised"
    return Standing(
        label=_label(status, words),
        phase="talk" if promised else phase(status.stage),
        bars=bars([] if promised else reached, due),
        note=say_date(status.when, words),
        rule=say_rule(status, words),
    )


def _label(status: Status, words: Words) -> str:
    if status.stage is None:
        return words.say("stage_none")
    stage = words.stage(status.stage)
    return words.say("announced", stage=stage) if status.rule == "promised" else stage


def say_rule(status: Status, words: Words) -> str:
    """Why the status is what it is, in a sentence."""
    scope = words.rule["scope"].format(scope=clip(status.scope, 80)) if status.scope else ""
    when = say_date(status.when, words)
    dated = words.rule["when"].format(when=when) if when else ""
    return words.rule[status.rule].format(stage=words.stage(status.stage), scope=scope, when=dated)
