"""Lines of a page to paragraphs: what was broken for the sake of the margin is joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nameplate.model import Place, Record

Box = tuple[float, float, float, float]

_SOFT_HYPHENS = "\ufffe\u00ad\x02"  # PDFium writes U+FFFE or U+0002 for a hyphen at a line's end
_BROKEN_WORD = re.compile(r"([A-Za-z0-9]+)-$")
_WORD_START = re.compile(r"[A-Za-z]+")
_FIRST_WORD = re.compile("[\u2e80-\u9fff]{1,2}|[^\\s\u2e80-\uffef]+")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef，。、；：！？“”（）《》]")
_STOP = re.compile(r"[.。!！?？:：;；”\"]$")
_ITEM = re.compile(
    r"(?:[•·●■◆▪*–-]|\(?\d{1,2}[.)、．]|[（(]?[一二三四五六七八九十]{1,3}[)）、])\s*\S"
)


class Line(Record, frozen=True, kw_only=True):
    """A line of a page; ``box`` is left, bottom, right, top in points, if known."""

    text: str
    page: int
    box: Box | None = None


class Word(Record, frozen=True, kw_only=True):
    """A stretch without white space; ``broken`` if the file breaks the line before it."""

    text: str
    box: Box
    broken: bool


def lines_of(words: Sequence[Word], page: int) -> Iterator[Line]:
    """Words that stand on one line, left to right, as lines; distant ones are parted by a tab.

    The line breaks of the file are not trusted: programs that justify text break it at every
    character, and leave out the break where a line ends.
    """
    start = 0
    for number in range(1, len(words) + 1):
        if number == len(words) or not _same_line(words[number - 1].box, words[number].box):
            yield _line(words[start:number], page)
            start = number


def _same_line(box: Box, after: Box) -> bool:
    overlap = min(box[3], after[3]) - max(box[1], after[1])
    height = min(box[3] - box[1], after[3] - after[1])
    return overlap > 0.5 * height and after[0] > box[2] - max(height, 1.0)


def _line(words: Sequence[Word], page: int) -> Line:
    text = words[0].text
    for word, after in pairwise(words):
        text += _between(word, after) + after.text
    left, bottom, right, top = zip(*(word.box for word in words), strict=True)
    box = (
        round(min(left), 1), round(min(bottom), 1), round(max(right), 1), round(max(top), 1)
    )  # fmt: skip
    return Line(text=text, page=page, box=box)


def _between(word: Word, after: Word) -> str:
    """The white space between two words of a line: a tab, a space, or none."""
    gap, height = after.box[0] - word.box[2], word.box[3] - word.box[1]
    if gap > 2.5 * height:
        return "\t"
    if not after.broken:
        return " "
    wide = _WIDE.match(word.text[-1:]) or _WIDE.match(after.text[:1])
    return " " if gap > (1.0 if wide else 0.15) * height else ""


def joined(lines: Sequence[Line]) -> tuple[str, list[Place]]:
    """The text of the lines, a paragraph a line, and where each of them stands in it."""
    margins = _margins(lines)
    whole = "\n".join(line.text for line in lines).lower()
    parts: list[str] = []
    places: list[Place] = []
    offset = 0
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else None
        text, glue = line.text, "\n"
        if after is None:
            glue = ""
        elif _reads_on(line, after, margins.get(line.page)):
            text, glue = _glued(line.text, after.text, whole)
        text = text.rstrip(_SOFT_HYPHENS) if glue == "\n" else text
        parts += [text, glue]
        places.append(Place(start=offset, end=offset + len(text), page=line.page, box=line.box))
        offset += len(text) + len(glue)
    return "".join(parts), places


def _margins(lines: Sequence[Line]) -> dict[int, tuple[float, float]]:
    """Of each page: the right edge of its text, and the usual distance between lines."""
    pages: dict[int, list[Box]] = {}
    for line in lines:
        if line.box:
            pages.setdefault(line.page, []).append(line.box)
    margins = {}
    for page, boxes in pages.items():
        falls = sorted(fall for a, b in pairwise(boxes) if (fall := a[1] - b[1]) > 1)
        pitch = falls[len(falls) // 2] if falls else 0.0
        margins[page] = (max(box[2] for box in boxes), pitch)
    return margins


def _reads_on(line: Line, after: Line, margin: tuple[float, float] | None) -> bool:
    """Whether the next line continues the paragraph."""
    if line.text[-1:] in _SOFT_HYPHENS or _BROKEN_WORD.search(line.text):
        return after.text[:1].isalpha()
    if "\t" in line.text or "\t" in after.text or _ITEM.match(after.text):
        return False
    if line.box is None or after.box is None or margin is None:
        return after.text[:1].islower() or (len(line.text) > 40 and not _STOP.search(line.text))
    right, pitch = margin
    low, height = sorted((line.box[3] - line.box[1], after.box[3] - after.box[1]))
    if low < 0.8 * height:
        return False  # a heading, or a note in small print
    if right - line.box[2] > _room_needed(line, after):
        # A line that stops short ends its paragraph, unless a column of its own goes on below it.
        return after.text[:1].islower() and abs(after.box[0] - line.box[0]) < height
    if line.page != after.page:
        return not _STOP.search(line.text)
    fall = line.box[1] - after.box[1]
    indented = after.box[0] > line.box[0] + 0.8 * height
    return 0 < fall < 1.6 * max(pitch, height) and not indented


def _room_needed(line: Line, after: Line) -> float:
    """The width that the first word of the next line would have taken at the end of this one."""
    assert line.box is not None
    first = _FIRST_WORD.match(after.text)
    letters = 1.3 * len(first[0]) + 1.5 if first else 2
    return letters * (line.box[2] - line.box[0]) / max(len(line.text), 1)


def _glued(text: str, after: str, whole: str) -> tuple[str, str]:
    """The line without its hyphen, if that was set for the margin, and what joins it to the next.

    A visible hyphen stays if the document writes the compound with one elsewhere.
    """
    if text[-1:] in _SOFT_HYPHENS:
        text = text.rstrip(_SOFT_HYPHENS) + "-"
    broken, start = _BROKEN_WORD.search(text), _WORD_START.match(after)
    if broken and start:
        if len(broken[1]) < 2 or not broken[1].isalpha() or not start[0].islower():
            return text, ""
        compound = f"{broken[1]}-{start[0]}".lower()
        return (text, "") if compound in whole else (text[:-1], "")
    if _WIDE.match(text[-1:]) or _WIDE.match(after[:1]):
        return text, ""
    return text, " "
