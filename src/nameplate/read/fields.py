"""The given fields of a document, put into the form that the model asks for."""

from __future__ import annotations

import datetime
import re

from nameplate.errors import ReadError

_DATE = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?|(\d{2})(\d{2}))?(?:[T\s].{0,40})?", re.DOTALL
)
_CHINESE_DATE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?(?:\s.{0,40})?", re.DOTALL)
_DAY = r"[\dX]{4}(?:-(?:0[1-9]|1[0-2]|2[1-4]|XX)(?:-(?:0[1-9]|[12]\d|3[01]|XX))?)?[?~%]?"
_EDTF = re.compile(rf"(?:{_DAY}|\.\.)?(?:/(?:{_DAY}|\.\.)?)?")
_TAG = re.compile(r"[a-z]{2,3}(?=$|[-_])")


def edtf_date(value: str | None, *, where: str) -> str | None:
    """A given publication date as EDTF; a time of day is dropped, nonsense is an error."""
    given = (value or "").strip()
    if not given:
        return None
    date = iso_date(given)
    if date is None and _EDTF.fullmatch(given) and given.strip("/."):
        return given
    if date is None:
        raise ReadError(
            f"the publication date {given[:60]!r} is not a date",
            where=where,
            remedy="Write it as 2024-06-05, 2024-06 or 2024, or leave it out.",
        )
    return date


def iso_date(given: str) -> str | None:
    """``2024-6-5 07:33``, ``20240605`` or ``2024年6月5日`` as ``2024-06-05``; None if neither."""
    found = _DATE.fullmatch(given)
    chinese = None if found else _CHINESE_DATE.fullmatch(given)
    if found:
        parts = [found[1], found[3] or found[5], found[4] or found[6]]
    elif chinese:
        parts = [chinese[1], chinese[2], chinese[3]]
    else:
        return None
    numbers = [int(part) for part in parts if part]
    try:
        datetime.date(*[*numbers, 1, 1][:3])
    except ValueError:
        return None
    return "-".join([f"{numbers[0]:04d}", *(f"{number:02d}" for number in numbers[1:])])


def language_tag(value: str | None) -> str | None:
    """The language of a given tag (``zh-CN``, ``EN_us``), or None if it names none."""
    found = _TAG.match((value or "").strip().lower())
    return found[0] if found and found[0] != "und" else None


def one_line(value: str | None) -> str | None:
    """A title or publisher with its white space and control characters made single spaces."""
    words = re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", value or "").strip()
    return words or None
