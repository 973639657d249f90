"""Words that mark menus, credits, copyright, contact lines, recommended reading and captions."""

from __future__ import annotations

from functools import cache

from nameplate.lexicon.load import Entry, no_duplicates, read_toml

LANGUAGES = ("en", "zh")


class Boilerplate(Entry, frozen=True, kw_only=True):
    """The lists of ``data/lang/<lang>/boilerplate.toml``; what each means is said there."""

    menu_lines: tuple[str, ...]
    menu_roots: tuple[str, ...]
    menu_starts: tuple[str, ...]
    section_ends: tuple[str, ...]
    legal: tuple[str, ...]
    notices: tuple[str, ...]
    labels: tuple[str, ...]
    edge_labels: tuple[str, ...]
    recommend: tuple[str, ...]
    photo_before: tuple[str, ...]
    photo_after: tuple[str, ...]
    bylines: tuple[str, ...]
    captions: tuple[str, ...]


# Lists that ask the same question of a line; a word that answered it twice would be ambiguous.
_RIVALS = (("labels", "edge_labels"), ("menu_lines", "recommend"), ("legal", "notices"))


@cache
def boilerplate() -> Boilerplate:
    """The words of all languages together: menus and footers are often in another language."""
    read = [_checked(f"lang/{language}/boilerplate.toml") for language in LANGUAGES]
    return Boilerplate(
        **{
            field: tuple(word.casefold() for words in read for word in getattr(words, field))
            for field in Boilerplate.__struct_fields__
        }
    )


def _checked(name: str) -> Boilerplate:
    words = read_toml(name, Boilerplate)
    for rivals in _RIVALS:
        no_duplicates(name, ((word.casefold(), f) for f in rivals for word in getattr(words, f)))
    return words
