"""What a monitor asks: its lines, shares, thresholds and the clauses of its sentence; in TOML."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any, Literal

import msgspec

from nameplate.errors import UsageError
from nameplate.lexicon.facets import facets
from nameplate.lexicon.measures import measures
from nameplate.lexicon.stages import stages
from nameplate.model import EntityKind, Modality
from nameplate.toml_text import safe

Grain = Literal["day", "month", "year"]
How = Literal["reported", "counted", "summed", "averaged"]
Population = Literal["returns", "inside", "signed"]

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_NAME = re.compile(r"[\w][\w .-]{0,79}")
_BLANK = re.compile(r"\{([^{}]*)\}")
_MOST_LINES = 40
FIXED_BLANKS = frozenset({"day", "subject"})
"""Blanks of a clause that are filled without a figure."""


class Spec(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Base of the parts of a monitor: an entry that is not known is an error."""


class Named(Spec, frozen=True, kw_only=True):
    """What has a row of figures: its key and its names."""

    key: str
    en: str = ""
    zh: str = ""


class Line(Named, frozen=True, kw_only=True):
    """One line of figures.

    ``reported``: figures of the monitor's subject itself, of one of ``measure``; never sums of its
    parts. ``counted``: how many things have reached ``stage`` (of all, without one). ``summed`` and
    ``averaged``: over the figures of things. ``facets`` are those that a figure must have, ``maybe``
    those that it may have besides; a figure with any other is of another part of the whole. ``item``
    are the things that it must be of ("tyres"), where they are no facet. ``answer``: of a counted
    stage, how many said so in returns, or how many said "no". ``flow``:
    what was made in a period, and not what stood at its end; the two are never mixed. ``hold``: a
    value holds until the next one, as a denominator does. ``beside`` names the reported line that
    this one is compared with; ``split`` a group of facets (``tier``) of which each makes a line.
    """

    how: How = "reported"
    measure: tuple[str, ...] = ()
    stage: str | None = None
    answer: Literal["yes", "no"] = "yes"
    item: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    modality: Modality | Literal["any"] = "actual"
    flow: bool = False
    hold: bool = False
    beside: str | None = None
    split: str | None = None


class Share(Named, frozen=True, kw_only=True):
    """One line over another, in per cent: derived. ``beside`` is the reported share to compare."""

    of: str
    under: str
    beside: str | None = None


class Threshold(Spec, frozen=True, kw_only=True):
    """An alert on a line or share: from the period on in which it is above or below the level, or in
    each period in which it has crossed it."""

    line: str
    level: Decimal
    way: Literal["above", "below", "crossed"] = "above"


class Clause(Spec, frozen=True, kw_only=True):
    """A piece of the bulletin's sentence; left out whole if one of its blanks cannot be filled."""

    en: str
    zh: str


class Monitor(Spec, frozen=True, kw_only=True):
    """A saved question. ``subject`` is the place, park, programme or event it is about, ``subject_zh``
    what Chinese calls it.

    ``population`` is what is counted: the rows of ``returns`` (those whose file matches the pattern
    ``returns``, else those that name the subject), what is said to lie ``inside`` the subject, or what
    was ``signed`` there; of ``kinds``, or of any.
    ``silence``: after so many days without news there is an alert.
    """

    name: str
    subject: str
    subject_zh: str = ""
    title: str = ""
    title_zh: str = ""
    grain: Grain = "day"
    population: Population | None = None
    returns: str = ""
    kinds: tuple[EntityKind, ...] = ()
    silence: int | None = None
    line: tuple[Line, ...] = ()
    share: tuple[Share, ...] = ()
    alert: tuple[Threshold, ...] = ()
    clause: tuple[Clause, ...] = ()

    def lines(self) -> tuple[Line, ...]:
        """The lines with those that are split by a group of facets as one each."""
        return tuple(one for line in self.line for one in _split(line))

    def named(self) -> tuple[Named, ...]:
        """All that has a row of figures: lines, then shares."""
        return (*self.lines(), *self.share)

    def label(self, key: str, lang: str = "en") -> str:
        """What a line or share is called in the language."""
        for one in self.named():
            if one.key == key:
                return (one.zh if lang == "zh" else one.en) or one.en or key.replace("_", " ")
        return key

    def heading(self, lang: str = "en") -> str:
        """The title in the language, or the name."""
        return (self.title_zh if lang == "zh" else self.title) or self.title or self.name


def _split(line: Line) -> Iterator[Line]:
    yield line
    for key, facet in facets().items():
        if line.split is not None and facet.group == line.split:
            yield msgspec.structs.replace(
                line,
                key=f"{line.key}_{key}",
                en=f"{line.en or line.key} ({facet.en})",
                zh=f"{line.zh or line.en or line.key}（{facet.zh}）",
                facets=(*line.facets, key),
                beside=None,
                split=None,
            )


def load(text: str, *, where: str) -> Monitor:
    """The monitor in a TOML text; raises `UsageError` with everything that is wrong with it."""
    try:
        monitor = msgspec.toml.decode(safe(text, where=where), type=Monitor)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise UsageError(
            f"the monitor cannot be read: {error}",
            where=where,
            remedy="Correct the entry; `nameplate monitor template` prints ones to start from.",
        ) from error
    wrong = problems(monitor)
    if wrong:
        raise UsageError(
            f"the monitor cannot be used: {'; '.join(wrong)}", where=where,
            remedy="Correct these entries; docs/monitors.md explains them.",
        )  # fmt: skip
    return monitor


def dump(monitor: Monitor) -> str:
    """The monitor as TOML, to be read back by `load`."""
    body: dict[str, Any] = msgspec.to_builtins(monitor)
    tables = {name: body.pop(name, []) for name in ("line", "share", "alert", "clause")}
    parts = [msgspec.toml.encode(body).decode().rstrip()]
    for name, rows in tables.items():
        for row in rows:
            if "level" in row:
                row["level"] = float(row["level"])
            parts.append(f"[[{name}]]\n{msgspec.toml.encode(row).decode().rstrip()}")
    return "\n\n".join(parts) + "\n"


def problems(monitor: Monitor) -> list[str]:
    """What is wrong with a monitor, in words; empty if it can be used."""
    return [*_whole(monitor), *_lines(monitor), *_references(monitor)]


def _whole(monitor: Monitor) -> Iterator[str]:
    if not _NAME.fullmatch(monitor.name):
        yield f"the name {monitor.name!r} is none: use letters, digits, spaces, dots and dashes"
    if not monitor.subject.strip():
        yield "it has no subject: say which city, park or event it is about"
    if not monitor.line:
        yield "it has no [[line]]"
    if len(monitor.lines()) > _MOST_LINES:
        yield f"it has more than {_MOST_LINES} lines"
    if monitor.silence is not None and monitor.silence < 1:
        yield "silence is a number of days from 1 on"
    counts = [line.key for line in monitor.line if line.how != "reported"]
    if counts and monitor.population is None:
        yield f"{counts[0]} is counted, but population does not say what is counted"


def _lines(monitor: Monitor) -> Iterator[str]:
    seen: set[str] = set()
    for one in monitor.named():
        if not _KEY.fullmatch(one.key) or one.key in FIXED_BLANKS:
            yield f"the key {one.key!r} is none: use small letters, digits and _"
        if one.key in seen:
            yield f"the key {one.key!r} is used twice"
        seen.add(one.key)
    for line in monitor.line:
        yield from (
            f"{line.key}: there is no measure {m!r}" for m in line.measure if m not in measures()
        )
        yield from (
            f"{line.key}: there is no facet {f!r} (there are {', '.join(facets())})"
            for f in (*line.facets, *line.maybe) if f not in facets()
        )  # fmt: skip
        if line.stage is not None and line.stage not in stages():
            yield f"{line.key}: there is no stage {line.stage!r}"
        asks_no = line.answer == "no"
        if asks_no and (line.stage is None or monitor.population != "returns"):
            yield f'{line.key}: answer = "no" needs a stage and the population "returns"'
        if line.how != "counted" and not line.measure:
            yield f"{line.key}: it is {line.how}, so it needs a measure"
        if line.split is not None and line.split not in {f.group for f in facets().values()}:
            yield f"{line.key}: there is no group of facets {line.split!r}"


def _references(monitor: Monitor) -> Iterator[str]:
    lines = {line.key for line in monitor.lines()}
    known = lines | {share.key for share in monitor.share}
    pairs = [(line.key, line.beside) for line in monitor.line]
    for share in monitor.share:
        pairs += [(share.key, share.beside), (share.key, share.of), (share.key, share.under)]
    pairs += [("alert", alert.line) for alert in monitor.alert]
    yield from (
        f"{key}: there is no line {name!r}" for key, name in pairs if name and name not in known
    )
    for clause in monitor.clause:
        for text in (clause.en, clause.zh):
            odd = [name for name in _BLANK.findall(text) if not _is_blank(name, known)]
            if odd or text.count("{") != len(_BLANK.findall(text)):
                yield f"the clause {text!r} has a blank that is no line"


def _is_blank(name: str, known: Collection[str]) -> bool:
    key, *forms = name.split("|")
    return (key in known and len(forms) == 2) if forms else (key in known or key in FIXED_BLANKS)


def blanks(text: str) -> Iterator[tuple[str, str]]:
    """The clause piece by piece: words, and the key of the blank behind them (empty at the end)."""
    at = 0
    for match in _BLANK.finditer(text):
        yield text[at : match.start()], match[1]
        at = match.end()
    yield text[at:], ""
