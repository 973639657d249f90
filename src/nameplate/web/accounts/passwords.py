"""Passwords: hashed with argon2id by argon2-cffi, checked in the same time for nobody as for somebody."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from nameplate.errors import UsageError

SHORTEST, LONGEST = 10, 200
_TWO_AT_A_TIME = threading.Semaphore(2)  # each takes 64 MB for a moment


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash("nobody's password")


def hashed(password: str) -> str:
    """The hash to keep; raises `UsageError` for a password that is too short or endless."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            f"a password of {len(password)} characters is not taken",
            remedy=f"Choose one of {SHORTEST} to {LONGEST} characters.",
        )
    with _TWO_AT_A_TIME:
        return _hasher().hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether the password is the one of the hash; without a hash never, after as much work."""
    with _TWO_AT_A_TIME:
        try:
            _hasher().verify(kept or _nobody(), password[: LONGEST + 1])
        except (Argon2Error, InvalidHashError):
            return False
    return kept is not None
