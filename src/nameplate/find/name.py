"""Names of things in a text: projects, plants, companies, bodies, persons, places and the rest.

``find_names`` is the one door; the strategies of the languages are in `nameplate.find.names`. There
is no list of all names: head nouns, legal forms, offices and the tables of places are data, the
grammar around them is code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nameplate.find.fold import fold
from nameplate.find.names.chinese import chinese_names
from nameplate.find.names.english import english_names
from nameplate.find.names.found import Found
from nameplate.find.names.places import places
from nameplate.find.names.refer import names
from nameplate.model import Name

_HAN = re.compile(r"[\u3400-\u9fff]")


def find_names(
    text: str, lang: str | None = None, taken: Sequence[tuple[int, int]] = ()
) -> list[Name]:
    """Names in the text, in order, none overlapping another.

    ``lang`` is ``en`` or ``zh``, guessed from the script if absent. ``taken`` are spans that are
    something else (quantities, times): a name may hold one or reach past one, but not lie in one.
    """
    plain = fold(text)
    chinese = lang == "zh" if lang else _is_chinese(plain)
    found = chinese_names(plain) if chinese else english_names(plain)
    return names(text, _free(found, taken))


def find_places(text: str) -> list[Name]:
    """Every place of the tables in the text, also inside longer names, in either language.

    What a name may mean is said by `nameplate.lexicon.places.candidates`.
    """
    return names(text, places(fold(text)))


def _is_chinese(text: str) -> bool:
    """Whether a tenth of the text's beginning is Han characters."""
    head = text[:4000]
    return not head.isascii() and 10 * len(_HAN.findall(head)) > len(head)


def _free(found: list[Found], taken: Sequence[tuple[int, int]]) -> list[Found]:
    """Names that do not lie, wholly or for the most part, in a taken span; programmes may be times."""
    if not taken:
        return found
    spans = sorted(taken)
    kept, at = [], 0
    for name in found:
        while at < len(spans) and spans[at][1] <= name.start:
            at += 1
        if name.kind == "programme" or not any(
            _lies_in(name, span) for span in spans[at : at + 3] if span[0] < name.end
        ):
            kept.append(name)
    return kept


def _lies_in(name: Found, span: tuple[int, int]) -> bool:
    """Whether the span begins no later than the name and covers more than half of it."""
    start, end = span
    return start <= name.start and 2 * (min(end, name.end) - name.start) > name.end - name.start
