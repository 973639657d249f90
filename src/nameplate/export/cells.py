"""Texts of strangers as cells that no spreadsheet program takes for formulas.

A cell that begins with ``=``, ``+``, ``-`` or ``@`` is run as a formula, so such a text gets an
apostrophe in front (source: OWASP, "CSV Injection"; the full-width forms are taken alike by East Asian
editions). Numbers stay numbers. Characters that hide or turn words round are shown by their code.
"""

from __future__ import annotations

import re

HIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls, but for tab and line ends
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f"  # tags
    "\ud800-\udfff"
)
_HIDDEN = re.compile(f"[{HIDDEN}]")
_FORMULA = re.compile(r"[=+\-@\t\r\n|%＝＋－＠]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z", re.ASCII)


def disarmed(text: str) -> str:
    """The text as a cell may hold it: an apostrophe before what would be run."""
    harmless = text == "%" or _NUMBER.match(text) or not _FORMULA.match(text.lstrip(" \u3000"))
    return text if harmless else f"'{text}"


def cell(value: object) -> str:
    """The value as a cell; nothing is an empty one."""
    text = "" if value is None else str(value)
    return disarmed(_HIDDEN.sub(lambda odd: f"⟨U+{ord(odd[0]):04X}⟩", text))
