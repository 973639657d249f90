"""Text of strangers made safe to look at: characters that hide or reorder become visible.

Escaping is the template engine's work. What it cannot see are characters that are harmless as
markup and still deceive a reader: bidirectional overrides that swap the order of words, zero-width
characters, control codes, lone surrogates, towers of combining marks. Each is shown as a marked
placeholder (source of the list: Unicode Technical Report 36, "Unicode Security Considerations").
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from markupsafe import Markup, escape

_HIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls, but for tab and line ends
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f"  # tags
    "\ud800-\udfff"
)
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MARKS_KEPT = 3
_ODD = re.compile(f"[{_HIDDEN}]|(?<=[{_MARKS}]{{{_MARKS_KEPT}}})[{_MARKS}]+")


def plain(text: str) -> str:
    """The text with deceiving characters as ``⟨U+202E⟩``: for attributes and page titles."""
    return _ODD.sub(lambda found: f"⟨{_code(found[0])}⟩", text)


def rich(text: str) -> Markup:
    """The text as HTML with deceiving characters as marked placeholders that tell their name."""
    pieces: list[str] = []
    at = 0
    for found in _ODD.finditer(text):
        pieces += [escape(text[at : found.start()]), _placeholder(found[0])]
        at = found.end()
    pieces.append(escape(text[at:]))
    return Markup("".join(pieces))


def clip(text: str, size: int = 160) -> str:
    """The text cut at ``size`` characters, an ellipsis telling that it was."""
    return text if len(text) <= size else text[: size - 1].rstrip() + "…"


def finalize(value: Any) -> Any:
    """What every expression of a template passes through: no string escapes ``plain``."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return plain(value)


def _placeholder(odd: str) -> Markup:
    name = unicodedata.name(odd[0], "control character").lower()
    return Markup('<span class="hidden-char" title="{}">{}</span>').format(name, _code(odd))


def _code(odd: str) -> str:
    return f"U+{ord(odd[0]):04X}" + (f" ×{len(odd)}" if len(odd) > 1 else "")
