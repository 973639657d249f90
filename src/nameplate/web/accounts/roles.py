"""What people may do: each role may all that the ones before it may.

``public`` is anybody, before log-in. A *reader* looks; a *reviewer* judges claims; an *editor* adds
reports; an *administrator* looks after people, sources and runs.
"""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["reader", "reviewer", "editor", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
PUBLIC = "public"


def may(role: str | None, needed: str) -> bool:
    """Whether somebody of this role (None: not logged in) may use what asks for ``needed``."""
    if needed == PUBLIC:
        return True
    if needed not in ROLES or role not in ROLES:
        return False
    return ROLES.index(role) >= ROLES.index(needed)
