"""The line of a model's text that an error is about, since a parsed table no longer knows it."""

from __future__ import annotations

import re

_PLACE = re.compile(r"(?P<table>[a-z_]+)(?:\[(?P<entry>\d+)\])?(?: '.*')?(?P<keys>(?:\.[a-z_]+)*)")
_HEADER = re.compile(r"\s*\[{1,2}\s*([A-Za-z0-9_-]+)((?:\s*\.[^\]]*)?)\]{1,2}\s*(?:#.*)?")
_UNKNOWN = re.compile(r"unknown field '(\w+)'")


def line_of(text: str, where: str, problem: str) -> int | None:
    """The line, from 1, of a place such as ``station[3] 'oven'.service.mean``.

    That of the table where the key is not there; ``None`` where the text does not show it plainly
    (tables written in one line, strings over several).
    """
    place = _PLACE.fullmatch(where)
    if place is None or '"""' in text or "'''" in text:
        return None
    unknown = _UNKNOWN.search(problem)
    key = unknown[1] if unknown else place["keys"].lstrip(".").partition(".")[0]
    lines = text.splitlines()
    bodies = _bodies(lines, place["table"])
    if place["entry"] is not None:
        entry = int(place["entry"])
        bodies = bodies[entry : entry + 1]
    for body in bodies:
        found = next((at for at in body if _sets(lines[at], key)), None) if key else None
        if found is not None:
            return found + 1
    return bodies[0].start + 1 if bodies else _top(lines, unknown[1] if unknown else where)


def _bodies(lines: list[str], table: str) -> list[range]:
    """The lines of each entry of a table, from its header up to the next other one."""
    heads: list[tuple[int, bool]] = []
    for at, line in enumerate(lines):
        header = _HEADER.fullmatch(line)
        if header is not None and not (header[1] == table and header[2]):
            heads.append((at, header[1] == table))
    ends = [at for at, _ in heads[1:]] + [len(lines)]
    return [range(at, end) for (at, ours), end in zip(heads, ends, strict=False) if ours]


def _sets(line: str, key: str) -> bool:
    """Whether the line gives the key a value, or opens its sub-table."""
    told = line.strip()
    return re.match(rf"(?:\[[\w-]+\.)?{re.escape(key)}\s*[=.\]]", told) is not None


def _top(lines: list[str], key: str) -> int | None:
    """The line of a key above all tables."""
    for at, line in enumerate(lines):
        if line.lstrip().startswith("["):
            return None
        if _sets(line, key):
            return at + 1
    return None
