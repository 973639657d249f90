"""Which stretches of a text are not body: title, captions, tables and boilerplate.

Each line is marked by its own words (``marks``), then by where it stands: before the first running
sentence, after the last, or below a heading of recommended reading. A line of running text is never
boilerplate, whatever it mentions; of such a line only a credit in brackets or a notice at its very
end is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nameplate.model import Region, Role
from nameplate.read.marks import (
    Mark,
    credit_spans,
    first_notice,
    is_caption,
    is_section,
    mark_of,
    notices_in,
    width,
)

_LONGEST_TITLE = 240  # width
_CELLS = re.compile(r"\t| \| ")
_CLOSED = re.compile(r"[.。;；,，、]$")
_BOILERPLATE: frozenset[Mark] = frozenset(("menu", "notice", "credit", "recommend", "photo"))
_RESUMES = 120  # width of a line that ends a list of recommended headlines


class _Lines:
    """The lines of a text with their offsets and marks."""

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        self.lines: list[str] = []
        offset = 0
        for raw in text.split("\n"):
            line = raw.strip()
            self.starts.append(offset + (raw.find(line) if line else 0))
            self.lines.append(line)
            offset += len(raw) + 1
        self.notices = notices_in(text)
        self.marks: list[Mark] = [mark_of(line, self.notices) for line in self.lines]
        self._join_wrapped()
        prose = [number for number, mark in enumerate(self.marks) if mark == "prose"]
        self.first = prose[0] if prose else len(self.lines)
        self.last = prose[-1] if prose else -1

    def _join_wrapped(self) -> None:
        """Lines broken in mid-sentence are prose, however short."""
        for number in range(len(self.lines) - 1):
            line, after = self.lines[number], self.lines[number + 1]
            if self.marks[number] == "plain" and width(line) >= 50 and after[:1].islower():
                self.marks[number] = "prose"


def mark_regions(text: str) -> tuple[Region, ...]:
    """The regions of ``text`` in order, without overlap; what no region covers is body."""
    lines = _Lines(text)
    dropped = _dropped(lines)
    titles = _titles(lines, dropped)
    found: list[Region] = []
    for number, line in enumerate(lines.lines):
        start = lines.starts[number]
        if number in titles:
            _add(found, start, start + len(line), "title")
        elif number in dropped:
            _add(found, start, start + len(line), "boilerplate")
        elif line:
            found.extend(_within(lines, number))
    return tuple(_merged(found, text))


def _add(found: list[Region], start: int, end: int, role: Role) -> None:
    if end > start:
        found.append(Region(start=start, end=end, role=role))


def _dropped(lines: _Lines) -> set[int]:
    """Numbers of the lines that are boilerplate as a whole."""
    dropped = {number for number, mark in enumerate(lines.marks) if mark in _BOILERPLATE}
    dropped |= set(_recommended(lines))
    dropped |= set(_head(lines, dropped))
    dropped |= set(_tail(lines))
    return dropped


def _recommended(lines: _Lines) -> Iterator[int]:
    """What follows a heading of recommended reading, until running text resumes."""
    inside = False
    for number, mark in enumerate(lines.marks):
        if mark == "recommend":
            inside = True
        elif mark == "prose" and width(lines.lines[number]) >= _RESUMES:
            inside = False
        elif inside and lines.lines[number]:
            yield number


def _head(lines: _Lines, dropped: set[int]) -> Iterator[int]:
    """Before the running text: date lines, hosts, and names of sections below a menu."""
    below_menu = False
    for number in range(lines.first):
        if lines.marks[number] == "edge":
            yield number
        elif lines.lines[number]:
            below_menu = number in dropped or (below_menu and is_section(lines.lines[number]))
            if below_menu and number not in dropped:
                yield number


def _tail(lines: _Lines) -> Iterator[int]:
    """After the running text: contact lines, and all that follows the first sign of a footer."""
    footer = False
    for number in range(lines.last + 1, len(lines.lines)):
        mark = lines.marks[number]
        footer = footer or mark in {"notice", "credit", "recommend"}
        if lines.lines[number] and (footer or mark == "edge") and lines.last >= 0:
            yield number


def _titles(lines: _Lines, dropped: set[int]) -> set[int]:
    """The headline and its repetitions near the top; empty if the text begins without one."""
    for number, line in enumerate(lines.lines):
        if not line or number in dropped:
            continue
        if not _is_headline(lines, number, dropped):
            return set()
        near = range(number, min(number + 12, len(lines.lines)))
        return {other for other in near if lines.lines[other] == line and other not in dropped}
    return set()


def _is_headline(lines: _Lines, number: int, dropped: set[int]) -> bool:
    """Whether the first line of the report stands alone above a date line, a gap or the text."""
    line = lines.lines[number]
    if width(line) > _LONGEST_TITLE or _CLOSED.search(line) or number == len(lines.lines) - 1:
        return False
    after = lines.lines[number + 1]
    if not after or number + 1 in dropped or after == line:
        return True
    if after[:1].islower():
        return False
    below = range(number + 1, min(number + 4, len(lines.lines)))
    return any(
        other in dropped or lines.lines[other] == line or lines.marks[other] == "prose"
        for other in below
    )


def _in_table(lines: list[str], number: int) -> bool:
    """Whether a line and a neighbour are rows of cells."""
    if len(_CELLS.findall(lines[number])) < 1:
        return False
    near = lines[max(0, number - 1) : number] + lines[number + 1 : number + 2]
    return any(_CELLS.search(other) for other in near)


def _within(lines: _Lines, number: int) -> Iterator[Region]:
    """Regions inside a line that is kept: credits, the caption around them, a closing notice."""
    line, start = lines.lines[number], lines.starts[number]
    row = _in_table(lines.lines, number)
    credits, photo = credit_spans(line)
    end = _closing_notice(line, lines.notices)
    if end < len(line):
        credits.append((end, len(line)))
    role: Role | None = (
        "table" if row else "caption" if (photo and len(line) <= 400) or is_caption(line) else None
    )
    position = 0
    for first, last in [*sorted(credits), (len(line), len(line))]:
        if role and line[position:first].strip():
            yield Region(start=start + position, end=start + first, role=role)
        if last > max(first, position):
            yield Region(start=start + max(first, position), end=start + last, role="boilerplate")
        position = max(position, last)


def _closing_notice(line: str, notices: tuple[str, ...]) -> int:
    """Where the notice begins that ends a long line, such as a copyright line run into the text."""
    if not notices:
        return len(line)
    place = first_notice(line[-160:], notices)
    if place is None:
        return len(line)
    before = line[: len(line) - len(line[-160:]) + place]
    cut = max(before.rfind(". "), before.rfind("。"), before.rfind("! "), before.rfind("  "))
    if cut <= len(line) - 320:
        return len(before)
    return len(line) - len(line[cut + 1 :].lstrip())


def _merged(found: list[Region], text: str) -> Iterator[Region]:
    """Neighbouring stretches of boilerplate, with only white space between them, as one."""
    last: Region | None = None
    for region in found:
        if (
            last
            and last.role == region.role == "boilerplate"
            and not text[last.end : region.start].strip()
        ):
            last = Region(start=last.start, end=region.end, role="boilerplate")
            continue
        if last:
            yield last
        last = region
    if last:
        yield last
