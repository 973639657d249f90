"""Text of strangers made safe to look at: characters that hide or reorder become visible.

Escaping is the template engine's work. What it cannot see are characters that are harmless as
markup and still deceive a reader: bidirectional overrides that swap the order of words, zero-width
characters, control codes, lone surrogates, towers of combining marks, and letters of another script
that look like Latin ones in a Latin word. Each is marked and tells its code (source of the list:
Unicode Technical Report 36, "Unicode Security Considerations").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from nameplate.export.cells import HIDDEN

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MARKS_KEPT = 3
_OFTEN = 120
"""What is longer is hardly ever printed twice."""

_ODD = re.compile(f"[{HIDDEN}]|(?<=[{_MARKS}]{{{_MARKS_KEPT}}})[{_MARKS}]+")

_LATIN = "A-Za-z\u00c0-\u024f"
_FOREIGN = "\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u13a0-\u13ff"  # Greek to Cherokee
# Letters that are drawn like Latin ones. Greek letters that stand for units and angles (µ, Ω, α, β)
# are no disguise, so of Greek only these are taken; of the others any, in a word with Latin letters.
_GREEK_ALIKE = "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd"
_ALIKE = f"{_GREEK_ALIKE}\u0400-\u052f\u0531-\u0587\u13a0-\u13ff"
_WORD = re.compile(f"[{_LATIN}{_FOREIGN}]{{3,}}")
_IN_WORD = re.compile(f"[{_ALIKE}]+")
# Cyrillic letters of which a whole word can be made that is read as Latin.
_DISGUISE = re.compile(
    "[\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c-\u041e\u0420-\u0423\u0425"
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u0501\u051b\u051d]{3,}\\Z"
)
_HAS_LATIN, _HAS_FOREIGN = re.compile(f"[{_LATIN}]"), re.compile(f"[{_FOREIGN}]")


def plain(text: str, *, alike: bool = True) -> str:
    """The text with deceiving characters as ``⟨U+202E⟩``: for attributes and page titles.

    Letters that only look like Latin ones (``alike``) stay, with their code behind them.
    """
    if text.isascii() and text.isprintable():
        return text  # most of what a page prints: nothing to look for
    return _plain(text, alike) if len(text) <= _OFTEN else _made_plain(text, alike)


def _made_plain(text: str, alike: bool) -> str:
    shown = _ODD.sub(lambda found: f"⟨{_code(found[0])}⟩", text)
    if not alike or not _HAS_FOREIGN.search(shown):
        return shown
    return "".join(f"{t}⟨{_code(t)}⟩" if odd else t for t, odd in _told_apart(shown))


_plain = lru_cache(maxsize=8_000)(_made_plain)


def rich(text: str) -> Markup:
    """The text as HTML with deceiving characters as marked placeholders that tell their name."""
    pieces: list[str] = []
    for stretch, odd in _told_apart(text) if _HAS_FOREIGN.search(text) else [(text, False)]:
        pieces.append(_alike(stretch) if odd else _unhidden(stretch))
    return Markup("".join(pieces))


def _unhidden(text: str) -> str:
    pieces: list[str] = []
    at = 0
    for found in _ODD.finditer(text):
        pieces += [escape(text[at : found.start()]), _placeholder(found[0])]
        at = found.end()
    pieces.append(escape(text[at:]))
    return "".join(pieces)


def _told_apart(text: str) -> Iterator[tuple[str, bool]]:
    """The text in stretches, and of each whether it is letters that only look like Latin ones."""
    at = 0
    whole = _HAS_LATIN.search(text) is not None
    for word in _WORD.finditer(text):
        mixed = _HAS_LATIN.search(word[0]) is not None
        if not mixed and not (whole and _DISGUISE.match(word[0])):
            continue
        for odd in _IN_WORD.finditer(text, word.start(), word.end()):
            yield text[at : odd.start()], False
            yield odd[0], True
            at = odd.end()
    yield text[at:], False


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


def _alike(letters: str) -> Markup:
    names = ", ".join(unicodedata.name(letter, "letter").lower() for letter in letters[:8])
    told = Markup('<span class="look-alike" title="{}">{}<span class="code">{}</span></span>')
    return told.format(names, letters, _code(letters))


def _code(odd: str) -> str:
    if len(set(odd)) > 1:
        return " ".join(f"U+{ord(sign):04X}" for sign in odd[:8])
    return f"U+{ord(odd[0]):04X}" + (f" ×{len(odd)}" if len(odd) > 1 else "")
