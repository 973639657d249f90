"""The unified social credit code of China (GB 32100-2015): eighteen characters, the last a check."""

from __future__ import annotations

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE = re.compile(rf"(?<![0-9A-Za-z])[{_ALPHABET}]{{2}}\d{{6}}[{_ALPHABET}]{{10}}(?![0-9A-Za-z])")
_WEIGHTS = tuple(3**n % 31 for n in range(17))


def is_credit_code(code: str) -> bool:
    """Whether the check character is the one that the other seventeen demand."""
    if not _CODE.fullmatch(code):
        return False
    total = sum(w * _ALPHABET.index(c) for w, c in zip(_WEIGHTS, code, strict=False))
    return _ALPHABET[(31 - total % 31) % 31] == code[-1]


def credit_codes(text: str) -> frozenset[str]:
    """The valid codes that the text gives."""
    if len(text) < 18:
        return frozenset()
    return frozenset(code for code in _CODE.findall(text) if is_credit_code(code))
