"""The bulletin's sentence for a day, in English or Chinese: words from the monitor's clauses, numbers
from its cells, each with the claims that say it.

A clause with a blank that has no value is left out whole, as is one that says nothing that was not
said before it. A day without a figure is said to have none,
and then comes what was last known, under its own date. What is derived says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from nameplate.answer.monitor.cells import Cell, Row, Seen, Source
from nameplate.answer.monitor.periods import last_day
from nameplate.answer.monitor.spec import Clause, Monitor, blanks
from nameplate.errors import UsageError
from nameplate.lexicon.places import bare, candidates
from nameplate.model import Entry, Record

Lang = Literal["en", "zh"]
LANGUAGES: tuple[Lang, ...] = ("en", "zh")

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_SCALES: dict[Lang, tuple[tuple[int, str], ...]] = {
    "en": ((12, " trillion"), (9, " billion"), (6, " million")),
    "zh": ((8, "亿"), (4, "万")),
}
_UNITS: dict[Lang, dict[str, str]] = {
    "en": {"1": "", "%": "%", "CNY": " yuan"},
    "zh": {
        "1": "",
        "%": "%",
        "CNY": "元",
        "USD": "美元",
        "EUR": "欧元",
        "HKD": "港元",
        "m2": "平方米",
        "t": "吨",
    },
}
_BOUNDS: dict[Lang, dict[str, str]] = {
    "en": {
        "=": "",
        ">": "more than ",
        ">=": "at least ",
        "<": "less than ",
        "<=": "at most ",
        "~": "about ",
    },
    "zh": {"=": "", ">": "超过", ">=": "不少于", "<": "不足", "<=": "不超过", "~": "约"},
}
_WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "lead": "{by} {day}{open}, {subject} had ", "undated": "At a time that is not said, {subject} had ",
        "day": "As of", "month": "By", "year": "By", "join": ", ", "last": " and ", "end": ".",
        "none": "No figure is reported for {day}.", "nothing": "Nothing is reported.", "space": " ",
        "derived": " (derived)", "open": " (the report gives no year)", "held": " (figure of {day})",
    },
    "zh": {
        "lead": "截至{day}{open}，{subject}", "undated": "日期不详，{subject}",
        "day": "", "month": "", "year": "", "join": "，", "last": "，", "end": "。",
        "none": "{day}没有报告的数字。", "nothing": "没有报告。", "space": "",
        "derived": "（推算）", "open": "（报告未注明年份）", "held": "（{day}数字）",
    },
}  # fmt: skip


class Part(Record, frozen=True, kw_only=True):
    """A piece of the sentence. A number carries its line ``key`` and the claims or documents that it
    is from; of a derived one they are those of the figures that it is made of."""

    text: str
    key: str = ""
    derived: bool = False
    entries: tuple[Entry, ...] = ()
    sources: tuple[Source, ...] = ()


class Sentence(Record, frozen=True, kw_only=True):
    """The sentence of a period; ``period`` is that of its numbers, which is earlier than the one
    asked for where that has none."""

    lang: Lang
    asked: str
    period: str | None
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The plain words."""
        return "".join(part.text for part in self.parts)


def sentence(seen: Seen, day: str | None = None, lang: Lang = "en") -> Sentence:
    """The sentence for a day, month or year; for the newest figures if none is named.

    A day of a year that the reports leave open is asked for as they have it: ``XXXX-02-24``. Raises
    `UsageError` for what is no date.
    """
    words = _WORDS[lang]
    asked = day if day is not None else _newest(seen)
    if asked is None:
        return Sentence(lang=lang, asked="", period=None, parts=(Part(text=words["nothing"]),))
    asked = _checked(asked, seen.monitor)
    row = seen.row(asked)
    parts: list[Part] = []
    if row is None or not any(cell.value is not None for cell in row.cells.values()):
        parts.append(Part(text=words["none"].format(day=say_period(asked, lang))))
        row = _before(seen, asked)
        if row is not None:
            parts.append(Part(text=words["space"]))
    if row is not None:
        parts += _said(seen, row, lang)
    return Sentence(lang=lang, asked=asked, period=row.period if row else None, parts=tuple(parts))


def _newest(seen: Seen) -> str | None:
    some = [row for row in seen.rows if any(c.value is not None for c in row.cells.values())]
    placed = [row.period for row in some if row.placed]
    return placed[-1] if placed else (some[-1].period if some else None)


def _checked(asked: str, monitor: Monitor) -> str:
    length = {"day": 10, "month": 7, "year": 4}[monitor.grain]
    if not asked or "X" in asked:
        return asked
    try:
        last_day(asked if len(asked) in (4, 7, 10) else "?")
    except ValueError:
        raise UsageError(
            f"{asked!r} is no {monitor.grain}", remedy="Write 2020-02-24, 2020-02 or 2020."
        ) from None
    return asked[:length] if len(asked) >= length else last_day(asked).isoformat()[:length]


def _before(seen: Seen, asked: str) -> Row | None:
    """The last row before it that says anything; none for a date without a year."""
    if not asked or "X" in asked:
        return None
    rows = [
        row for row in seen.rows
        if row.placed and row.period < asked and any(c.value is not None for c in row.cells.values())
    ]  # fmt: skip
    return rows[-1] if rows else None


def _said(seen: Seen, row: Row, lang: Lang) -> Iterator[Part]:
    words = _WORDS[lang]
    said: set[str] = set()
    clauses = []
    for clause in seen.monitor.clause or _plain(seen.monitor):
        pieces = list(_clause(seen, row, clause, lang))
        keys = {part.key for part in pieces if part.key}
        if pieces and not keys <= said:
            clauses.append(pieces)
            said |= keys
    if not clauses:
        clauses = [p for c in _plain(seen.monitor) if (p := list(_clause(seen, row, c, lang)))]
    yield Part(text=_lead(seen, row, lang))
    for number, pieces in enumerate(clauses):
        if number:
            yield Part(text=words["last" if number == len(clauses) - 1 else "join"])
        yield from pieces
    yield Part(text=words["end"])


def _lead(seen: Seen, row: Row, lang: Lang) -> str:
    words = _WORDS[lang]
    return words["lead" if row.period else "undated"].format(
        by=words[seen.monitor.grain],
        day=say_period(row.period, lang),
        open=words["open"] if "X" in row.period else "",
        subject=name_in(seen, lang),
    )


def _plain(monitor: Monitor) -> tuple[Clause, ...]:
    """A clause a line for a monitor that has none of its own."""
    keys = [*(line.key for line in monitor.lines()), *(share.key for share in monitor.share)]
    return tuple(
        Clause(
            en=f"{_literal(monitor.label(k))}: {{{k}}}",
            zh=f"{_literal(monitor.label(k, 'zh'))}{{{k}}}",
        )
        for k in keys
    )


def _literal(label: str) -> str:
    return label.replace("{", "(").replace("}", ")")


def _clause(seen: Seen, row: Row, clause: Clause, lang: Lang) -> Iterator[Part]:
    pieces = list(blanks(clause.en if lang == "en" else clause.zh))
    wanted = [key.split("|")[0] for _, key in pieces if key and key not in ("day", "subject")]
    if any((cell := row.cells.get(key)) is None or cell.value is None for key in wanted):
        return
    for text, key in pieces:
        if text:
            yield Part(text=text)
        if key == "day":
            yield Part(text=say_period(row.period, lang))
        elif key == "subject":
            yield Part(text=name_in(seen, lang))
        elif "|" in key:
            of, one, other = key.split("|")
            yield Part(text=one if row.cells[of].value == 1 else other)
        elif key:
            yield from _number(row, key, lang)
    held = {cell.held for key in wanted if (cell := row.cells[key]).held and not cell.derived}
    for period in sorted(p for p in held if p):
        yield Part(text=_WORDS[lang]["held"].format(day=say_period(period, lang)))


def _number(row: Row, key: str, lang: Lang) -> Iterator[Part]:
    cell, words = row.cells[key], _WORDS[lang]
    entries, sources = origins(row, cell)
    yield Part(
        text=say_value(cell, lang), key=key, derived=cell.derived, entries=entries, sources=sources
    )
    if cell.derived:
        yield Part(text=words["derived"])


def origins(row: Row, cell: Cell) -> tuple[tuple[Entry, ...], tuple[Source, ...]]:
    """The claims and documents of a cell; of a share those of both its lines."""
    entries, sources = list(cell.entries), list(cell.sources)
    for key in cell.inputs:
        other = row.cells.get(key)
        if other is not None:
            entries += other.entries
            sources += other.sources
    return tuple(entries), tuple(dict.fromkeys(sources))


def name_in(seen: Seen, lang: Lang) -> str:
    """The subject's name in the language, if a report has one or it is a place of one Chinese name;
    else as the monitor has it."""
    if lang == "zh" and seen.monitor.subject_zh:
        return seen.monitor.subject_zh
    names = [seen.monitor.subject]
    if seen.subject is not None:
        names += [seen.subject.name, *(name for name, _ in seen.subject.names)]
    fits = [name for name in names if name.isascii() == (lang == "en")]
    if not fits and lang == "zh":
        meant = {e.code: e.name for e in candidates(seen.monitor.subject) if e.code.isdigit()}
        fits = [bare(name) for name in meant.values()] if len(meant) == 1 else []
    return (fits or names)[0]


def say_value(cell: Cell, lang: Lang) -> str:
    """The value with its bound and unit, never rounded: "10,812", "46.3 billion yuan", 61.3万."""
    assert cell.value is not None
    unit = _UNITS[lang].get(cell.unit, f" {cell.unit}")
    return _BOUNDS[lang][cell.bound] + _number_in(cell.value, lang, money=cell.unit != "1") + unit


def _number_in(value: Decimal, lang: Lang, *, money: bool) -> str:
    for power, word in _SCALES[lang]:
        if abs(value) >= Decimal(10) ** power and (money or lang == "zh"):
            scaled = value.scaleb(-power).normalize()
            if -int(scaled.as_tuple().exponent) <= (4 if money else 1):
                return f"{scaled:f}{word}"
    plain = value.normalize()
    return f"{plain:,f}" if lang == "en" else f"{plain:f}"


def say_period(period: str, lang: Lang) -> str:
    """A period in words: 24 February 2020, 2020年2月24日; one without a year as far as it goes."""
    year, month, day = (*period.split("-"), "", "")[:3]
    if lang == "zh":
        whole = f"{year}年" if "X" not in year else ""
        return whole + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
    said = [str(int(day))] if day else []
    said += [_MONTHS[int(month) - 1]] if month else []
    said += [year] if "X" not in year else []
    return " ".join(said)
