"""Blocks and sentences of a text.

A block is a paragraph, a heading, a list item or a table row. Sentences end at full stops of either
script, but not after abbreviations, initials and decimal points; a line break ends a sentence unless
the lines are one wrapped paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nameplate.lexicon.cues import abbreviations

WRAP = (56, 100)
"""Line lengths between which a text without blank lines counts as hard-wrapped prose."""

_END = re.compile(
    r";(?=[\u3400-\u9fff])|[。！？；!?]+[\"'”」』）)]*|…{2}(?=[\u3400-\u9fff])|\.{3,}|\.(?=[\"'”)\]*]*(?:\s|$|[A-Z\u4e00-\u9fff\[]))"
)
_TAIL = re.compile(r"[\"'”)\]*]+")
_WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.&]*$")


@cache
def _abbreviations() -> frozenset[str]:
    return abbreviations()


def lines(text: str) -> list[tuple[int, int]]:
    """Non-blank lines as spans, without their breaks."""
    spans, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _flows_on(text: str, previous: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether the second line goes on with the sentence of the first."""
    start, end = previous
    if following[0] != end + 1:
        return False
    line = text[start:end].rstrip()
    nxt = text[following[0] : following[1]].lstrip()
    if line[-1:] in ".。!！?？:：;；|>" or nxt[:1] in "-*•|#>·" or nxt[:2].rstrip(".)、").isdigit():
        return False
    if not line.isascii() and _is_han(line[-1]):
        return False
    wrapped = WRAP[0] <= len(line) <= WRAP[1]
    wrapped = wrapped and len(nxt) <= WRAP[1] + 20  # else it is a headline above a paragraph
    return (nxt[0].islower() and len(line) > WRAP[0]) or (wrapped and len(nxt) > 1 and " " in line)


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


FULL = 24
"""Characters from which a line of Chinese can be one that a page's width has cut."""


def _cut_lines(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """Starts of lines that go on with the line before, in Chinese text cut at a page's width.

    A run of lines without a blank one between is so cut where most lines but the last of a
    paragraph are as long as the longest.
    """
    goes_on: set[int] = set()
    run: list[tuple[int, int]] = []
    for span in [*spans, (len(text) + 9, len(text) + 9)]:
        if run and span[0] != run[-1][1] + 1:
            goes_on |= _cut_run(text, run)
            run = []
        run.append(span)
    return goes_on


def _cut_run(text: str, run: list[tuple[int, int]]) -> set[int]:
    if len(run) < 3:
        return set()
    sizes = [len(text[start:end].strip()) for start, end in run]
    longest = max(sizes)
    full = [i for i, size in enumerate(sizes[:-1]) if size >= longest - 3]
    if not FULL <= longest <= 60 or len(full) * 2 < len(run) - 1:
        return set()
    return {run[i + 1][0] for i in full if _is_han(text[run[i][1] - 1 : run[i][1]] or " ")}


def blocks(text: str) -> list[tuple[int, int]]:
    """Paragraphs: runs of lines that flow on; spans are trimmed of blanks."""
    joined: list[tuple[int, int]] = []
    last: tuple[int, int] | None = None
    spans = lines(text)
    cut = set() if text.isascii() else _cut_lines(text, spans)
    for line in spans:
        if last is not None and (line[0] in cut or _flows_on(text, last, line)):
            joined[-1] = (joined[-1][0], line[1])
        else:
            joined.append(line)
        last = line
    return [_trim(text, start, end) for start, end in joined]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences of one block as trimmed spans."""
    spans, at = [], start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        if stop <= at or (text[match.start()] == "." and _inside(text, at, match.start())):
            continue
        tail = _TAIL.match(text, stop, end)
        stop = tail.end() if tail and text[match.start()] == "." else stop
        spans.append(_trim(text, at, stop))
        at = stop
    if at < end:
        spans.append(_trim(text, at, end))
    spans = [span for span in spans if span[0] < span[1]]
    if end - start <= LONGEST:
        return spans
    return [piece for span in spans for piece in _pieces(text, *span)]


LONGEST = 1000
"""Characters beyond which a stretch without a full stop is a table or noise, no sentence."""
_CLAUSE = re.compile(r".*[,;，；、:：|]|.*\s", re.DOTALL)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or what is too long to be one cut behind clauses or words."""
    while end - start > LONGEST:
        cut = _CLAUSE.match(text, start + LONGEST // 2, start + LONGEST)
        stop = cut.end() if cut else start + LONGEST
        piece = _trim(text, start, stop)
        if piece[0] < piece[1]:
            yield piece
        start = _trim(text, stop, end)[0]
    if start < end:
        yield start, end


def _inside(text: str, start: int, dot: int) -> bool:
    """Whether the full stop belongs to an abbreviation or an initial and the sentence goes on."""
    word = _WORD_BEFORE.search(text, max(start, dot - 16), dot)
    if word is None:
        return False
    if len(word.group()) == 1 or "." in word.group():  # an initial, or U.S
        return _goes_on(text, dot) or len(word.group()) == 1 or _initials(word.group())
    if word.group().lower() not in _abbreviations():
        return False
    return _goes_on(text, dot) or word.group().lower() not in _CLOSING


_INITIALS = re.compile(r"[A-Z](?:\.[A-Z]){0,2}")
_SHORT = frozenset({"U.S", "U.K", "U.N", "E.U", "U.S.A", "U.A.E", "D.C", "L.A", "N.Y", "N.J", "N.C", "S.C", "S.A",
                    "B.V", "N.V", "A.G", "P.M", "A.M", "P.R.C", "R.O.C", "B.C"})  # fmt: skip
"""Letters with points that are no person's initials, and so may end a sentence."""


def _initials(word: str) -> bool:
    """Whether the letters are a person's initials, whose name follows: "M.C. Sharma"."""
    return _INITIALS.fullmatch(word) is not None and word not in _SHORT


_CLOSING = frozenset({"ltd", "inc", "corp", "co", "etc", "plc", "llc", "gmbh", "pct"})
"""Abbreviations that often end a sentence: they go on only where the next word is small."""


def _goes_on(text: str, dot: int) -> bool:
    rest = text[dot + 1 : dot + 4].lstrip(" \n")
    return bool(rest) and not (rest[0].isupper() or _is_han(rest[0]))
