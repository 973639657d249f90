"""Chinese characters as Latin letters spell them: pinyin, without tones, spaces and apostrophes."""

from __future__ import annotations

from functools import lru_cache

from nameplate.lexicon.renderings import readings

_LONGEST = 24
"""A run of more characters is no brand; it is not looked through."""


@lru_cache(maxsize=65536)
def sounds_in(letters: str, han: str) -> tuple[int, int] | None:
    """Where in ``han`` the characters stand that ``letters`` spell in full, the first place."""
    if len(han) > _LONGEST or not letters:
        return None
    for start in range(len(han)):
        end = _spelled(letters, han, start)
        if end is not None:
            return start, end
    return None


def _spelled(letters: str, han: str, start: int) -> int | None:
    """The end of the characters from ``start`` on that the letters spell, if they do."""
    open_ends = {(start, 0)}
    while open_ends:
        further = set()
        for at, used in open_ends:
            if used == len(letters):
                return at
            for reading in _written(han[at]) if at < len(han) else ():
                if letters.startswith(reading, used):
                    further.add((at + 1, used + len(reading)))
        open_ends = further
    return None


@lru_cache(maxsize=8192)
def _written(character: str) -> tuple[str, ...]:
    """The ways in which Latin letters write a character: 绿 is lv, lu, lyu or lü."""
    found: list[str] = []
    for reading in readings().get(character, ()):
        found.append(reading)
        if "v" in reading:
            found += [reading.replace("v", "u"), reading.replace("v", "yu")]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65536)
def pinyin(han: str) -> str:
    """The usual reading of the characters, run together; characters without one are left out."""
    return "".join(readings().get(character, ("",))[0] for character in han)
